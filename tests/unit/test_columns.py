"""What the browser gets once: the record's own values, by position."""

import gzip
from datetime import date, timedelta
from pathlib import Path

import orjson
import pandas as pd
import pytest

from serval import columns
from serval.record import load


@pytest.fixture(scope="module")
def small():
    return load(Path(__file__).resolve().parents[1] / "fixtures" / "record")


@pytest.fixture(scope="module", params=["made up", "whole"])
def either(request, small):
    return small if request.param == "made up" else load()


def iso(day: int) -> str:
    return str(date(1970, 1, 1) + timedelta(days=day))


def test_every_table_has_columns_of_one_length(either):
    built = columns.build(either)
    sizes = {
        "actors": len(either.actors),
        "places": len(either.places),
        "events": len(either.events),
        "control": len(either.changes),
    }
    for table, size in sizes.items():
        assert {len(column) for column in built[table].values()} == {size}, table
    assert len(columns.search(either)["text"]) == len(either.events)


def test_the_events_can_be_read_back(either):
    built = columns.build(either)
    events, terms = built["events"], built["terms"]
    frame = either.events
    assert events["id"] == frame["id"].tolist()
    assert list(map(iso, events["start"])) == frame["date_start"].tolist()
    assert list(map(iso, events["end"])) == frame["date_end"].tolist()
    for name, of, column in (
        ("type", "types", "type"),
        ("status", "statuses", "status"),
        ("geo", "geo", "geo_precision"),
        ("precision", "precisions", "date_precision"),
        ("side", "sides", "side"),
    ):
        assert [terms[of][i] for i in events[name]] == frame[column].tolist(), name
    places = [built["places"]["id"][i] for row in events["places"] for i in row]
    assert places == either.event_places["place"].tolist()
    cast = [(row[i], row[i + 1]) for row in events["actors"] for i in range(0, len(row), 2)]
    assert [(built["actors"]["id"][a], terms["roles"][r]) for a, r in cast] == list(
        zip(either.event_actors["actor"], either.event_actors["role"], strict=True)
    )


def test_the_changes_can_be_read_back(either):
    built = columns.build(either)
    names = {-1: "nobody", -2: "unknown", **dict(enumerate(built["actors"]["id"]))}
    table = built["control"]
    rows = {
        "place": [built["places"]["id"][i] for i in table["place"]],
        "event": [built["events"]["id"][i] for i in table["event"]],
        "date_start": [iso(day) for day in table["start"]],
        "date_end": [iso(day) for day in table["end"]],
        "holders_before": [";".join(names[i] for i in held) for held in table["before"]],
        "holders": [";".join(names[i] for i in held) for held in table["after"]],
    }
    for name, values in rows.items():
        assert values == either.changes[name].tolist(), name


def test_families_and_undated_sources(small):
    built = columns.build(small)
    ids = built["actors"]["id"]
    family = {id: {ids[i] for i in row} for id, row in zip(ids, built["actors"]["family"], strict=True)}
    assert family["red_a"] == {"red_a", "red_b", "red_c"}
    assert family["blue"] == {"blue", "blue_air", "blue_pilots"}
    assert family["gold"] == {"gold"}
    known = dict(zip(built["events"]["id"], map(iso, built["events"]["known"]), strict=True))
    assert known["2013-01-10-fight-for-konna"] == "2013-01-12"
    assert known["2013-08-11-vote"] == max(small.events["date_end"])


def test_it_is_json_and_missing_positions_are_minus_one(small):
    built = columns.build(small)
    assert orjson.loads(orjson.dumps(built)) == built
    regions = dict(zip(built["places"]["id"], built["places"]["region"], strict=True))
    assert regions["algiers"] == -1
    assert built["terms"]["regions"][regions["kidal"]] == "kidal"
    titles = dict(zip(built["events"]["id"], built["events"]["title_fr"], strict=True))
    assert titles["2013-08-11-vote"] == "A vote in the whole country"


def test_the_whole_record_weighs_little(record):
    built = columns.build(record)
    assert len(gzip.compress(orjson.dumps(built))) < 60_000
    assert not pd.isna(pd.Series(built["places"]["lat"])).any()
