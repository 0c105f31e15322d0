"""The record's rows by id, as plain values: what cards, panels and lists read instead of frames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from serval.record import Record

Values = dict[str, Any]


def plain(frame: pd.DataFrame) -> list[Values]:
    """A frame's rows as dicts, missing as None."""
    names = [str(name) for name in frame.columns]
    columns = [[_given(value) for value in frame[name].tolist()] for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _given(value: Any) -> Any:
    return None if value is pd.NA or value != value else value


def split(text: str | None, separator: str = ";") -> list[str]:
    """The parts of a joined cell; none of an empty one."""
    return text.split(separator) if text else []


@dataclass(frozen=True)
class Lookup:
    events: dict[str, Values]
    actors: dict[str, Values]
    places: dict[str, Values]
    sources: dict[str, Values]
    parts: dict[str, dict[str, list[Values]]]
    """Table of event parts -> event id -> its rows."""
    changes: dict[str, list[Values]]
    """Place id -> its changes of control, oldest first."""
    troops: dict[str, list[Values]]
    """Actor id -> its troop figures, oldest first."""
    lineage: dict[str, list[Values]]
    alignment: dict[str, list[Values]]
    terms: dict[str, dict[str, Values]]
    """Vocabulary list -> id -> term."""

    @staticmethod
    @lru_cache(maxsize=4)
    def of(record: Record) -> Lookup:
        """The lookup of a record, made once."""
        tables = {n: plain(getattr(record, n)) for n in ("events", "actors", "places", "sources")}
        parts = ("event_places", "event_actors", "event_sources", "figures", "evidence")
        words = record.vocabulary.model_dump()
        return Lookup(
            **{name: {row["id"]: row for row in rows} for name, rows in tables.items()},
            parts={name: grouped(plain(getattr(record, name)), "event") for name in parts},
            changes=grouped(plain(record.changes), "place"),
            troops=grouped(plain(record.troops), "actor"),
            lineage=grouped(plain(record.lineage), "actor"),
            alignment=grouped(plain(record.alignment), "actor"),
            terms={name: {term["id"]: term for term in terms} for name, terms in words.items()},
        )

    def label(self, words: str, id: str, lang: str) -> str:
        """The label of a vocabulary word."""
        term = self.terms[words][id]
        return str(term["label_fr" if lang == "fr" else "label"])

    def actor(self, id: str, lang: str) -> str:
        """An actor's name; the reserved holders nobody and unknown have theirs with the caller."""
        row = self.actors.get(id)
        return localised(row, "name", lang) if row else id

    def short(self, id: str, lang: str) -> str:
        """An actor's short name."""
        return localised(self.actors[id], "short", lang)

    def place(self, id: str, lang: str) -> str:
        return localised(self.places[id], "name", lang)


def localised(row: Values, key: str, lang: str) -> str:
    """A text field in the language, in English where it has no translation."""
    return str((row.get(f"{key}_fr") if lang == "fr" else None) or row[key] or "")


class Note(NamedTuple):
    """A curator's note; `lang`: the language that it is in."""

    text: str
    lang: str


def noted(row: Values, lang: str, key: str = "note") -> Note | None:
    """The note of a row in the language, in English where it has no translation; None without a note."""
    if not row[key]:
        return None
    french = row[f"{key}_fr"] if lang == "fr" else None
    return Note(french, lang) if french else Note(row[key], "en")


def grouped(rows: Iterable[Values], key: str) -> dict[str, list[Values]]:
    groups: dict[str, list[Values]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return dict(groups)
