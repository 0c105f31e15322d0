"""Losses divided: sums by month and claimant are those of plain loops, and every figure is a row."""

import pytest

from serval import lossrows, totals
from serval.figures import losses as drawn
from serval.record import Record
from serval.selection import Selection
from serval.summary import total_range

QUERIES = [
    "",
    "actor=mujao",
    "from=2012-01-01&to=2014-12-31",
    "known=2013-03-01",
    "place=gao&status=disputed",
]


def by_hand(record: Record, view, group_of) -> dict:
    """(group, kind) -> [low, best, high] by loops over the frame."""
    loss = {kind.id for kind in record.vocabulary.figure_kinds if kind.loss}
    first = dict(zip(record.events["id"], record.events["date_start"], strict=True))
    sums: dict = {}
    for row in view.figures.astype(object).where(view.figures.notna(), None).to_dict("records"):
        if row["kind"] not in loss or not row["counts_in_total"]:
            continue
        ends = [n for n in (row["low"], row["best"], row["high"]) if n is not None]
        told = sums.setdefault((group_of(row, first), row["kind"]), [0, 0, 0])
        told[0] += row["low"] if row["low"] is not None else row["best"] or 0
        told[1] += row["best"] or 0
        told[2] += row["high"] if row["high"] is not None else max(ends)
    return sums


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("key", ["month", "claimant"])
def test_sums_are_those_of_loops(record: Record, query: str, key: str):
    view = record.select(Selection.parse(query))
    found = totals.losses_by(view.index, view.shown, view.known, key)
    groups = {
        "month": lambda row, first: first[row["event"]][:7],
        "claimant": lambda row, first: row["claimed_by"] or "",
    }
    wanted = by_hand(record, view, groups[key])
    assert {(row.group, row.kind): [row.low, row.high] for row in found.itertuples()} == {
        group: [low, high] for group, (low, _, high) in wanted.items()
    }
    for row in found.itertuples():
        if not row.without_best:
            assert row.best == wanted[row.group, row.kind][1]


@pytest.mark.parametrize("split", lossrows.SPLITS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_best_is_drawn_where_a_figure_has_none(record: Record, split, lang: str):
    view = record.select(Selection(from_="2012-01-01", to="2014-12-31"))
    lines = lossrows.lines(view, split, lang)
    kinds = {kind.id: kind.label for kind in record.vocabulary.figure_kinds if kind.loss}
    figure = drawn.figure(
        lines, kinds, "dark", split, lambda row: total_range(row, lang), lambda line, kind: line.label
    )
    bars, bests, _, ground = figure["data"][:4]
    assert [line for line, *_ in ground["customdata"]] == [
        f"{split}:{line.id}" for line in lines if "killed" in line.sums
    ]
    sure = [
        i for i, line in enumerate(lines) if "killed" in line.sums and not line.sums["killed"]["without_best"]
    ]
    assert bests["y"] == sure
    assert len(bars["y"]) == sum("killed" in line.sums for line in lines)
    for base, width, i in zip(bars["base"], bars["x"], bars["y"], strict=True):
        row = lines[i].sums["killed"]
        assert (base, base + width) == (row["low"], row["high"])


def test_months_are_in_order(record: Record):
    ids = [line.id for line in lossrows.lines(record.select(Selection()), "month", "fr")]
    assert ids == sorted(ids)


def test_every_loss_is_a_row_and_rivals_say_why_they_are_not_added(record: Record):
    view = record.select(Selection())
    loss = {kind.id for kind in record.vocabulary.figure_kinds if kind.loss}
    figures = view.figures[view.figures["kind"].isin(loss)]
    rows = lossrows.rows(view, "en")
    assert len(rows) == len(figures)
    assert sum(not row.why_not for row in rows) == int(figures["counts_in_total"].sum())
    assert [row.day for row in rows] == sorted(row.day for row in rows)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("split", lossrows.SPLITS)
def test_the_rows_behind_a_sum_are_those_it_is_made_of(record: Record, query: str, split):
    view = record.select(Selection.parse(query))
    rows = lossrows.rows(view, "en")
    for line in lossrows.lines(view, split, "en"):
        for kind, row in line.sums.items():
            behind = [r.figure for r in rows if r.figure["kind"] == kind and f"{split}:{line.id}" in r.lines]
            assert len(behind) == row["rows"]
            assert len({figure["event"] for figure in behind}) == row["events"]
            assert sum(figure["best"] or 0 for figure in behind) == (row["best"] or 0)


def test_no_line_is_left_out(record: Record):
    view = record.select(Selection(from_="2012-01-01", to="2014-12-31"))
    losers = view.losses[view.losses["direction"] == "suffered"]["actor"].nunique()
    assert len(lossrows.lines(view, "suffered", "en")) == losers


def test_lines_of_most_killed_come_first(record: Record):
    highs = [
        line.sums["killed"]["high"] if "killed" in line.sums else 0
        for line in lossrows.lines(record.select(Selection()), "suffered", "en")
    ]
    assert highs == sorted(highs, reverse=True)
