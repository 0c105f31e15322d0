"""A reading as JSON in the format mali-events/1 (docs/extraction.md)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from serval.extract import reader
from serval.extract.events import CONTROL, Event
from serval.extract.text import Document

VERSION = "1"
"""Version of the rules and the lexicon: part of every proposal's origin."""

Json = dict[str, Any]


def proposals(document: Document, published: dt.date, **header: str) -> Json:
    """The events of a document with its header; `header` may hold doc_id, publisher, title, url."""
    return {
        "format": "mali-events/1",
        "doc_id": header.pop("doc_id", ""),
        "pub_date": published.isoformat(),
        **{k: v for k, v in header.items() if v},
        "text_sha256": document.sha256,
        "text_chars": len(document.text),
        "extractor": f"serval-extract@{VERSION}",
        "events": events(reader.read(document, published), document),
    }


def events(found: list[Event], document: Document) -> list[Json]:
    """Events as JSON objects, numbered in their order."""
    return [_event(number, event, document) for number, event in enumerate(found, 1)]


def _event(number: int, event: Event, document: Document) -> Json:
    place = event.place
    return {
        "id": f"p{number:02}",
        "event_type": event.type,
        "date_start": event.first.isoformat(),
        "date_end": event.last.isoformat(),
        "date_precision": event.precision,
        "place": place.ids[0] if place else None,
        "place_id": (place.record[0] or None) if place and place.record else None,
        "geo_precision": (place.precision or "exact") if place else "country",
        "actors": _actors(event),
        "figures": event.figures,
        "modality": event.modality,
        "status": _status(event),
        "speaker": document.text[slice(*event.speaker)] if event.speaker else None,
        "score": event.score,
        "frame": event.hit.frame.id,
        "start": event.start,
        "end": event.end,
        "evidence": document.text[event.start : event.end],
        "paragraph": event.hit.page.number,
        "other_spans": [{"start": a, "end": b, "paragraph": n} for a, b, n in event.other],
        "slots": _slots(event),
    }


def _actors(event: Event) -> list[Json]:
    return [
        {
            "actor": actor.ids[0],
            "record": actor.record[0] if actor.record else actor.ids[0],
            "role": role,
            "start": actor.start,
            "end": actor.end,
            "rule": actor.rule,
        }
        for role, actor in event.actors
    ]


def _slots(event: Event) -> Json:
    """Evidence and rule of each slot; a slot by default has the trigger as evidence."""
    page, place = event.hit.page, event.place
    trigger = page.span(event.hit.trigger.i, event.hit.trigger.i + 1)
    found = {
        "type": _slot(trigger, event.type_rule),
        "date": _slot(event.when_span, event.when_rule),
        "place": _slot((place.start, place.end), f"{event.place_rule}: {place.rule}")
        if place
        else _slot(trigger, "none"),
        "modality": _slot(trigger, event.modality_rule),
    }
    if event.speaker:
        found["speaker"] = _slot(event.speaker, "speaks")
    return found


def _slot(span: tuple[int, int], rule: str) -> Json:
    return {"start": span[0], "end": span[1], "rule": rule}


def _status(event: Event) -> str:
    verb = event.hit.verb
    above = next((v for v in (verb.ancestors if verb is not None else ()) if v.pos_ == "VERB"), None)
    claims = above is not None and above.lemma_ in ("claim", "declare", "boast")
    if claims and event.modality == "asserted" and event.type in CONTROL:
        return "disputed"
    return "reported" if event.speaker else "confirmed"
