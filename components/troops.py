"""Troops over time, drawn by the server for the view, with what may be added, rivals and every figure."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from dash import Dash, Input, Output, dcc, html

from components.context import Context, context
from components.days import locale
from components.tabs import panel, tall
from components.words import words as render
from serval.figures import troops as drawn
from serval.lookup import Values, plain
from serval.strength import lanes, rivals
from serval.text import Translator
from serval.together import Left, totals


def troops(_: Translator) -> html.Div:
    """The panel with the empty graph."""
    config = {"displayModeBar": False, "responsive": True, **locale(_.lang)}
    graph = dcc.Graph(id="troops", config=config)
    parts = [html.Div(id="troops-words"), html.Div(graph, id="troops-plot"), html.Div(id="troops-table")]
    return panel("troops", html.Div(parts, className="scroll"))


def words(page: Context) -> dict[str, str]:
    """Summary, caption and tables; nothing while another tab is open."""
    if page.selection.tab != "troops":
        return {}
    shown, left = lanes(page.view, page.lang)
    rows = sorted(plain(page.view.troops), key=lambda row: (row["date"], row["actor"]))
    sums, not_added = totals(page.view)
    return render(
        "troops.html",
        page,
        n=len(rows),
        actors=len(shown) + len(left),
        left=left,
        rows=rows,
        rivals=rivals(rows),
        sums=sums,
        not_added=_reasons(page, not_added),
    )


def _reasons(page: Context, left: list[Left]) -> list[tuple[list[str], str]]:
    """Short names of actors that are not added, and why, the same reason said once."""
    _ = page._
    told = {
        "within": _("counted within {actor}"),
        "old": _("last counted more than a month before"),
        "gone": _("dissolved by then"),
        "extent": _("no count of those deployed in Mali as a whole"),
    }
    reasons: dict[str, list[str]] = {}
    for one in left:
        why = told[one.why].format(actor=page.short(one.whole)) if one.whole else told[one.why]
        reasons.setdefault(why, []).append(page.short(one.actor))
    return [(names, why) for why, names in reasons.items()]


def register(app: Dash) -> None:
    """The figure, asked for while its tab is open. The playhead moves in the browser."""

    @app.callback(
        Output("troops", "figure"),
        Output("troops", "style"),
        Input("asked-troops", "data"),
        prevent_initial_call=True,
    )
    def draw(query: str) -> object:
        page = context(query)
        return tall(figure(page, page.selection.theme or "light"))


def figure(page: Context, theme: str) -> dict[str, Any]:
    """The figure of a view, empty of lanes where it has no troop figure."""
    shown, _ = lanes(page.view, page.lang)
    rows = [row for lane in shown for row in (*lane.curve, *lane.others)]
    span = (page.selection.from_, page.selection.to)
    hover = {row["id"]: _said(page, row) for row in rows}

    def top(n: int) -> str:
        return page.range(None, None, n)

    return drawn.figure(shown, theme, span, page.selection.at, hover, top)


def _said(page: Context, row: Values) -> str:
    """What is said of a figure under the pointer: day, number, what it counts, by whom."""
    number = page.range(row["low"], row["best"], row["high"])
    source = page.look.sources[row["source"]]
    day = f"{page.count_day(row)}{page._.colon}"
    said = page.note(row)
    counted = " · ".join([page.troop_words(row), *([said.text] if said else [])])
    return f"{day} <b>{number}</b><br>{'<br>'.join(wrap(counted, 60))}<br>{source['publisher']}"
