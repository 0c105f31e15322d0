"""`/embed/<panel>`: one panel of a view in the frame of another site, with its source and a link back.

A plain page without Dash: Plotly and those scripts of the dashboard that draw the panel, served as static
files. The query string is the dashboard's and is read as it reads it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson
from flask import Flask, Response, request
from markupsafe import Markup

from components import control, data, map, troops
from components.context import Context, base_url, context, href
from components.days import locale
from components.pages import style
from components.responses import FRAMED
from components.static import ALONE, ASSETS, BOOT, asset_url, plotly_url
from components.words import ENV
from serval import columns, summary
from serval import record as records
from serval.export import citation
from serval.figures import print_map
from serval.figures.print_ground import LAYERS
from serval.figures.style import THEMES
from serval.lookup import plain
from serval.selection import LANGS, TABS
from serval.text import Translator

COMMON = ("palette", "select", "state", "draw_axis", "plots")
SCRIPTS = {
    "map": (*COMMON, "draw_layout", "draw", "plot_map", f"{ALONE}alone", f"{ALONE}print"),
    "timeline": (*COMMON, "draw_timeline", "plot_timeline", f"{ALONE}alone"),
    "control": (*COMMON, "draw_control", "plot_control", "strip", f"{ALONE}alone"),
    "troops": (*COMMON, "plot_troops", f"{ALONE}alone"),
}
"""Panel -> the scripts that draw it, in the order in which they run."""


def register(server: Flask) -> None:
    """`/embed/{map,timeline,control,troops}`, their files, and the ground that a map may need."""
    server.add_url_rule(f"/embed/<any({', '.join(SCRIPTS)}):panel>", FRAMED, embed)
    server.add_url_rule(
        f"/embed/ground-<any({', '.join(THEMES)}):theme>-<any({', '.join(LANGS)}):lang>.json",
        view_func=ground,
    )
    for panel in SCRIPTS:
        scripts(panel)
    sheets()


def embed(panel: str) -> Response:
    """One panel of the view of the query string."""
    page = _page(panel)
    name = _names(page._)[panel]
    html = ENV.get_template("embed.html").render(
        page=page,
        _=page._,
        panel=panel,
        name=name,
        title=f"{page._('Operation Serval')}{page._.colon} {name.lower()}",
        sentence=summary.sentence(page.view, page.lang),
        chips=[words for *_, words in summary.filters(page.selection, page.record, page.lang)],
        parts=_words(page, panel),
        events=plain(page.view.events) if panel in ("map", "timeline") else [],
        full=base_url() + href(page.selection),
        version=citation.version_line(page.record, page.lang),
        licence=citation.licence(page.record),
        sheets=sheets(),
        boot=Markup((ASSETS / BOOT).read_text().strip()),
        given=Markup(json_in_html(_given(page, panel))),
        scripts=scripts(panel),
    )
    response = Response(html, mimetype="text/html")
    response.content_language.add(page.lang)
    response.vary.add("Accept-Language")
    return response


@lru_cache(maxsize=1)
def sheets() -> list[str]:
    """URLs of the style sheets."""
    return [style(), asset_url(f"{ALONE}alone.css")]


@lru_cache(maxsize=8)
def scripts(panel: str) -> list[str]:
    """URLs of the scripts of a panel, in the order in which they run."""
    return [plotly_url(), *(asset_url(f"{name}.js") for name in (*SCRIPTS[panel], f"{ALONE}embed"))]


def json_in_html(value: object) -> str:
    """A value, or bytes of JSON, as it may stand in a script element: no text in it can end the element."""
    text = value if isinstance(value, bytes) else orjson.dumps(value)
    return text.decode().replace("<", "\\u003c")


def ground(theme: str, lang: str) -> Response:
    """The ground of the map without WebGL2: made when one asks, since few do."""
    return Response(ground_figure(theme, lang), mimetype="application/json")


@lru_cache(maxsize=4)
def ground_figure(theme: str, lang: str) -> bytes:
    """The drawn map without any mark, as JSON."""
    record = records.load()
    state = {"at": 0, "known": 0, "lang": lang, "theme": theme, "event": -1}
    layers = {name: records.layer(name) for name in LAYERS}
    figure = print_map.figure(columns.build(record), [], state, layers)
    marks = len(data.given(lang)["figures"][theme]["map"]["data"])
    return orjson.dumps({**figure, "data": figure["data"][:-marks]})


def config(lang: str) -> dict[str, object]:
    """Plotly's configuration of every drawing."""
    return {"displayModeBar": False, "showSendToCloud": False, "plotlyServerURL": "", **locale(lang)}


def _page(panel: str) -> Context:
    asked = context(request.query_string.decode(errors="replace"))
    tab = panel if panel in TABS else TABS[0]
    selection = asked.selection.with_(tab=tab)
    return Context(asked.record, asked.record.select(selection), selection, asked.problems, asked.lang)


def _names(_: Translator) -> dict[str, str]:
    return {"map": _("Map"), "timeline": _("Timeline"), "control": _("Control"), "troops": _("Troops")}


def _words(page: Context, panel: str) -> dict[str, str]:
    return {"control": control, "troops": troops}.get(panel, map).words(page)


def _given(page: Context, panel: str) -> dict[str, Any]:
    given = {**data.given(page.lang, page.record), "config": config(page.lang), "tab": page.selection.tab}
    figures = given.pop("figures")
    if panel == "troops":
        chosen = [page.selection.theme] if page.selection.theme else list(THEMES)
        return {**given, "figures": {}, "troops": {theme: troops.figure(page, theme) for theme in chosen}}
    if panel == "map":
        given["ground"] = {theme: f"/embed/ground-{theme}-{page.lang}.json" for theme in THEMES}
    return {**given, "figures": {theme: {panel: figures[theme][panel]} for theme in THEMES}}
