"""From a query string to what a panel needs: the View, the language, words for values, links to views."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from flask import has_request_context, request

from serval import record as records
from serval import releases, text
from serval.export import citation
from serval.lookup import Lookup, Note, Values, localised, noted
from serval.record import Record
from serval.schema import NOBODY, UNKNOWN
from serval.selection import LANGS, Problem, Selection
from serval.view import View

LED = {"from_", "to", "at"}
"""Attributes of a selection of which one may move another."""


@dataclass(frozen=True, eq=False)
class Context:
    """One view in one language, for one visitor's request."""

    record: Record
    view: View
    selection: Selection
    problems: tuple[Problem, ...]
    lang: str

    @cached_property
    def _(self) -> text.Translator:
        return text.translator(self.lang)

    @cached_property
    def look(self) -> Lookup:
        return Lookup.of(self.record)

    def of_record(self, key: str) -> tuple[str, ...]:
        """The ids of a facet that have events in the whole record, most events first: an order that stays."""
        return _of_record(self.record, key)

    def link(self, **changes: object) -> str:
        """The address of this view with other values, by attribute of the selection."""
        if len(changes) == 1 and not changes.keys() & LED:
            ((key, value),) = changes.items()
            return self._with(key, value)
        return href(self.selection.with_(**changes))

    def toggle(self, key: str, value: str) -> str:
        """The address of this view with one value of a list key put in or taken out."""
        chosen = self.selection.get(key)
        ids = [v for v in chosen if v != value] if value in chosen else [*chosen, value]
        return self._with(key, ids)

    def own_page(self, kind: str, id: str) -> str:
        """The address of the plain page of an event or actor: see `plain`."""
        return self.plain(citation.permalink("", kind, id))

    def plain(self, path: str) -> str:
        """The address of a plain page, in the language and version of the data if the reader chose one."""
        kept = Selection(lang=self.lang if self.selection.lang else None, v=self.selection.v).query()
        return f"{path}?{kept}" if kept else path

    @cached_property
    def newest(self) -> Record | None:
        """The current record, where the link names an older version of it."""
        current = records.load()
        return None if self.record is current else current

    def _with(self, key: str, value: object) -> str:
        if key not in self._queries:
            self._queries[key] = self.selection.queries(key)
        return _address(self._queries[key](value))

    @cached_property
    def _queries(self) -> dict[str, Callable[[Any], str]]:
        return {}

    def day(self, iso: str, pattern: str = "d MMMM y") -> str:
        return text.format_day(iso, self.lang, pattern)

    def partial(self, day: str) -> str:
        return text.format_partial(day, self.lang)

    def count_day(self, row: Values) -> str:
        """The day of a troop figure, as well as it is known."""
        if row["precision"] in ("month", "year"):
            return self.partial(row["date"][: 7 if row["precision"] == "month" else 4])
        day = self.day(row["date"], "d MMM y")
        if row["precision"] == "day":
            return day
        return f"{day}, {self.label('date_precisions', row['precision'])}"

    def days(self, start: str, end: str, month: str = "MMMM") -> str:
        return text.format_days(start, end, self.lang, month)

    def range(self, low: int | None, best: int | None, high: int | None) -> str:
        return text.format_range(low, best, high, self.lang)

    def label(self, words: str, id: str) -> str:
        """The label of a word of a list of the vocabulary."""
        return self.look.label(words, id, self.lang)

    def name(self, row: Values, key: str = "name") -> str:
        """A text field of a row in the language."""
        return localised(row, key, self.lang)

    def short(self, holder: str) -> str:
        """A short name of an actor or of a reserved holder of a town."""
        reserved = {NOBODY: self._("no armed force"), UNKNOWN: self._("not known")}
        return reserved.get(holder) or self.look.short(holder, self.lang)

    def side(self, holder: str) -> str:
        """An actor's side; of a reserved holder, `unknown`."""
        actor = self.look.actors.get(holder)
        return actor["side"] if actor else UNKNOWN

    def voice(self, source: Values) -> str:
        """What kind of source it is, whose story it reprints, whose side it speaks for."""
        parts = [self.label("source_kinds", source["kind"])]
        if source["wire"]:
            parts.append(self._("reprints {wire}").format(wire=source["wire"]))
        if source["side"] != "none":
            parts.append(self.label("source_sides", source["side"]))
        return ", ".join(parts)

    def note(self, row: Values) -> Note | None:
        """The curator's note of a figure or a count of troops."""
        return noted(row, self.lang)

    def troop_words(self, row: Values) -> str:
        """What a troop figure counts, and how sure it is, without its note."""
        words = {
            "units": row["unit"],
            "troop_kinds": row["kind"],
            "troop_scopes": row["scope"],
            "statuses": row["status"],
        }
        return ", ".join(self.label(name, id) for name, id in words.items() if id)


def context(query: str | None) -> Context:
    """The context of a query string as the page has it; what it says wrongly is in `problems`."""
    query = (query or "").lstrip("?")
    record, allowed = releases.pinned(query)
    selection, problems = Selection.read(query, allowed)
    return Context(record, _view(record, selection), selection, tuple(problems), language(selection))


def language(selection: Selection) -> str:
    """The language chosen in the query, else the browser's."""
    if selection.lang:
        return selection.lang
    return (has_request_context() and request.accept_languages.best_match(LANGS)) or LANGS[0]


def spoken() -> str:
    """The language of the page that is being asked for."""
    return language(Selection.read(request.query_string.decode(errors="replace"))[0])


def base_url() -> str:
    """Where this site is, without a slash at the end: as set by SERVAL_BASE_URL, else as it was asked."""
    asked = request.url_root if has_request_context() else ""
    return (os.environ.get("SERVAL_BASE_URL") or asked).rstrip("/")


def href(selection: Selection) -> str:
    """A view's address on the page."""
    return _address(selection.query())


def _address(query: str) -> str:
    return f"/?{query}" if query else "/"


@lru_cache(maxsize=16)
def _of_record(record: Record, key: str) -> tuple[str, ...]:
    days = record.events
    whole = Selection(from_=days["date_start"].min(), to=days["date_end"].max())
    counts = record.select(whole).facets[key]
    return tuple(sorted((id for id, n in counts.items() if n), key=lambda id: (-counts[id], id)))


@lru_cache(maxsize=16)  # a view with all its frames takes half a megabyte
def _view(record: Record, selection: Selection) -> View:
    return record.select(selection)
