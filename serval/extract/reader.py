"""A document read: every proposed event with its slots, evidence and score."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from spacy.tokens import Token

from serval.extract import (
    conditions,
    figures,
    frames,
    how,
    lexicon,
    mentions,
    merge,
    parse,
    score,
    temporal,
    when,
    where,
    who,
)
from serval.extract.events import CONTROL, EACH, Event
from serval.extract.frames import Hit
from serval.extract.ground import Filled
from serval.extract.lexicon import Lexicon
from serval.extract.parse import Page
from serval.extract.story import Story
from serval.extract.text import Document
from serval.extract.timespans import DAY, When

Times = dict[int, list[tuple[When, Token]]]
Anchors = dict[tuple[int, int], dt.date]


def read(document: Document, published: dt.date, words: Lexicon | None = None) -> list[Event]:
    """The events that a document tells, ordered by score, then by place in the text."""
    words = words or lexicon.load()
    pages = list(parse.pages(document, words))
    for page in pages:
        mentions.find(page, words)
    story = Story(pages, words, published)
    times, anchors = _times(pages, published)
    events: list[Event] = []
    for page in pages:
        for hit in frames.find(page, words):
            if not conditions.holds(hit, story, words):
                continue
            events += _events(hit, story, times, anchors, published)
    events = merge.rivals(events)
    _figures(events, pages, story, words)
    events = merge.together(events)
    for event in events:
        event.features = score.features(event, story)
        event.score = score.score(event.features)
    return sorted(events, key=lambda e: (-e.score, e.start, e.end, e.type))


def _times(pages: list[Page], published: dt.date) -> tuple[Times, dict[tuple[int, int], dt.date]]:
    """The times of each page with their tokens, and for each the day of the story before it."""
    found: Times = {}
    anchors: dict[tuple[int, int], dt.date] = {}
    current = published
    for page in pages:
        here = []
        for time in temporal.find(page.folded, published):
            span = page.doc.char_span(time.start, time.end, alignment_mode="expand")
            if span is None:
                continue
            here.append((time, span.root if span.root.i >= span.start else span[-1]))
            anchors[page.number, time.start] = current
            if time.shift is None and time.precision == "day":
                current = time.last
            elif time.shift is not None and time.shift >= 0 and time.rule != "gap in the story":
                current = current + time.shift * DAY
            elif (
                time.precision in ("days", "month")
                and time.rule != "unit of the story"
                and (published - time.last).days > 20
            ):
                current = time.last
        found[page.number] = here
    return found, anchors


def _events(hit: Hit, story: Story, times: Times, anchors: Anchors, published: dt.date) -> list[Event]:
    """The events of one frame: one for each coordinated town where its type tells them apart."""
    name, page, lexicon = hit.frame.type, hit.page, story.lexicon
    places = where.places_of(hit, story, name)
    agents = [f for t in hit.slots.get("subject", []) for f in story.actors_at(page, t)]
    kind, type_rule = how.type_of(hit, lexicon, story, agents, places[0] if places else None)
    place_rule = "direct"
    if not places:
        place, place_rule = where.fallback(hit, story, kind)
        places = [place] if place else []
    actors, known = who.actors_of(hit, story, kind)
    modality, modality_rule = how.modality_of(hit, lexicon)
    time, tie = when.when_of(hit, story, times[page.number])
    if hit.frame.needs_since and (time is None or time.relation != "since"):
        return []
    anchor = anchors.get((page.number, time.start), published) if time else published
    span = when.interval(time, tie, published, modality, kind, anchor)
    start, end = _evidence(hit)
    when_span = (page.offset + time.start, page.offset + time.end) if time else (start, end)
    speaker = how.speaker_of(hit, lexicon)
    spoken = _noun_span(page, speaker) if speaker is not None else None
    retyped = kind in CONTROL or hit.frame.type == "enter"
    several: list[Filled | None] = list(places if kind in EACH else places[:1])
    return [
        Event(
            how.type_of(hit, lexicon, story, agents, place)[0] if retyped else kind,
            hit,
            place,
            place_rule if place else "",
            list(actors),
            *span,
            when_span,
            modality,
            modality_rule,
            spoken,
            start,
            end,
            agent_known=known,
            type_rule=type_rule,
        )
        for place in several or [None]
    ]


def _evidence(hit: Hit) -> tuple[int, int]:
    """The words of the frame: its clause where it is a verb, its phrase and complements where it is a
    noun.
    """
    if hit.nominal:
        kept = [
            t.i
            for t in hit.trigger.subtree
            if t.dep_ != "relcl"
            and not any(
                a.dep_ == "relcl" and a.i > hit.trigger.i for a in [t, *t.ancestors] if a.i > hit.trigger.i
            )
        ]
        kept += [t.i for t in hit.slots.get("subject", [])] + (
            [hit.verb.i] if hit.verb is not None and abs(hit.verb.i - hit.trigger.i) < 12 else []
        )
    else:
        kept = [t.i for t in hit.clause]
        kept += [t.i for t in hit.slots.get("subject", []) if abs(t.i - hit.trigger.i) < 15]
    sentence = hit.trigger.sent
    kept = [i for i in kept if sentence.start <= i < sentence.end] or [hit.trigger.i]
    first, last = min(kept), max(kept)
    while last > first and (hit.page.doc[last].is_punct or hit.page.doc[last].is_space):
        last -= 1
    while first < last and (hit.page.doc[first].is_punct or hit.page.doc[first].is_space):
        first += 1
    return hit.page.span(first, last + 1)


def _noun_span(page: Page, token: Token) -> tuple[int, int]:
    kept = [
        t.i
        for t in token.subtree
        if t.dep_ not in ("relcl", "punct")
        and abs(t.i - token.i) < 8
        and not any(a.dep_ == "relcl" for a in t.ancestors if a.i > token.i)
    ]
    return page.span(min(kept, default=token.i), max(kept, default=token.i) + 1)


def _figures(events: list[Event], pages: list[Page], story: Story, words: Lexicon) -> None:
    """Give each figure to the event it fits: of its sentence first, then of the paragraph."""
    for page in pages:
        here = [e for e in events if e.hit.page is page]
        for figure in figures.find(page, story, words):
            fits = [e for e in here if e.type in figures.FITS.get(figure.kind, set())]
            if not fits:
                continue
            token = page.doc[figure.token]
            best = min(
                fits,
                key=lambda e: (
                    token.i not in {t.i for t in e.hit.clause},
                    e.hit.trigger.sent != token.sent,
                    abs(e.hit.trigger.i - figure.token),
                ),
            )
            if best.hit.trigger.sent != token.sent and figure.kind not in (
                "killed",
                "wounded",
                "captured",
                "vehicles",
            ):
                continue
            fact: dict[str, object] = {k: v for k, v in asdict(figure).items() if k != "token"}
            twins = [e for e in fits if e.start == best.start and e.type == best.type]
            for event in twins:
                event.figures.append(fact)
