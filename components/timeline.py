"""The timeline: drawn in the browser by assets/plot_timeline.js."""

from __future__ import annotations

from dash import dcc, html

from components.days import locale
from components.tabs import panel
from serval.text import Translator


def timeline(_: Translator) -> html.Div:
    """The panel with the empty graph."""
    config = {"displayModeBar": False, **locale(_.lang)}
    return panel(
        "timeline",
        html.Div(dcc.Graph(id="timeline", config=config, responsive=True), className="plot"),
        hidden=False,
    )
