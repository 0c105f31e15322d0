"""The record as the browser gets it, once: plain columns, days as integers, ids as positions in lists.

`assets/select.js` and `assets/draw.js` read them. A missing position is -1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from serval.index import Index, Ints, days
from serval.schema import NOBODY, UNKNOWN

if TYPE_CHECKING:
    from serval.record import Record

RESERVED = {NOBODY: -1, UNKNOWN: -2}
"""Holders that are not actors."""


def build(record: Record) -> dict[str, Any]:
    """Everything but the text that search looks through. Actors and places are all of the record's."""
    index = Index.of(record)
    return {
        "version": record.version,
        "hash": record.hash,
        "terms": _terms(record),
        "actors": _actors(index),
        "places": _places(index),
        "events": _events(index),
        "control": _control(index),
    }


def search(record: Record) -> dict[str, list[str]]:
    """The text that search looks through, per event; fetched when a search is first made."""
    return {"text": Index.of(record).haystacks}


def _terms(record: Record) -> dict[str, list[Any]]:
    words = record.vocabulary
    families = [t.id for t in words.families]
    return {
        "types": [t.id for t in words.event_types],
        "families": families,
        "type_family": [families.index(t.family) for t in words.event_types],
        "sides": [t.id for t in words.sides],
        "blocs": [t.bloc for t in words.sides],
        "statuses": [t.id for t in words.statuses],
        "geo": [t.id for t in words.geo_precisions],
        "precisions": [t.id for t in words.date_precisions],
        "roles": [t.id for t in words.roles],
        "regions": [t.id for t in words.regions],
    }


def _actors(index: Index) -> dict[str, list[Any]]:
    actors = index.record.actors
    return {
        "id": _text(actors["id"]),
        "short": _text(actors["short"]),
        "short_fr": _text(actors["short_fr"].fillna(actors["short"])),
        "side": index.actor_side.tolist(),
        "family": [family.tolist() for family in index.families],
    }


def _places(index: Index) -> dict[str, list[Any]]:
    places = index.record.places
    return {
        **{name: _text(places[name]) for name in ("id", "name", "name_fr")},
        "lat": places["lat"].tolist(),
        "lon": places["lon"].tolist(),
        "region": index.codes["region"].get(places["region"]).tolist(),
        "radius": places["radius_km"].tolist(),
        "kind": _text(places["kind"]),
    }


def _events(index: Index) -> dict[str, list[Any]]:
    events, words = index.record.events, index.record.vocabulary
    actors = np.column_stack([index.actors.code, index.roles])
    return {
        "id": _text(events["id"]),
        "start": index.start.tolist(),
        "end": index.end.tolist(),
        "precision": _positions([t.id for t in words.date_precisions], events["date_precision"]),
        "type": index.type.tolist(),
        "status": index.status.tolist(),
        "geo": _positions([t.id for t in words.geo_precisions], events["geo_precision"]),
        "side": index.codes["side"].get(events["side"]).tolist(),
        "places": _per_event(index, index.places.event, index.places.code),
        "actors": _per_event(index, index.actors.event.repeat(2), actors.ravel()),
        "known": index.known.tolist(),
        "title": _text(events["title"]),
        "title_fr": _text(events["title_fr"].fillna(events["title"])),
        "sources": events["n_sources"].tolist(),
    }


def _control(index: Index) -> dict[str, list[Any]]:
    """A row per change of control, in the order of the record."""
    changes = index.record.changes
    return {
        "place": index.codes["place"].get(changes["place"]).tolist(),
        "event": index.codes["event"].get(changes["event"]).tolist(),
        "start": days(changes["date_start"]).tolist(),
        "end": days(changes["date_end"]).tolist(),
        "before": [_holders(index, text) for text in changes["holders_before"]],
        "after": [_holders(index, text) for text in changes["holders"]],
    }


def _holders(index: Index, text: str) -> list[int]:
    actors = index.codes["actor"].of
    return [RESERVED[h] if h in RESERVED else actors[h] for h in text.split(";")]


def _per_event(index: Index, event: Ints, values: Ints) -> list[list[int]]:
    out: list[list[int]] = [[] for _ in range(index.n)]
    for row, value in zip(event.tolist(), values.tolist(), strict=True):
        out[row].append(value)
    return out


def _positions(ids: list[str], column: pd.Series[str]) -> list[int]:
    return [ids.index(value) for value in column]


def _text(column: pd.Series[str]) -> list[str]:
    return [str(value) for value in column]
