"""Which troop counts of a day are added: one side, unit and extent, fresh, each soldier once."""

from datetime import date

import pytest

from serval import together
from serval.lookup import Lookup
from serval.record import Record
from serval.selection import Selection

DAYS = ["2013-01-20", "2013-01-31", "2013-02-20", "2013-03-09", "2013-06-30", "2013-07-05", "2013-08-31"]


@pytest.mark.parametrize("at", DAYS)
def test_a_sum_adds_what_may_be_added(record: Record, at: str):
    view, look = record.select(Selection(at=at)), Lookup.of(record)
    sums, left = together.totals(view)
    rows = {(row["actor"], row["date"]): row for row in look.troops["france"] + look.troops["afisma"]}
    for total in sums:
        actors = [part.actor for part in total.parts]
        assert len(actors) > 1
        assert {look.actors[actor]["side"] for actor in actors} == {total.side}
        for part in total.parts:
            age = date.fromisoformat(at) - date.fromisoformat(part.count.day)
            assert 0 <= age.days <= together.FRESH
            assert not together.wholes(look, part.actor, at) & set(actors), "a soldier counted twice"
            row = rows.get((part.actor, part.count.day))
            assert row is None or row["unit"] == total.unit
        assert total.low == sum(part.count.low for part in total.parts)
        assert total.high == sum(part.count.high for part in total.parts)
    told = [part.actor for total in sums for part in total.parts]
    assert not set(told) & {one.actor for one in left}


def test_france_and_afisma_on_20_january(record: Record):
    (total,), left = together.totals(record.select(Selection(at="2013-01-20")))
    assert {part.actor: part.count.best for part in total.parts} == {"france": 2000, "afisma": 400}
    assert total.best == 2400
    assert together.Left("togo", "within", "afisma") in left
    assert together.Left("jihadist_groups", "extent") in left


def test_no_best_total_where_a_part_has_none(record: Record):
    (total,), _ = together.totals(record.select(Selection(at="2013-01-31")))
    assert total.best is None
    assert total.low < total.high


def test_a_force_that_was_dissolved_is_not_added(record: Record):
    sums, left = together.totals(record.select(Selection(at="2013-07-05")))
    assert together.Left("afisma", "gone") in left
    assert sums == []


def test_chad_is_within_afisma_from_the_day_it_joined(record: Record):
    look = Lookup.of(record)
    assert "afisma" not in together.wholes(look, "chad", "2013-03-08")
    assert "afisma" in together.wholes(look, "chad", "2013-03-09")
    assert "african_forces" in together.wholes(look, "chad", "2013-02-01")


def test_no_count_no_sum(record: Record):
    assert together.totals(record.select(Selection(actor=("mediators",)))) == ([], [])
