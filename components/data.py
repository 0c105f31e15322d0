"""What the browser gets once, under names that carry their hash, and the figures without rows."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson
from dash import ClientsideFunction, Dash, Input, Output, State, dcc

from components.static import asset_url, publish
from serval import columns
from serval import record as records
from serval.figures import control as control_figure
from serval.figures import map as map_figure
from serval.figures import timeline as timeline_figure
from serval.figures.style import THEMES
from serval.record import Record
from serval.text import translator

PARTS = {"columns": columns.build, "search": columns.search}


def stores(lang: str, record: Record, **filled: object) -> list[dcc.Store]:
    """The page's own state, some of it filled: `query` drives `words`, `asked-…` what is made only where it
    is to be seen (PARTS in assets/state.js), `given` is what the browser draws from, `opened` whose
    profiles are asked for."""
    parts = ("asked-events", "asked-troops", "asked-losses", "asked-print")
    empty = (*parts, "opened", "profiles", "print-size")
    filled = {**filled, "given": given(lang, record)}
    return [*map(dcc.Store, empty), *(dcc.Store(id=name, data=data) for name, data in filled.items())]


@lru_cache(maxsize=8)
def given(lang: str, of: Record | None = None) -> dict[str, Any]:
    """URLs of the data and the empty figures of both themes, in a language. `of`: see `urls`."""
    record, _ = of or records.load(), translator(lang)
    words = record.vocabulary
    lanes = [_.label(f) for f in words.families]
    sides = [s.id for s in words.sides]
    figures = {
        theme: {
            "map": map_figure.template(theme, lang, style_url(theme, lang), sides),
            "timeline": timeline_figure.template(theme, lanes, sides),
            "control": control_figure.template(theme, sides),
        }
        for theme in THEMES
    }
    first, last = record.events["date_start"].min(), record.events["date_end"].max()
    return {**urls(record), "lang": lang, "figures": figures, "first": first, "last": last}


@lru_cache(maxsize=8)
def urls(of: Record | None = None) -> dict[str, str]:
    """Where the event columns and the search text of the current record, or of an older version, are."""
    current = records.load()
    if of not in (None, current):
        return {name: f"/releases/{of.version}/{name}.json" for name in PARTS}
    return {name: publish(f"data/{name}.json", part(current, name)) for name in PARTS}


@lru_cache(maxsize=4)
def part(record: Record, name: str) -> bytes:
    """The event columns or the search text of a record, one of `PARTS`, as JSON."""
    return orjson.dumps(PARTS[name](record))


@lru_cache(maxsize=8)
def style_url(theme: str, lang: str) -> str:
    """The base map's style in a theme and language."""
    return publish(f"geo/style-{theme}-{lang}.json", map_figure.style_file(theme, lang, asset_url))


def register(app: Dash) -> None:
    """The start in the browser: the query of the address, then the drawings (assets/plots.js)."""
    app.clientside_callback(
        ClientsideFunction("serval", "start"),
        Output("map", "figure"),
        Output("timeline", "figure"),
        Output("control", "figure"),
        Input("given", "data"),
    )
    app.clientside_callback(
        ClientsideFunction("serval", "query"),
        Output("query", "data"),
        Input("given", "data"),
        State("query", "data"),
    )
