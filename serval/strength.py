"""Troop figures over time: which of an actor's counts make one curve, and which stand apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from serval.lookup import Lookup, Values, grouped, localised, plain

if TYPE_CHECKING:
    from serval.view import View

MOST_LANES = 12
SURE = {"confirmed": 0, "reported": 1, "disputed": 2}


@dataclass(frozen=True)
class Day:
    """What the counts of one day say together: the lowest low, the highest high, and the surest best."""

    day: str
    low: int
    best: int | None
    high: int


@dataclass(frozen=True)
class Lane:
    """An actor's figures. `curve`: rows of one kind and scope; `others`: all its other rows."""

    actor: str
    short: str
    side: str
    scope: str
    curve: list[Values]
    others: list[Values]


def strength_curve(troops: list[Values]) -> list[Values]:
    """Of an actor's troop rows, those of one curve: deployed, of one scope, in Mali where that is told.

    Kinds are never mixed, and scopes overlap: a town's garrison is part of the country's.
    """
    deployed = [row for row in troops if row["kind"] == "deployed"]
    for scope in ("country", "theatre", "part", "town"):
        rows = [row for row in deployed if row["scope"] == scope]
        if rows:
            return rows
    return []


def by_day(rows: list[Values]) -> list[Day]:
    """Counts day by day. Where several are of one day the best is that of the surest, the first of equals."""
    return [_day(day, counts) for day, counts in sorted(grouped(rows, "date").items())]


def _day(day: str, counts: list[Values]) -> Day:
    numbers = [[n for n in (row["low"], row["best"], row["high"]) if n is not None] for row in counts]
    given = [n for row in numbers for n in row]
    bests = [row for row in counts if row["best"] is not None]
    best = min(bests, key=lambda row: SURE.get(row["status"], 9))["best"] if bests else None
    return Day(day, min(given), best, max(given))


def lanes(view: View, lang: str) -> tuple[list[Lane], list[str]]:
    """The actors with most figures in the view, and the short names of those left to the table."""
    look = Lookup.of(view.record)
    rows = grouped(plain(view.troops), "actor")
    found = [_lane(look, id, troops, lang) for id, troops in rows.items()]
    found.sort(key=lambda lane: (-len(lane.curve), -len(lane.others), lane.short))
    return found[:MOST_LANES], [lane.short for lane in found[MOST_LANES:]]


def _lane(look: Lookup, id: str, troops: list[Values], lang: str) -> Lane:
    curve = strength_curve(troops)
    others = [row for row in troops if row not in curve]
    actor = look.actors[id]
    scope = look.label("troop_scopes", curve[0]["scope"], lang) if curve else ""
    return Lane(id, localised(actor, "short", lang), actor["side"], scope, curve, others)
