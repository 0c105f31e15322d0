"""Rows by id, as plain values."""

from pathlib import Path

import orjson
import pandas as pd
import pytest

from serval.lookup import Lookup, grouped, localised, noted, plain, split
from serval.record import load


@pytest.fixture(scope="module")
def small():
    return load(Path(__file__).resolve().parents[1] / "fixtures" / "record")


@pytest.fixture(scope="module")
def look(small) -> Lookup:
    return Lookup.of(small)


def test_rows_are_plain_and_missing_is_none():
    frame = pd.DataFrame(
        {
            "name": pd.Series(["a", None], dtype="str"),
            "n": pd.Series([1, None], dtype="Int64"),
            "x": [0.5, float("nan")],
            "on": [True, False],
        }
    )
    assert plain(frame) == [
        {"name": "a", "n": 1, "x": 0.5, "on": True},
        {"name": None, "n": None, "x": None, "on": False},
    ]
    assert type(plain(frame)[0]["n"]) is int
    assert plain(frame.iloc[:0]) == []


def test_joined_cells():
    assert split("a;b") == ["a", "b"]
    assert split("a|b", "|") == ["a", "b"]
    assert split(None) == split("") == []


def test_a_note_says_which_language_it_is_in():
    both, english = {"note": "a stock", "note_fr": "un stock"}, {"note": "a stock", "note_fr": None}
    assert noted(both, "en") == noted(english, "en") == noted(english, "fr") == ("a stock", "en")
    assert noted(both, "fr") == ("un stock", "fr")
    assert noted({"note": None, "note_fr": None}, "fr") is None


def test_a_record_has_one_lookup(small, look):
    assert Lookup.of(small) is look


def test_every_row_is_found(small, look):
    for name in ("events", "actors", "places", "sources"):
        rows = getattr(look, name)
        assert list(rows) == getattr(small, name)["id"].tolist()
        assert orjson.loads(orjson.dumps(rows)) == rows
    for name, rows in look.parts.items():
        assert sum(map(len, rows.values())) == len(getattr(small, name))
    assert sum(map(len, look.changes.values())) == len(small.changes)
    assert sum(map(len, look.troops.values())) == len(small.troops)


def test_parts_are_in_the_curators_order(look):
    figures = look.parts["figures"]["2013-01-10-fight-for-konna"]
    assert [figure["rank"] for figure in figures] == [0, 1, 2, 3, 4]
    assert figures[2]["best"] is None
    sources = look.parts["event_sources"]["2013-01-20-konna-retaken"]
    assert [row["source"] for row in sources] == ["courrier-2013-01-20", "gazette-2013-01-12"]


def test_changes_and_troops_are_oldest_first(look):
    assert [row["date_start"] for row in look.changes["gao"]] == ["2012-04-01", "2013-01-25", "2013-01-27"]
    assert [row["low"] for row in look.troops["blue"]] == [100, 400]


def test_names_in_both_languages(look):
    assert (look.actor("gold", "en"), look.actor("gold", "fr")) == ("Golden Movement", "Mouvement doré")
    assert look.actor("nobody", "fr") == "nobody"
    assert (look.short("gold", "en"), look.short("gold", "fr")) == ("Gold", "Gold")
    assert (look.place("timbuktu", "en"), look.place("timbuktu", "fr")) == ("Timbuktu", "Tombouctou")
    assert (look.label("roles", "target", "en"), look.label("roles", "target", "fr")) == (
        "was its target",
        "cible",
    )


def test_what_has_no_french_stays_english():
    row = {"title": "Talks", "title_fr": None, "note": None}
    assert localised(row, "title", "fr") == "Talks"
    assert localised(row, "note", "fr") == ""
    assert localised({**row, "title_fr": "Pourparlers"}, "title", "fr") == "Pourparlers"
    assert localised({**row, "title_fr": "Pourparlers"}, "title", "en") == "Talks"


def test_grouping_keeps_the_order():
    rows = [{"k": "b", "n": 1}, {"k": "a", "n": 2}, {"k": "b", "n": 3}]
    assert grouped(rows, "k") == {"b": [rows[0], rows[2]], "a": [rows[1]]}
