"""Losses by actor, month or claimant, drawn by the server for the view, with tables of sums and figures."""

from __future__ import annotations

from typing import cast

from dash import Dash, Input, Output, dcc, html, no_update

from components.context import Context, context
from components.tabs import panel, tall
from components.words import words as render
from serval.figures import losses as drawn
from serval.lookup import Values
from serval.lossrows import SPLITS, Line, Split, lines, rows
from serval.summary import total_range
from serval.text import Translator


def losses(_: Translator) -> html.Div:
    """The panel with the empty graph. `losses-split`: how it is divided, which is not of the view."""
    buttons = [
        html.Button(
            name,
            className="button",
            **{"data-split": split, "aria-pressed": str(split == SPLITS[0]).lower()},
        )
        for split, name in _names(_).items()
    ]
    parts = [
        html.Div(buttons, className="split", role="group", **{"aria-label": _("Divide the losses")}),
        html.Div(id="losses-words"),
        html.Div(dcc.Graph(id="losses", config={"displayModeBar": False, "responsive": True})),
        html.Div(id="losses-table"),
        dcc.Store(id="losses-split", data=SPLITS[0]),
    ]
    return panel("losses", html.Div(parts, id="losses-room", className="scroll", **{"data-shown": SPLITS[0]}))


def _names(_: Translator) -> dict[Split, str]:
    return {
        "suffered": _("suffered, by actor"),
        "inflicted": _("inflicted, by attacker"),
        "month": _("by month"),
        "claimant": _("by who claims it"),
    }


def words(page: Context) -> dict[str, str]:
    """Summary and tables; nothing while another tab is open."""
    if page.selection.tab != "losses":
        return {}
    totals = page.view.totals
    whole = {row.kind: row for row in totals[totals["of"].isna()].itertuples()}
    kinds = {id: label for id, label in _kinds(page).items() if id in whole}
    return render(
        "losses.html",
        page,
        kinds=kinds,
        sums=[(label, _whole(page, whole[id])) for id, label in kinds.items()],
        splits=[(split, name, lines(page.view, split, page.lang)) for split, name in _names(page._).items()],
        sum_words=lambda row: total_range(row, page.lang),
        said=lambda line, kind: _said(page, line, kind),
        rows=rows(page.view, page.lang),
    )


def _kinds(page: Context) -> dict[str, str]:
    return {kind.id: page._.label(kind) for kind in page.record.vocabulary.figure_kinds if kind.loss}


def _whole(page: Context, row: object) -> str:
    total = total_range(row._asdict(), page.lang)  # type: ignore[attr-defined]
    silent = page._("{without} of {n} events give no figure")
    return f"{total} ({silent.format(without=row.events_without_figure, n=page.view.n)})"  # type: ignore[attr-defined]


def _said(page: Context, line: Line, kind: str) -> str:
    """What is said of a sum: whose, how many, of how many events, and how many figures have no best."""
    _, row = page._, line.sums[kind]
    head = f"{line.label}, {page.label('figure_kinds', kind)}{_.colon} {total_range(row, page.lang)}"
    parts = [head, _.n("{n} event", "{n} events", row["events"])]
    if row["without_best"]:
        parts.append(_.n("{n} figure without a best", "{n} figures without a best", row["without_best"]))
    return " · ".join(parts)


def register(app: Dash) -> None:
    """The figure, asked for while its tab is open."""

    @app.callback(
        Output("losses", "figure"),
        Output("losses", "style"),
        Input("asked-losses", "data"),
        Input("losses-split", "data"),
        prevent_initial_call=True,
    )
    def draw(query: str | None, split: str) -> object:
        if query is None:  # divided anew while the figure is not asked for yet
            return no_update
        page = context(query)
        theme = page.selection.theme or "light"
        shown, kinds = lines(page.view, cast(Split, split), page.lang), _kinds(page)

        def written(row: Values) -> str:
            return total_range(row, page.lang)

        def said(line: Line, kind: str) -> str:
            return _said(page, line, kind)

        return tall(drawn.figure(shown, kinds, theme, split, written, said))
