"""The tables of a scope, typed, as JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson
import pandas as pd

from serval.export import events, fields
from serval.export.citation import licence
from serval.export.fields import Field
from serval.export.scope import Scope
from serval.lookup import Values, plain, split

SIGNATURE = "\ufeff"  # without it Excel takes UTF-8 for the system's own code page
STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a text begins with that a spreadsheet would calculate."""


@dataclass(frozen=True, eq=False)
class Table:
    """Rows under typed columns; `frame` has exactly these."""

    name: str
    fields: tuple[Field, ...]
    frame: pd.DataFrame

    @cached_property
    def rows(self) -> list[Values]:
        """The rows as plain values, missing as None, several values joined."""
        return plain(self.frame)

    def lists(self) -> list[Values]:
        """The rows as JSON has them: several values as a list."""
        joined = {field.name: field.separator for field in self.fields if field.separator}
        return [{k: split(v, joined[k]) if k in joined else v for k, v in row.items()} for row in self.rows]


def table(scope: Scope, name: str, base: str) -> Table:
    """A table of a scope. `base`: the site, no slash after. Raises KeyError for no such table."""
    frame = events.flat(scope, base) if name == "events" else scope.frame(name)
    columns = fields.of(name)
    return Table(name, columns, frame[[field.name for field in columns]])


def to_json(scope: Scope, name: str, base: str) -> bytes:
    """A table in JSON: what was asked, how many rows there are, of how many, and the rows."""
    rows = events.whole(scope, base) if name == "events" else table(scope, name, base).lists()
    return _dumped({**_head(scope, name, len(rows)), "rows": rows})


def to_geojson(scope: Scope, base: str) -> bytes:
    """The events as GeoJSON (RFC 7946), a feature each, with the columns of the CSV as properties.

    One place is a Point, several are a MultiPoint; an event of the country at large has no geometry.
    """
    rows, shapes = table(scope, "events", base).rows, events.geometries(scope)
    features = [
        {"type": "Feature", "id": row["id"], "geometry": shapes[row["id"]], "properties": row} for row in rows
    ]
    return _dumped({"type": "FeatureCollection", **_head(scope, "events", len(rows)), "features": features})


def to_csv(rows: Table) -> bytes:
    """A table in CSV (RFC 4180), UTF-8 with signature. A text that a spreadsheet would calculate has an
    apostrophe before it; numbers are as they are."""
    return (SIGNATURE + _csv(rows, "\r\n", guarded)).encode()


def to_plain_csv(rows: Table) -> bytes:
    """A table in CSV for programs: UTF-8 without signature, every text as it is."""
    return _csv(rows, "\n", str).encode()


def guarded(text: str) -> str:
    """A text that no spreadsheet calculates."""
    return f"'{text}" if text.startswith(STARTERS) else text


def _head(scope: Scope, name: str, count: int) -> Values:
    record = scope.record
    return {
        "version": record.version,
        "query": scope.query,
        "count": count,
        "total": scope.total(name),
        "licence": licence(record).id,
    }


def _dumped(value: Values) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _csv(rows: Table, newline: str, text: Callable[[str], str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=newline)
    writer.writerow(field.name for field in rows.fields)
    writer.writerows([_cell(value, text) for value in row.values()] for row in rows.rows)
    return out.getvalue()


def _cell(value: Any, text: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return text(value)
    return str(value).lower() if isinstance(value, bool) else value
