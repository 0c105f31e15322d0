"""What the numbers of a run come to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import median

__all__ = ["median", "p95", "picked", "ratio"]


def p95(values: Sequence[float]) -> float:
    """The smallest value that at least 95 of 100 do not exceed."""
    return sorted(values)[max(0, math.ceil(0.95 * len(values)) - 1)]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """Our median by theirs; None where one is missing or theirs is nothing."""
    return median(ours) / median(theirs) if ours and theirs and median(theirs) else None


def picked(rows: Iterable[dict], key: str, /, **wanted: object) -> list[float]:
    """The values of a key in the rows that are as wanted."""
    return [row[key] for row in rows if all(row.get(name) == value for name, value in wanted.items())]
