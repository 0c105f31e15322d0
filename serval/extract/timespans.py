"""Intervals of days: what a time is, months and weeks as spans, counts of units as steps."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from serval.extract.numbers import WORDS as NUMBER_WORDS

DAY = dt.timedelta(days=1)


MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}


MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}


WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}


@dataclass(frozen=True)
class When:
    """An interval of days: characters in the paragraph, first and last day, precision and how it was read.

    `later` is the other reading of a weekday or month: the next one. `relation` is '' or since, until,
    before, after.
    `told` marks one that leans on the date of the story so far (the day before, two days later).
    """

    start: int
    end: int
    first: dt.date
    last: dt.date
    precision: str
    rule: str
    later: tuple[dt.date, dt.date] | None = None
    relation: str = ""
    shift: int | None = None


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def week_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Monday to Sunday."""
    monday = day - DAY * day.weekday()
    return monday, monday + 6 * DAY


def make(
    match: re.Match[str], first: dt.date, last: dt.date, precision: str, rule: str, **more: object
) -> When:
    return When(match.start(), match.end(), first, last, precision, rule, **more)  # type: ignore[arg-type]


def near_year(month: int, published: dt.date) -> int:
    return published.year if month <= published.month else published.year - 1


def part_of(span: tuple[dt.date, dt.date], part: str) -> tuple[dt.date, dt.date]:
    first, last = span
    if not part:
        return span
    if part.startswith(
        ("early", "beginning", "start", "opening", "first", "the start", "the beginning", "the first")
    ):
        return first, first + 9 * DAY
    if part.startswith(("mid", "middle", "the middle")):
        return first + 9 * DAY, first + 19 * DAY
    if part.startswith("late"):
        return first + 19 * DAY, last
    return last - 6 * DAY, last


def count_of(word: str) -> int:
    if word.isdigit():
        return int(word)
    if word in ("a few", "several", "some"):
        return 3
    if word == "a couple of":
        return 2
    return NUMBER_WORDS.get(word, 1)


def step_of(count: int, unit: str) -> dt.timedelta:
    size = {"day": 1, "night": 1, "hour": 1 / 24, "week": 7, "fortnight": 14, "month": 30.4, "year": 365.25}[
        unit
    ]
    return dt.timedelta(days=round(count * size))


def story_unit(when: When, anchor: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of "that month" and the like, told on a story's day."""
    *early, unit = when.relation.split() or ["month"]
    if unit == "year":
        return dt.date(anchor.year, 1, 1), dt.date(anchor.year, 12, 31)
    if unit == "week":
        return week_of(anchor)
    return part_of(month_span(anchor.year, anchor.month), " ".join(early))
