"""A folder for temporary files that goes with its process, also with one that was killed."""

from __future__ import annotations

import fcntl
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

PREFIX, LOCK = "serval-", "lock"
HIGH = 100
"""File descriptors from here on are nobody's."""


class Scratch:
    """A new folder, `path`, in `within` or where temporary files go. OSError if there is no room for it.

    Whoever makes the next one removes it if this process did not come to it.
    """

    def __init__(self, within: Path | None = None) -> None:
        within = within or Path(gettempdir())
        _sweep(within)
        self.path = Path(mkdtemp(prefix=PREFIX, dir=within))
        try:
            self._lock = (self.path / "locking").open("w")
        except OSError:
            self.path.rmdir()  # nobody would know that it is nobody's
            raise
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        (self.path / "locking").rename(self.path / LOCK)  # not before it is held

    def outlive_exec(self) -> None:
        """Keep the folder also when this process becomes another program, which then has to remove it."""
        fcntl.fcntl(self._lock.fileno(), fcntl.F_DUPFD, HIGH)

    def remove(self) -> None:
        """Remove the folder and all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()


def _sweep(within: Path) -> None:
    """Remove the folders that no living process holds."""
    for lock in within.glob(f"{PREFIX}*/{LOCK}"):
        with suppress(OSError), lock.open() as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)
