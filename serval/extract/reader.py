"""A document read: every proposed event with its slots, evidence and score."""

from __future__ import annotations

import datetime as dt
from typing import Any

from spacy.tokens import Token

from serval.extract import figures, frames, lexicon, mentions, merge, parse, score, slots, temporal
from serval.extract.lexicon import Lexicon
from serval.extract.parse import Page
from serval.extract.slots import EACH, Event
from serval.extract.story import Filled, Story
from serval.extract.temporal import When
from serval.extract.text import Document

VERSION = "1"
Times = dict[int, list[tuple[When, Token]]]


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
        for hit in frames.find(page, story, words):
            events += _events(hit, story, words, times[page.number], published, anchors)
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
        for when in temporal.find(page.folded, published):
            span = page.doc.char_span(when.start, when.end, alignment_mode="expand")
            if span is None:
                continue
            here.append((when, span.root if span.root.i >= span.start else span[-1]))
            anchors[page.number, when.start] = current
            if when.shift is None and when.precision == "day":
                current = when.last
            elif when.shift is not None and when.shift >= 0 and when.rule != "gap in the story":
                current = current + when.shift * temporal.DAY
            elif when.precision in ("days", "month") and when.rule != "unit of the story" and (published - when.last).days > 20:
                current = when.last
        found[page.number] = here
    return found, anchors


def _events(
    hit: frames.Hit,
    story: Story,
    words: Lexicon,
    times: list[tuple[When, Token]],
    published: dt.date,
    anchors: dict[tuple[int, int], dt.date],
) -> list[Event]:
    name = hit.frame.type
    places = slots.places_of(hit, story, name)
    first = places[0] if places else None
    agents = [f for t in hit.slots.get("subject", []) for f in story.actors_at(hit.page, t)]
    kind, type_rule = slots.type_of(hit, story, words, agents, first)
    place_rule = "direct"
    if not places:
        first, place_rule = _fallback(hit, story, kind, words)
        places = [first] if first else []
    actors, known = slots.actors_of(hit, story, kind)
    modality, modality_rule = slots.modality_of(hit, words)
    when, tie = slots.when_of(hit, story, times, published, modality)
    if hit.frame.needs_since and (when is None or when.relation != "since"):
        return []
    anchor = anchors.get((hit.page.number, when.start), published) if when else published
    span = slots.interval(when, tie, published, modality, kind, hit, anchor)
    start, end = _evidence(hit)
    when_span = (hit.page.offset + when.start, hit.page.offset + when.end) if when else (start, end)
    speaker = slots.speaker_of(hit, words)
    found = []
    for place in (places if kind in EACH else places[:1]) or [None]:
        kind_here = slots.type_of(hit, story, words, agents, place)[0] if kind in slots.CONTROL | {"deployment"} else kind
        found.append(
            Event(kind_here, hit, place, place_rule if place else "", list(actors), *span, when_span, modality, modality_rule,
                  _noun_span(hit.page, speaker) if speaker is not None else None, start, end, agent_known=known)
        )
        found[-1].type_rule = type_rule
    return found


def _fallback(hit: frames.Hit, story: Story, kind: str, words: Lexicon) -> tuple[Filled | None, str]:
    """The place of an event whose own words name none."""
    start, end = hit.page.span(hit.trigger.i, hit.trigger.i + 1)

    def known(place_id: str, rule: str) -> Filled:
        place = words.by_id[place_id]
        return Filled((place.name,), place.kind, start, end, rule, (place.id,), place, {"town": "exact"}.get(place.kind, place.kind))

    told = {i for t in hit.slots.get("subject", []) for f in story.actors_at(hit.page, t) for i in f.ids}
    if hit.frame.place in ("none", "un"):
        place, rule = slots.clause_place(hit, story, kind)
        if place is not None:
            return place, rule
        seat = story.seat()
        if seat is not None and hit.page.number <= story.pages[min(2, len(story.pages) - 1)].number:
            return known(seat.id, "where the talks of the text are"), "main"
        home = next((words.places.seats[i] for i in sorted(told) if i in words.places.seats), "")
        if home and kind in ("diplomatic", "resolution"):
            return known(home, "seat of the body"), "default"
        return known("mali", "default"), "default"
    if kind == "election":
        return known("mali", "default"), "default"
    if hit.frame.place in ("mali", "bamako"):
        place, rule = slots.clause_place(hit, story, "political")
        return (place, rule) if place is not None else (known(hit.frame.place, "default"), "default")
    kind = "town_retaken" if hit.frame.type == "enter" else kind
    place, rule = slots.clause_place(hit, story, kind)
    if place is not None:
        return place, rule
    lead = story.lead_place()
    if kind in (*slots.VIOLENT, *slots.CONTROL) and kind != "human_rights" and lead is not None and lead.id:
        return known(lead.id, "the text's first place"), "main"
    return known("northern_mali" if kind in slots.CONTROL else "mali", "default"), "default"


