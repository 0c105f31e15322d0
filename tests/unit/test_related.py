"""What surrounds an event: histories, events near it, and the ones before and after."""

from pathlib import Path

import pytest

from serval.record import load
from serval.related import MOST, beside, part_of, related
from serval.selection import Selection

GAO = "2013-01-25-gao-changes-hands"
WHOLE = Selection(from_="2012-01-01", to="2014-12-31")


@pytest.fixture(scope="module")
def small():
    return load(Path(__file__).resolve().parents[1] / "fixtures" / "record")


def test_the_history_of_its_town_marks_the_event(small):
    [town] = related(small.select(WHOLE), GAO, "en").histories
    assert town.name == "Gao"
    assert [turn.ref.event["id"] for turn in town.turns if turn.this] == [GAO]
    days = [turn.ref.event["date_start"] for turn in town.turns]
    assert days == sorted(days)
    assert len(town.turns) == len(small.changes[small.changes["place"] == "gao"])


def test_with_a_day_of_knowledge_later_changes_are_left_out(small):
    whole = related(small.select(WHOLE), GAO, "en").histories[0].turns
    early = related(small.select(WHOLE.with_(known="2013-01-25")), GAO, "en").histories
    assert sum(len(town.turns) for town in early) < len(whole)


def test_before_and_after_by_date(record):
    view = record.select(WHOLE)
    ids = view.events["id"].tolist()
    found = beside(view, ids[5], "en")
    assert (found.before.event["id"], found.after.event["id"]) == (ids[4], ids[6])
    assert (found.number, found.n) == (6, len(ids))
    assert beside(view, ids[0], "en").before is None
    assert beside(view, ids[-1], "en").after is None


def test_an_event_outside_the_view_stands_between_its_neighbours(record):
    view = record.select(Selection(place=("gao",)))
    found = beside(view, "2013-01-28-timbuktu-retaken", "en")
    assert found.number is None
    assert found.before.event["date_start"] <= "2013-01-28" <= found.after.event["date_start"]


def test_what_is_near_is_within_seven_days_and_shares_place_or_actor(record):
    view = record.select(WHOLE)
    places = record.event_places.groupby("event")["place"].agg(set)
    actors = record.event_actors.groupby("event")["actor"].agg(set)
    for event in record.events["id"][::23]:
        found = related(view, event, "en")
        for around, shared in ((found.same_place, places), (found.same_actors, actors)):
            assert len(around.refs) == min(MOST, around.n)
            for ref in around.refs:
                other = ref.event
                assert other["id"] != event
                assert shared[event] & shared[other["id"]]
                assert other["date_start"] <= around.to
                assert other["date_end"] >= around.from_
        told = [ref.event["id"] for ref in (*found.same_place.refs, *found.same_actors.refs)]
        assert len(told) == len(set(told))


def test_an_event_of_the_whole_country_has_no_place_to_share(record):
    country = record.events[record.events["geo_precision"] == "country"]["id"].iloc[0]
    assert related(record.select(WHOLE), country, "en").same_place.n == 0


def test_the_events_of_an_actor_stand_once_with_every_part(record):
    rows = part_of(record, "mujao", "en")
    ids = [ref.event["id"] for ref, _ in rows]
    mine = record.event_actors[record.event_actors["actor"] == "mujao"]
    assert set(ids) == set(mine["event"])
    assert len(ids) == len(set(ids))
    assert sum(len(roles) for _, roles in rows) == len(mine)
