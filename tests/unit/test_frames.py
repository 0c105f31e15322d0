"""The frames have exactly the documented columns and dtypes, with rows and without."""

from pathlib import Path

import pandas as pd
import pytest

from serval import frames
from serval.record import Record, load

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "record"


@pytest.fixture(scope="module", params=["small", "whole"])
def any_record(request: pytest.FixtureRequest) -> Record:
    return load(SMALL) if request.param == "small" else load()


@pytest.mark.parametrize("name", frames.TABLES)
def test_columns_and_dtypes(any_record: Record, name: str):
    frame = getattr(any_record, name)
    assert {c: str(t) for c, t in frame.dtypes.items()} == {c.name: c.dtype for c in frames.TABLES[name]}
    assert frame.index.equals(pd.RangeIndex(len(frame)))


@pytest.mark.parametrize("name", frames.TABLES)
def test_a_frame_without_rows_has_the_same_columns(name: str):
    frame = frames.frame(name, [])
    assert {c: str(t) for c, t in frame.dtypes.items()} == {c.name: c.dtype for c in frames.TABLES[name]}


def test_every_column_is_explained_once():
    for columns in frames.TABLES.values():
        assert len({c.name for c in columns}) == len(columns)
        bare = [
            c.name for c in columns if len(c.description) < 4 or c.description == c.name.replace("_", " ")
        ]
        assert bare == []


def test_missing_is_empty_never_zero():
    small = load(SMALL)
    figure = small.figures[small.figures["event"] == "2012-04-01-red-takes-gao"].iloc[0]
    assert (figure["low"], figure["high"]) == (3, 9)
    assert pd.isna(figure["best"])
    troops = small.troops.set_index("id").loc["2013-01-12-blue-deployed"]
    assert (troops["low"], troops["high"]) == (100, 200)
    assert pd.isna(troops["best"])
    assert small.figures.set_index(["event", "rank"]).loc[("2013-02-19-clash-in-the-hills", 0), "low"] == 0


def test_events_are_in_order_and_drawn_where_they_may_be():
    small = load(SMALL)
    events = small.events
    order = events[["date_start", "id"]].apply(tuple, axis=1).tolist()
    assert order == sorted(order)
    vote = events.set_index("id").loc["2013-08-11-vote"]
    assert pd.isna(vote["lat"])
    assert pd.isna(vote["lon"])
    fight = events.set_index("id").loc["2013-01-10-fight-for-konna"]
    assert (fight["lat"], fight["lon"], fight["family"], fight["side"]) == (
        14.944,
        -3.89,
        "ground",
        "jihadist",
    )
    assert (fight["known_from"], fight["n_sources"], fight["n_independent"]) == ("2013-01-12", 2, 2)


def test_an_event_of_undated_sources_is_known_from_no_day():
    events = load(SMALL).events.set_index("id")
    assert pd.isna(events.loc["2013-08-11-vote", "known_from"])
    assert events.loc["2012-12-15-talks-in-algiers", "known_from"] == "2014-05-01"


def test_the_side_is_the_first_initiators_else_the_first_actors():
    events = load(SMALL).events.set_index("id")
    assert events.loc["2012-12-15-talks-in-algiers", "side"] == "tuareg_nationalist"
    assert events.loc["2013-01-18-strikes-in-two-towns", "side"] == "intervention_coalition"


def test_parts_keep_the_curators_order(any_record: Record):
    for name in ("event_places", "event_actors", "event_sources", "figures"):
        frame = getattr(any_record, name)
        ranks = frame.groupby("event")["rank"].apply(list)
        assert all(r == [*range(len(r))] for r in ranks)
        assert set(frame["event"]) <= set(any_record.events["id"])


def test_lists_are_joined():
    small = load(SMALL)
    assert small.actors.set_index("id").loc["red_a", "aliases"] == "الجبهة الحمراء|Frönt Rouge"
    assert small.places.set_index("id").loc["timbuktu", "alt_names"] == "تُمبكتو|Timbuctú"
    changes = small.changes.set_index("event")
    assert changes.loc["2013-01-20-konna-retaken", "holders"] == "blue;green"
    assert changes.loc["2013-02-01-timbuktu-left-empty", ["holders_before", "holders"]].tolist() == [
        "gold;red_a", "nobody",
    ]  # fmt: skip