def _evidence(hit: frames.Hit) -> tuple[int, int]:
    """The words of the frame: its clause where it is a verb, its phrase and complements where it is a noun."""
    if hit.nominal:
        kept = [t.i for t in hit.trigger.subtree if t.dep_ != "relcl" and not any(a.dep_ == "relcl" and a.i > hit.trigger.i for a in [t, *t.ancestors] if a.i > hit.trigger.i)]
        kept += [t.i for t in hit.slots.get("subject", [])] + ([hit.verb.i] if hit.verb is not None and abs(hit.verb.i - hit.trigger.i) < 12 else [])
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
    kept = [t.i for t in token.subtree if t.dep_ not in ("relcl", "punct") and abs(t.i - token.i) < 8 and not any(a.dep_ == "relcl" for a in t.ancestors if a.i > token.i)]
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
            best = min(fits, key=lambda e: (token.i not in {t.i for t in e.hit.clause}, e.hit.trigger.sent != token.sent, abs(e.hit.trigger.i - figure.token)))
            if best.hit.trigger.sent != token.sent and figure.kind not in ("killed", "wounded", "captured", "vehicles"):
                continue
            fact = {"kind": figure.kind, "of": figure.of, "low": figure.low, "high": figure.high, "best": figure.best,
                    "start": figure.start, "end": figure.end, "rule": figure.rule}
            twins = [e for e in fits if e.start == best.start and e.type == best.type]
            for event in twins:
                event.figures.append(fact)


def proposals(document: Document, published: dt.date, **header: str) -> dict[str, Any]:
    """The reading of a document as JSON in the format mali-events/1 (docs/extraction.md)."""
    events = read(document, published)
    return {
        "format": "mali-events/1",
        "doc_id": header.pop("doc_id", ""),
        "pub_date": published.isoformat(),
        **{k: v for k, v in header.items() if v},
        "text_sha256": document.sha256,
        "text_chars": len(document.text),
        "extractor": f"serval-extract@{VERSION}",
        "events": told(events, document),
    }


def told(events: list[Event], document: Document) -> list[dict[str, Any]]:
    """Events as JSON objects, numbered in their order."""
    return [_told(i, e, document) for i, e in enumerate(events, 1)]


def _told(number: int, event: Event, document: Document) -> dict[str, Any]:
    page, place = event.hit.page, event.place
    trigger = page.span(event.hit.trigger.i, event.hit.trigger.i + 1)
    speaker = document.text[slice(*event.speaker)] if event.speaker else None
    claimed = event.modality == "asserted" and _claimed(event)
    slot = lambda span, rule: {"start": span[0], "end": span[1], "rule": rule}  # noqa: E731
    evidence = {
        "type": slot(trigger, event.type_rule),
        "date": slot(event.when_span, event.when_rule),
        "place": slot((place.start, place.end) if place else trigger, f"{event.place_rule}: {place.rule}" if place else "none named"),
        "modality": slot(trigger, event.modality_rule),
    }
    if event.speaker:
        evidence["speaker"] = slot(event.speaker, "speaks")
    return {
        "id": f"p{number:02}",
        "event_type": event.type,
        "date_start": event.first.isoformat(),
        "date_end": event.last.isoformat(),
        "date_precision": event.precision,
        "place": place.ids[0] if place else None,
        "place_id": (place.record[0] or None) if place and place.record else None,
        "geo_precision": place.precision or "exact" if place else "country",
        "actors": [{"actor": f.ids[0], "record": f.record[0] if f.record else f.ids[0], "role": role, "start": f.start, "end": f.end, "rule": f.rule} for role, f in event.actors],
        "figures": event.figures,
        "modality": event.modality,
        "status": "disputed" if claimed else "reported" if event.speaker else "confirmed",
        "speaker": speaker,
        "score": event.score,
        "frame": event.hit.frame.id,
        "start": event.start,
        "end": event.end,
        "evidence": document.text[event.start : event.end],
        "paragraph": page.number,
        "other_spans": [{"start": a, "end": b, "paragraph": n} for a, b, n in event.other],
        "slots": evidence,
    }


def _claimed(event: Event) -> bool:
    verb = event.hit.verb
    above = next((v for v in (verb.ancestors if verb is not None else ()) if v.pos_ == "VERB"), None)
    return above is not None and above.lemma_ in ("claim", "declare", "boast") and event.type in slots.CONTROL
