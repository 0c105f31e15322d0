"""Troop figures over time: which of an actor's counts make one curve, which stand apart, which are rivals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from serval.lookup import Lookup, Values, grouped, localised, plain

if TYPE_CHECKING:
    from serval.view import View

MOST_LANES = 12
SURE = {"confirmed": 0, "reported": 1, "disputed": 2}
LOCAL = ("part", "town")
"""Scopes of which an actor can have several that do not overlap, each at a place of its own."""
NEAR = 7
"""Days around a disputed count in which others are set beside it."""


@dataclass(frozen=True)
class Day:
    """What the counts of one day say together: the lowest low, the highest high, and the surest best."""

    day: str
    low: int
    best: int | None
    high: int


@dataclass(frozen=True)
class Lane:
    """An actor's figures. `curve`: rows of one kind, unit and extent, which `scope` says in words; `others`:
    all its other rows. `until`: the day on which the actor ceased to be, empty where it did not."""

    actor: str
    short: str
    side: str
    scope: str
    curve: list[Values]
    others: list[Values]
    until: str


def strength_curve(troops: list[Values]) -> list[Values]:
    """Of an actor's troop rows, those of one curve: deployed, in Mali as a whole where that is told, else the
    extent with most counts, the latest of equals.

    Kinds and units are never mixed, and scopes overlap: a town's garrison is part of the country's, and two
    towns are no change of one number.
    """
    deployed = [row for row in troops if row["kind"] == "deployed"]
    for scope in ("country", "theatre", *LOCAL):
        rows = [row for row in deployed if row["scope"] == scope]
        if rows:
            extents = [[row for row in rows if _extent(row) == key] for key in {_extent(r) for r in rows}]
            return max(extents, key=lambda found: (len(found), found[-1]["date"], found[-1]["id"]))
    return []


def _extent(row: Values) -> tuple[str, str, str, str]:
    """What a count counts. Its place is where the men stood; it bounds the count in a part or town only."""
    local = row["scope"] in (*LOCAL, "subset", "abroad")
    return row["kind"], row["unit"], row["scope"], (row["place"] or "") if local else ""


def by_day(rows: list[Values]) -> list[Day]:
    """Counts day by day. Where several are of one day the best is that of the surest, the first of equals."""
    return [_day(day, counts) for day, counts in sorted(grouped(rows, "date").items())]


def numbers(row: Values) -> list[int]:
    """The numbers that a row gives."""
    return [n for n in (row["low"], row["best"], row["high"]) if n is not None]


def _day(day: str, counts: list[Values]) -> Day:
    given = [n for row in counts for n in numbers(row)]
    bests = [row for row in counts if row["best"] is not None]
    best = min(bests, key=lambda row: SURE.get(row["status"], 9))["best"] if bests else None
    return Day(day, min(given), best, max(given))


def rivals(troops: list[Values]) -> list[list[Values]]:
    """Counts that stand against each other, each group by day: those of one day that count the same by other
    sources, and beside a disputed count the nearest before and after of its extent or place."""
    groups: list[list[Values]] = []
    for group in _groups(troops):
        ids = {row["id"] for row in group}
        met = [other for other in groups if ids & {row["id"] for row in other}]
        joined = {row["id"]: row for rows in (*met, group) for row in rows}
        groups = [other for other in groups if other not in met]
        groups.append(sorted(joined.values(), key=lambda row: (row["date"], row["id"])))
    return sorted(groups, key=lambda group: (group[0]["date"], group[0]["actor"]))


def _groups(troops: list[Values]) -> list[list[Values]]:
    found = []
    for row in troops:
        others = [other for other in troops if other["id"] != row["id"] and other["actor"] == row["actor"]]
        group = [other for other in others if _same_day(row, other)]
        if row["status"] == "disputed":
            group += _nearest(row, [other for other in others if _beside(row, other)])
        if group:
            found.append([row, *group])
    return found


def _same_day(a: Values, b: Values) -> bool:
    return a["date"] == b["date"] and a["source"] != b["source"] and _extent(a) == _extent(b)


def _beside(row: Values, other: Values) -> bool:
    if (row["kind"], row["unit"]) != (other["kind"], other["unit"]) or _days(row, other) > NEAR:
        return False
    local = row["scope"] in LOCAL or other["scope"] in LOCAL
    return _extent(row) == _extent(other) or (local and row["place"] == other["place"])


def _nearest(row: Values, others: list[Values]) -> list[Values]:
    before = [other for other in others if other["date"] < row["date"]]
    after = [other for other in others if other["date"] > row["date"]]
    return [min(side, key=lambda other: _days(row, other)) for side in (before, after) if side]


def _days(a: Values, b: Values) -> int:
    return abs((date.fromisoformat(a["date"]) - date.fromisoformat(b["date"])).days)


def lanes(view: View, lang: str) -> tuple[list[Lane], list[str]]:
    """The actors with most figures in the view, of every side at least one, and the ids of those left to the
    table."""
    look = Lookup.of(view.record)
    found = [lane_of(look, id, rows, lang) for id, rows in grouped(plain(view.troops), "actor").items()]
    found.sort(key=lambda lane: (-len(lane.curve) - len(lane.others), -len(lane.curve), lane.short))
    firsts = {lane.side: lane.actor for lane in reversed(found)}.values()
    chosen = {lane.actor for lane in sorted(found, key=lambda lane: lane.actor not in firsts)[:MOST_LANES]}
    shown = [lane for lane in found if lane.actor in chosen]
    return shown, [lane.actor for lane in found if lane.actor not in chosen]


def lane_of(look: Lookup, id: str, troops: list[Values], lang: str) -> Lane:
    """The lane of an actor's rows."""
    curve = strength_curve(troops)
    others = [row for row in troops if row not in curve]
    actor = look.actors[id]
    short = localised(actor, "short", lang)
    return Lane(id, short, actor["side"], _scope(look, curve, lang), curve, others, actor["dissolved"] or "")


def _scope(look: Lookup, curve: list[Values], lang: str) -> str:
    if not curve:
        return ""
    scope, place = curve[0]["scope"], curve[0]["place"]
    return look.place(place, lang) if scope in LOCAL and place else look.label("troop_scopes", scope, lang)
