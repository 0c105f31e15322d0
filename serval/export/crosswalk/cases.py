"""The events of a view with all that belongs to them, and a list of what a row of another data set loses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from serval import totals
from serval.figure_keys import keyed
from serval.lookup import Lookup, Values, grouped, plain
from serval.text import format_range

if TYPE_CHECKING:
    from serval.view import View

STATE, ARMED, CIVILIANS, OTHER, UNKNOWN = "state", "armed", "civilians", "other", "unknown"


STATES = ("intervention_coalition", "malian_state", "international", "mediator")
"""Sides whose cover names are of states' forces."""


class Loss(NamedTuple):
    """What a row cannot say. `field`: the record's field, or the column that stays empty."""

    event: str
    field: str
    lost: str
    why: str


@dataclass
class Case:
    """One event: its row, parts as the view's `known` leaves them, the dead summed, the losses found.

    figures: by key, see `serval.figure_keys`; killed: low, best, high as `serval.totals` adds them, None
    without any, best None where a row has none; first, second: ids of the actors of the two sides.
    """

    look: Lookup
    row: Values
    places: list[Values]
    roles: list[Values]
    sources: list[Values]
    figures: dict[str, Values]
    changes: list[Values]
    evidence: int
    killed: tuple[int, int | None, int] | None
    first: list[str]
    second: list[str]
    losses: list[Loss] = field(default_factory=list)

    def lose(self, name: str, lost: object, why: str) -> None:
        """Note what is lost."""
        self.losses.append(Loss(self.row["id"], name, str(lost), why))

    @property
    def place(self) -> Values:
        return self.places[0]

    @property
    def dead(self) -> list[Values]:
        """The figures of the dead that are added."""
        return [f for f in self.figures.values() if f["kind"] == "killed" and f["counts_in_total"]]

    def name(self, actor: str) -> str:
        return self.look.actor(actor, "en")

    def names(self, actors: Iterable[str]) -> str:
        return "; ".join(map(self.name, actors))

    def body(self, actor: str) -> Values:
        """An actor, or the body that a person belongs to."""
        row = self.look.actors[actor]
        while row["kind"] == "person" and row["parent"]:
            row = self.look.actors[row["parent"]]
        return row

    def nature(self, actor: str) -> str:
        """State, armed group, civilians, other, or unknown where the record does not say."""
        row = self.body(actor)
        if row["kind"] in ("state_force", "mission") or (row["kind"] == "cover" and row["side"] in STATES):
            return STATE
        if row["kind"] in ("insurgent", "militia") or (row["kind"] == "cover" and row["side"] != "unknown"):
            return ARMED
        return {"population": CIVILIANS, "company": CIVILIANS, "regional_org": OTHER}.get(
            row["kind"], UNKNOWN
        )

    def bloc(self, actor: str) -> str:
        """The bloc of an actor's side."""
        return str(self.look.terms["sides"][self.look.actors[actor]["side"]]["bloc"])

    def number(self, figure: Values) -> str:
        """A figure in words: its range and whose it is."""
        whose = f", {self.name(figure['of'])}" if figure["of"] else ""
        return f"{format_range(figure['low'], figure['best'], figure['high'], 'en')} {figure['kind']}{whose}"


def cases(view: View) -> Iterator[Case]:
    """The events of a view, in its order."""
    look = Lookup.of(view.record)
    parts = {
        name: grouped(plain(getattr(view, name)), "event")
        for name in ("event_places", "event_actors", "event_sources", "evidence")
    }
    changes = grouped(plain(view.record.changes), "event")
    sums = _killed(view)
    for number, row in zip(view.rows, plain(view.events), strict=True):
        mine = {name: found.get(row["id"], []) for name, found in parts.items()}
        sources = [look.sources[s["source"]] for s in mine["event_sources"]]
        known = {s["id"] for s in sources} | {None}
        figures = keyed(look.parts["figures"].get(row["id"], []))
        first, second = _sides(mine["event_actors"])
        yield Case(
            look=look,
            row=row,
            places=[look.places[p["place"]] for p in mine["event_places"]],
            roles=mine["event_actors"],
            sources=sources,
            figures={key: f for key, f in figures.items() if f["source"] in known},
            changes=changes.get(row["id"], []),
            evidence=len(mine["evidence"]),
            killed=sums[int(number)],
            first=first,
            second=second,
        )


def _killed(view: View) -> dict[int, tuple[int, int | None, int] | None]:
    """Row number of each event of the view -> its dead."""
    index = view.index
    rows = totals.counted(index, view.shown, view.known)
    rows = rows[np.isin(index.figures.kind[rows], index.codes["kind"].get(["killed"]))]
    sums = totals.add(index, rows, index.figures.event[rows], index.n)
    return {
        int(n): (int(sums.low[n]), None if sums.without_best[n] else int(sums.best[n]), int(sums.high[n]))
        if sums.rows[n]
        else None
        for n in view.rows
    }


def _sides(roles: list[Values]) -> tuple[list[str], list[str]]:
    """Those who did it with their allies, those who suffered it; parties where a side has nobody else."""

    def of(*names: str) -> list[str]:
        return list(dict.fromkeys(r["actor"] for name in names for r in roles if r["role"] == name))

    first = of("initiator", "ally")
    second = [actor for actor in of("target", "victim") if actor not in first]
    spare = [actor for actor in of("party") if actor not in (*first, *second)]
    if not first:
        first, spare = spare[:1], spare[1:]
    return first, second or spare[:1]
