"""Sums over the made-up record, added by hand."""

from pathlib import Path

import pandas as pd
import pytest

from serval.record import load
from serval.selection import Selection


@pytest.fixture(scope="module")
def small():
    return load(Path(__file__).resolve().parents[1] / "fixtures" / "record")


def sums(frame: pd.DataFrame) -> list[int | None]:
    """low, best, high, rows, without_best of a frame's one row."""
    (row,) = frame[["low", "best", "high", "rows", "without_best"]].astype(object).values.tolist()
    return [None if pd.isna(value) else value for value in row]


def total(view, kind: str, of: str | None = None) -> list[int | None]:
    rows = view.totals[view.totals["kind"] == kind]
    return sums(rows[rows["of"].isna()] if of is None else rows[rows["of"] == of])


def lost(view, actor: str, direction: str, kind: str = "killed") -> list[int | None]:
    rows = view.losses
    return sums(rows[(rows["actor"] == actor) & (rows["direction"] == direction) & (rows["kind"] == kind)])


def test_lows_bests_and_highs_are_added_apart(small):
    view = small.select(Selection())
    # 5/11/20, 40/–/100, 4, 10/15/30, 1, 0/8/12 and 1/1/2; the claim of 60 counts in no total.
    assert total(view, "killed") == [61, 40, 169, 7, 1]
    assert total(view, "killed", "green") == [5, 11, 20, 1, 0]
    assert total(view, "wounded") == [2, 2, 2, 1, 0]


def test_a_sum_without_any_best_has_none(small):
    view = small.select(Selection())
    assert total(view, "killed", "red_a") == [40, None, 100, 1, 1]
    assert total(view, "captured") == [7, None, 7, 1, 1]
    assert view.without_best["event"].tolist() == ["2013-01-10-fight-for-konna", "2013-01-20-konna-retaken"]


def test_a_lone_best_is_both_ends(small):
    assert total(small.select(Selection()), "killed", "folk") == [4, 4, 4, 1, 0]


def test_kinds_that_say_how_many_there_are_have_no_total(small):
    view = small.select(Selection())
    assert {"displaced", "percent"} <= set(view.figures["kind"])
    assert not {"displaced", "percent"} & set(view.totals["kind"])


def test_events_that_give_no_figure_are_counted(small):
    view = small.select(Selection())
    killed = view.totals[(view.totals["kind"] == "killed") & view.totals["of"].isna()]
    assert (view.n, killed["events"].item(), killed["events_without_figure"].item()) == (10, 3, 7)
    assert view.events_without_figure == 6


def test_only_what_was_known_is_added(small):
    konna = Selection(place=("konna",), known="2013-01-15")
    assert total(small.select(konna), "killed") == [9, 15, 24, 2, 0]
    assert total(small.select(konna.with_(known="2013-03-01")), "killed") == [49, 15, 124, 3, 1]


def test_losses_suffered_are_the_actors_own(small):
    view = small.select(Selection())
    assert lost(view, "red_a", "suffered") == [40, None, 100, 1, 1]
    assert lost(view, "blue_air", "suffered", "wounded") == [2, 2, 2, 1, 0]


def test_losses_inflicted_are_those_of_targets_and_victims(small):
    view = small.select(Selection())
    assert lost(view, "red_a", "inflicted") == [9, 15, 24, 2, 0]
    assert lost(view, "blue_air", "inflicted") == [10, 15, 30, 1, 0]
    assert lost(view, "blue_pilots", "inflicted") == [0, 8, 12, 1, 0]
    assert lost(view, "blue", "inflicted", "captured") == lost(view, "green", "inflicted", "captured")
    began = view.losses[view.losses["direction"] == "inflicted"]["actor"]
    assert not {"red_b", "folk"} & set(began)


def test_no_event_has_no_sum(small):
    view = small.select(Selection(place=("nowhere",)))
    assert (view.n, len(view.totals), len(view.losses), view.events_without_figure) == (0, 0, 0, 0)
    assert list(view.totals.columns) == list(small.select(Selection()).totals.columns)
    assert view.totals.dtypes.equals(small.select(Selection()).totals.dtypes)
