"""Events of the record that a proposal may be about: near in days, place, actors and type."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from serval.review.shelf import Row, Shelf, listed

DAYS, KM = 10, 60.0
"""Beyond these an event is no match; half the way between, half of one."""
LEAST, MOST = 0.45, 5


@dataclass(frozen=True)
class Match:
    """An event and how likely it is the same, 0 to 1; `days` apart; actors shared."""

    id: str
    likeness: float
    days: int
    same_place: bool
    shared: tuple[str, ...]


def likely(values: Row, shelf: Shelf) -> list[Match]:
    """The events that are likely the same, best first."""
    found = [match for event in shelf.events.values() if (match := _match(values, event, shelf))]
    found = [match for match in found if match.likeness >= LEAST]
    return sorted(found, key=lambda match: (-match.likeness, match.id))[:MOST]


def _match(values: Row, event: Row, shelf: Shelf) -> Match | None:
    days = apart(values["date"], event["date"])
    if days > DAYS:
        return None
    mine, other = set(values["place"]), set(listed(event["place"]))
    near = max((_near(a, b, shelf) for a in mine for b in other), default=0.0)
    who = [{row["actor"] for row in side["actors"]} for side in (values, event)]
    shared = who[0] & who[1]
    kinds = [shelf.families.get(side["type"]) for side in (values, event)]
    kind = 1.0 if values["type"] == event["type"] else 0.5 if kinds[0] == kinds[1] else 0.0
    close = (1 - days / DAYS) * (0.5 if _length(event["date"]) > 40 else 1.0)
    actors = len(shared) / len(who[0]) if who[0] else 0.0
    likeness = 0.3 * close + 0.3 * near + 0.15 * actors + 0.25 * kind
    return Match(event["id"], round(likeness, 2), days, bool(mine & other), tuple(sorted(shared)))


def apart(one: Row, other: Row) -> int:
    """Days between two intervals; 0 where they meet."""
    gap = max(_day(one["start"]) - _day(other["end"]), _day(other["start"]) - _day(one["end"]))
    return max(0, gap)


def _length(days: Row) -> int:
    return _day(days["end"]) - _day(days["start"]) + 1


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _near(one: str, other: str, shelf: Shelf) -> float:
    if one == other:
        return 1.0
    a, b = shelf.places.get(one), shelf.places.get(other)
    if not a or not b:
        return 0.0
    return max(0.0, 1 - _km(a, b) / KM)


def _km(a: Row, b: Row) -> float:
    """Kilometres between two places, on a sphere."""
    lat, lon, lat2, lon2 = (math.radians(float(row[key])) for row in (a, b) for key in ("lat", "lon"))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 12_742 * math.asin(math.sqrt(min(1.0, half)))
