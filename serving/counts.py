"""The folder in which the server's processes keep their counts, a small file each and kind.

It is made before Prometheus' library is imported, which then finds it in PROMETHEUS_MULTIPROC_DIR.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from serval.scratch import PREFIX, Scratch

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
MEMORY = Path("/dev/shm")
KINDS = ("counter", "histogram")
ROOM = 1 << 20
"""Bytes of a file, taken at its start: where a full disk cannot give them, writing to it later would kill the
process."""

_scratch: Scratch | None = None


def prepare() -> None:
    """Make the folder, in memory if there is such a place. Without one, a process tells its own alone."""
    global _scratch
    for place in (MEMORY, Path(tempfile.gettempdir())):
        if FOLDER not in os.environ and os.access(place, os.W_OK):
            with suppress(OSError):
                _scratch = Scratch(place)
                os.environ[FOLDER] = str(_scratch.path)
    atexit.register(_remove, os.getpid())


def outlive_exec() -> None:
    """Keep the folder when this process becomes another program."""
    if _scratch is not None:
        _scratch.outlive_exec()


def _remove(owner: int) -> None:
    folder = Path(os.environ.get(FOLDER, ""))
    if os.getpid() == owner and folder.name.startswith(PREFIX):  # workers end with their own exit
        shutil.rmtree(folder, ignore_errors=True)


def begin(pid: int) -> bool:
    """Take the room for the files of a new process. False if there is none, and it must not count."""
    try:
        for file in _files(pid):
            with file.open("ab") as new:
                os.posix_fallocate(new.fileno(), 0, ROOM)
    except OSError:
        return False
    return True


def end(pid: int) -> None:
    """Give back the room that a process has left over. Its counts stay: a sum must never fall."""
    for file in _files(pid):
        if file.is_file():
            with file.open("rb") as head:
                used = int.from_bytes(head.read(4), "little")
            os.truncate(file, used) if used else file.unlink()


def tidy() -> None:
    """`end` for every process that is gone, as those that a reload left behind."""
    for file in Path(os.environ.get(FOLDER, "")).glob(f"{KINDS[0]}_*.db") if FOLDER in os.environ else ():
        pid = int(file.stem.rpartition("_")[2])
        if file.stat().st_size == ROOM and not Path("/proc", str(pid)).exists():
            end(pid)


def _files(pid: int) -> list[Path]:
    folder = os.environ.get(FOLDER)
    return [Path(folder, f"{kind}_{pid}.db") for kind in KINDS] if folder else []
