"""The strip shows on every day what `control.towns_on` says of it."""

from hypothesis import given
from hypothesis import strategies as st

from serval import columns as columns_file
from serval.figures import axis, control
from serval.figures.days import day_number, iso
from serval.selection import Selection
from serval.turns import turns
from tests.random_selections import DAYS, FEW, chosen, frequent, ranges


def ids(columns, holders: list[int]) -> str:
    names = {-1: "nobody", -2: "unknown"}
    return ";".join(names.get(h) or columns["actors"]["id"][h] for h in holders)


@FEW
@given(st.data())
def test_the_spell_of_a_day_is_who_holds_the_town(either, data: st.DataObject):
    columns = columns_file.build(either)
    days, known = data.draw(ranges(DAYS)), data.draw(st.none() | DAYS)
    first, last = day_number(days["from_"]), day_number(days["to"])
    state = {"from": first, "to": last, "known": day_number(known) if known else None, "places": None}
    spells = control.spells(columns, state)
    low, high = axis.span(first, last)
    day = data.draw(st.integers(low, high - 1))
    shown = {columns["places"]["id"][s.place]: s for s in spells if s.start <= day < s.end}
    holders = either.select(Selection(at=iso(day), known=known)).holders
    assert set(shown) == set(holders["place"])
    for row in holders.astype(object).where(holders.notna(), None).itertuples(index=False):
        spell = shown[row.place]
        assert ids(columns, spell.holders) == row.holders
        assert (columns["events"]["id"][spell.event] if spell.event >= 0 else None) == row.event
        assert (spell.before is not None) == (row.state == "changing")
        stripes = control._stripes(columns, control._bands(columns, spell.holders))
        if row.state != "changing":
            assert bool(stripes) == (row.state == "contested")


@FEW
@given(st.data())
def test_every_change_that_is_drawn_is_told(either, data: st.DataObject):
    columns = columns_file.build(either)
    known, region = data.draw(st.none() | DAYS), data.draw(chosen(frequent(either)["region"]))
    view = either.select(Selection(**data.draw(ranges(DAYS)), known=known, region=region))
    places = [columns["places"]["id"].index(place) for place in view.towns]
    first, last = (day_number(day) for day in (view.selection.from_, view.selection.to))
    state = {"from": first, "to": last, "known": day_number(known) if known else None, "places": places}
    assert control.towns(columns, state) == places
    drawn = {
        (columns["events"]["id"][s.event], columns["places"]["id"][s.place])
        for s in control.spells(columns, state)
        if s.event >= 0 and s.end > first and s.start <= last
    }
    told = turns(view, "en")
    assert drawn <= {(turn.event, turn.place) for turn in told}
    assert [view.towns[turn.row] for turn in told] == [turn.place for turn in told]
    assert all(turn.start <= view.selection.to for turn in told)
