"""Servers of tests and benchmarks: processes on free ports of 127.0.0.1, ended with whoever needed them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
SERVE = (sys.executable, "-m", "serval", "serve")
LONG = 60.0
"""Seconds that anything may take on a busy machine."""

T = TypeVar("T")


def until(found: Callable[[], T], what: str, seconds: float = LONG) -> T:
    """The first true value of `found`, asked again and again. AssertionError if there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds:g} s: {what}")


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def started(
    command: Sequence[str], log: Path, port: int, *, patience: float = 90, grace: float = 30, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A server's process, from its first answer on `port`; it leads a group, which is ended after `grace`.

    settings: its environment beside ours. AssertionError with the end of its log if it does not answer.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **settings}, stdout=out, stderr=out, start_new_session=True
        )
    try:
        until(lambda: process.poll() is not None or answers(port), f"{command} answers", patience)
        assert process.poll() is None, f"it did not start:\n{log.read_text(errors='replace')[-3000:]}"
        yield process
    finally:
        process.terminate()
        try:
            process.wait(grace)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def served(port: int, workers: int) -> dict[str, str]:
    """The settings of `SERVE` on a port."""
    return {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": str(workers)}


def answers(port: int) -> bool:
    """Whether a web server answers there, be it with a fault."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=30):
            return True
    except HTTPError:
        return True
    except OSError:
        return False
