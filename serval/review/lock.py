"""One reviewer of a record at a time: a lock file that says who has it.

The kernel's lock on the file is what counts: it goes with the process that has it, so that a process which
died leaves a stale file and no lock. Locks of other machines are not seen; their names are.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from serval.review.transaction import FOLDER


class Held(Exception):
    """Somebody else has the lock; the message says who."""


class Lock:
    """The lock of a record's folder, from `with` to its end.

    Raises Held; `take_over`: not where a process of another machine left its name.
    """

    def __init__(self, home: Path, what: str, take_over: bool = False) -> None:
        self.path, self._what, self._take_over = home / FOLDER / "lock", what, take_over
        self._handle = -1

    def __enter__(self) -> Lock:
        self.path.parent.mkdir(exist_ok=True)
        self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = self._holder()
            os.close(self._handle)
            raise Held(self._told(holder)) from None
        holder = self._holder()
        if holder and holder.get("host") != socket.gethostname() and not self._take_over:
            os.close(self._handle)
            raise Held(f"{self._told(holder)}; if that is over, say --take-over")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        mine = {"pid": os.getpid(), "host": socket.gethostname(), "user": user(), "time": now}
        self._put(json.dumps({**mine, "file": self._what}))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._put("")  # not unlinked: another process may wait with the same file open
        os.close(self._handle)

    def _put(self, text: str) -> None:
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, text.encode(), 0)
        os.fsync(self._handle)

    def _holder(self) -> dict[str, Any]:
        try:
            found = json.loads(os.pread(self._handle, 4096, 0) or b"{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _told(self, holder: dict[str, Any]) -> str:
        if not holder:
            return f"somebody else is reviewing: {self.path} is locked"
        who = f"{holder.get('user')}, process {holder.get('pid')} on {holder.get('host')}"
        return f"{who}, has been reviewing {holder.get('file')} since {holder.get('time')}"


def user() -> str:
    """The login of whoever runs this."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
