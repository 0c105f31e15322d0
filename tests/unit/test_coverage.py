"""Sources and voices per week and month, against loops by hand over the record."""

from datetime import date, timedelta

import pytest

from serval.coverage import coverage
from serval.selection import Selection

CHOICES = [
    Selection(),
    Selection(from_="2012-03-01", to="2012-12-31", place=("gao", "kidal")),
    Selection(actor=("france",), known="2013-02-01"),
    Selection(q="no such word"),
]


def cited(record, view) -> dict[str, dict]:
    """The sources that the view's events cite and its `known` leaves."""
    rows = {row["id"]: row for row in record.sources.astype(object).to_dict("records")}
    known = view.selection.known
    of_events = view.event_sources[view.event_sources["event"].isin(view.events["id"])]
    found = {id: rows[id] for id in of_events["source"]}
    assert not known or all(not isinstance(r["date"], str) or r["date"] <= known for r in found.values())
    return found


def dated(sources: dict[str, dict]) -> list[dict]:
    return [row for row in sources.values() if isinstance(row["date"], str)]


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_spans_are_counted_by_hand(record, chosen):
    first, last = min(record.events["date_start"]), max(record.events["date_end"])
    view = record.select(chosen.with_(from_=first, to=last))
    sources, found = dated(cited(record, view)), coverage(record.select(chosen))
    for week in found.weeks:
        end = str(date.fromisoformat(week.start) + timedelta(days=6))
        here = [row["independent"] for row in sources if week.start <= row["date"] <= end]
        assert (week.sources, week.voices) == (len(here), len(set(here)))
        begun = view.events[view.events["date_start"].between(week.start, end)]
        assert (week.events, week.single) == (len(begun), (begun["n_independent"] == 1).sum())
        assert date.fromisoformat(week.start).weekday() == 0
    for month in found.months:
        here = [row["independent"] for row in sources if row["date"][:7] == month.start[:7]]
        assert (month.sources, month.voices) == (len(here), len(set(here)))
    assert [found.weeks[0].start <= first, found.weeks[-1].start <= last] == [True, True]
    assert sum(month.events for month in found.months) == view.n


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_what_is_said_of_the_days_shown(record, chosen):
    first, last = min(record.events["date_start"]), max(record.events["date_end"])
    sources = cited(record, record.select(chosen.with_(from_=first, to=last)))
    found = coverage(record.select(chosen))
    here = [row["independent"] for row in dated(sources) if chosen.from_ <= row["date"] <= chosen.to]
    assert (found.sources, found.voices) == (len(here), len(set(here)))
    assert found.undated == len(sources) - len(dated(sources))
    assert found.later == sum(row["date"] > last for row in dated(sources))
    assert found.silent <= found.touched


def test_two_reprints_of_one_wire_are_one_voice(record):
    wires = record.sources[record.sources["wire"] == "AFP"]
    assert len(wires) > 1
    assert set(wires["independent"]) == {"afp"}
    found = coverage(record.select(Selection()))
    assert all(span.voices <= span.sources for span in [*found.weeks, *found.months])
    assert any(span.voices < span.sources for span in found.months)


def test_a_week_without_any_source_is_silent(record):
    found = coverage(record.select(Selection(q="no such word")))
    assert (found.sources, found.silent) == (0, found.touched)
    assert found.touched == 37
