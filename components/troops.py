"""Troops over time, drawn by the server for the view, with a table of every figure and its source."""

from __future__ import annotations

from dash import Dash, Input, Output, dcc, html, no_update

from components.context import Context, context
from components.days import locale
from components.tabs import panel
from components.words import words as render
from serval.figures import troops as drawn
from serval.lookup import Values, plain
from serval.strength import lanes
from serval.text import Translator


def troops(_: Translator) -> html.Div:
    """The panel with the empty graph."""
    config = {"displayModeBar": False, "responsive": True, **locale(_.lang)}
    graph = dcc.Graph(id="troops", config=config)
    parts = [html.Div(id="troops-words"), html.Div(graph, id="troops-plot"), html.Div(id="troops-table")]
    return panel("troops", html.Div(parts, className="scroll"))


def words(page: Context) -> dict[str, str]:
    """Caption and table; nothing while another tab is open."""
    if page.selection.tab != "troops":
        return {}
    shown, left = lanes(page.view, page.lang)
    rows = sorted(plain(page.view.troops), key=lambda row: (row["date"], row["actor"]))
    return render("troops.html", page, n=len(rows), lanes=shown, left=left, rows=rows)


def register(app: Dash) -> None:
    """The figure, while its tab is open."""

    @app.callback(
        Output("troops", "figure"),
        Input("query", "data"),
        Input("theme-name", "data"),
        prevent_initial_call=True,
    )
    def draw(query: str | None, theme: str | None) -> object:
        page = context(query)
        if query is None or page.selection.tab != "troops":
            return no_update
        shown, _ = lanes(page.view, page.lang)
        rows = [row for lane in shown for row in (*lane.curve, *lane.others)]
        span = (page.selection.from_, page.selection.to)
        hover = {row["id"]: _said(page, row) for row in rows}

        def top(n: int) -> str:
            return page.range(None, None, n)

        return drawn.figure(shown, theme or "light", span, page.selection.at, hover, top)


def _said(page: Context, row: Values) -> str:
    """What is said of a figure under the pointer: day, number, what it counts, by whom."""
    number = page.range(row["low"], row["best"], row["high"])
    source = page.look.sources[row["source"]]
    day = f"{page.day(row['date'])}{page._.colon}"
    counted = " · ".join([page.troop_words(row), *([row["note"]] if row["note"] else [])])
    return f"{day} <b>{number}</b><br>{counted}<br>{source['publisher']}"
