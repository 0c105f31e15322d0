"""The event card: what happened, by whose word, with which doubt, from which sources."""

from __future__ import annotations

from dash import html

from components.context import Context
from components.words import words as render
from serval.cards import card
from serval.text import Translator


def event_card(_: Translator) -> html.Aside:
    """The empty card; it opens when the query names an event."""
    return html.Aside(
        id="event-card", className="card", hidden=True, tabIndex="-1", **{"aria-label": _("Event")}
    )


def words(page: Context) -> dict[str, str]:
    """The card of the event that the query names, empty without one."""
    event = page.selection.event
    return render("event_card.html", page, card=card(page.view, event, page.lang) if event else None)
