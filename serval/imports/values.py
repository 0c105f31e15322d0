"""Single values of other people's files: days in many forms, numbers, coordinates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from serval.text import fold

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
EPOCH = date(1970, 1, 1).toordinal()
_TIME = r"(?:[T ]+\d{1,2}:.*)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_PLAIN = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NUMBERS = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d\d){_TIME}")
_NAMED = re.compile(r"(\d{1,2})(?:er)?[-/. ]+([^\W\d]+)[-/., ]+(\d{4}|\d\d)")
_AMERICAN = re.compile(r"([^\W\d]+)\.? +(\d{1,2}),? +(\d{4})")
_MONTHS = {
    name: n
    for n, names in enumerate(
        ("jan", "feb fev", "mar", "apr avr", "may mai", "jun juin", "jul juil", "aug aou", "sep", "oct",
         "nov", "dec"), 1)
    for name in names.split()
}  # fmt: skip
_WHOLE = re.compile(r"\d{1,9}(\.0+)?")


@dataclass
class Days:
    """Reads days; `order` says what 05/02/2013 means. Equal texts are read once."""

    order: str = DAY_FIRST
    read: dict[str, int | None] = field(default_factory=dict)

    def get(self, text: str) -> int | None:
        """Days since 1970-01-01; None for what is no day."""
        try:
            return self.read[text]
        except KeyError:
            return self.read.setdefault(text, self._day(text.strip()))

    def _day(self, text: str) -> int | None:
        try:
            year, month, day = self._parts(text)
            return date(year, month, day).toordinal() - EPOCH
        except ValueError:
            return None

    def _parts(self, text: str) -> tuple[int, int, int]:
        if found := _ISO.fullmatch(text) or _PLAIN.fullmatch(text):
            return int(found[1]), int(found[2]), int(found[3])
        if found := _NUMBERS.fullmatch(text):
            first, second = int(found[1]), int(found[2])
            day, month = (first, second) if self.order == DAY_FIRST else (second, first)
            return _year(found[3]), month, day
        if found := _NAMED.fullmatch(text):
            return _year(found[3]), _month(found[2]), int(found[1])
        if found := _AMERICAN.fullmatch(text):
            return int(found[3]), _month(found[1]), int(found[2])
        raise ValueError(text)


def is_numbers(text: str) -> bool:
    """Whether it is a day whose order of day and month must be known, such as 05/02/2013."""
    return _NUMBERS.fullmatch(text.strip()) is not None


def orders(texts: Iterable[str]) -> dict[str, str]:
    """The orders that such days prove, each with the first that proves it: 25/01/2013 is day-first."""
    found: dict[str, str] = {}
    for text in texts:
        parts = _NUMBERS.fullmatch(text.strip())
        if parts and int(parts[1]) > 12:
            found.setdefault(DAY_FIRST, text)
        if parts and int(parts[2]) > 12:
            found.setdefault(MONTH_FIRST, text)
    return found


def degrees(text: str, most: int) -> float | None:
    """A coordinate; None for what is none. A decimal comma is one, as spreadsheets write it."""
    try:
        value = float(text if "," not in text else text.replace(",", ".", 1))
    except ValueError:
        return None
    return value if -most <= value <= most else None


def count(text: str) -> int | None:
    """A number of people; None for what is none."""
    return int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) - (100 if int(text) > 68 else 0)


def _month(name: str) -> int:
    folded = fold(name)
    found = _MONTHS.get(folded[:4]) or _MONTHS.get(folded[:3])
    if not found:
        raise ValueError(name)
    return found
