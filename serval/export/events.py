"""The events of a scope: flat, a row each; whole, with their places, actors and figures; as geometries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from serval.export.citation import permalink
from serval.export.scope import Scope
from serval.lookup import Values, grouped, localised, plain, split

AT_LARGE = "country"
"""The precision of a place that is a country: such an event has no coordinates."""
PARTS = ("event_places", "event_actors", "event_sources", "figures", "evidence")
JOINED = {
    "places": ("event_places", "place"),
    "actors": ("event_actors", "actor"),
    "roles": ("event_actors", "role"),
    "sources": ("event_sources", "source"),
}
"""Column -> the table and the column of it that it joins."""


def flat(scope: Scope, base: str) -> pd.DataFrame:
    """The record's own columns, and the ids of what belongs to each event, `;` between them."""
    frame = scope.frame("events")
    columns: dict[str, Any] = {}
    for name, (part, column) in JOINED.items():
        joined = _joined(scope.frame(part), column)
        columns[name] = frame["id"].map(joined).astype("str")
    url = [permalink(base, "event", id) for id in frame["id"]]
    return frame.assign(**columns, url=pd.Series(url, index=frame.index, dtype="str"))


def whole(scope: Scope, base: str) -> list[Values]:
    """The events with all that belongs to each, in the words of the scope's language."""
    parts = {name: grouped(plain(scope.frame(name)), "event") for name in PARTS}
    changes = grouped(plain(scope.record.changes), "event")
    places = {row["id"]: row for row in plain(scope.record.places)}
    rows = []
    for row in plain(scope.frame("events")):
        mine = {name: found.get(row["id"], []) for name, found in parts.items()}
        rows.append(
            {
                **{key: row[key] for key in ("id", "date_start", "date_end", "date_precision")},
                "places": [_place(row, places[p["place"]], scope.lang) for p in mine["event_places"]],
                "geo_precision": row["geo_precision"],
                "type": row["type"],
                **{key: localised(row, key, scope.lang) for key in ("title", "summary")},
                "actors": [{key: a[key] for key in ("actor", "role")} for a in mine["event_actors"]],
                "figures": [_figure(f, scope.lang) for f in mine["figures"]],
                "control": [_change(c) for c in changes.get(row["id"], [])],
                "status": row["status"],
                "dispute": localised(row, "dispute", scope.lang) or None,
                "sources": [s["source"] for s in mine["event_sources"]],
                "evidence": [_without(e, "event") for e in mine["evidence"]],
                "url": permalink(base, "event", row["id"]),
            }
        )
    return rows


def geometries(scope: Scope) -> dict[str, Values | None]:
    """Event id -> its GeoJSON geometry: Point, of several places MultiPoint, of the country at large none."""
    at = {row["id"]: [row["lon"], row["lat"]] for row in plain(scope.record.places)}
    places = grouped(plain(scope.frame("event_places")), "event")
    shapes: dict[str, Values | None] = {}
    for id, precision in scope.frame("events")[["id", "geo_precision"]].itertuples(index=False):
        points = [at[row["place"]] for row in places[id]]
        shapes[id] = None if precision == AT_LARGE else _geometry(points)
    return shapes


def _geometry(points: list[list[float]]) -> Values:
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}


def _place(event: Values, place: Values, lang: str) -> Values:
    at = ("lat", "lon")
    where = dict.fromkeys(at) if event["geo_precision"] == AT_LARGE else {key: place[key] for key in at}
    return {"id": place["id"], "name": localised(place, "name", lang), **where}


def _figure(figure: Values, lang: str) -> Values:
    note = localised(figure, "note", lang) or None
    return {**_without(figure, "event", "rank", "note_fr"), "note": note}


def _change(change: Values) -> Values:
    before, after = split(change["holders_before"]), split(change["holders"])
    return {"place": change["place"], "from": before, "to": after}


def _without(row: Values, *keys: str) -> Values:
    return {key: value for key, value in row.items() if key not in keys}


def _joined(frame: pd.DataFrame, column: str) -> Mapping[str, str]:
    ids: dict[str, list[str]] = {}
    for event, id in zip(frame["event"], frame[column], strict=True):
        ids.setdefault(event, []).append(id)
    return {event: ";".join(found) for event, found in ids.items()}
