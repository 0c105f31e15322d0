"""Expressions of time as intervals of days."""

import datetime as dt

import pytest

from serval.extract import temporal, text, told, when
from serval.extract.text import fold

PUBLISHED = dt.date(2013, 2, 22)  # a Friday


def first(words: str) -> tuple[str, str]:
    found = temporal.find(fold(words), PUBLISHED)[0]
    return found.first.isoformat(), found.last.isoformat()


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
        ("at the end of the month", "2013-02-22", "2013-02-28"),
        ("three weeks of air raids", "2013-02-01", "2013-02-22"),
        ("in December", "2012-12-01", "2012-12-31"),
        ("from 28 January to 3 February", "2013-01-28", "2013-02-03"),
        ("January 28 - February 3", "2013-01-28", "2013-02-03"),
        ("between December and January", "2012-12-01", "2013-01-31"),
        ("between Thursday and Monday", "2013-02-14", "2013-02-18"),
        ("in the night of Wednesday to Thursday", "2013-02-20", "2013-02-21"),
        ("in the night of 17 January", "2013-01-17", "2013-01-18"),
        ("in the night of June 7 to 8", "2012-06-07", "2012-06-08"),
        ("on the last day of January", "2013-01-31", "2013-01-31"),
        ("in the first week of February", "2013-02-01", "2013-02-07"),
        ("in the second half of January", "2013-01-15", "2013-01-31"),
        ("in the last days of January", "2013-01-25", "2013-01-31"),
        ("in late January", "2013-01-20", "2013-01-31"),
        ("on Christmas Day", "2012-12-25", "2012-12-25"),
        ("stepped in last month", "2013-01-01", "2013-01-31"),
        ("over the past 48 hours", "2013-02-20", "2013-02-22"),
        ("earlier this month", "2013-02-01", "2013-02-22"),
        ("later this year", "2013-02-22", "2013-12-31"),
        ("late last year", "2012-09-01", "2012-12-31"),
        ("earlier this week", "2013-02-18", "2013-02-22"),
        ("last week", "2013-02-11", "2013-02-17"),
        ("on Thursday of last week", "2013-02-14", "2013-02-14"),
        ("for the third day running", "2013-02-20", "2013-02-22"),
        ("a week ago", "2013-02-14", "2013-02-16"),
        ("about two weeks ago", "2013-02-05", "2013-02-11"),
        ("three months ago", "2012-11-01", "2012-11-30"),
        ("a year ago", "2012-02-08", "2012-03-09"),
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
    (found,) = temporal.find("on monday", PUBLISHED)
    assert found.first == dt.date(2013, 2, 18)
    assert found.later == (dt.date(2013, 2, 25),) * 2


def test_since_and_until_are_kept():
    assert [w.relation for w in temporal.find("since april and until june 2013", PUBLISHED)] == [
        "since",
        "until",
    ]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("the day before", -1, -1),
        ("the next day", 1, 1),
        ("the following night", 0, 1),
        ("that same day", 0, 0),
        ("three days earlier", -3, -3),
        ("a week later", 6, 8),
        ("days later", 1, 7),
        ("in the weeks before", -28, -7),
        ("half an hour later", 0, 0),
        ("hours after", 0, 0),
        ("at dawn", 0, 0),
        ("during the night", -1, 0),
    ],
)
def test_a_time_that_leans_counts_from_the_day_of_the_story(words: str, start: int, end: int):
    (found,) = temporal.find(words, PUBLISHED)
    assert found.shift is not None
    assert ((found.first - PUBLISHED).days, (found.last - PUBLISHED).days) == (start, end)


def test_an_hour_beside_a_named_day_is_no_time_of_its_own():
    assert [w.rule for w in temporal.find("before dawn on saturday", PUBLISHED)] == ["weekday"]


def filed(line: str) -> dt.date:
    return when.filed(text.from_text(line + " French troops took the town yesterday."), PUBLISHED)


@pytest.mark.parametrize(
    "line", ["BAMAKO, 20 February (Agency) –", "BAMAKO, Feb 20 (Agency) -", "GAO, Mali, 20 February 2013 —"]
)
def test_the_line_at_the_head_says_from_which_day_a_text_counts(line: str):
    assert filed(line) == dt.date(2013, 2, 20)


@pytest.mark.parametrize("line", ["BAMAKO, 20 January –", "BAMAKO –", "Some 20 men left -", ""])
def test_another_day_or_no_day_at_the_head_leaves_the_day_of_publication(line: str):
    assert filed(line) == PUBLISHED


def days(story: str, kind: str) -> tuple[str, str]:
    events = told.proposals(text.from_text(story), PUBLISHED)["events"]
    (found,) = [e for e in events if e["event_type"] == kind]
    return found["date_start"], found["date_end"]


@pytest.mark.parametrize(
    ("story", "kind", "start", "end"),
    [
        (
            "On 15 February rebels attacked Konna. The next day French troops recaptured Gao.",
            "town_retaken",
            "2013-02-16",
            "2013-02-16",
        ),
        ("French troops recaptured Gao the same evening.", "town_retaken", "2013-02-16", "2013-02-22"),
        (
            "Soldiers close to the leaders of the 2012 coup recaptured Konna.",
            "town_retaken",
            "2013-02-16",
            "2013-02-22",
        ),
        (
            "The army said on Tuesday that Konna was under its control.",
            "town_retaken",
            "2013-02-19",
            "2013-02-19",
        ),
        ("MUJAO has controlled Gao since June 2012.", "town_captured", "2012-06-01", "2012-06-30"),
    ],
)
def test_a_time_dates_the_clause_that_it_belongs_to(story: str, kind: str, start: str, end: str):
    assert days(story, kind) == (start, end)
