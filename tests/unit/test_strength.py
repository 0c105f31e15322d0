"""Troops: one curve is of one kind and one scope; what a day's counts say together."""

from itertools import pairwise

import pytest

from serval import strength
from serval.figures import troops as drawn
from serval.lookup import Lookup, plain
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
        assert len({(row["scope"], row["unit"]) for row in lane.curve}) <= 1
        if lane.curve and lane.curve[0]["scope"] in strength.LOCAL:
            assert len({row["place"] for row in lane.curve}) == 1, "two towns are no change of one number"


def test_garrisons_of_several_towns_are_no_curve(record: Record):
    army = Lookup.of(record).troops["mali_army"]
    towns = {row["place"] for row in army if row["kind"] == "deployed" and row["scope"] == "town"}
    assert len(towns) > 1
    assert len({row["place"] for row in strength.strength_curve(army)}) == 1


def test_every_side_of_the_view_has_a_lane(record: Record, lanes):
    actors = Lookup.of(record).actors
    view = record.select(Selection())
    assert {lane.side for lane in lanes[0]} == {actors[id]["side"] for id in view.troops["actor"]}


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
    ends = {lane.until for lane in shown if lane.until}
    assert "2013-07-01" in ends, "a force that was dissolved"
    for trace in figure["data"]:
        assert len(trace["x"]) == len(trace["y"])
        if trace["mode"] == "lines" and "fill" not in trace and trace.get("name") != "ranges":
            pairs = list(zip(trace["x"], trace["y"], strict=True))
            for (x1, y1), (x2, y2) in pairwise(pairs):
                assert x1 == x2 or y1 == y2, "a slope between two reports"


def test_a_long_name_stands_in_two_lines_beside_its_lane(record: Record):
    view = record.select(Selection(from_="2013-01-10", to="2013-02-10"))
    shown, _ = strength.lanes(view, "fr")
    hover = {row["id"]: "said" for lane in shown for row in (*lane.curve, *lane.others)}
    figure = drawn.figure(shown, "light", ("2013-01-10", "2013-02-10"), "2013-02-10", hover, str)
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert "<b>Groupes<br>djihadistes</b>" in texts
    assert max(len(line) for text in texts[::2] for line in text[3:-4].split("<br>")) <= drawn.NAME


def test_french_strength_around_20_january_has_its_rivals(record: Record):
    view = record.select(Selection(from_="2013-01-18", to="2013-01-22", actor=("france",)))
    (lane,), _ = strength.lanes(view, "fr")
    around = [row for row in (*lane.curve, *lane.others) if row["date"] == "2013-01-19"]
    assert len(around) >= 2
    assert len({row["source"] for row in around}) >= 2


def test_no_line_goes_on_after_the_actor_has_ceased_to_be(lanes):
    lane = next(lane for lane in lanes[0] if lane.actor == "afisma")
    hover = {row["id"]: "said" for row in (*lane.curve, *lane.others)}
    figure = drawn.figure([lane], "dark", ("2012-12-20", "2013-08-31"), "2013-01-31", hover, str)
    lines = [trace for trace in figure["data"] if trace["mode"] == "lines"]
    last = max(row["date"] for row in lane.curve)
    assert max(day for trace in lines for day in trace["x"] if day and "name" not in trace) == max(
        lane.until, last
    )


def test_a_row_without_a_best_has_no_mark_for_one_and_every_range_is_drawn(lanes):
    for lane in lanes[0]:
        rows = [*lane.curve, *lane.others]
        hover = {row["id"]: "said" for row in rows}
        figure = drawn.figure([lane], "light", ("2012-12-20", "2013-08-31"), "2013-01-31", hover, str)
        ranges, marks = figure["data"][-2:]
        assert [symbol == "line-ew" for symbol in marks["marker"]["symbol"]] == [
            row["best"] is None for row in rows
        ]
        given = [(min(strength.numbers(row)), max(strength.numbers(row))) for row in rows]
        ends = list(zip(ranges["y"][::3], ranges["y"][1::3], strict=True))
        assert ends == [(low, high) for low, high in given if low < high]
        assert ranges["x"][::3] == ranges["x"][1::3]
        assert len(set(zip(marks["x"], marks["y"], strict=True))) == len(rows), "one mark hides another"


def test_rivals_are_of_one_actor_kind_and_unit_and_of_other_sources(record: Record):
    groups = strength.rivals(plain(record.troops))
    for group in groups:
        assert len({(row["actor"], row["kind"], row["unit"]) for row in group}) == 1
        assert len({row["source"] for row in group}) > 1
    ids = [row["id"] for group in groups for row in group]
    assert len(ids) == len(set(ids))
    told = [(group[0]["actor"], group[0]["date"], {row["best"] for row in group}) for group in groups]
    assert ("chad", "2013-01-31", {1400, 1800}) in told
    assert ("france", "2013-01-19", {2800, 2900}) in told
