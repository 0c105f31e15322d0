"""Which troop counts of a day may be added, and why the others may not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from serval.lookup import Lookup, Values, grouped, plain, split
from serval.strength import Day, by_day, strength_curve

if TYPE_CHECKING:
    from serval.view import View

FRESH = 31
"""Days after which a count is too old to be added to one of today."""

Why = Literal["within", "old", "gone", "extent"]


@dataclass(frozen=True)
class Part:
    """The last count of an actor."""

    actor: str
    count: Day


@dataclass(frozen=True)
class Total:
    """Counts of one side, kind, unit and scope, and their sums; no best where a part has none."""

    side: str
    unit: str
    parts: list[Part]
    low: int
    best: int | None
    high: int


@dataclass(frozen=True)
class Left:
    """An actor whose count is not added: `within` that of `whole`, too `old`, `gone` by then, or of no
    such `extent`."""

    actor: str
    why: Why
    whole: str = ""


def totals(view: View) -> tuple[list[Total], list[Left]]:
    """The sums of the day of the playhead over the actors of a side, and the actors that are in none.

    Added are the last counts of troops deployed in Mali as a whole, at most a month old, each soldier once:
    an actor that belongs to another with such a count is within it. A sum has two parts at least.
    """
    look, at = Lookup.of(view.record), view.selection.at
    counts: dict[str, tuple[str, Day]] = {}
    left: list[Left] = []
    for actor, rows in grouped(plain(view.troops), "actor").items():
        found, dissolved = _last(rows, at), look.actors[actor]["dissolved"]
        if found is None:
            left.append(Left(actor, "extent"))
        elif dissolved and dissolved <= at:
            left.append(Left(actor, "gone"))
        elif _age(found[1].day, at) > FRESH:
            left.append(Left(actor, "old"))
        else:
            counts[actor] = found
    for actor in list(counts):
        whole = sorted(wholes(look, actor, at) & counts.keys())
        if whole:
            left.append(Left(actor, "within", whole[0]))
    within = {one.actor for one in left}
    parts: dict[tuple[str, str], list[Part]] = {}
    for actor, (unit, count) in counts.items():
        if actor not in within:
            parts.setdefault((look.actors[actor]["side"], unit), []).append(Part(actor, count))
    return [_total(*key, found) for key, found in parts.items() if len(found) > 1], left


def _last(rows: list[Values], at: str) -> tuple[str, Day] | None:
    """Unit and numbers of the last count up to a day of troops deployed in the country."""
    curve = [row for row in strength_curve(rows) if row["scope"] == "country" and row["date"] <= at]
    return (curve[-1]["unit"], by_day(curve)[-1]) if curve else None


def _age(day: str, at: str) -> int:
    return (date.fromisoformat(at) - date.fromisoformat(day)).days


def _total(side: str, unit: str, parts: list[Part]) -> Total:
    bests = [part.count.best for part in parts]
    return Total(
        side,
        unit,
        parts,
        low=sum(part.count.low for part in parts),
        best=None if None in bests else sum(best or 0 for best in bests),
        high=sum(part.count.high for part in parts),
    )


def wholes(look: Lookup, actor: str, day: str) -> set[str]:
    """The bodies that an actor belongs to on a day. Where the record dates a membership it begins then."""
    found: set[str] = set()
    todo = [actor]
    while todo:
        one = todo.pop()
        row = look.actors[one]
        for whole in [*split(row["member_of"]), *split(row["parent"])]:
            if whole not in found and whole in look.actors and _since(look, one, whole) <= day:
                found.add(whole)
                todo.append(whole)
    return found


def _since(look: Lookup, actor: str, whole: str) -> str:
    dated = [
        row["date"] or ""
        for row in look.alignment.get(actor, [])
        if row["stance"] == "member" and row["toward"] == whole
    ]
    return min(dated, default="")
