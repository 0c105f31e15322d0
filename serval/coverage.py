"""How much was reported when: the sources of a view by week and month, and how many are independent voices.

A time of few sources is one of little reporting, or of reports that the record does not have; it need not be
one in which little happened. Two reprints of one wire are one voice, as everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from serval.lookup import plain
from serval.selection import Selection

if TYPE_CHECKING:
    from serval.record import Record
    from serval.view import View

WEEK = timedelta(days=7)
FILTERS = ("actor", "role", "family", "type", "place", "region", "status", "q", "known")


@dataclass(frozen=True)
class Span:
    """One week or month from its first day on: events that begin in it, how many of them rest on a single
    voice; sources published in it, and independent voices among them."""

    start: str
    events: int
    single: int
    sources: int
    voices: int


@dataclass(frozen=True)
class Coverage:
    """All weeks and months of the record. Of the days shown: sources, voices, weeks touched and those of them
    that are silent, without a source. Sources without a date; sources of after the record's last day."""

    weeks: list[Span]
    months: list[Span]
    sources: int
    voices: int
    touched: int
    silent: int
    undated: int
    later: int


def coverage(view: View) -> Coverage:
    """The coverage of the record's whole time under the view's other filters."""
    chosen, index = view.selection, view.index
    filters = {name: getattr(chosen, name) for name in FILTERS}
    whole = _whole(view.record, Selection(from_=index.first, to=index.last, **filters))
    here = [voice for day, voice in whole.sources if chosen.from_ <= day <= chosen.to]
    first = _monday(chosen.from_)
    touched = [week for week in whole.weeks if first <= week.start <= chosen.to]
    return Coverage(
        weeks=whole.weeks,
        months=whole.months,
        sources=len(here),
        voices=len(set(here)),
        touched=len(touched),
        silent=sum(week.sources == 0 for week in touched),
        undated=whole.undated,
        later=sum(day > index.last for day, _ in whole.sources),
    )


class Whole(NamedTuple):
    """What does not change with the days shown. `sources`: day and voice of each that is dated."""

    weeks: list[Span]
    months: list[Span]
    sources: list[tuple[str, str]]
    undated: int


@lru_cache(maxsize=32)
def _whole(record: Record, chosen: Selection) -> Whole:
    view = record.select(chosen)
    published = plain(view.sources[["date", "independent"]])
    sources = [(row["date"], row["independent"]) for row in published if row["date"]]
    begun = plain(view.events[["date_start", "n_independent"]])
    events = [(row["date_start"], row["n_independent"]) for row in begun]
    return Whole(
        weeks=_spans(_weeks(chosen.from_, chosen.to), _monday, events, sources),
        months=_spans(_months(chosen.from_, chosen.to), _first, events, sources),
        sources=sources,
        undated=len(published) - len(sources),
    )


def _spans(
    starts: Iterable[str],
    start_of: Callable[[str], str],
    events: list[tuple[str, int]],
    sources: list[tuple[str, str]],
) -> list[Span]:
    voices, counts = defaultdict(list), defaultdict(list)
    for day, voice in sources:
        voices[start_of(day)].append(voice)
    for day, n in events:
        counts[start_of(day)].append(n)
    return [
        Span(start, len(counts[start]), counts[start].count(1), len(voices[start]), len(set(voices[start])))
        for start in starts
    ]


def _monday(day: str) -> str:
    given = date.fromisoformat(day)
    return str(given - timedelta(days=given.weekday()))


def _first(day: str) -> str:
    return f"{day[:7]}-01"


def _weeks(first: str, last: str) -> Iterable[str]:
    monday, end = date.fromisoformat(_monday(first)), date.fromisoformat(last)
    while monday <= end:
        yield str(monday)
        monday += WEEK


def _months(first: str, last: str) -> Iterable[str]:
    month = date.fromisoformat(_first(first))
    while str(month) <= last:
        yield str(month)
        month = date.fromisoformat(_first(str(month + timedelta(days=31))))
