"""Troops: one curve is of one kind and one scope; what a day's counts say together."""

from itertools import pairwise

import pytest

from serval import strength
from serval.figures import troops as drawn
from serval.record import Record
from serval.selection import Selection


@pytest.fixture(scope="module")
def lanes(record: Record):
    return strength.lanes(record.select(Selection()), "en")


def count(day: str, low, best, high, status="confirmed"):
    return {"date": day, "low": low, "best": best, "high": high, "status": status}


def test_counts_of_one_day_keep_every_end_and_the_surest_best():
    rows = [
        count("2013-01-20", 2000, 2000, 2000, "disputed"),
        count("2013-01-20", None, 2150, None),
        count("2013-01-15", 1700, None, 1800, "reported"),
    ]
    assert strength.by_day(rows) == [
        strength.Day("2013-01-15", 1700, None, 1800),
        strength.Day("2013-01-20", 2000, 2150, 2150),
    ]


def test_a_curve_never_mixes_kinds_or_scopes(lanes):
    for lane in lanes[0]:
        assert {row["kind"] for row in lane.curve} <= {"deployed"}
        assert len({row["scope"] for row in lane.curve}) <= 1


def test_every_figure_of_the_view_is_in_one_lane_or_named_as_left_out(record: Record, lanes):
    shown, left = lanes
    view = record.select(Selection())
    drawn_ids = [row["id"] for lane in shown for row in (*lane.curve, *lane.others)]
    assert len(drawn_ids) == len(set(drawn_ids))
    told = view.troops[view.troops["actor"].isin([lane.actor for lane in shown])]
    assert set(drawn_ids) == set(told["id"])
    assert len(shown) + len(left) == view.troops["actor"].nunique()


def test_the_line_is_steps_and_every_count_a_mark(lanes):
    shown = lanes[0]
    hover = {row["id"]: "said" for lane in shown for row in (*lane.curve, *lane.others)}
    figure = drawn.figure(
        shown, "light", ("2012-12-20", "2013-08-31"), "2013-01-31", hover, "up to {:,}".format
    )
    marks = [id for trace in figure["data"] if trace["mode"] == "markers" for id in trace["customdata"]]
    assert sorted(marks) == sorted(hover)
    for trace in figure["data"]:
        assert len(trace["x"]) == len(trace["y"])
        if trace["mode"] == "lines" and "fill" not in trace:
            pairs = list(zip(trace["x"], trace["y"], strict=True))
            for (x1, y1), (x2, y2) in pairwise(pairs):
                assert x1 == x2 or y1 == y2, "a slope between two reports"


def test_french_strength_around_20_january_has_its_rivals(record: Record):
    view = record.select(Selection(from_="2013-01-18", to="2013-01-22", actor=("france",)))
    (lane,), _ = strength.lanes(view, "fr")
    around = [row for row in (*lane.curve, *lane.others) if row["date"] == "2013-01-19"]
    assert len(around) >= 2
    assert len({row["source"] for row in around}) >= 2
