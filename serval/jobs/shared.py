"""What was made, in Redis: shared by all machines. `Gone` where it does not answer."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from redis import Redis

log = logging.getLogger(__name__)
SECONDS = 2 * 86400
AGAIN = 5.0
"""Seconds for which a Redis that failed is not asked: a visitor must not wait for it each time."""
HELD = 45
"""Seconds after which the lock of a process that died is free; longer than a picture may take."""
T = TypeVar("T")


class Gone(Exception):
    """Redis does not answer. It is in the log, once."""


class Shared:
    """A Redis of things by key, and of messages."""

    def __init__(self, url: str) -> None:
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        # One try more: after a restart of Redis the connections that are open fail, and new ones do not.
        self._redis: Redis = Redis.from_url(
            url, socket_connect_timeout=1, socket_timeout=5, retry=Retry(NoBackoff(), 1)
        )
        self.url = url
        self._until, self._lock, self._down = 0.0, threading.Lock(), False

    def get(self, key: str) -> bytes | None:
        """What is kept under a key."""
        found: bytes | None = self.ask(lambda redis: redis.get(f"serval:kept:{key}"))
        return found

    def put(self, key: str, value: bytes) -> None:
        """Keep it for two days."""
        with suppress(Gone):
            self.ask(lambda redis: redis.set(f"serval:kept:{key}", value, ex=SECONDS))

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Waits until nobody else makes the same."""
        from redis.exceptions import LockError

        patience = HELD + AGAIN  # whoever has it is done or dead by then
        lock = self._redis.lock(f"serval:alone:{key}", timeout=HELD, blocking_timeout=patience, sleep=0.05)
        self.ask(lambda _: lock.acquire())
        try:
            yield
        finally:
            with suppress(Gone, LockError):
                self.ask(lambda _: lock.release())

    def ask(self, do: Callable[[Redis], Any]) -> Any:
        """What Redis answers. Raises `Gone`."""
        from redis.exceptions import LockError, RedisError

        if time.monotonic() < self._until:
            raise Gone
        try:
            answer = do(self._redis)
        except LockError:
            raise
        except (RedisError, OSError) as error:
            self.lost(error)
            raise Gone from error
        self._back()
        return answer

    def lost(self, error: Exception) -> None:
        """Leave it alone for some seconds; the first time, say so."""
        with self._lock:
            self._until = time.monotonic() + AGAIN
            new, self._down = not self._down, True
        if new:
            log.warning("Redis does not answer (%s): this process goes on by itself", type(error).__name__)

    def _back(self) -> None:
        with self._lock:
            new, self._down = self._down, False
        if new:
            log.warning("Redis answers again")


def connect() -> Shared | None:
    """The Redis of REDIS_URL, if it is set; with its package missing, none, and that is in the log."""
    url = os.environ.get("REDIS_URL")
    if not url:
        return None
    try:
        return Shared(url)
    except ImportError:
        log.error("REDIS_URL is set, but its packages are missing: pip install 'serval[queue]'")
    except ValueError as error:
        log.error("REDIS_URL is no address of a Redis: %s", error)
    return None
