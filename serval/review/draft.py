"""A proposal of the reader as an event that could stand in the record, each slot with its passage."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from serval.review.shelf import Row, Shelf
from serval.text import format_day, format_days, translator

TITLE = {"en": 90, "fr": 110}


@dataclass(frozen=True)
class Slot:
    """Where a slot was read: its field (see `serval.origin`), the span in the text, the rule."""

    field: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Draft:
    """`key` names the proposal for as long as the text is read alike; `values` as an event of the record.

    `open`: fields that a person must fill. `modality`: asserted, planned, possible or denied.
    """

    id: str
    key: str
    score: float
    modality: str
    speaker: str
    values: Row
    slots: tuple[Slot, ...]
    open: tuple[str, ...]

    @property
    def start(self) -> int:
        """First code point of the passage of the event as a whole."""
        return self.slots[0].start


def drafts(found: Row, shelf: Shelf, source: Row) -> list[Draft]:
    """The proposals of a reading (mali-events/1) as drafts, best first."""
    made = [_draft(proposal, shelf, source) for proposal in found["events"]]
    return sorted(made, key=lambda draft: -draft.score)


def _draft(proposal: Row, shelf: Shelf, source: Row) -> Draft:
    values, slots, missing = _slots(proposal, shelf)
    values |= _words(values, shelf, source)
    values["id"] = event_id(values, shelf)
    whole = Slot("", proposal["start"], proposal["end"], proposal["frame"])
    parts = (proposal["event_type"], proposal["place"], proposal["start"], proposal["end"])
    return Draft(
        id=proposal["id"],
        key=":".join(map(str, parts)),
        score=proposal["score"],
        modality=proposal["modality"],
        speaker=proposal["speaker"] or "",
        values=values,
        slots=(whole, *slots),
        open=tuple(missing),
    )


def _slots(proposal: Row, shelf: Shelf) -> tuple[Row, list[Slot], list[str]]:
    place, found = proposal["place_id"], proposal["slots"]
    known = place in shelf.places
    actors = [a for a in proposal["actors"] if a["record"] in shelf.actors]
    actors = list({a["record"]: a for a in reversed(actors)}.values())[::-1]
    figures = [_figure(f, shelf) for f in proposal["figures"] if f["kind"] in shelf.units]
    # One text is one voice: that confirms nothing, however sure it sounds.
    status = "disputed" if proposal["status"] == "disputed" else "reported"
    values: Row = {
        "date": {
            "start": proposal["date_start"],
            "end": proposal["date_end"],
            "precision": _precision(proposal),
        },
        "place": [place] if known else [],
        "geo_precision": proposal["geo_precision"],
        "type": proposal["event_type"],
        "actors": [{"actor": a["record"], "role": a["role"]} for a in actors],
        "figures": [values for values, _ in figures],
        "status": status,
    }
    slots = [_slot(name, found[name]) for name in ("type", "date")]
    slots += [_slot(f"place.{place}", found["place"])] if known else []
    slots += [_slot(f"actors.{a['record']}", a) for a in actors]
    slots += [_slot(figure_field(values), figure) for values, figure in figures]
    missing = [name for name in ("place", "actors") if not values[name]]
    return values, slots, missing + (["dispute"] if status == "disputed" else [])


def _precision(proposal: Row) -> str:
    one = proposal["date_start"] == proposal["date_end"]
    precision: str = proposal["date_precision"]
    return "day" if one else "days" if precision == "day" else precision


def _slot(field: str, found: Row) -> Slot:
    return Slot(field, found["start"], found["end"], found["rule"])


def _figure(figure: Row, shelf: Shelf) -> tuple[Row, Row]:
    of = {"of": figure["of"]} if figure["of"] in shelf.actors else {}
    numbers = {key: figure[key] for key in ("low", "best", "high") if figure[key] is not None}
    return {"kind": figure["kind"], **of, **numbers, "unit": shelf.units[figure["kind"]]}, figure


def figure_field(figure: Row) -> str:
    """The field of a figure in `serval.origin`."""
    return f"figures.{figure.get('kind')}.{figure.get('of') or 'all'}"


def _words(values: Row, shelf: Shelf, source: Row) -> Row:
    """A title and a summary put together from the slots, for the curator to write better."""
    words: Row = {}
    for lang, end in (("en", ""), ("fr", "_fr")):
        _ = translator(lang)
        kind = next((_.label(t) for t in shelf.vocabulary.event_types if t.id == values["type"]), "")
        where = ", ".join(shelf.name("places", p, lang) for p in values["place"])
        who = ", ".join(shelf.name("actors", a["actor"], lang) for a in values["actors"])
        title = f"{kind}{_.colon} {where or '…'}" + (f" ({who})" if who else "")
        words[f"title{end}"] = title if len(title) <= TITLE[lang] else title[: TITLE[lang] - 1].rstrip() + "…"
        days = format_days(values["date"]["start"], values["date"]["end"], lang)
        said = _("{publisher} of {day} tells of it: {kind}, {place}, {days}.").format(
            publisher=source["publisher"],
            day=format_day(source["date"], lang),
            kind=kind,
            place=where or "…",
            days=days,
        )
        words[f"summary{end}"] = said
    return words


def event_id(values: Row, shelf: Shelf) -> str:
    """An id that no event of the record has: first day, place and type."""
    place = (values["place"] or ["mali"])[0]
    stem = f"{values['date']['start']}-{slug(place)}-{slug(values['type'])}"
    return free(stem, shelf.events)


def free(stem: str, taken: Any) -> str:
    """The id, or the id with the first number that nobody has."""
    return next(name for n in range(1, 10_000) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)


def slug(text: str) -> str:
    """A text as part of an id: small letters and digits, hyphens between."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"
