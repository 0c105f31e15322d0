"""Who holds which town on the day of the playhead, in words: the map's discs as a list."""

from __future__ import annotations

from dash import html

from components.context import Context
from components.words import words as render
from serval.panels import town_lines
from serval.text import Translator


def towns(_: Translator) -> html.Section:
    """The empty list."""
    return html.Section(
        [html.H2(id="towns-title", className="towns-title"), html.Div(id="towns-list")],
        id="towns",
        className="panel",
        role="tabpanel",
        hidden=True,
        **{"aria-labelledby": "tab-towns"},
    )


def words(page: Context) -> dict[str, str]:
    """The towns and their holders on the day of the playhead."""
    return render("towns.html", page, towns=town_lines(page.view, page.lang))
