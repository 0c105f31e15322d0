"""Pictures and reports, each made once: looked up, else made here or by a worker elsewhere, and kept.

They are kept on this machine's disk, for all its processes. With REDIS_URL they are kept there, for all
machines, and workers (`serval worker`) make them. Where Redis or a worker is missing, this process goes on by
itself and looks again every few seconds.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache

from serval.jobs import queue, shared, shelf
from serval.jobs.orders import Order, key, make, picture, report
from serval.jobs.shared import Gone, Shared
from serval.jobs.shelf import Shelf

__all__ = ["forget", "kept", "key", "made", "once", "picture", "report"]


def kept(key: str) -> bytes | None:
    """What is kept under a key."""
    redis = _shared()
    if redis is not None:
        try:
            return redis.get(key)
        except Gone:
            pass
    return _shelf().get(key)


def once(key: str, make: Callable[[], bytes]) -> bytes:
    """What is kept under a key; else made and kept, by one of those that ask for it at the same time."""
    redis = _shared()
    if redis is not None:
        try:
            return _once(redis, key, make)
        except Gone:
            pass
    return _once(_shelf(), key, make)


def made(order: Order) -> bytes:
    """What was ordered, from a worker or, where there is none, made here. Raises `browser.Unavailable`."""
    redis = _shared()
    found = None if redis is None else queue.made(redis, order)
    return make(order) if found is None else found


def forget() -> None:
    """Open all anew when it is needed next: after a fork, or with other settings."""
    for one in (_shared, _shelf, queue.celery):
        one.cache_clear()


def _once(store: Shared | Shelf, key: str, make: Callable[[], bytes]) -> bytes:
    found = store.get(key)
    if found is not None:
        return found
    with store.alone(key):
        found = store.get(key)
        if found is None:
            found = make()
            store.put(key, found)
        return found


@cache
def _shared() -> Shared | None:
    return shared.connect()


@cache
def _shelf() -> Shelf:
    return Shelf(shelf.folder())


os.register_at_fork(after_in_child=forget)
