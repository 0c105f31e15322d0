"""The changes of control of a view as a reader is told of them, and who holds the towns in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from serval.control import CHANGING, CONTESTED, HELD
from serval.lookup import Lookup, Values, localised, plain, split
from serval.schema import NOBODY, UNKNOWN

if TYPE_CHECKING:
    from serval.view import View


@dataclass(frozen=True)
class Turn:
    """One change of one town. `row`: of the town in `View.towns`; `first`: it was over before the days shown,
    which begin with its holders; `publishers`: of its sources, each once."""

    event: str
    title: str
    place: str
    town: str
    row: int
    start: str
    end: str
    before: list[str]
    after: list[str]
    first: bool
    publishers: list[str]
    sources: int
    independent: int


@dataclass(frozen=True)
class SumUp:
    """How many of `n` towns are held by which sides of one bloc, alone or together, most towns first; how
    many are not held."""

    n: int
    held: list[tuple[tuple[str, ...], int]]
    contested: int
    changing: int
    nobody: int
    unknown: int


def turns(view: View, lang: str) -> list[Turn]:
    """The changes that the days shown touch, and each town's last one before them: by town, then by day."""
    chosen, look = view.selection, Lookup.of(view.record)
    rows = {place: row for row, place in enumerate(view.towns)}
    towns: dict[str, list[Values]] = {place: [] for place in rows}
    for change in plain(view.changes[view.changes["date_start"] <= chosen.to]):
        towns[change["place"]].append(change)
    found = []
    for place, changes in towns.items():
        within = [change for change in changes if change["date_end"] >= chosen.from_]
        before = [change for change in changes if change["date_end"] < chosen.from_][-1:]
        found += [_turn(view, look, rows[place], change, True, lang) for change in before]
        found += [_turn(view, look, rows[place], change, False, lang) for change in within]
    return found


def _turn(view: View, look: Lookup, row: int, change: Values, first: bool, lang: str) -> Turn:
    event = look.events[change["event"]]
    cited = look.parts["event_sources"].get(change["event"], [])
    sources = [look.sources[s["source"]] for s in cited if view.knows(s["source"])]
    return Turn(
        event=event["id"],
        title=localised(event, "title", lang),
        place=change["place"],
        town=look.place(change["place"], lang),
        row=row,
        start=change["date_start"],
        end=change["date_end"],
        before=split(change["holders_before"]),
        after=split(change["holders"]),
        first=first,
        publishers=[*dict.fromkeys(s["publisher"] for s in sources)],
        sources=len(sources),
        independent=len({s["independent"] for s in sources}),
    )


def sum_up(view: View) -> SumUp:
    """The towns of the view on the day of the playhead."""
    towns = set(view.towns)
    rows = [row for row in plain(view.holders) if row["place"] in towns]
    states = Counter(row["state"] for row in rows)
    holders = [row["holders"] for row in rows if row["state"] == HELD]
    blocs = Counter(_bloc(view, cell) for cell in holders)
    held = [(_sides(view, holders, bloc), n) for bloc, n in blocs.items()]
    return SumUp(
        n=len(towns),
        held=sorted(held, key=lambda item: (-item[1], item[0])),
        contested=states[CONTESTED],
        changing=states[CHANGING],
        nobody=states[NOBODY],
        unknown=states[UNKNOWN],
    )


def _bloc(view: View, holders: str) -> str:
    """The one bloc of a held town."""
    blocs = view.record.bloc_of
    return next(blocs[id] for id in split(holders) if id in blocs)


def _sides(view: View, cells: list[str], bloc: str) -> tuple[str, ...]:
    actors, blocs = Lookup.of(view.record).actors, view.record.bloc_of
    found = {actors[id]["side"] for cell in cells for id in split(cell) if blocs.get(id) == bloc}
    return tuple(side.id for side in view.record.vocabulary.sides if side.id in found)
