"""What was made, on this machine's disk: shared by its processes, bounded, never the cause of an error."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import diskcache

log = logging.getLogger(__name__)
MOST = 200_000_000
"""Bytes on the disk; what was kept first goes first."""
SECONDS = 2 * 86400
"""What says its day is never asked for again."""
PATIENCE = 60.0
"""Seconds to wait for whoever makes the same thing."""
DIGEST = 16


def folder() -> Path:
    """A folder that is ours alone, since a spoilt one is removed: in SERVAL_CACHE or the user's caches."""
    named = os.environ.get("SERVAL_CACHE")
    caches = os.environ.get("XDG_CACHE_HOME")
    home = Path(named) if named else (Path(caches) if caches else Path.home() / ".cache") / "serval"
    return home / "made"


class _Bytes(diskcache.Disk):  # type: ignore[misc]
    """Bytes alone, and never a pickle: who can write into the folder can run nothing."""

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
        if mode == diskcache.core.MODE_PICKLE:
            raise ValueError("a pickle, which nothing of ours is")
        return super().fetch(mode, filename, value, read)


class Shelf:
    """A folder of things by key. What cannot be read counts as missing; what cannot be kept is not kept."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder, self._most = folder, most
        self._cache: Any = None
        self._file: int | None = None
        self._said: dict[str, float] = {}

    def get(self, key: str) -> bytes | None:
        """What is kept under a key."""
        found = self._try(lambda cache: cache.get(key))
        if found is None:
            return None
        digest, value = found[:DIGEST], bytes(found[DIGEST:])
        if digest == _digest(value):
            return value
        self._say("a damaged entry is made anew")
        self._try(lambda cache: cache.delete(key))
        return None

    def put(self, key: str, value: bytes) -> None:
        """Keep it for two days, if there is room."""
        self._try(lambda cache: cache.set(key, _digest(value) + value, expire=SECONDS))

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Waits until nobody else on this machine makes the same; a process that dies holds nobody up."""
        held = self._hold(key)
        try:
            yield
        finally:
            if held is not None:
                os.close(held)

    def _hold(self, key: str) -> int | None:
        try:
            locks = self.folder / "locks"
            locks.mkdir(mode=0o700, parents=True, exist_ok=True)
            held = os.open(locks / key[:2], os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            self._say(error.strerror or str(error))
            return None
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(OSError):
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return held
            time.sleep(0.05)
        return held

    def _try(self, do: Callable[[Any], Any]) -> Any:
        try:
            return do(self._open())
        except diskcache.Timeout:
            return None
        except sqlite3.OperationalError as error:  # full, read-only, locked
            self._say(str(error))
        except sqlite3.DatabaseError as error:  # no data base any more
            self._say(f"{error}; begun anew")
            self._forget()
            shutil.rmtree(self.folder, ignore_errors=True)
        except OSError as error:
            self._say(error.strerror or str(error))
        except ValueError as error:
            self._say(str(error))
        return None

    def _open(self) -> Any:
        """The cache; opened again where somebody began it anew."""
        if self._cache is None or self._file != _inode(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            options = {"size_limit": self._most, "cull_limit": 2, "sqlite_cache_size": 512}
            self._cache = diskcache.Cache(str(self.folder), timeout=1, disk=_Bytes, **options)
            self._file = _inode(self.folder)
        return self._cache

    def _forget(self) -> None:
        self._cache = self._file = None

    def _say(self, why: str) -> None:
        """Once an hour for each trouble: a full disk is met by every request."""
        now = time.monotonic()
        if now > self._said.get(why, 0):
            log.warning("%s: %s (pictures and reports are made all the same)", self.folder, why)
            self._said[why] = now + 3600


def _digest(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=DIGEST).digest()


def _inode(folder: Path) -> int | None:
    with suppress(OSError):
        return os.stat(folder / "cache.db").st_ino
    return None
