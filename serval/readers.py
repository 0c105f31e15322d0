"""Readers of single query values: text in, value out, or `Bad` saying what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from math import floor
from typing import Any

MAX_WORDS = 200

DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
ID = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
VERSION = re.compile(r"[0-9A-Za-z._-]{1,40}")
NUMBER = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,20})?")
BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+")
"""Blanks, and what is not read but done: control characters, marks that turn the reading direction, and two
that no XML may hold."""


def N_(message: str) -> str:
    """A message for the catalogue, which whoever shows it translates."""
    return message


class Bad(ValueError):
    """The value is not one of the key's; the text, with these fields filled in, says what is allowed."""

    def __init__(self, text: str, **fields: object) -> None:
        super().__init__(filled(text, fields))
        self.text, self.fields = text, fields


def filled(text: str, fields: Mapping[str, object], translate: Callable[[str], str] = str) -> str:
    """A message with its fields, in English or as translated; of a tuple any one is meant."""
    either = f" {translate(N_('or'))} "
    words = {name: either.join(v) if isinstance(v, tuple) else v for name, v in fields.items()}
    return translate(text).format(**words)


def day(text: str) -> str:
    """A day as it is, if it is one of the calendar from the year 1000 to 2999."""
    try:
        if DAY.fullmatch(text):
            date.fromisoformat(text)
            return text
    except ValueError:
        pass
    raise Bad(N_("expected a day as YYYY-MM-DD"))


def slug(text: str) -> str:
    """An id as it is."""
    if not ID.fullmatch(text) or len(text) > 120:
        raise Bad(N_("expected an id"))
    return text


def choice(*choices: str) -> Callable[[str], str]:
    """A reader of one of the choices."""

    def read(text: str) -> str:
        if text not in choices:
            raise Bad(N_("expected {choices}"), choices=choices)
        return text

    return read


def flag(text: str) -> bool:
    """0 or 1."""
    return choice("0", "1")(text) == "1"


def words(text: str) -> str:
    """Free text of one line."""
    text = plain(text)
    if len(text) > MAX_WORDS:
        raise Bad(N_("expected at most {n} characters, got {given}"), n=MAX_WORDS, given=len(text))
    return text


def version(text: str) -> str:
    """A version of the data."""
    if not VERSION.fullmatch(text):
        raise Bad(N_("expected a version such as 1.0.0"))
    return text


def number(low: int, high: int) -> Callable[[str], float]:
    """A reader of decimal numbers within bounds."""

    def read(text: str) -> float:
        if not NUMBER.fullmatch(text) or not low <= float(text) <= high:
            raise Bad(N_("expected a number from {low} to {high}"), low=low, high=high)
        return float(text)

    return read


def plain(text: str) -> str:
    """Text with every run of blanks and control characters as one blank, none at its ends."""
    return BLANKS.sub(" ", text).strip(" ")


def rounded(places: int) -> Callable[[float | None], float | None]:
    """Rounds half up, as JavaScript's Math.round, so that both languages write the same digits."""

    def tidy(value: float | None) -> float | None:
        return None if value is None else floor(value * 10**places + 0.5) / 10**places

    return tidy


def ids(value: Iterable[str]) -> tuple[str, ...]:
    """Sorted, each once."""
    return tuple(sorted(set(value)))


def shown(value: Any) -> str:
    """The value as the query string has it, before quoting."""
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)
