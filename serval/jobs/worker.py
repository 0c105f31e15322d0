"""A worker of the queue: it makes what servers order. `serval worker` starts it."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import orjson
from celery.signals import heartbeat_sent

from serval import browser
from serval import record as records
from serval.jobs import queue
from serval.jobs.shared import Gone, Shared

if TYPE_CHECKING:
    from redis import Redis

ALIVE = 15
"""Seconds after which a worker that says nothing counts as dead; it says so every two."""


def run(shared: Shared, jobs: int) -> None:
    """Make orders, so many at once, until told to stop; those begun are ended first."""
    records.load()  # before the first order waits for it
    app = queue.celery(shared.url)

    @app.task(name=queue.TASK)  # type: ignore[untyped-decorator]
    def make(words: str, name: str) -> None:
        queue.answer(shared, orjson.loads(words), name)

    def alive(**_: Any) -> None:
        with suppress(Gone):
            shared.ask(_say_so)

    heartbeat_sent.connect(alive, weak=False)
    # Threads, so that one Chromium and one record serve all jobs.
    app.worker_main(
        [
            "worker",
            "--pool=threads",
            f"--concurrency={jobs}",
            "--loglevel=INFO",
            "--without-gossip",
            "--without-mingle",
        ]
    )
    browser.stop()


def is_alive(shared: Shared) -> bool:
    """Whether the worker of this machine is at work. Raises `Gone`."""
    return bool(shared.ask(lambda redis: redis.exists(_own())))


def _say_so(redis: Redis) -> None:
    with redis.pipeline() as pipe:
        for name in (queue.WORKERS, _own()):
            pipe.set(name, 1, ex=ALIVE)
        pipe.execute()


def _own() -> str:
    return f"serval:worker:{socket.gethostname()}"
