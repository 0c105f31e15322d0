"""The page: which panels there are, where they stand, and the one callback that gives them their words."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, html
from flask import has_request_context, request

from components import actors, data, event_card, filters, footer, header, map, timeline, towns
from components.context import context, language
from serval.selection import Selection
from serval.text import Translator, translator

WORDED = (header, filters, map, towns, actors, event_card)


def layout() -> html.Div:
    """The page in the visitor's language, without any row."""
    lang = language(_asked())
    _ = translator(lang)
    side = html.Div([event_card.event_card(_), _tabs(_), actors.actors(_), towns.towns(_)], className="side")
    return html.Div(
        [
            *data.stores(lang),
            header.header(_),
            filters.filters(_),
            html.Main([map.map_panel(_), timeline.timeline(_), side], className="main"),
            footer.footer(_),
        ],
        className="page",
        lang=lang,
    )


def _tabs(_: Translator) -> html.Div:
    """The two lists of the side column, one at a time."""
    names = {"actors": _("Actors"), "towns": _("Towns")}
    tabs = [
        html.Button(
            name,
            id=f"tab-{id}",
            className="tab",
            role="tab",
            tabIndex=0 if id == "actors" else -1,
            **{"aria-controls": id, "aria-selected": "true" if id == "actors" else "false"},
        )
        for id, name in names.items()
    ]
    return html.Div(tabs, className="tabs", role="tablist", **{"aria-label": _("Lists")})


def register(app: Dash) -> None:
    """The page's callbacks. `words`: element id -> HTML, put in place by assets/words.js."""
    for panel in (data, map, actors):
        panel.register(app)

    @app.callback(Output("words", "data"), Input("query", "data"), prevent_initial_call=True)
    def words(query: str) -> dict[str, str]:
        page = context(query)
        return {id: html for panel in WORDED for id, html in panel.words(page).items()}

    app.clientside_callback(ClientsideFunction("serval", "put"), Input("words", "data"))
    app.clientside_callback(ClientsideFunction("serval", "put"), Input("profiles", "data"))


def _asked() -> Selection:
    """The query of the page that asks for its layout, which is a request of its own."""
    address = request.headers.get("Referer", "") if has_request_context() else ""
    return Selection.read(address.partition("?")[2].partition("#")[0])[0]
