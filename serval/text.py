"""Words: folding for search, the two languages, days and numbers in words."""

from __future__ import annotations

import gettext
import io
import re
import unicodedata
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALE = Path(__file__).parent / "locale"
_LETTERS = str.maketrans({"ـ": None, "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"})
_BETWEEN = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Text as search compares it: no case, no accents, no punctuation, one form of each Arabic letter.

    Hamza, vowel signs and tatweel go; alef, ya, kaf and ta marbuta have one form. `select.js` has the twin.
    """
    text = unicodedata.normalize("NFKD", text).lower()
    if not text.isascii():
        marks: dict[int, str | None] = {ord(c): None for c in set(text) if unicodedata.category(c) == "Mn"}
        text = text.translate(_LETTERS | marks)
    return _BETWEEN.sub(" ", text).strip()


class Translator:
    """The words of one language: call it with a message in English, as one does gettext's `_`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.colon = "\u202f:" if lang == "fr" else ":"
        self.semicolon = "\u202f;" if lang == "fr" else ";"
        self._catalog = _catalog(lang)

    def __call__(self, message: str) -> str:
        return self._catalog.gettext(message)

    def n(self, one: str, many: str, n: int) -> str:
        """The form of the message for a number, with the number in place of `{n}`."""
        return self._catalog.ngettext(one, many, n).replace("{n}", format_number(n, self.lang))

    def label(self, term: object) -> str:
        """The label of a word of the vocabulary."""
        return str(getattr(term, "label_fr" if self.lang == "fr" else "label"))


@lru_cache(maxsize=8)
def translator(lang: str) -> Translator:
    """The translator of `en` or `fr`; what has no translation stays English."""
    return Translator(lang)


def _catalog(lang: str) -> gettext.NullTranslations:
    path = LOCALE / lang / "LC_MESSAGES" / "serval.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=4096)
def format_day(iso: str, lang: str, pattern: str = "d MMMM y") -> str:
    """A day in words: 11 January 2013, 1er janvier 2013."""
    text = format_date(date.fromisoformat(iso), pattern, locale=lang)
    return re.sub(r"^1(?=\s|$)", "1er", text) if lang == "fr" else text


def format_partial(day: str, lang: str) -> str:
    """A day, month or year in words, as much of it as is known: 22 August 2013, August 2013, 2013."""
    pattern = {4: "y", 7: "MMMM y"}.get(len(day), "d MMMM y")
    return format_day(f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10], lang, pattern)


def format_days(start: str, end: str, lang: str, month: str = "MMMM") -> str:
    """A closed interval of days in words, what both ends share said once: 11–31 January 2013. `month`: MMM
    for its short name."""
    last = format_day(end, lang, f"d {month} y")
    if start == end:
        return last
    if start[:7] == end[:7]:
        return f"{format_day(start, lang, 'd')}–{last}"
    pattern = f"d {month}" if start[:4] == end[:4] else f"d {month} y"
    return f"{format_day(start, lang, pattern)} – {last}"


@lru_cache(maxsize=4096)
def format_number(n: int | float, lang: str) -> str:
    """A number with the language's separators: 1,400; 1 400."""
    return format_decimal(n, locale=lang)


def format_range(low: int | None, best: int | None, high: int | None, lang: str) -> str:
    """A number with its doubt: "25 (12–50)", "12–50", "at least 12", "up to 50"; empty where none given."""
    _ = translator(lang)
    low, best, high = map(_given, (low, best, high))
    spread = _spread(_, low, high)
    if best is None:
        return spread
    number = format_number(best, lang)
    return number if not spread or low == high == best else f"{number} ({spread})"


def _spread(_: Translator, low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return _("at least {n}").format(n=format_number(low or 0, _.lang))
    if low is None:
        return _("up to {n}").format(n=format_number(high, _.lang))
    shown = format_number(low, _.lang)
    return shown if low == high else f"{shown}–{format_number(high, _.lang)}"


def _given(n: int | None) -> int | None:
    """A count of a frame, whose missing values are `pd.NA` or NaN, as Python has it."""
    return None if pd.isna(n) else int(n)
