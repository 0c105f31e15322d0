"""The page: which panels there are, where they stand, and the one callback that gives them their words."""

from __future__ import annotations

from functools import lru_cache

from dash import ClientsideFunction, Dash, Input, Output, html
from flask import has_request_context, request

from components import (
    actors,
    compare,
    control,
    coverage,
    data,
    days,
    event_card,
    events,
    filters,
    footer,
    header,
    losses,
    map,
    story,
    take_away,
    timeline,
    towns,
    troops,
)
from components.context import base_url, context
from components.tabs import tabs
from serval import record as records
from serval.record import Record
from serval.text import Translator

WORDED = (header, filters, map, towns, actors, event_card, compare, control, coverage, troops, losses, story)


def layout() -> html.Div:
    """The page in the visitor's language, with the words of the view that is asked for."""
    query = _asked()
    page = context(query)
    _ = page._
    return html.Div(
        [
            *data.stores(page.lang, page.record, query=query, words=_words_of(query)),
            header.header(_),
            filters.filters(_),
            html.Main([map.map_panel(_), _lower(_), _side(_)], className="main"),
            footer.footer(_, page.record),
            take_away.take_away(_),
        ],
        className="page",
        lang=page.lang,
    )


def _side(_: Translator) -> html.Div:
    """The column of the card, the actors and the towns."""
    lists = tabs({"actors": _("Actors"), "towns": _("Towns")}, _("Lists"))
    return html.Div(
        [event_card.event_card(_), compare.compare(_), lists, actors.actors(_), towns.towns(_)],
        className="side",
    )


def _lower(_: Translator) -> html.Section:
    """What is shown over time, one tab at a time, under the playhead and the brush."""
    names = {
        "panel-timeline": _("Timeline"),
        "panel-control": _("Control"),
        "panel-troops": _("Troops"),
        "panel-losses": _("Losses"),
        "panel-events": _("Events"),
    }
    panels = [timeline.timeline(_), control.control(_), troops.troops(_), losses.losses(_), events.events(_)]
    head = html.Div([tabs(names, _("Over time"), in_link=True), header.cite_chart(_)], className="tab-head")
    parts = [days.playback(_), days.brush(_), head, *panels]
    return html.Section(parts, className="panel lower", **{"aria-label": _("Over time")})


def register(app: Dash) -> None:
    """The page's callbacks. `words`: a query, and element id -> HTML, put in place by assets/words.js."""
    for panel in (data, map, actors, troops, losses, events):
        panel.register(app)

    @app.callback(Output("words", "data"), Input("query", "data"), prevent_initial_call=True)
    def words(query: str) -> dict[str, object]:
        return _words_of(query)

    app.clientside_callback(ClientsideFunction("serval", "words"), Input("words", "data"))
    app.clientside_callback(ClientsideFunction("serval", "put"), Input("profiles", "data"))


def _words_of(query: str) -> dict[str, object]:
    page = context(query)
    return {"query": query, "parts": _words(query, page.record, page.lang, base_url())}


def warm(lang: str) -> None:
    """Compute, before the workers are made, what every view needs."""
    _words(f"lang={lang}", records.load(), lang, "")


@lru_cache(maxsize=32)
def _words(query: str, _record: Record, _lang: str, _base: str) -> dict[str, str]:
    """Kept for the views that many visitors see: the first one, and those of links that are passed on. All
    that words depend on is in the arguments; `context` finds all but the query by itself."""
    page = context(query)
    return {id: html for panel in WORDED for id, html in panel.words(page).items()}


def _asked() -> str:
    """The query of the page that asks for its layout, which is a request of its own."""
    address = request.headers.get("Referer", "") if has_request_context() else ""
    return address.partition("?")[2].partition("#")[0]
