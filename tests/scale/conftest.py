"""A real Redis and real workers, started by the tests and ended with them."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from serval import jobs
from serval.jobs import shared as sharing
from tests.servers import ROOT, free_port, until


class RedisServer:
    """A redis-server on a port of its own, that keeps nothing on the disk."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.folder, self.url = folder, f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen | None = None
        self.start()

    def start(self) -> None:
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        with (self.folder / "redis.log").open("a") as log:
            self.process = subprocess.Popen(["redis-server", *words], stdout=log, stderr=log)
        until(self._answers, "redis-server starts")

    def _answers(self) -> bool:
        with closing(socket.socket()) as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    """A Redis that this process uses."""
    if not shutil.which("redis-server"):
        pytest.skip("no redis-server on PATH: install the system's package redis-server")
    server = RedisServer(tmp_path)
    monkeypatch.setenv("REDIS_URL", server.url)
    monkeypatch.setenv("SERVAL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(sharing, "AGAIN", 0.2)
    jobs.forget()
    yield server
    server.stop()
    jobs.forget()


@pytest.fixture
def worker(redis: RedisServer, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """Starts workers: with `--really` `serval worker` itself, else one that draws nothing (stand_in.py)."""
    started = []

    def start(*words: str) -> subprocess.Popen:
        really, made = "--really" in words, str(tmp_path / "made")
        command = (
            ["-m", "serval", "worker"] if really else [str(Path(__file__).with_name("stand_in.py")), made]
        )
        with (tmp_path / "worker.log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
        started.append(process)
        until(lambda: at_work() or process.poll() is not None, "a worker starts")
        assert process.poll() is None, (tmp_path / "worker.log").read_text()
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def at_work() -> bool:
    """Whether a worker says that it is there."""
    found = sharing.connect()
    return bool(found.ask(lambda redis: redis.exists("serval:workers")))
