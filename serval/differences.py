"""What two versions of the record say differently, event by event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from serval.lookup import Lookup, Values, localised
from serval.readers import N_
from serval.record import Record
from serval.schema import NOBODY, UNKNOWN
from serval.text import Translator, format_days, format_range, translator

FIELDS = {
    "days": N_("Days"),
    "date_precision": N_("Precision of the days"),
    "places": N_("Place"),
    "geo_precision": N_("Precision of the place"),
    "type": N_("Kind"),
    "status": N_("Certainty"),
    "title": N_("Title"),
    "summary": N_("Summary"),
    "dispute": N_("Dispute"),
    "actors": N_("Actors"),
    "control": N_("Control"),
    "figures": N_("Figures"),
    "sources": N_("Sources"),
    "evidence": N_("Evidence"),
}
"""What is compared of an event, and how it is called."""
OTHERS = ("sources", "actors", "places", "troops")
"""Tables beside the events whose rows are counted."""
LABELS = {"date_precision": "date_precisions", "geo_precision": "geo_precisions"}


@dataclass(frozen=True)
class Change:
    """A field of an event: what only the old version has of it, and what only the new one has."""

    field: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """How many rows of a table were added, removed and changed."""

    added: int
    removed: int
    changed: int


@dataclass(frozen=True)
class Differences:
    """Ids of events, in the order of the record that has them."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: dict[str, tuple[Change, ...]]
    others: dict[str, Count]

    def __bool__(self) -> bool:
        counts = self.others.values()
        return bool(self.added or self.removed or self.changed or any(c != Count(0, 0, 0) for c in counts))


@lru_cache(maxsize=8)
def between(old: Record, new: Record, lang: str) -> Differences:
    """What changed from one version to the other, the fields in the words of a language."""
    before, after = Lookup.of(old), Lookup.of(new)
    changed = {}
    for id in after.events:
        if id in before.events and (found := _changes(before, after, id, lang)):
            changed[id] = found
    return Differences(
        tuple(id for id in after.events if id not in before.events),
        tuple(id for id in before.events if id not in after.events),
        changed,
        {name: _count(_rows(old, name), _rows(new, name)) for name in OTHERS},
    )


def _changes(old: Lookup, new: Lookup, id: str, lang: str) -> tuple[Change, ...]:
    if _row(old, id) == _row(new, id):
        return ()
    before, after = _fields(old, id, lang), _fields(new, id, lang)
    return tuple(
        Change(
            field,
            tuple(text for text in before[field] if text not in after[field]),
            tuple(text for text in after[field] if text not in before[field]),
        )
        for field in FIELDS
        if before[field] != after[field]
    )


def _row(look: Lookup, id: str) -> tuple[object, ...]:
    return (look.events[id], *(rows.get(id) for rows in look.parts.values()), _control(look, id))


def _control(look: Lookup, id: str) -> list[Values]:
    return [change for rows in look.changes.values() for change in rows if change["event"] == id]


def _fields(look: Lookup, id: str, lang: str) -> dict[str, list[str]]:
    """Each field of an event as a list of texts."""
    row, parts, _ = look.events[id], look.parts, translator(lang)
    labels = {field: [look.label(words, row[field], lang)] for field, words in LABELS.items()}
    texts = {field: _both(row, field) for field in ("title", "summary", "dispute")}
    return {
        **labels,
        **texts,
        "days": [format_days(row["date_start"], row["date_end"], lang)],
        "type": [look.label("event_types", row["type"], lang)],
        "status": [look.label("statuses", row["status"], lang)],
        "places": [look.place(p["place"], lang) for p in parts["event_places"].get(id, [])],
        "actors": [_actor(look, a, lang) for a in parts["event_actors"].get(id, [])],
        "control": [_held(look, change, lang) for change in _control(look, id)],
        "figures": [_figure(look, f, _) for f in parts["figures"].get(id, [])],
        "sources": [_source(look, s["source"]) for s in parts["event_sources"].get(id, [])],
        "evidence": [_passage(e) for e in parts["evidence"].get(id, [])],
    }


def _both(row: Values, field: str) -> list[str]:
    """A text in both languages: who reads one is told of a change of the other too."""
    return [text for text in (row[field], row[f"{field}_fr"]) if text]


def _actor(look: Lookup, row: Values, lang: str) -> str:
    return f"{look.actor(row['actor'], lang)} ({look.label('roles', row['role'], lang)})"


def _held(look: Lookup, change: Values, lang: str) -> str:
    """A change of control: the town, who held it, who holds it."""

    _ = translator(lang)
    reserved = {NOBODY: _("no armed force"), UNKNOWN: _("not known")}

    def names(holders: str) -> str:
        return ", ".join(reserved.get(holder) or look.actor(holder, lang) for holder in holders.split(";"))

    before, after = names(change["holders_before"]), names(change["holders"])
    return f"{look.place(change['place'], lang)}{_.colon} {before} → {after}"


def _figure(look: Lookup, row: Values, _: Translator) -> str:
    number = format_range(row["low"], row["best"], row["high"], _.lang)
    words = [
        look.label("figure_kinds", row["kind"], _.lang),
        look.actor(row["of"], _.lang) if row["of"] else "",
    ]
    words += [number, look.actor(row["claimed_by"], _.lang) if row["claimed_by"] else ""]
    words += [
        "" if row["counts_in_total"] else _("not counted in totals"),
        row["source"] or "",
        localised(row, "note", _.lang),
    ]
    return ", ".join(filter(None, words))


def _source(look: Lookup, id: str) -> str:
    row = look.sources[id]
    return f"{row['publisher']}, {row['title']} ({id})"


def _passage(row: Values) -> str:
    return f"{row['source']} {row['start']}–{row['end']}"


def _rows(of: Record, table: str) -> Mapping[str, Values]:
    look = Lookup.of(of)
    if table == "troops":
        return {row["id"]: row for rows in look.troops.values() for row in rows}
    found: dict[str, Values] = getattr(look, table)
    return found


def _count(old: Mapping[str, Values], new: Mapping[str, Values]) -> Count:
    both = old.keys() & new.keys()
    return Count(
        len(new.keys() - old.keys()), len(old.keys() - new.keys()), sum(old[id] != new[id] for id in both)
    )
