"""A document read: every proposed event with its slots, evidence and score."""

from __future__ import annotations

import datetime as dt

from spacy.tokens import Token

from serval.extract import (
    conditions,
    frames,
    gapped,
    how,
    lexicon,
    losses,
    mentions,
    merge,
    parse,
    score,
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
from serval.extract.when import Anchors, Times


def read(document: Document, published: dt.date, words: Lexicon | None = None) -> list[Event]:
    """The events that a document tells, ordered by score, then by place in the text."""
    words = words or lexicon.load()
    published = when.filed(document, published)
    pages = list(parse.pages(document, words))
    for page in pages:
        mentions.find(page, words)
    story = Story(pages, words, published)
    times, anchors = when.times(story, published)
    events: list[Event] = []
    for page in pages:
        taken: set[tuple[str, int]] = set()
        for hit in frames.find(page, words):
            told = hit.frame.id, hit.trigger.i
            if told in taken or not conditions.holds(hit, story, words):
                continue
            taken.add(told)
            events += _events(hit, story, times, anchors, published)
    events += gapped.more(events, story, times, anchors, published)
    events += gapped.followers(events, story, times, anchors, published)
    events = merge.rivals(events)
    losses.give(events, story, when.taken(times))
    events = merge.together(events)
    for event in events:
        event.features = score.features(event, story)
        event.score = score.score(event.features)
    return sorted(events, key=lambda e: (-e.score, e.start, e.end, e.type))


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
