"""Expressions of time as intervals of days."""

import datetime as dt

import pytest

from serval.extract import temporal
from serval.extract.text import fold

PUBLISHED = dt.date(2013, 2, 22)  # a Friday


def first(words: str) -> tuple[str, str]:
    when = temporal.find(fold(words), PUBLISHED)[0]
    return when.first.isoformat(), when.last.isoformat()


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("on 6 April 2012", "2012-04-06", "2012-04-06"),
        ("on January 11, 2013", "2013-01-11", "2013-01-11"),
        ("a Feb. 2 visit", "2013-02-02", "2013-02-02"),
        ("on January 11-12", "2013-01-11", "2013-01-12"),
        ("between 12 and 15 January", "2013-01-12", "2013-01-15"),
        ("the tenth of January", "2013-01-10", "2013-01-10"),
        ("the second Sunday in February", "2013-02-10", "2013-02-10"),
        ("on Thursday", "2013-02-21", "2013-02-21"),
        ("on Friday", "2013-02-22", "2013-02-22"),
        ("last Friday", "2013-02-15", "2013-02-15"),
        ("yesterday", "2013-02-21", "2013-02-21"),
        ("last night", "2013-02-21", "2013-02-22"),
        ("in March 2012", "2012-03-01", "2012-03-31"),
        ("in early January", "2013-01-01", "2013-01-10"),
        ("last month", "2013-01-01", "2013-01-31"),
        ("next month", "2013-03-01", "2013-03-31"),
        ("last year", "2012-01-01", "2012-12-31"),
        ("in 2012", "2012-01-01", "2012-12-31"),
        ("two days ago", "2013-02-20", "2013-02-20"),
        ("over the weekend", "2013-02-15", "2013-02-17"),
        ("at the end of the month", "2013-02-20", "2013-02-28"),
        ("three weeks of air raids", "2013-02-01", "2013-02-22"),
        ("in December", "2012-12-01", "2012-12-31"),
    ],
)
def test_a_time_is_an_interval(words: str, start: str, end: str):
    assert first(words) == (start, end)


@pytest.mark.parametrize(
    "words", ["troops may march on", "resolution 2085", "resolution 2100 of the council", "we sat down"]
)
def test_what_is_no_time_is_left_alone(words: str):
    assert temporal.find(fold(words), PUBLISHED) == []


def test_a_weekday_has_a_past_and_a_coming_reading():
    (when,) = temporal.find("on monday", PUBLISHED)
    assert when.first == dt.date(2013, 2, 18)
    assert when.later == (dt.date(2013, 2, 25),) * 2


def test_since_and_until_are_kept():
    assert [w.relation for w in temporal.find("since april and until june 2013", PUBLISHED)] == [
        "since",
        "until",
    ]
