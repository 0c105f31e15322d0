"""Servers that a test may hurt: gunicorn as `serval serve` runs it, on a free port of 127.0.0.1."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import TypeVar

import pytest

from serval import processes

ROOT = Path(__file__).resolve().parents[2]
LONG = 60.0
"""Seconds that anything may take on a busy machine."""
GRACE = 20.0
"""Seconds that gunicorn.conf.py gives the requests underway when it is told to stop."""

T = TypeVar("T")


def until(found: Callable[[], T], what: str, seconds: float = LONG) -> T:
    """The first true value of `found`, asked again and again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.05)
    pytest.fail(f"not within {seconds:g} s: {what}", pytrace=False)


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Running:
    """A server: `get` asks it, `lines` is its log, `workers` the ids of its worker processes."""

    def __init__(self, folder: Path, port: int, **settings: str) -> None:
        self.port, self.path = port, folder / f"log-{port}"
        environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "2"}
        environment |= {"ACCESS_LOG": "-", "LOG_FORMAT": "json", "RATE_LIMIT": "off", **settings}
        with self.path.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "serval", "serve"],
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    @property
    def workers(self) -> set[int]:
        return set(processes.children(self.process.pid))

    def get(self, path: str, seconds: float = LONG, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in lower case) and body."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=seconds)) as connection:
            connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()

    def ready(self) -> bool:
        with suppress(OSError):
            return self.get("/healthz")[0] == 200
        if self.process.poll() is not None:
            pytest.fail(f"it did not start:\n{self.path.read_text()[-3000:]}", pytrace=False)
        return False

    def lines(self) -> list[dict[str, object]]:
        """The lines of the log that are JSON."""
        return [json.loads(line) for line in self.path.read_text().splitlines() if line.startswith("{")]

    def told(self, words: str) -> list[str]:
        """The messages that contain words."""
        return [str(line["message"]) for line in self.lines() if words in str(line["message"])]

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Running]:
    server = Running(folder, free_port(), **settings)
    try:
        until(server.ready, "the server answers")
        yield server
    finally:
        server.end()
