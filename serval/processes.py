"""Processes and the memory they take, as Linux tells it in /proc; elsewhere there is nothing to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def below(root: int) -> dict[int, str]:
    """The processes that descend from one: id -> name of the program. Empty where there is no /proc."""
    parents, names = {}, {}
    for pid, name, parent in _all():
        parents[pid], names[pid] = parent, name
    found: dict[int, str] = {}
    for pid in sorted(parents):
        line = [pid]
        while line[-1] in parents and parents[line[-1]] != root and len(line) < 50:
            line.append(parents[line[-1]])
        if parents.get(line[-1]) == root:
            found[pid] = names[pid]
    return found


def children(root: int) -> dict[int, str]:
    """The processes that one has started itself: id -> name of the program."""
    return {pid: name for pid, name, parent in _all() if parent == root}


def memory(pid: int) -> int:
    """Bytes of a process, with its share of what it has in common with others (PSS); 0 if it is gone."""
    with suppress(OSError):
        found = re.search(r"^Pss:\s+(\d+) kB", (PROC / str(pid) / "smaps_rollup").read_text(), re.MULTILINE)
        return int(found[1]) * 1024 if found else 0
    return 0


def _all() -> Iterator[tuple[int, str, int]]:
    """Id, name and parent of every process."""
    for path in PROC.glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            name, _, rest = path.read_text(errors="replace").partition("(")[2].rpartition(")")
            yield int(path.parent.name), name, int(rest.split()[1])
