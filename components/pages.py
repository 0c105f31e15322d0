"""Plain pages of events and actors: HTML that needs no script, for readers, search engines and archives."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from functools import lru_cache

from flask import Response, request
from markupsafe import Markup

from components import actors, event_card
from components.context import Context, base_url, context, href
from components.static import ASSETS, BOOT, SHELF
from components.words import ENV
from serval import jsonld
from serval.export import citation
from serval.related import part_of
from serval.selection import FROM, LANGS, TO, Selection


@dataclass(frozen=True)
class Sheet:
    """The frame of a page: its own address, by language; `query`: what of it stays when the language changes;
    `data`: its JSON-LD."""

    title: str
    description: str
    path: str
    base: str
    lang: str
    data: str = ""
    query: str = ""

    @property
    def canonical(self) -> str:
        return self.address(self.lang)

    def address(self, lang: str | None = None) -> str:
        """The full address, in a language or as the browser asks."""
        return f"{self.base}{self.path}" + (f"?lang={lang}" if lang else "")


def event(event_id: str) -> Response:
    """`/event/<id>`: the event's card as a page."""
    page = whole()
    if event_id not in page.look.events:
        return missing(page, "event", event_id, page.look.events)
    parts = event_card.parts(page, event_id, _links(page))
    data = jsonld.event(page.record, event_id, page.lang, base_url())
    card = parts["card"]
    frame = sheet(page, card.title, card.summary, citation.permalink("", "event", event_id), data)
    return answer("page_event.html", page, frame, **parts, dashboard=_on_dashboard(page, event_id))


def actor(actor_id: str) -> Response:
    """`/actor/<id>`: the actor's profile over the whole record, and its events."""
    page = whole()
    if actor_id not in page.look.actors:
        return missing(page, "actor", actor_id, page.look.actors)
    row = page.look.actors[actor_id]
    data = jsonld.actor(page.record, actor_id, page.lang, base_url())
    description = page.name(row, "description")
    frame = sheet(page, page.name(row), description, citation.permalink("", "actor", actor_id), data)
    return answer(
        "page_actor.html",
        page,
        frame,
        actor=row,
        links=_links(page),
        profile=actors.profile_of(page, actor_id, linked=False),
        events=part_of(page.record, actor_id, page.lang),
        correction=citation.correction(page.record, "actor", actor_id, page.lang, base_url()),
        dashboard=page.link(actor=(actor_id,)),
    )


def missing(page: Context, kind: str, id: str, known: dict[str, object]) -> Response:
    """A 404 that names what comes near."""
    near = difflib.get_close_matches(id, known, n=5, cutoff=0.5)
    title = page._("No such event") if kind == "event" else page._("No such actor")
    frame = sheet(page, title, "", f"/{kind}/{id}", None)
    response = answer("page_missing.html", page, frame, kind=kind, id=id, near=near, links=_links(page))
    response.status_code = 404
    return response


def whole() -> Context:
    """The context of the whole record, in the language and the version that the request names."""
    lang, version = request.args.get("lang"), request.args.get("v")
    pin = Selection(lang=lang if lang in LANGS else None, v=version or None)
    days = context(pin.query()).record.events
    whole = pin.with_(from_=days["date_start"].min(), to=days["date_end"].max())
    return context(whole.query())


def sheet(page: Context, title: str, description: str, path: str, data: jsonld.Node | None) -> Sheet:
    """The frame of a page in the language of its context."""
    text = json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c") if data else ""
    return Sheet(title, description, path, base_url(), page.lang, text)


def answer(template: str, page: Context, frame: Sheet, **values: object) -> Response:
    """A page as HTML, which differs by language."""
    other = next(lang for lang in LANGS if lang != page.lang)
    html = ENV.get_template(template).render(
        page=page,
        _=page._,
        sheet=frame,
        other=other,
        langs=LANGS,
        style=style(),
        boot=Markup((ASSETS / BOOT).read_text().strip()),
        data=Markup(frame.data),
        **values,
    )
    response = Response(html, mimetype="text/html")
    response.content_language.add(page.lang)
    response.vary.add("Accept-Language")
    return response


@lru_cache(maxsize=1)
def style() -> str:
    """The URL of the style sheet, which must be published before the files are served."""
    return SHELF.stylesheet() or ""


def _links(page: Context) -> event_card.Links:
    """A card's links on a plain page: to other plain pages, and to views where there is none."""
    return event_card.Links(
        event=lambda id: page.own_page("event", id),
        actor=lambda id: page.own_page("actor", id),
        place=lambda id: page.link(place=(id,)),
        around=lambda key, found: event_card.around(page, key, found),
    )


def _on_dashboard(page: Context, event_id: str) -> str:
    """The event's card on the dashboard, among the days shown first if it is one of them."""
    row = page.look.events[event_id]
    usual = row["date_start"] <= TO and row["date_end"] >= FROM
    view = Selection(lang=page.selection.lang) if usual else page.selection
    return href(view.with_(event=event_id))
