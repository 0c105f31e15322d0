"""The control strip: who held which town when. Drawn in the browser by assets/plot_control.js."""

from __future__ import annotations

from dash import dcc, html

from components.context import Context
from components.days import locale
from components.tabs import panel
from components.words import words as render
from serval.figures.days import day_number
from serval.text import Translator
from serval.turns import sum_up, turns

NAMED = 6
"""Publishers that a change names; the card has all of its sources."""


def control(_: Translator) -> html.Div:
    """The panel with the empty strip, and over it a place for the words of each change."""
    config = {"displayModeBar": False, **locale(_.lang)}
    strip = [
        html.Div(dcc.Graph(id="control", config=config, responsive=True), className="plot"),
        html.Div(id="control-changes", className="turns", role="group", **{"aria-label": _turning(_)}),
    ]
    hint = _("Point at a bar, or go from change to change with the arrow keys, to read what changed.")
    return panel(
        "control",
        [
            html.Div(id="control-sum", className="strip-sum"),
            html.Div(html.Div(strip, id="control-strip", className="strip"), className="strip-scroll"),
            html.P(hint, id="control-note", className="strip-note", **{"aria-hidden": "true"}),
            html.Div(id="control-caption", className="strip-caption"),
            html.Div(id="control-table"),
        ],
    )


def _turning(_: Translator) -> str:
    return _("Changes of control. Arrow keys go from one to the next, Enter opens its event.")


def words(page: Context) -> dict[str, str]:
    """The changes, their table and the sum; nothing while another tab is open."""
    if page.selection.tab != "control":
        return {}
    changes = turns(page.view, page.lang)
    return render(
        "control.html",
        page,
        turns=changes,
        table=sorted((t for t in changes if not t.first), key=lambda t: (t.start, t.end, t.row)),
        sum=sum_up(page.view),
        links={t.event: page.link(event=t.event) for t in changes},
        named=NAMED,
        day=day_number,
    )
