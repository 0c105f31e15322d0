"""Two days (`at`, `at2`) or two actors (`actor`, `vs`) side by side, with what differs."""

from __future__ import annotations

from dash import html

from components.context import Context
from components.words import words as render
from serval import compare as compared
from serval.text import Translator


def compare(_: Translator) -> html.Section:
    """The empty panel; it opens when the query names a second day or actor."""
    return html.Section(id="compare", className="panel compare", hidden=True, **{"aria-label": _("Compare")})


def words(page: Context) -> dict[str, str]:
    """The tables, empty where nothing is compared."""
    now, view, lang = page.selection, page.view, page.lang
    two_actors = now.vs is not None and len(now.actor) == 1
    return render(
        "compare.html",
        page,
        towns=compared.towns(view, lang) if now.at2 else [],
        days=compared.days(view, lang) if now.at2 else [],
        actors=compared.actors(view, lang) if two_actors else [],
        names=compared.names(view, lang) if two_actors else (),
    )
