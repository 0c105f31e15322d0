"""Processor that a server takes, as Linux counts it in /proc."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from serval import processes

TICK = os.sysconf("SC_CLK_TCK")


def seconds(root: int) -> float:
    """Seconds of a process and all below it that live, with those of their children that have ended."""
    total = 0
    for pid in (root, *processes.below(root)):
        with suppress(OSError):
            total += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return total / TICK
