"""Who held which made-up town on days that are hard to tell, and the record's own first days."""

from pathlib import Path

import pandas as pd
import pytest

from serval import control
from serval.record import load
from serval.selection import Selection

BLOCS = {"blue": "state", "green": "state", "red": "rebel", "gold": "gold"}


@pytest.fixture(scope="module")
def small():
    return load(Path(__file__).resolve().parents[1] / "fixtures" / "record")


def town(record, place: str, day: str, known: str | None = None) -> tuple[str | None, ...]:
    """(holders, before, state, event) as plain values."""
    frame = record.select(Selection(at=day, known=known)).holders.set_index("place")
    return tuple(None if pd.isna(value) else value for value in frame.loc[place])


@pytest.mark.parametrize(
    ("place", "day", "holders", "before", "state"),
    [
        ("gao", "2012-03-31", "unknown", None, "unknown"),
        ("gao", "2012-04-01", "red_a", "green", "held"),
        ("timbuktu", "2012-04-01", "unknown", None, "unknown"),
        ("timbuktu", "2012-04-02", "gold;red_a", "unknown", "changing"),
        ("timbuktu", "2012-04-09", "gold;red_a", "unknown", "changing"),
        ("timbuktu", "2012-04-10", "gold;red_a", "unknown", "contested"),
        ("timbuktu", "2013-02-27", "nobody", "gold;red_a", "changing"),
        ("timbuktu", "2013-02-28", "nobody", "gold;red_a", "nobody"),
        ("konna", "2013-01-19", "red_a", "green", "held"),
        ("konna", "2013-01-20", "blue;green", "red_a", "held"),
        ("gao", "2013-01-26", "blue", "red_a", "changing"),
        ("gao", "2013-01-27", "green", "blue", "held"),
        ("kidal", "2999-12-31", "red_c;gold", "unknown", "contested"),
    ],
)
def test_a_town_on_a_day(small, place, day, holders, before, state):
    assert town(small, place, day)[:3] == (holders, before, state)


def test_the_change_that_made_it_so_is_named(small):
    assert town(small, "gao", "2013-01-27")[3] == "2013-01-27-gao-handed-over"
    assert town(small, "gao", "2012-03-31")[3] is None


def test_what_was_not_known_does_not_count(small):
    assert town(small, "gao", "2013-02-20", known="2013-02-09")[0] == "unknown"
    assert town(small, "gao", "2013-02-20", known="2013-02-10")[0] == "blue"
    assert town(small, "gao", "2013-02-20", known="2013-03-01")[0] == "green"
    assert town(small, "gao", "2013-01-20", known="2013-03-01")[0] == "unknown"
    assert town(small, "gao", "2013-01-20", known="2014-05-01")[0] == "red_a"


def test_spells_of_a_town_with_imprecise_changes(small):
    spells = small.control[small.control["place"] == "timbuktu"].drop(columns="place").astype(object)
    assert spells.where(spells.notna(), None).values.tolist() == [
        ["unknown", "2012-04-01", "2012-04-01", "2012-04-01", None, False],
        ["gold;red_a", "2012-04-10", "2013-01-31", "2012-04-02", "2012-04-02-gold-and-red-in-timbuktu", True],
        ["nobody", "2013-02-28", "2013-09-05", "2013-02-01", "2013-02-01-timbuktu-left-empty", False],
    ]


def test_a_change_overtaken_before_it_was_sure_is_drawn_as_a_change_alone(small):
    spells = small.control[small.control["place"] == "gao"]
    assert spells[["holders", "changed_from", "start", "end"]].values.tolist() == [
        ["red_a", "2012-04-01", "2012-04-01", "2013-01-24"],
        ["blue", "2013-01-25", "2013-01-27", "2013-01-26"],
        ["green", "2013-01-27", "2013-01-27", "2013-09-05"],
    ]


@pytest.mark.parametrize(
    ("holders", "state"),
    [
        ("nobody", "nobody"),
        ("unknown", "unknown"),
        ("blue", "held"),
        ("blue;green", "held"),
        ("blue;red", "contested"),
        ("red;gold", "contested"),
        ("stranger", "held"),
    ],
)
def test_two_holders_contest_a_town_only_if_of_two_blocs(holders, state):
    assert control.state_of(holders, BLOCS) == state


def test_no_change_gives_no_town():
    names = ["place", "event", "date_start", "date_end", "holders_before", "holders"]
    none = pd.DataFrame({name: pd.Series([], dtype="str") for name in names})
    assert control.frame_of(control.towns_on(control.chains(none), BLOCS, "2013-01-01")).empty
    assert control.intervals(none, BLOCS).empty


def test_the_army_holds_the_north_from_the_first_day_for_which_it_is_stated(record):
    first = record.select(Selection(at="2012-01-16")).holders
    assert (first["holders"] == "mali_army").sum() == 18
    assert set(record.select(Selection(at="2012-01-15")).holders["state"]) == {"unknown"}


def test_spells_and_days_agree_over_the_whole_record(record):
    for day in ("2012-04-03", "2012-07-11", "2013-01-17", "2013-01-30", "2013-07-01", "2014-08-01"):
        towns = record.select(Selection(at=day)).holders.set_index("place")
        spells = record.control
        held = spells[(spells["start"] <= day) & (spells["end"] >= day)].set_index("place")
        changing = spells[(spells["changed_from"] <= day) & (spells["start"] > day)].set_index("place")
        for place, row in towns.iterrows():
            if row["state"] == "changing":
                assert changing.loc[[place], "holders"].iloc[-1] == row["holders"], (day, place)
            else:
                assert held.loc[place, "holders"] == row["holders"], (day, place)
                assert held.loc[place, "contested"] == (row["state"] == "contested"), (day, place)
