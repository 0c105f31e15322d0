"""The guided tour: stops in order, each a view with a short text and its sources (data/story.yaml)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from serval.files import Fault
from serval.rules import Tables
from serval.selection import Allowed, BadQuery, Selection

if TYPE_CHECKING:
    from serval.record import Record


def faults(tables: Tables) -> Iterator[Fault]:
    """Stops whose query is no view of the record, or is not written in its canonical form."""
    words = tables.vocabulary
    ids = {
        "role": frozenset(term.id for term in words.roles),
        "type": frozenset(term.id for term in words.event_types),
        "region": frozenset(term.id for term in words.regions),
        "status": frozenset(term.id for term in words.statuses),
    }
    tables_of = {"actor": "actors", "place": "places", "event": "events"}
    ids |= {key: frozenset(tables.ids[name]) for key, name in tables_of.items() if name in tables.ids}
    for raw, stop in tables.story:
        try:
            canonical = Selection.parse(stop.query, Allowed(ids)).query()
        except BadQuery as bad:
            yield from (raw.fault(("query",), str(problem)) for problem in bad.problems)
            continue
        if canonical != stop.query:
            yield raw.fault(("query",), f"got {stop.query!r}, expected the canonical form {canonical!r}")


def view_of(record: Record, stop_id: str) -> Selection:
    """The view of a stop, with the stop itself open. Raises KeyError where there is none."""
    queries = {stop.id: stop.query for stop in record.story}
    return Selection.parse(queries[stop_id]).with_(story=stop_id)
