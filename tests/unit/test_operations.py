"""Metrics, logs, probes and what a visitor sees when the server fails."""

import errno
import json
import logging
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from prometheus_client.mmap_dict import MmapedDict

from components import api, pages, routes
from serval import record, tally
from serving import counts, logs
from serving.watch import SEEN, Seen
from serving.worker import BODY, whole

HEAD = b"POST / HTTP/1.1\r\nHost: here\r\n"


@pytest.mark.parametrize(
    ("got", "there"),
    [
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: here\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: here\r\n\r\n", True),
        (HEAD + b"Content-Length: 3\r\n\r\nab", False),
        (HEAD + b"content-length:3\r\n\r\nabc", True),
        (HEAD + b"Content-Length: 99999999\r\n\r\n" + b"a" * BODY, True),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", False),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", True),
        (HEAD + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n", True),
    ],
)
def test_a_request_is_whole_when_its_head_and_body_are_there(got: bytes, there: bool):
    assert whole(got) is there


def test_metrics_name_rules_and_no_visitor(client):
    client.get("/event/someone-was-here?actor=nobody-knows", headers={"User-Agent": "Curious/1.0"})
    client.get("/no/such/path")
    text = client.get("/metrics").text
    assert re.search(
        r'^serval_requests_total\{method="GET",route="/event/<event_id>",status="404"\} ', text, re.M
    )
    assert re.search(r'^serval_request_seconds_bucket\{le="0.25",route="unmatched"\} ', text, re.M)
    assert re.search(
        r'^serval_record_info\{hash="[0-9a-f]{64}",program="[\d.]+",version="[\d.]+"\} 1.0$', text, re.M
    )
    assert re.search(r'^serval_memory_bytes\{kind="worker"\} [\d.e+]+$', text, re.M)
    for word in ("someone", "nobody-knows", "Curious", "no/such", "127.0.0.1"):
        assert word not in text


def test_metrics_are_not_for_who_comes_through_a_proxy(client):
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 404


def test_what_chromium_does_and_which_callbacks_run_is_counted(client):
    tally.count("jobs", "done")
    body = {
        "output": "words.data",
        "outputs": {"id": "words", "property": "data"},
        "inputs": [{"id": "query", "property": "data", "value": ""}],
        "changedPropIds": ["query.data"],
    }
    assert client.post("/_dash-update-component", json=body).status_code == 200
    text = client.get("/metrics").text
    assert re.search(r'^serval_chromium_jobs_total\{outcome="done"\} [1-9]', text, re.M)
    assert re.search(r'^serval_callbacks_total\{callback="words.data"\} [1-9]', text, re.M)


def test_a_request_has_an_id_that_a_proxy_may_give(client):
    given = "0123456789abcdef"
    assert client.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"] == given
    own = client.get("/healthz", headers={"X-Request-Id": "<script>"}).headers["X-Request-Id"]
    assert re.fullmatch("[0-9a-f]{16}", own)


def test_counts_of_a_process_that_is_gone_stay_and_take_little_room(tmp_path: Path, monkeypatch):
    monkeypatch.setenv(counts.FOLDER, str(tmp_path))
    assert counts.begin(77)
    file = tmp_path / "counter_77.db"
    assert file.stat().st_blocks * 512 >= counts.ROOM
    kept = MmapedDict(str(file))
    kept.write_value("one", 3.0, 0.0)
    kept.close()
    counts.end(77)
    assert file.stat().st_size < 200
    assert [value for _, value, *_ in MmapedDict.read_all_values_from_file(str(file))] == [3.0]
    assert not (tmp_path / "histogram_77.db").exists()  # it had none
    monkeypatch.setenv(counts.FOLDER, str(tmp_path / "gone"))
    assert not counts.begin(78)


@pytest.fixture
def logger(monkeypatch: pytest.MonkeyPatch):
    """Our logger of gunicorn in JSON, with an access log."""
    from gunicorn.config import Config

    monkeypatch.setenv("LOG_FORMAT", "json")
    config = Config()
    config.set("accesslog", "-")
    before = logging.getLogger().handlers[:]
    yield logs.Logger(config)
    logging.getLogger().handlers = before


