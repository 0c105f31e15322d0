"""From a query string to what a panel needs: the View, the language, and links to neighbouring views."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flask import has_request_context, request

from serval import record as records
from serval.lookup import Lookup
from serval.record import Record
from serval.selection import LANGS, Allowed, Problem, Selection
from serval.text import Translator, translator
from serval.view import View

CAMERA = ("lat", "lon", "zoom")


@dataclass(frozen=True)
class Context:
    """One view in one language, for one visitor's request."""

    record: Record
    view: View
    selection: Selection
    problems: tuple[Problem, ...]
    lang: str

    @property
    def _(self) -> Translator:
        return translator(self.lang)

    @property
    def look(self) -> Lookup:
        return Lookup.of(self.record)

    def link(self, **changes: object) -> str:
        """The address of this view with other values, by attribute of the selection."""
        return href(self.selection.with_(**changes))

    def toggle(self, key: str, value: str) -> str:
        """The address of this view with one value of a list key put in or taken out."""
        chosen = self.selection.get(key)
        if value in chosen:
            return href(self.selection.without(key, value))
        return self.link(**{key: (*chosen, value)})


def context(query: str | None) -> Context:
    """The context of a query string as the page has it; what it says wrongly is in `problems`."""
    record = records.load()
    selection, problems = Selection.read((query or "").lstrip("?"), _allowed(record))
    return Context(record, _view(record, selection), selection, tuple(problems), language(selection))


def language(selection: Selection) -> str:
    """The language chosen in the query, else the browser's."""
    if selection.lang:
        return selection.lang
    return (has_request_context() and request.accept_languages.best_match(LANGS)) or LANGS[0]


def href(selection: Selection) -> str:
    """A view's address on the page."""
    query = selection.query()
    return f"/?{query}" if query else "/"


@lru_cache(maxsize=4)
def _allowed(record: Record) -> Allowed:
    return Allowed.of(record)


@lru_cache(maxsize=64)
def _view(record: Record, selection: Selection) -> View:
    return record.select(selection)
