"""What surrounds an event: who held its town when, what else happened there and to whom, what came next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from serval.lookup import Lookup, Values, localised, split

if TYPE_CHECKING:
    from serval.record import Record
    from serval.view import View

DAYS = 7
MOST = 6


@dataclass(frozen=True)
class Ref:
    """An event as others name it."""

    event: Values
    title: str


@dataclass(frozen=True)
class Turn:
    """A change of control in a town's history; `this` where it is the event's own."""

    ref: Ref
    before: list[str]
    after: list[str]
    this: bool


@dataclass(frozen=True)
class History:
    """A town's changes of control, oldest first."""

    place: str
    name: str
    turns: list[Turn]


@dataclass(frozen=True)
class Around:
    """Events within `DAYS` of the event, by date: the nearest of `n`, which may have happened from `from_` to
    `to`. `ids`: the places or actors that they share with it."""

    refs: list[Ref]
    n: int
    ids: tuple[str, ...]
    from_: str
    to: str


@dataclass(frozen=True)
class Beside:
    """The view's events before and after, by date; `number` is the event's own, None if it is not in it."""

    before: Ref | None
    after: Ref | None
    number: int | None
    n: int


@dataclass(frozen=True)
class Related:
    histories: list[History]
    same_place: Around
    same_actors: Around
    beside: Beside


def related(view: View, event_id: str, lang: str) -> Related:
    """What surrounds an event of the record. With `known`, events that were not yet known are left out."""
    look = Lookup.of(view.record)
    places = _ids(look, "event_places", "place", event_id)
    if look.events[event_id]["geo_precision"] == "country":
        places = ()
    actors = _ids(look, "event_actors", "actor", event_id)
    there = _around(view, event_id, lang, places, lambda id: _ids(look, "event_places", "place", id))
    told = {ref.event["id"] for ref in there.refs}
    others = _around(view, event_id, lang, actors, lambda id: _ids(look, "event_actors", "actor", id), told)
    return Related(_histories(view, event_id, lang), there, others, beside(view, event_id, lang))


def beside(view: View, event_id: str, lang: str) -> Beside:
    """The events of the view before and after an event, which need not be in it."""
    look = Lookup.of(view.record)
    keys = list(zip(view.events["date_start"], view.events["id"], strict=True))
    key = (look.events[event_id]["date_start"], event_id)
    at = bisect_left(keys, key)
    inside = at < len(keys) and keys[at] == key
    following = at + 1 if inside else at

    def ref(i: int) -> Ref | None:
        return _ref(look, keys[i][1], lang) if 0 <= i < len(keys) else None

    return Beside(ref(at - 1), ref(following), at + 1 if inside else None, len(keys))


def part_of(record: Record, actor_id: str, lang: str) -> list[tuple[Ref, list[str]]]:
    """Every event of an actor, by date, with the labels of the parts that it played."""
    look = Lookup.of(record)
    found = []
    for id in look.events:
        roles = [r["role"] for r in look.parts["event_actors"].get(id, []) if r["actor"] == actor_id]
        if roles:
            found.append((_ref(look, id, lang), [look.label("roles", role, lang) for role in roles]))
    return found


def _histories(view: View, event_id: str, lang: str) -> list[History]:
    look = Lookup.of(view.record)
    histories = []
    for place in _ids(look, "event_places", "place", event_id):
        turns = [
            Turn(
                _ref(look, row["event"], lang),
                split(row["holders_before"]),
                split(row["holders"]),
                row["event"] == event_id,
            )
            for row in look.changes.get(place, [])
            if view.knows_event(row["event"])
        ]
        if turns:
            histories.append(History(place, look.place(place, lang), turns))
    return histories


def _around(
    view: View,
    event_id: str,
    lang: str,
    shared: tuple[str, ...],
    ids_of: Callable[[str], tuple[str, ...]],
    told: Iterable[str] = (),
) -> Around:
    look = Lookup.of(view.record)
    own = look.events[event_id]
    first, last = _shifted(own["date_start"], -DAYS), _shifted(own["date_end"], DAYS)
    left_out = {event_id, *told}
    found = []
    for id, event in look.events.items():
        near = event["date_start"] <= last and event["date_end"] >= first
        if near and id not in left_out and view.knows_event(id):
            n = len(set(shared) & set(ids_of(id)))
            if n:
                found.append((-n, _apart(own, event), event["date_start"], id))
    nearest = sorted(found)[:MOST]
    refs = [_ref(look, id, lang) for *_, id in sorted(nearest, key=lambda row: row[2:])]
    return Around(refs, len(found), shared, first, last)


def _ref(look: Lookup, id: str, lang: str) -> Ref:
    return Ref(look.events[id], localised(look.events[id], "title", lang))


def _ids(look: Lookup, table: str, column: str, event_id: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[column] for row in look.parts[table].get(event_id, [])))


def _shifted(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def _apart(one: Values, other: Values) -> int:
    days = [date.fromisoformat(event["date_start"]) for event in (one, other)]
    return abs((days[0] - days[1]).days)
