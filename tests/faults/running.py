"""Servers that a test may hurt: gunicorn as `serval serve` runs it, on a free port of 127.0.0.1."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from serval import processes
from tests.servers import LONG, SERVE, free_port, served, started

GRACE = 20.0
"""Seconds that gunicorn.conf.py gives the requests underway when it is told to stop."""


class Running:
    """A server: `get` asks it, `lines` is its log, `workers` the ids of its worker processes."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.port, self.path = process, port, log

    @property
    def workers(self) -> set[int]:
        return set(processes.children(self.process.pid))

    def get(self, path: str, seconds: float = LONG, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in lower case) and body."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=seconds)) as connection:
            connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()

    def lines(self) -> list[dict[str, object]]:
        """The lines of the log that are JSON."""
        return [json.loads(line) for line in self.path.read_text().splitlines() if line.startswith("{")]

    def told(self, words: str) -> list[str]:
        """The messages that contain words."""
        return [str(line["message"]) for line in self.lines() if words in str(line["message"])]


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Running]:
    port = free_port()
    log = folder / f"log-{port}"
    told = {"ACCESS_LOG": "-", "LOG_FORMAT": "json", "RATE_LIMIT": "off", **settings}
    with started(SERVE, log, port, **{**served(port, workers=2), **told}) as process:
        yield Running(process, port, log)