def test_a_line_of_the_access_log_has_nothing_of_the_visitor(logger, capsys):
    environ = {
        SEEN: Seen("0123456789abcdef", "/event/<event_id>", ("actor", "other")),
        "REQUEST_METHOD": "GET",
        "REMOTE_ADDR": "192.0.2.1",
        "HTTP_USER_AGENT": "Curious/1.0",
        "HTTP_REFERER": "http://elsewhere/",
        "RAW_URI": "/event/x?actor=secret&name=Jo",
    }
    answer = SimpleNamespace(status="200 OK", sent=12)
    line = logging.LogRecord("gunicorn.access", 20, "", 0, "request", None, None)
    handler = logger.access_log.handlers[0]
    handler.setStream(capture := _Lines())
    logger.access(answer, SimpleNamespace(method="GET"), environ, timedelta(milliseconds=3.21))
    told = json.loads(capture.text)
    assert {key: told[key] for key in ("request", "route", "status", "ms", "bytes", "keys")} == {
        "request": "0123456789abcdef",
        "route": "/event/<event_id>",
        "status": 200,
        "ms": 3.2,
        "bytes": 12,
        "keys": "actor,other",
    }
    for word in ("192.0.2.1", "Curious", "elsewhere", "secret", "Jo"):
        assert word not in capture.text
    assert logs.Plain().format(line).endswith("info request")


def test_what_gunicorn_tells_of_bad_requests_has_no_address(logger):
    logger.error_log.handlers[0].setStream(capture := _Lines())
    logger.warning("Invalid request from ip=192.0.2.1: Invalid Request Line 'GET /?q=secret'")
    logger.exception("Error handling request %s %s", "GET", "/?q=secret")
    assert "192.0.2.1" not in capture.text
    assert "secret" not in capture.text
    assert capture.text.count("\n") == 2


class _Lines:
    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass


def test_another_form_of_log_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(RuntimeError, match="LOG_FORMAT is xml, expected one of json, plain"):
        logs.form()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch):
    """Pages and rows fail with an error."""

    def fail_with(error: Exception) -> None:
        def fail(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(pages, "whole", fail)
        monkeypatch.setattr(api, "asked", fail)

    return fail_with


def test_a_failure_is_a_plain_page_with_the_id_under_which_the_log_has_the_trace(client, broken, caplog):
    broken(ValueError("a fault within"))
    answer = client.get("/event/x?lang=fr&actor=france,secret&q=secret")
    assert answer.status_code == 500
    assert answer.mimetype == "text/html"
    id = answer.headers["X-Request-Id"]
    assert id in answer.text
    assert '<html lang="fr">' in answer.text
    assert "Le serveur" in answer.text
    assert "a fault within" not in answer.text
    line = next(one for one in caplog.records if one.message == "A request failed")
    told = json.loads(logs.Json().format(line))
    assert told["request"] == id
    assert "ValueError: a fault within" in told["trace"]
    assert told["query"] == "actor=france&lang=fr"


def test_a_failure_of_rows_is_a_problem_in_json(client, broken):
    broken(ValueError("a fault within"))
    answer = client.get("/api/v1/events.json")
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["X-Request-Id"] in answer.json["detail"]
    assert "fault within" not in answer.text


def test_a_full_disk_is_said(client, broken, caplog):
    broken(OSError(errno.ENOSPC, "No space left on device"))
    answer = client.get("/event/x")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "no room left" in answer.text
    assert any("The disk is full" in one.message for one in caplog.records)
    broken(OSError(errno.EACCES, "Permission denied"))
    assert client.get("/event/x").status_code == 500


def test_readiness_says_what_is_in_the_way(client, monkeypatch: pytest.MonkeyPatch):
    assert client.get("/readyz").json["status"] == "ready"

    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def spoilt() -> None:
        raise record.RecordError(["events/2013-01.yaml:7: one: type: got 'x'"])

    monkeypatch.setattr(routes, "TemporaryFile", full)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["reasons"] == ["there is no room for temporary files: No space left on device"]
    monkeypatch.setattr(record, "load", spoilt)
    assert (
        client.get("/readyz")
        .json["reasons"][0]
        .startswith("the record cannot be loaded: events/2013-01.yaml:7")
    )
    assert client.get("/healthz").status_code == 200
