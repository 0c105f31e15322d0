"""Who holds a town on a day equals the changes replayed by hand, on two records and on random chains."""

from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from serval import control
from serval.selection import Selection
from tests.random_selections import DAYS, FEW, SOME

BLOCS = {"army": "state", "allies": "state", "mnla": "nationalist", "mujao": "jihadist", "aqim": "jihadist"}
FIRST, LAST = date(2012, 1, 1), date(2012, 3, 10)
HOLDERS = st.sampled_from(["army", "army;allies", "mnla", "mnla;mujao", "mujao;aqim", "nobody", "unknown"])
COLUMNS = ["place", "event", "date_start", "date_end", "holders_before", "holders"]


def later(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days))


@st.composite
def chains(draw) -> pd.DataFrame:
    """Changes of up to three towns, in the order of a record: by place, first day, last day, event."""
    rows = []
    for place in draw(st.lists(st.sampled_from("abc"), unique=True, max_size=3)):
        before = "unknown"
        spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), min_size=1, max_size=6))
        for n, (start, length) in enumerate(sorted(spans)):
            first = later(str(FIRST), start)
            holders = draw(HOLDERS)
            rows.append((place, f"{place}{n}", first, later(first, length), before, holders))
            before = holders
    rows.sort(key=lambda row: (row[0], row[2], row[3], row[1]))
    return pd.DataFrame(
        {name: pd.Series([row[i] for row in rows], dtype="str") for i, name in enumerate(COLUMNS)}
    )


def replayed(
    changes: pd.DataFrame, place: str, day: str, blocs: dict[str, str], known: set[str] | None = None
) -> tuple:
    """(holders, before, state, event) of a town, one change at a time."""
    town = ("unknown", None, "unknown", None)
    for row in changes[changes["place"] == place].itertuples(index=False):
        if known is not None and row.event not in known:
            continue
        if row.date_start > day:
            break
        town = (row.holders, row.holders_before, "changing" if day < row.date_end else None, row.event)
    if town[2] is None:
        sides = {blocs.get(holder) for holder in town[0].split(";")}
        state = town[0] if town[0] in ("nobody", "unknown") else "contested" if len(sides) > 1 else "held"
        town = (town[0], town[1], state, town[3])
    return town


def found(holders: pd.DataFrame) -> dict[str, tuple]:
    rows = holders.astype(object).where(holders.notna(), None).itertuples(index=False)
    return {row.place: (row.holders, row.before, row.state, row.event) for row in rows}


@SOME
@given(chains(), st.integers(-5, 80))
def test_a_day_equals_the_changes_replayed(changes: pd.DataFrame, after: int):
    day = later(str(FIRST), after)
    towns = found(control.frame_of(control.towns_on(control.chains(changes), BLOCS, day)))
    assert towns == {place: replayed(changes, place, day, BLOCS) for place in changes["place"].unique()}


@SOME
@given(chains(), st.integers(-5, 80), st.data())
def test_a_day_with_some_events_known(changes: pd.DataFrame, after: int, data: st.DataObject):
    day = later(str(FIRST), after)
    known = set(data.draw(st.lists(st.sampled_from(["-", *changes["event"]]))))
    towns = found(control.frame_of(control.towns_on(control.chains(changes), BLOCS, day, known)))
    assert towns == {
        place: replayed(changes, place, day, BLOCS, known) for place in changes["place"].unique()
    }


def check_tiles(spells: pd.DataFrame, first: str, last: str) -> None:
    """Every day of every town is in one spell: sure from `start` to `end`, or changing before `start`."""
    for _, town in spells.groupby("place"):
        begins = town["changed_from"].tolist()
        assert begins[0] == first
        assert begins == sorted(set(begins))
        assert town["end"].tolist() == [*(later(day, -1) for day in begins[1:]), last]
        assert (town["changed_from"] <= town["start"]).all()
        assert (town["start"] <= [later(end, 1) for end in town["end"]]).all()


def check_agrees(changes: pd.DataFrame, spells: pd.DataFrame, day: str, blocs: dict[str, str]) -> None:
    towns = found(control.frame_of(control.towns_on(control.chains(changes), blocs, day)))
    on = spells[(spells["changed_from"] <= day) & (day <= spells["end"])]
    assert on["place"].tolist() == list(towns), "one spell for each town"
    for spell in on.itertuples(index=False):
        holders, _, state, event = towns[spell.place]
        assert (spell.holders, spell.event if event else None) == (holders, event)
        assert (state == "changing") == (day < spell.start)
        if state != "changing":
            assert spell.contested == (state == "contested")


@SOME
@given(chains(), st.integers(0, 69))
def test_spells_tile_the_time_and_agree_with_each_day(changes: pd.DataFrame, after: int):
    spells = control.intervals(changes, BLOCS, str(FIRST), str(LAST))
    assert set(spells["place"]) == set(changes["place"])
    check_tiles(spells, str(FIRST), str(LAST))
    check_agrees(changes, spells, later(str(FIRST), after), BLOCS)


@SOME
@given(chains())
def test_without_bounds_spells_go_from_the_first_change_to_the_last(changes: pd.DataFrame):
    spells = control.intervals(changes, BLOCS)
    if len(changes):
        check_tiles(spells, changes["date_start"].min(), changes["date_end"].max())
    else:
        assert spells.empty


@FEW
@given(st.data())
def test_the_record_replayed_on_any_day(either, data: st.DataObject):
    day, known = data.draw(DAYS), data.draw(st.none() | DAYS)
    view = either.select(Selection(at=day, known=known))
    counts = None
    if known:
        out = dict(zip(either.sources["id"], either.sources["date"], strict=True))
        last = max(either.events["date_end"])
        cited = either.event_sources["source"].map(lambda id: last if out[id] != out[id] else out[id])
        counts = set(either.event_sources["event"][cited <= known])
    replay = {p: replayed(either.changes, p, day, either.bloc_of, counts) for p in either.changes["place"]}
    assert found(view.holders) == replay


def test_the_spells_of_the_record_tile_its_time(either):
    first, last = min(either.events["date_start"]), max(either.events["date_end"])
    check_tiles(either.control, first, last)
    for after in range(0, (date.fromisoformat(last) - date.fromisoformat(first)).days, 17):
        check_agrees(either.changes, either.control, later(first, after), either.bloc_of)


@FEW
@given(st.data())
def test_the_spells_of_a_view_tile_the_record_too(either, data: st.DataObject):
    known = data.draw(st.none() | DAYS)
    places = data.draw(st.lists(st.sampled_from([*either.changes["place"].unique()]), max_size=3))
    spells = either.select(Selection(known=known, place=tuple(places))).control
    check_tiles(spells, min(either.events["date_start"]), max(either.events["date_end"]))
    assert not places or set(spells["place"]) <= set(places)
