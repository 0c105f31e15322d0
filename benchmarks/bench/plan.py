"""What is done on every page, and what it must then show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from benchmarks.bench.apps import WIDE, Act
from serval import columns
from serval.figures.layout import seats
from serval.record import Record
from serval.selection import FROM, TO, Selection

Counts = dict[str, int]
"""Marks that stand for events: `map`, `timeline`."""


@dataclass(frozen=True)
class Plan:
    """The acts on a record, and the marks that each page must show after them."""

    record: Record

    def acts(self, turn: int) -> Iterator[tuple[Selection, Act]]:
        """The acts of a turn, each with the selection before it. Turns end on days of their own, so that no
        page has seen a selection of another turn and no cache answers for it."""
        last = f"2014-12-{31 - turn % 28:02d}"
        wide = Selection(from_=WIDE[0], to=last)
        actor, kind = self._actors[turn % len(self._actors)], self._types[turn % len(self._types)]
        yield wide, Act("actor", *actor)
        yield wide, Act("type", *kind)
        yield wide, Act("from", f"2013{WIDE[0][4:]}", before=WIDE[0])
        yield wide, Act("to", f"2013{last[4:]}", before=last)

    def after(self, before: Selection, act: Act) -> Selection:
        if act.kind in ("actor", "type"):
            return before.with_(**{act.kind: (act.value,)})
        return replace(before, **{"from_" if act.kind == "from" else "to": act.value})

    def first(self) -> Selection:
        """What the pages show at first."""
        return Selection(from_=FROM, to=TO)

    def count(self, selection: Selection) -> int:
        return len(self.record.select(selection).rows)

    def expected(self, app: str, selection: Selection) -> Counts:
        """Serval's map leaves out events that have no place on it; the peers' those without coordinates."""
        rows = self.record.select(selection).rows
        if app == "Serval":
            on_map = sum(len(found) for found in seats(self._columns, list(rows))[0].values())
        else:
            on_map = int(self._located[rows].sum())
        return {"map": on_map, "timeline": len(rows)}

    @cached_property
    def _columns(self):
        return columns.build(self.record)

    @cached_property
    def _located(self):
        events = self.record.events
        return (events["lat"].notna() & (events["geo_precision"] != "country")).to_numpy()

    @cached_property
    def _actors(self) -> list[tuple[str, str]]:
        names = dict(zip(self.record.actors["id"], self.record.actors["short"], strict=True))
        counts = self.record.event_actors.drop_duplicates(["event", "actor"])["actor"].value_counts()
        return [(id, names[id]) for id in counts.index[:8]]

    @cached_property
    def _types(self) -> list[tuple[str, str]]:
        return [(id, id) for id in self.record.events["type"].value_counts().index[:8]]
