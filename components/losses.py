"""Losses by actor, month or claimant, drawn by the server for the view, with a table of every figure."""

from __future__ import annotations

from typing import cast

from dash import Dash, Input, Output, dcc, html, no_update

from components.context import Context, context
from components.tabs import panel
from components.words import words as render
from serval.figures import losses as drawn
from serval.lossrows import SPLITS, Split, lines, rows
from serval.summary import total_range
from serval.text import Translator


def losses(_: Translator) -> html.Div:
    """The panel with the empty graph. `losses-split`: how it is divided, which is not of the view."""
    names = {
        "suffered": _("suffered, by actor"),
        "inflicted": _("inflicted, by attacker"),
        "month": _("by month"),
        "claimant": _("by who claims it"),
    }
    buttons = [
        html.Button(
            names[split],
            className="button",
            **{"data-split": split, "aria-pressed": str(split == SPLITS[0]).lower()},
        )
        for split in SPLITS
    ]
    parts = [
        html.Div(buttons, className="split", role="group", **{"aria-label": _("Divide the losses")}),
        html.Div(id="losses-words"),
        html.Div(dcc.Graph(id="losses", config={"displayModeBar": False, "responsive": True})),
        html.Div(id="losses-table"),
        dcc.Store(id="losses-split", data=SPLITS[0]),
    ]
    return panel("losses", html.Div(parts, className="scroll"))


def words(page: Context) -> dict[str, str]:
    """Summary and table; nothing while another tab is open."""
    if page.selection.tab != "losses":
        return {}
    kinds = [kind for kind in page.record.vocabulary.figure_kinds if kind.loss]
    totals = page.view.totals
    whole = {row.kind: row for row in totals[totals["of"].isna()].itertuples()}
    sums = [(page._.label(kind), _whole(page, whole[kind.id])) for kind in kinds if kind.id in whole]
    return render("losses.html", page, sums=sums, rows=rows(page.view, page.lang))


def _whole(page: Context, row: object) -> str:
    total = total_range(row._asdict(), page.lang)  # type: ignore[attr-defined]
    silent = page._("{without} of {n} events give no figure")
    return f"{total} ({silent.format(without=row.events_without_figure, n=page.view.n)})"  # type: ignore[attr-defined]


def register(app: Dash) -> None:
    """The figure, while its tab is open."""

    @app.callback(
        Output("losses", "figure"),
        Input("query", "data"),
        Input("theme-name", "data"),
        Input("losses-split", "data"),
        prevent_initial_call=True,
    )
    def draw(query: str | None, theme: str | None, split: str) -> object:
        page = context(query)
        if query is None or page.selection.tab != "losses":
            return no_update
        shown = lines(page.view, cast(Split, split), page.lang)
        kinds = {k.id: page._.label(k) for k in page.record.vocabulary.figure_kinds if k.loss}
        hover = {
            (line.id, kind): total_range(row, page.lang) for line in shown for kind, row in line.sums.items()
        }
        return drawn.figure(shown, kinds, theme or "light", hover)
