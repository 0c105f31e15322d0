"""What goes wrong around the server ends in a clear message, and nothing is lost."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from serval import processes
from tests.conftest import chromium
from tests.faults.running import GRACE, Running
from tests.servers import LONG, ROOT, until

FIGURE = "/figure/timeline.svg?from=2013-01-01&to=2013-01-{:02}"
SLOW = "/report-interactive.html"
BEGUN = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


def asked(server: Running, path: str, into: list[object]) -> threading.Thread:
    """A thread that asks for a path and puts the status, or what went wrong, into a list."""

    def ask() -> None:
        try:
            into.append(server.get(path)[0])
        except (OSError, HTTPException) as error:
            into.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


@pytest.fixture(scope="module")
def slow(hurt: Running) -> Iterator[list[socket.socket]]:
    """Twenty visitors who have begun to send a request, and go on byte by byte."""
    with ExitStack() as opened:
        sockets = [
            opened.enter_context(socket.create_connection(("127.0.0.1", hurt.port), timeout=LONG))
            for _ in range(20)
        ]
        for connection in sockets:
            connection.sendall(BEGUN)
        yield sockets


def test_slow_visitors_hold_up_nobody(hurt: Running, slow: list[socket.socket]):
    for n in range(6):
        for connection in slow:
            connection.sendall(b"a")
        assert hurt.get(f"/api/v1/places.json?from=2013-01-{n + 1:02}", seconds=20)[0] == 200


def test_a_request_with_a_slow_body_is_answered_when_it_is_there(hurt: Running):
    body = json.dumps({"output": "nothing.here", "inputs": []}).encode()
    head = f"POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
    with closing(socket.create_connection(("127.0.0.1", hurt.port), timeout=LONG)) as connection:
        connection.sendall(f"{head}Content-Type: application/json\r\n\r\n".encode())
        for start in range(0, len(body), 10):
            time.sleep(0.01)
            connection.sendall(body[start : start + 10])
        assert connection.recv(100).startswith(b"HTTP/1.1 ")


def test_two_requests_in_one_piece_are_both_answered(hurt: Running):
    one = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with closing(socket.create_connection(("127.0.0.1", hurt.port), timeout=LONG)) as connection:
        connection.sendall(one + one[:20])
        got = connection.recv(4000)
        connection.sendall(one[20:])
        while got.count(b'{"status":"ok"}') < 2:
            piece = connection.recv(4000)
            assert piece
            got += piece


def test_a_head_without_end_is_turned_away(hurt: Running):
    with closing(socket.create_connection(("127.0.0.1", hurt.port), timeout=LONG)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 80_000)
        assert connection.recv(100).startswith(b"HTTP/1.1 431")


def test_a_second_server_on_the_port_says_so_and_ends(hurt: Running):
    second = subprocess.run(
        [sys.executable, "-m", "serval", "serve", "--port", str(hurt.port)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONG,
    )
    assert second.returncode == 1
    assert f"port {hurt.port} is in use" in second.stderr
    assert hurt.get("/healthz")[0] == 200


@pytest.mark.skipif(chromium() is None, reason="no Chromium")
def test_after_chromium_was_killed_the_next_picture_comes(hurt: Running):
    def drawn(n: int) -> bool:
        status, headers, body = hurt.get(FIGURE.format(n))
        if status == 503:  # a clear no, with when to ask again
            assert json.loads(body)["detail"]
            assert int(headers["retry-after"]) > 0
        else:
            assert status == 200
        return status == 200

    until(lambda: drawn(10), "a picture")
    killed = 0
    for worker in hurt.workers:
        for pid, name in _chromium_of(worker).items():
            os.kill(pid, signal.SIGKILL)
            killed += 1
            assert name
    assert killed
    until(lambda: drawn(11), "a picture after Chromium died")
    assert hurt.get("/healthz")[0] == 200


def _chromium_of(worker: int) -> dict[int, str]:
    return {pid: name for pid, name in processes.below(worker).items() if "chrom" in name}


def test_a_spoilt_record_is_refused_and_the_old_one_stays(hurt: Running, data: Path):
    def version() -> str:
        return str(json.loads(hurt.get("/readyz")[2])["version"])

    month = data / "events" / "2013-01.yaml"
    good, kept = month.read_text(), version()
    month.write_text(re.sub(r"type: \w+", "type: no_such_type", good, count=1))
    changes = data / "CHANGES.md"
    changes.write_text(changes.read_text().replace(f"## {kept}", "## 7.7.7", 1))
    try:
        assert version() == kept
        hurt.process.send_signal(signal.SIGHUP)
        refused = until(lambda: hurt.told("Not reloaded"), "the reload is refused")
        assert re.search(r"events/2013-01\.yaml:\d+: \S+: type: .*no_such_type.*expected", refused[0])
        assert "Traceback" not in refused[0]
        until(lambda: len(hurt.workers) == 2, "two workers")
        assert version() == kept
    finally:
        month.write_text(good)
    hurt.process.send_signal(signal.SIGHUP)
    until(lambda: version() == "7.7.7", "the new record is served")
    assert hurt.told("Reloaded")
    assert hurt.process.poll() is None  # the same process goes on
    before = re.findall(rb'^serval_requests_total.*"/readyz".* (\d+)', hurt.get("/metrics")[2], re.M)
    assert int(before[0]) >= 4  # counts outlive the reload


def test_slow_visitors_are_turned_away(slow: list[socket.socket]):
    # By the workers that a reload has ended meanwhile: these wait for what has begun to come.
    assert {connection.recv(100)[:12] for connection in slow} == {b"HTTP/1.1 408"}


def test_a_worker_that_is_killed_is_replaced_and_the_others_answer(hurt: Running):
    before = until(lambda: hurt.workers if len(hurt.workers) == 2 else None, "two workers")
    underway: list[object] = []
    threads = [asked(hurt, SLOW, underway) for _ in range(4)]
    victim = min(before)
    os.kill(victim, signal.SIGKILL)
    assert hurt.get("/healthz")[0] == 200
    until(lambda: len(hurt.workers) == 2 and victim not in hurt.workers, "a new worker")
    for thread in threads:
        thread.join(LONG)
    assert len(underway) == 4  # answered, or told at once that it is not
    assert {one for one in underway if isinstance(one, int)} <= {200}
    assert hurt.told(f"Worker (pid:{victim}) was sent SIGKILL")
    assert all(hurt.get("/healthz")[0] == 200 for _ in range(8))


def test_a_full_disk_is_said_and_the_page_stays(hurt: Running, disk: Path | None):
    if disk is None:
        pytest.skip("needs root to mount a small disk")
    for worker in hurt.workers:  # so that the next picture needs a new profile
        for pid in _chromium_of(worker):
            os.kill(pid, signal.SIGKILL)
    with suppress(OSError), (disk / "filling").open("wb", buffering=0) as filling:
        while True:
            filling.write(bytes(4096))
    status, _, body = hurt.get("/readyz")
    assert status == 503
    assert "no room for temporary files" in json.loads(body)["reasons"][0]
    for path in ("/", "/about", "/api/v1/events.json", "/healthz"):
        assert hurt.get(path)[0] == 200
    if chromium():
        status, headers, body = hurt.get(FIGURE.format(12))
        assert status == 503
        assert json.loads(body)["detail"]
        assert headers["retry-after"]
    (disk / "filling").unlink()
    assert hurt.get("/readyz")[0] == 200


def test_no_request_is_lost_when_it_is_told_to_stop(hurt: Running):
    answered: list[int] = []
    lost: list[str] = []
    closed = threading.Event()

    def visit(kept: bool) -> None:
        while not closed.is_set():
            with closing(HTTPConnection("127.0.0.1", hurt.port, timeout=LONG)) as connection:
                try:
                    connection.connect()
                except ConnectionError:
                    closed.set()  # nothing was accepted
                    return
                for path in ("/api/v1/events.json", SLOW) if kept else ("/api/v1/actors.csv",):
                    try:
                        connection.request("GET", path)
                        answer = connection.getresponse()
                        answer.read()
                        answered.append(answer.status)
                    except (OSError, HTTPException) as error:
                        lost.append(repr(error))
                        return
                    if answer.will_close:
                        break

    threads = [threading.Thread(target=visit, args=(n % 2 == 0,)) for n in range(8)]
    for thread in threads:
        thread.start()
    until(lambda: len(answered) > 40, "load")
    hurt.process.terminate()
    assert hurt.process.wait(GRACE + LONG) == 0
    for thread in threads:
        thread.join(LONG)
    assert lost == []
    assert set(answered) == {200}
    assert not any(re.search("SIGKILL|WORKER TIMEOUT", line) for line in hurt.told("")[-20:])
