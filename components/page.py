"""The page: which panels there are and where they stand."""

from __future__ import annotations

from dash import Dash, html
from flask import has_request_context, request

from components import actors, data, event_card, filters, footer, header, map, timeline, towns
from components.context import language
from serval.selection import Selection
from serval.text import translator

PANELS = (data, header, filters, map, timeline, actors, towns, event_card)


def layout() -> html.Div:
    """The page in the visitor's language, without any row."""
    lang = language(_asked())
    _ = translator(lang)
    side = html.Div([event_card.event_card(_), towns.towns(_), actors.actors(_)], className="side")
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


def register(app: Dash) -> None:
    """Every panel's callbacks."""
    for panel in PANELS:
        panel.register(app)


def _asked() -> Selection:
    """The query of the page that asks for its layout, which is a request of its own."""
    address = request.headers.get("Referer", "") if has_request_context() else ""
    return Selection.read(address.partition("?")[2].partition("#")[0])[0]
