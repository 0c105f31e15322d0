"""Towns told without a verb of their own: Gao fell on Saturday and Timbuktu on Monday; Kidal followed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from serval.extract import syntax, when
from serval.extract.events import CONTROL, Event
from serval.extract.parse import Mention, Page, key
from serval.extract.story import Story
from serval.extract.timespans import When
from serval.extract.when import Anchors, Times

KINDS = CONTROL | {"withdrawal", "airstrike", "ground_combat"}
LINKS = (",", ";", "and", "then")
NEAR = 7
"""Tokens between a town and the time that is its own."""


def more(
    events: list[Event], story: Story, times: Times, anchors: Anchors, published: dt.date
) -> list[Event]:
    """The events that the clauses of other events tell of further towns, each with a time of its own."""
    placed = {(e.type, e.place.start) for e in events if e.place}
    found: list[Event] = []
    for event in events:
        page = event.hit.page
        if event.type not in KINDS or event.place_rule != "direct" or event.hit.nominal:
            continue
        for town, time in _towns(event, times[page.number]):
            spot = event.type, page.offset + page.doc[town.start].idx
            if spot not in placed:
                placed.add(spot)
                anchor = anchors.get((page.number, time.start), published)
                found.append(_copy(event, page, town, time, anchor, story, published))
    return found


def _towns(event: Event, times: list[tuple[When, Token]]) -> Iterator[tuple[Mention, When]]:
    """Towns after an event's own place, before the next verb, that a time of their own follows."""
    page, trigger = event.hit.page, event.hit.trigger
    for i in range(trigger.i + 1, trigger.sent.end):
        token = page.doc[i]
        if token.pos_ in ("VERB", "AUX") and key(token) != "follow":
            return
        town = page.places.get(i)
        if town is None or town.kind != "town" or not (town.place and town.place.field):
            continue
        if town.start == 0 or not _linked(page, town, trigger):
            continue
        later = [(w, t) for w, t in times if i < t.i <= i + NEAR]
        between = [j for j in page.places if later and i < j < later[0][1].i]
        if later and not between:
            yield town, later[0][0]


def _linked(page: Page, town: Mention, trigger: Token) -> bool:
    """Whether "and", a comma or "followed by" leads to a town rather than a preposition of the verb."""
    before = page.doc[town.start - 1]
    if before.lower_ not in ("from", "in", "of", "by"):
        return before.lower_ in LINKS
    return before.i > trigger.i + 1 and page.doc[before.i - 1].lower_ in (",", ";", "and", "followed")


def _copy(
    event: Event, page: Page, town: Mention, time: When, anchor: dt.date, story: Story, published: dt.date
) -> Event:
    span = when.interval(time, "in the clause", published, event.modality, event.type, anchor)
    first, last, precision, rule = span
    start, _ = page.span(town.start, town.end)
    return replace(
        event,
        place=story.placed(page, town, "town of a clause without a verb"),
        first=first,
        last=last,
        precision=precision,
        when_rule=rule,
        when_span=(page.offset + time.start, page.offset + time.end),
        start=start,
        end=max(start + 1, page.offset + time.end),
        actors=list(event.actors),
        features={},
        figures=[],
        other=[],
    )


def followers(
    events: list[Event], story: Story, times: Times, anchors: Anchors, published: dt.date
) -> list[Event]:
    """Towns that "followed" the last town that changed hands."""
    found: list[Event] = []
    for page in story.pages:
        for token in page.doc:
            subject = syntax.own_subject(token) if key(token) == "follow" else None
            town = page.places.get(subject.i) if subject is not None else None
            if town is None or town.kind != "town" or any(c.dep_ == "dobj" for c in token.children):
                continue
            here = page.offset + token.idx
            before = [e for e in events if e.type in CONTROL and e.start < here and e.modality == "asserted"]
            later = [w for w, t in times[page.number] if token.i < t.i <= token.i + NEAR]
            if before and later:
                last = max(before, key=lambda e: e.start)
                anchor = anchors.get((page.number, later[0].start), published)
                found.append(_copy(last, page, town, later[0], anchor, story, published))
    return found
