"""The event card: what happened, by whose word, with which doubt, from which sources, and what is near it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import html

from components.context import Context, base_url, href
from components.words import words as render
from serval.cards import card
from serval.export import citation
from serval.related import Around, related
from serval.text import Translator


@dataclass(frozen=True)
class Links:
    """Where a card's links lead, by id."""

    event: Callable[[str], str]
    actor: Callable[[str], str]
    place: Callable[[str], str]
    around: Callable[[str, Around], str]


@dataclass(frozen=True)
class Texts:
    """What a card gives away: the event's page, its full address, a citation of it and, by key, of each of
    its figures, a call for correction."""

    page: str
    permalink: str
    citation: str
    figure: Callable[[str], str]
    correction: str


def event_card(_: Translator) -> html.Aside:
    """The empty card; it opens when the query names an event."""
    return html.Aside(
        id="event-card", className="card", hidden=True, tabIndex="-1", **{"aria-labelledby": "event-title"}
    )


def words(page: Context) -> dict[str, str]:
    """The card of the event that the query names, empty without one."""
    event = page.selection.event
    return render("event_card.html", page, **(parts(page, event, links(page)) if event else {"card": None}))


def parts(page: Context, event: str, links: Links) -> dict[str, Any]:
    """What the card's templates are filled with."""
    return {
        "card": card(page.view, event, page.lang),
        "near": related(page.view, event, page.lang),
        "links": links,
        "text": texts(page, event),
    }


def links(page: Context) -> Links:
    """A card's links on the dashboard: views of it."""
    return Links(
        event=lambda id: page.link(event=id),
        actor=lambda id: page.link(actor=(id,), event=None),
        place=lambda id: page.link(place=(id,), event=None),
        around=lambda key, found: around(page, key, found),
    )


def around(page: Context, key: str, found: Around) -> str:
    """The view that lists the events around one: without filters but the days and the places or actors."""
    ids = {"place" if key == "place" else "actor": found.ids}
    known, lang, theme = page.selection.known, page.selection.lang, page.selection.theme
    fresh = type(page.selection)(
        from_=found.from_, to=found.to, known=known, lang=lang, theme=theme, tab="events", **ids
    )
    return href(fresh)


def texts(page: Context, event: str) -> Texts:
    """The texts to copy, with addresses that begin as the reader's do."""
    base = base_url()
    return Texts(
        page=page.own_page("event", event),
        permalink=citation.permalink(base, "event", event),
        citation=citation.event(page.record, event, page.lang, base),
        figure=lambda key: citation.figure(page.record, event, key, page.lang, base),
        correction=citation.correction(page.record, "event", event, page.lang, base),
    )
