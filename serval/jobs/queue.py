"""The queue: an order goes to a worker through Celery, and what it made comes back through Redis.

Not through Celery's results: reading those from several threads is not safe there, and a list on which one
thread waits is all that is needed.
"""

from __future__ import annotations

import logging
import time
from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

import orjson

from serval.browser import Unavailable
from serval.jobs.orders import Order, Other, make
from serval.jobs.shared import Gone, Shared

if TYPE_CHECKING:
    from celery import Celery
    from redis import Redis

log = logging.getLogger(__name__)
TASK = "serval.make"
WORKERS = "serval:workers"
"""The key that is there as long as a worker is."""
PATIENCE = 60
"""Seconds to wait for a worker; an order that is older is not begun."""
SLICE = 2
"""Seconds of one look at the list: whether the workers are still there is asked in between."""
ANSWERED = 60
"""Seconds for which what was made waits for whoever ordered it."""
MADE, FAILED, OTHER = b"+", b"-", b"?"


@cache
def celery(url: str) -> Celery:
    """The Celery application of servers and workers."""
    from celery import Celery

    app = Celery("serval", broker=url, set_as_current=False)
    app.conf.update(
        task_default_queue="serval",
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        # An order that is begun is off the queue, and none is taken before it can be begun: a worker with
        # orders that are not confirmed would not find back to a Redis that was restarted.
        task_acks_late=False,
        worker_disable_prefetch=True,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        task_publish_retry_policy={"max_retries": 1, "interval_start": 0, "interval_step": 0},
        broker_transport_options={
            "socket_connect_timeout": 1,
            "socket_timeout": 5,
            "max_retries": 1,
            "interval_start": 0,
        },
    )
    return app


def made(shared: Shared, order: Order) -> bytes | None:
    """What a worker made of an order; None where there is no worker or no Redis any more.

    Raises `Unavailable` with what the worker says, or where it says nothing.
    """
    try:
        if not shared.ask(lambda redis: redis.exists(WORKERS)):
            return None
        name = f"serval:answer:{uuid4().hex}"
        _send(shared, order, name)
        return _awaited(shared, name)
    except (Gone, Other):
        return None


def _send(shared: Shared, order: Order, name: str) -> None:
    from kombu.exceptions import OperationalError
    from redis.exceptions import RedisError

    words = orjson.dumps(order).decode()
    try:
        celery(shared.url).send_task(TASK, args=[words, name], expires=PATIENCE)
    except (OperationalError, RedisError, OSError) as error:
        shared.lost(error)
        raise Gone from error


def _awaited(shared: Shared, name: str) -> bytes | None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = shared.ask(lambda redis: redis.blpop([name], timeout=SLICE))
        if found is not None:
            return _read(found[1])
        if not shared.ask(lambda redis: redis.exists(WORKERS)):
            log.warning("the worker that had an order is gone: made here")
            return None
    raise Unavailable(f"no worker was done within {PATIENCE} s")


def _read(answer: bytes) -> bytes:
    kind, rest = answer[:1], answer[1:]
    if kind == MADE:
        return rest
    said = orjson.loads(rest)
    raise (Other if kind == OTHER else Unavailable)(said["reason"], said["after"])


def answer(shared: Shared, order: Order, name: str) -> None:
    """In a worker: make an order and say so to whoever waits."""
    try:
        told = MADE + make(order)
    except Unavailable as why:
        kind = OTHER if isinstance(why, Other) else FAILED
        told = kind + orjson.dumps({"reason": why.reason, "after": why.after})

    def push(redis: Redis) -> None:
        with redis.pipeline() as pipe:
            pipe.rpush(name, told)
            pipe.expire(name, ANSWERED)
            pipe.execute()

    shared.ask(push)
