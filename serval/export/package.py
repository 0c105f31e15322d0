"""A scope as a Frictionless Data Package (version 2): a zip of CSV files and what they mean."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from serval import dictionary
from serval.export import citation, fields, rows
from serval.export.fields import Field
from serval.export.rows import Table
from serval.export.scope import Scope
from serval.lookup import Values, plain, split
from serval.summary import filters, sentence
from serval.text import translator

PROFILES = "https://datapackage.org/profiles/2.0"
DATED = (1980, 1, 1, 0, 0, 0)  # the first day of a zip; the same bytes whenever it is made
NAMED = ("actors", "places", "sources")
"""Tables of which a package has every row that another row names, so that no id leads nowhere."""
KEYS = {
    "events": ["id"],
    "event_places": ["event", "rank"],
    "event_actors": ["event", "rank"],
    "event_sources": ["event", "rank"],
    "figures": ["event", "rank"],
    "changes": ["place", "event"],
    "troops": ["id"],
    "actors": ["id"],
    "places": ["id"],
    "sources": ["id"],
}
TYPES = {
    "text": {"type": "string"},
    "day": {"type": "date"},
    "partial day": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
}
PARTIAL_DAY = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


def to_zip(scope: Scope, lang: str, base: str, licence: str) -> bytes:
    """The package. `licence`: the text that stands in it; `base`: the site, no slash after."""
    tables = _tables(scope, base)
    files = {f"data/{table.name}.csv": rows.to_plain_csv(table) for table in tables}
    described = _package(scope, tables, files, lang, base)
    texts = {
        "datapackage.json": json.dumps(described, ensure_ascii=False, indent=1) + "\n",
        "README.md": _readme(scope, tables, lang, base),
        "CITATION.txt": citation.view(scope.view, lang, base).rstrip("\n") + "\n",
        "CITATION.bib": citation.view(scope.view, lang, base, "bib").rstrip("\n") + "\n",
        "LICENSE": licence,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in {**{name: text.encode() for name, text in texts.items()}, **files}.items():
            entry = zipfile.ZipInfo(name, DATED)
            entry.external_attr = 0o644 << 16
            zipped.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _tables(scope: Scope, base: str) -> list[Table]:
    tables = {name: rows.table(scope, name, base) for name in fields.TABLES}
    if not scope.whole:
        for name in ("sources", "places", "actors"):
            tables[name] = _completed(scope, name, tables)
    return list(tables.values())


def _completed(scope: Scope, name: str, tables: Mapping[str, Table]) -> Table:
    """A table with every row that a row of the package names; sources not yet out stay out."""
    every: pd.DataFrame = getattr(scope.record, name)
    if name == "sources":
        every = every[[scope.view.knows(id) for id in every["id"]]]
    ids = set(tables[name].frame["id"])
    for table in tables.values():
        ids |= _named(table.fields, table.rows, name)
    while name == "actors":  # whom the added ones name in turn
        more = _named(tables[name].fields, plain(every[every["id"].isin(ids)]), name) - ids
        if not more:
            break
        ids |= more
    kept = every[every["id"].isin(ids)]
    return Table(name, tables[name].fields, kept[[field.name for field in tables[name].fields]])


def _named(columns: Iterable[Field], of: Iterable[Values], table: str) -> set[str]:
    naming = [column for column in columns if column.refers == table or _holders(column, table)]
    found = set()
    for row in of:
        for column in naming:
            found.update(split(row[column.name], column.separator or "\n"))
    return found


def _holders(column: Field, table: str) -> bool:
    return table == "actors" and column.name in ("holders", "holders_before", "actors")


def _package(
    scope: Scope, tables: list[Table], files: Mapping[str, bytes], lang: str, base: str
) -> dict[str, Any]:
    record, licence = scope.record, citation.licence(scope.record)
    link = citation.view_link(scope.view, lang, base)
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "serval-mali-2013" + ("" if scope.whole else "-view"),
        "title": citation.whole(lang),
        "description": citation.view_words(scope.view, lang),
        **({"homepage": link} if base else {}),
        "version": record.version,
        "created": f"{record.released}T00:00:00Z",
        "keywords": ["Mali", "Operation Serval", "armed conflict", "event data"],
        "licenses": [{"name": licence.id, "title": licence.name, "path": licence.url}],
        "contributors": [{"title": "The Serval contributors", "roles": ["author"]}],
        "sources": _sources(tables),
        "serval": {
            "scope": "all" if scope.whole else "shown",
            "query": scope.query,
            "hash": record.hash,
            "events": {"count": scope.view.n, "total": scope.view.total},
        },
        "resources": [_resource(scope, table, tables, files) for table in tables],
    }


def _sources(tables: list[Table]) -> list[dict[str, str]]:
    cited = next(table.rows for table in tables if table.name == "sources")
    return [
        {"title": f"{row['publisher']}: {row['title']}", **({"path": row["url"]} if row["url"] else {})}
        for row in cited
    ]


def _resource(scope: Scope, table: Table, tables: list[Table], files: Mapping[str, bytes]) -> dict[str, Any]:
    path = f"data/{table.name}.csv"
    return {
        "name": table.name,
        "type": "table",
        "path": path,
        "description": dictionary.FRAMES[table.name],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(files[path]),
        "hash": f"sha256:{hashlib.sha256(files[path]).hexdigest()}",
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [_field(column, scope) for column in table.fields],
            "missingValues": [""],
            **({"primaryKey": KEYS[table.name]} if table.name in KEYS else {}),
            **_foreign(table, tables),
        },
    }


def _field(column: Field, scope: Scope) -> dict[str, Any]:
    terms = fields.terms(column, scope.record.vocabulary)
    limits = dict(column.limits)
    if "pattern" in limits:
        limits["pattern"] = limits["pattern"].removeprefix("^").removesuffix("$")
    if column.kind == "partial day":
        limits = {"pattern": PARTIAL_DAY}
    description = column.description
    if column.separator:  # a `list`, had the published profile of version 2 that type
        limits, description = {}, f"{description}; `{column.separator}` between them"
    constraints = {
        **({"required": True} if column.required else {}),
        **limits,
        **({"enum": [term.id for term in terms]} if terms else {}),
    }
    return {
        "name": column.name,
        **TYPES[column.kind],
        "description": description,
        **({"constraints": constraints} if constraints else {}),
        **({"categories": [{"value": t.id, "label": t.label} for t in terms]} if terms else {}),
    }


def _foreign(table: Table, tables: list[Table]) -> dict[str, Any]:
    """The foreign keys that hold: who held a town, told whole, rests also on events outside a view."""
    ids = {t.name: set(t.frame["id"]) for t in tables if "id" in t.frame}
    keys = []
    for column in table.fields:
        if column.refers and not column.separator:
            given = {row[column.name] for row in table.rows} - {None}
            if given <= ids[column.refers]:
                to = {} if column.refers == table.name else {"resource": column.refers}
                keys.append({"fields": [column.name], "reference": {**to, "fields": ["id"]}})
    return {"foreignKeys": keys} if keys else {}


def _readme(scope: Scope, tables: list[Table], lang: str, base: str) -> str:
    view, record, licence = scope.view, scope.record, citation.licence(scope.record)
    _ = translator(lang)
    active = [] if scope.whole else [words for *_key, words in filters(view.selection, record, lang)]
    return "\n".join(
        [
            f"# {citation.whole(lang)}",
            "",
            _("The whole record.") if scope.whole else sentence(view, lang),
            "",
            f"- {_('Events')}{_.colon} {citation.view_words(view, lang)}",
            *([f"- {_('Filters')}{_.colon} {', '.join(active)}"] if active else []),
            f"- {citation.version_line(record, lang)}",
            f"- {_('Address of this view')}{_.colon} <{citation.view_link(view, lang, base)}>",
            f"- {_('Licence')}{_.colon} {licence.name}, <{licence.url}>",
            "",
            _("How to cite"),
            "",
            f"> {citation.view(view, lang, base).strip()}",
            "",
            f"| {_('File')} | {_('Rows')} | {_('What they are')} |",
            "| --- | --- | --- |",
            *(f"| `data/{t.name}.csv` | {len(t.rows)} | {dictionary.FRAMES[t.name]} |" for t in tables),
            "",
            _(
                "`datapackage.json` says what each column means (Frictionless Data Package, version 2). The "
                "files are UTF-8; missing is empty, never 0; every text stands as it is, so have a "
                "spreadsheet import them as text instead of opening them."
            ),
            "",
        ]
    )
