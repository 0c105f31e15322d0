"""Two days or two actors side by side: what is said of each is what its own view says."""

import pytest

from serval import compare
from serval.panels import town_lines
from serval.record import Record
from serval.selection import Selection

DAYS = Selection(at="2013-01-31", at2="2013-01-10")
ACTORS = Selection(actor=("france",), vs="mujao")


def test_towns_are_those_of_either_day_and_the_changed_come_first(record: Record):
    view = record.select(DAYS)
    pairs = compare.towns(view, "en")
    first = {line.id: line for line in town_lines(record.select(Selection(at="2013-01-31")), "en")}
    second = {line.id: line for line in town_lines(record.select(Selection(at="2013-01-10")), "en")}
    assert {pair.first.id: pair.first for pair in pairs} == first
    assert {pair.second.id: pair.second for pair in pairs} == second
    flags = [pair.differs for pair in pairs]
    assert flags == sorted(flags, reverse=True)
    assert {pair.first.id for pair in pairs if pair.differs} >= {"gao", "timbuktu", "kidal"}


def test_a_day_compared_with_itself_differs_in_nothing(record: Record):
    view = record.select(Selection(at="2013-01-31", at2="2013-01-31"))
    assert not any(pair.differs for pair in compare.towns(view, "fr"))
    assert compare.days(view, "fr")[0].difference == "0"


def test_events_are_counted_from_the_first_day_shown_to_each_day(record: Record):
    events = compare.days(record.select(DAYS), "en")[0]
    counts = [record.select(Selection(to=day)).n for day in ("2013-01-31", "2013-01-10")]
    assert [events.first, events.second] == [str(n) for n in counts]
    assert events.difference == f"−{counts[0] - counts[1]}"


def test_a_day_before_the_days_shown_has_no_events(record: Record):
    line = compare.days(record.select(Selection(at2="2012-02-01")), "en")[0]
    assert line.second == "0"


def test_actors_have_the_numbers_of_their_own_views(record: Record):
    lines = {line.label: line for line in compare.actors(record.select(ACTORS), "en")}
    one, two = (record.select(Selection(actor=(id,))) for id in ("france", "mujao"))
    assert (lines["Events"].first, lines["Events"].second) == (str(one.n), str(two.n))
    both = len(set(one.rows) & set(two.rows))
    assert lines["Events with both"].first == lines["Events with both"].second == str(both)
    assert both > 0
    row = next(row for row in two.actors.itertuples() if row.id == "mujao")
    assert lines["as target"].second == str(row.n_target)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_names_are_the_short_ones(record: Record, lang: str):
    assert compare.names(record.select(ACTORS), lang) == ("France", "MUJAO")
