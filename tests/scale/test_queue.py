"""Pictures and reports through Redis and workers, and without them when they go away."""

import json
import logging
import signal
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from serval import browser, cli, jobs, report
from serval.jobs import orders, queue, shared
from serval.selection import Selection
from tests.conftest import chromium
from tests.scale.conftest import RedisServer, at_work
from tests.servers import until

Start = Callable[..., subprocess.Popen]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What this process made itself, in place of drawing it."""
    made: list[str] = []

    def make(order: orders.Order) -> bytes:
        made.append(order["spec"]["say"])
        return f"made here: {order['spec']['say']}".encode()

    monkeypatch.setattr(jobs, "make", make)
    return made


def asked(say: str, **spec: object) -> bytes:
    """As the routes ask."""
    name = jobs.key("test", say)
    return jobs.kept(name) or jobs.once(name, lambda: jobs.made(jobs.picture({"say": say, **spec}, "svg", 1)))


def made_by_workers(folder: Path) -> list[str]:
    file = folder / "made"
    return file.read_text().split() if file.exists() else []


def test_without_a_redis_it_is_made_here_and_once(tmp_path: Path, monkeypatch, here: list[str]):
    monkeypatch.setenv("SERVAL_CACHE", str(tmp_path))
    jobs.forget()
    with ThreadPoolExecutor(6) as many:
        answers = set(many.map(asked, ["one"] * 6))
    jobs.forget()
    assert (answers, here) == ({b"made here: one"}, ["one"])


def test_without_a_worker_it_is_made_here_and_kept_for_all(redis: RedisServer, here: list[str]):
    assert asked("alone") == b"made here: alone"
    jobs.forget()  # as another process
    assert asked("alone") == b"made here: alone"
    assert here == ["alone"]


def test_workers_make_it_once_however_many_ask(redis, worker: Start, tmp_path: Path, here: list[str]):
    process = worker()
    with ThreadPoolExecutor(6) as many:
        answers = set(many.map(lambda _: asked("six", seconds=0.5), range(6)))
    assert answers == {b"a worker says six"}
    assert (made_by_workers(tmp_path), here) == (["six"], [])

    # What a worker cannot do is passed on; what another version of the record needs is made here.
    with pytest.raises(browser.Unavailable, match="too much to do") as why:
        asked("busy", refuse="busy")
    assert why.value.after == 7
    assert asked("other", refuse="other") == b"made here: other"
    assert here == ["other"]

    # A worker that is told to stop ends what it has begun.
    with ThreadPoolExecutor(1) as one:
        waiting = one.submit(asked, "begun", seconds=1)
        until(lambda: "begun" in made_by_workers(tmp_path), "the worker begins")
        process.send_signal(signal.SIGTERM)
        assert waiting.result(60) == b"a worker says begun"
    assert process.wait(60) == 0


def test_a_redis_that_goes_away_and_comes_back(
    redis: RedisServer, worker: Start, tmp_path: Path, here: list[str], caplog: pytest.LogCaptureFixture
):
    worker()
    with ThreadPoolExecutor(1) as one:
        waiting = one.submit(asked, "midway", seconds=600)
        until(lambda: made_by_workers(tmp_path) == ["midway"], "the worker begins")
        redis.stop()
        assert waiting.result(60) == b"made here: midway"
    assert asked("gone") == b"made here: gone"
    assert asked("gone") == b"made here: gone"  # kept on the disk meanwhile
    assert here == ["midway", "gone"]
    said = [record for record in caplog.records if record.name.startswith("serval")]
    assert [record.levelno for record in said] == [logging.WARNING]
    assert "goes on by itself" in said[0].message
    assert redis.url not in caplog.text  # an address may have a password in it

    redis.start()
    until(at_work, "the worker comes back")
    until(lambda: asked(f"back {len(here)}").startswith(b"a worker"), "workers are asked again")
    assert any("answers again" in record.message for record in caplog.records)


def test_a_worker_that_is_killed_with_an_order_in_hand(
    redis: RedisServer, worker: Start, tmp_path: Path, here: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queue, "SLICE", 1)
    process = worker()
    with ThreadPoolExecutor(1) as one:
        waiting = one.submit(asked, "killed", seconds=600)
        until(lambda: made_by_workers(tmp_path) == ["killed"], "the worker begins")
        process.kill()
        process.wait()
        shared.connect().ask(lambda redis: redis.expire(queue.WORKERS, 1))  # instead of 15 s
        assert waiting.result(60) == b"made here: killed"


def test_a_lock_outlives_nobody_for_long(redis: RedisServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shared, "HELD", 1)
    store, entered = shared.connect(), threading.Event()
    store.ask(lambda redis: redis.set("serval:alone:key", "a dead process", px=1000))
    with store.alone("key"):
        entered.set()
    assert entered.is_set()
    assert store.ask(lambda redis: redis.get("serval:alone:key")) is None


@pytest.mark.browser
@pytest.mark.skipif(not chromium(), reason="no Chromium: install it or set SERVAL_CHROMIUM")
def test_the_routes_get_theirs_from_serval_worker(redis, worker: Start, client, here: list[str], capsys):
    process = worker("--really")
    assert cli.main(["worker", "--check"]) == 0
    picture = client.get("/figure/losses.svg?lang=en&place=konna&title=Ordered")
    assert (picture.status_code, b"Ordered" in picture.data) == (200, True)
    assert here == []
    assert client.get("/figure/losses.svg?lang=en&place=konna&title=Ordered").data == picture.data
    process.terminate()
    assert process.wait(60) == 0


def test_a_report_is_ordered_in_plain_words(record, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(browser, "svg", lambda spec: f"<svg>{spec['title']}</svg>")
    view = record.select(Selection.parse("place=konna&lang=fr"))
    order = jobs.report(view, "html", "fr", "https://serval.example", "2026-11-26", "A4")
    ordered = json.loads(json.dumps(order))
    assert ordered == order
    assert orders.make(ordered) == report.make(view, "html", "fr", "https://serval.example", "2026-11-26")
    with pytest.raises(orders.Other):
        orders.make({**order, "hash": "of other data"})


def test_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, capsys):
    def said(*words: str) -> str:
        assert cli.main(["worker", *words]) == 1
        return capsys.readouterr().err

    assert "REDIS_URL is not set" in said()
    monkeypatch.setenv("REDIS_URL", "nothing://x")
    assert "no address of a Redis" in said()
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    assert "does not answer" in said("--check")
    monkeypatch.setenv("SERVAL_CHROMIUM", "/nowhere/chromium")
    assert "SERVAL_CHROMIUM" in said()


def test_an_address_that_cannot_be_used_leaves_the_server_by_itself(monkeypatch, caplog):
    monkeypatch.setenv("REDIS_URL", "nothing://x")
    assert shared.connect() is None
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setitem(__import__("sys").modules, "redis", None)
    assert shared.connect() is None
    assert "serval[queue]" in caplog.text
