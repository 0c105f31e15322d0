"""Which events of two lists are the same: one to one, near in time and place.

A pair may be matched where the days between the two are at most `days` and the ground between them at most
`km`. Of these pairs the nearest in time are matched first, of these the nearest in space; an event is matched
once. Where another choice lets more events be matched, it is taken, so that wider limits never match fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

EARTH = 6371.0088  # km, mean radius
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Spot = tuple[float, float]


class Pair(NamedTuple):
    """Two rows that match: the whole days between their intervals, and km between their places."""

    ours: int
    theirs: int
    days: int
    km: float


@dataclass(frozen=True)
class Ours:
    """Events: first and last days as integers, and their places as (lat, lon); none: matches nothing."""

    start: Sequence[int]
    end: Sequence[int]
    spots: Sequence[Sequence[Spot]]


@dataclass(frozen=True)
class Theirs:
    """Rows to match with, each with one place; NaN: matches nothing."""

    start: Floats
    end: Floats
    lat: Floats
    lon: Floats


def match(ours: Ours, theirs: Theirs, km: float, days: int) -> list[Pair]:
    """The pairs, in the order of ours."""
    near = _Near(theirs, km)
    found = [_candidates(ours, i, theirs, near, days, len(ours.spots)) for i in range(len(ours.spots))]
    edges = sorted((p for pairs in found for p in pairs), key=lambda p: (p.days, p.km, p.ours, p.theirs))
    taken: dict[int, Pair] = {}
    matched: set[int] = set()
    for pair in edges:
        if pair.ours not in matched and pair.theirs not in taken:
            taken[pair.theirs] = pair
            matched.add(pair.ours)
    for i, pairs in enumerate(found):
        if pairs and i not in matched:
            _make_room(i, found, taken)
    return sorted(taken.values())


def gap(start: Floats, end: Floats, first: int, last: int) -> Floats:
    """Days between intervals and the one from `first` to `last`; 0 where they meet."""
    return np.maximum(0, np.maximum(start - last, first - end))


def distance(lat: Floats, lon: Floats, spot: Spot) -> Floats:
    """Km from places to one, on a sphere."""
    a, b = np.radians(lat), np.radians(spot[0])
    across = np.radians(lon - spot[1])
    part = np.sin((a - b) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(across / 2) ** 2
    far: Floats = 2 * EARTH * np.arcsin(np.sqrt(np.minimum(part, 1)))
    return far


class _Near:
    """The rows near a place, found once for each place: rows are kept in the order of their latitude."""

    def __init__(self, theirs: Theirs, km: float) -> None:
        self.theirs, self.km = theirs, km
        self.order = np.argsort(theirs.lat, kind="stable")
        self.lat = theirs.lat[self.order]
        self.found: dict[Spot, tuple[Ints, Floats]] = {}

    def __call__(self, spot: Spot) -> tuple[Ints, Floats]:
        """Rows within the limit and their km."""
        if spot not in self.found:
            band = np.degrees(self.km / EARTH) * 1.001 + 1e-9
            low, high = np.searchsorted(self.lat, [spot[0] - band, spot[0] + band])
            rows = self.order[low:high]
            km = distance(self.theirs.lat[rows], self.theirs.lon[rows], spot)
            inside = km <= self.km
            self.found[spot] = rows[inside], km[inside]
        return self.found[spot]


def _candidates(ours: Ours, i: int, theirs: Theirs, near: _Near, days: int, most: int) -> list[Pair]:
    """The pairs that an event may make, nearest first. It never needs more than there are of ours: the
    others can take no more than that from it."""
    best: dict[int, Pair] = {}
    for spot in ours.spots[i]:
        rows, km = near(spot)
        apart = gap(theirs.start[rows], theirs.end[rows], ours.start[i], ours.end[i])
        inside = np.flatnonzero(apart <= days)
        nearest = inside[np.lexsort((rows[inside], km[inside], apart[inside]))][:most]
        for row, gone, far in zip(rows[nearest], apart[nearest], km[nearest], strict=True):
            pair = Pair(i, int(row), int(gone), float(far))
            if pair.theirs not in best or pair < best[pair.theirs]:
                best[pair.theirs] = pair
    return sorted(best.values(), key=lambda p: (p.days, p.km, p.theirs))[:most]


def _make_room(i: int, found: Sequence[Sequence[Pair]], taken: dict[int, Pair]) -> None:
    """Match an event that found all its rows taken, if those who took them can take others."""
    reached: dict[int, Pair] = {}
    queue = [i]
    for ours in queue:
        for pair in found[ours]:
            if pair.theirs in reached:
                continue
            reached[pair.theirs] = pair
            if pair.theirs in taken:
                queue.append(taken[pair.theirs].ours)
            else:
                _shift(pair, i, reached, taken)
                return


def _shift(pair: Pair, first: int, reached: dict[int, Pair], taken: dict[int, Pair]) -> None:
    """Give the free row to who reached it, what that one had to who reached this, and so on."""
    had = {held.ours: theirs for theirs, held in taken.items()}
    while True:
        taken[pair.theirs] = pair
        if pair.ours == first:
            return
        pair = reached[had[pair.ours]]
