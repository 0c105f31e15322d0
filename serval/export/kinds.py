"""Everything that can be taken as rows: each kind is a file name, such as `events.csv`."""

from __future__ import annotations

from collections.abc import Callable

from serval.export import fields, package, rows, sheets
from serval.export.scope import Scope
from serval.selection import Selection

MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""Ending -> media type."""
PACKED = ("xlsx", "zip")
"""Endings of files that are compressed in themselves."""
PACKAGE = "datapackage.zip"
FILTERS = ("dates", "actor", "role", "type", "place", "region", "status", "q", "known")
KINDS = tuple(
    [f"{table}.{form}" for table in fields.TABLES for form in ("json", "csv")]
    + ["events.geojson", "events.xlsx", PACKAGE]
)


def make(kind: str, scope: Scope, base: str, licence: Callable[[], str]) -> bytes:
    """A kind's bytes, the same for the same scope. Words are in the scope's language.

    base: the site, no slash after; licence: gives the text for the package. Raises KeyError for no such kind.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    table, _, form = kind.partition(".")
    if form == "json":
        return rows.to_json(scope, table, base)
    if form == "csv":
        return rows.to_csv(rows.table(scope, table, base))
    if form == "geojson":
        return rows.to_geojson(scope, base)
    if form == "xlsx":
        return sheets.to_xlsx(scope, scope.lang, base)
    return package.to_zip(scope, scope.lang, base, licence())


def media(kind: str) -> str:
    """The media type of a kind."""
    return MEDIA[kind.partition(".")[2]]


def file_name(kind: str, scope: Scope) -> str:
    """A name that tells what is in the file: table, version of the record, days, whether more filters it."""
    table, _, form = kind.partition(".")
    chosen = scope.view.selection
    days = "all" if scope.whole else f"{chosen.from_}-to-{chosen.to}"
    filtered = any(chosen.get(key) != getattr(Selection(), key) for key in FILTERS)
    parts = ["serval", table, scope.record.version, days, *(["filtered"] if filtered else [])]
    return "-".join(parts) + f".{form}"
