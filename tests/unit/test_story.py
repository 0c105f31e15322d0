"""The guided tour: every stop is a view of the record with events, sources and words in both languages."""

import shutil
from pathlib import Path

import pytest

from serval import record as records
from serval import story
from serval.record import Record
from serval.selection import Allowed, Selection


def test_there_are_eight_to_twelve_stops_in_the_order_of_the_war(record: Record):
    assert 8 <= len(record.story) <= 12
    ids = [stop.id for stop in record.story]
    assert ids.index("konna") < ids.index("gao") < ids.index("kidal") < ids.index("election")


def test_every_stop_shows_events_and_opens_itself(record: Record):
    for stop in record.story:
        view = story.view_of(record, stop.id)
        assert view.story == stop.id
        assert record.select(view).n > 0, stop.id
        assert Selection.parse(view.query(), Allowed.of(record)) == view


def test_what_a_stop_cites_is_cited_by_events_of_its_days(record: Record):
    for stop in record.story:
        cited = set(record.select(story.view_of(record, stop.id)).event_sources["source"])
        assert [id for id in stop.sources if id not in cited] == [], stop.id


def test_an_unknown_stop_is_a_key_error(record: Record):
    with pytest.raises(KeyError):
        story.view_of(record, "nowhere")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2013-13-01", "expected a day"),
        ("actor=nobody_known", "not an id of the record"),
        ("to=2013-02-01&from=2013-01-01", "expected the canonical form 'from=2013-01-01&to=2013-02-01'"),
    ],
)
def test_a_stop_with_a_wrong_query_is_a_fault(tmp_path: Path, query: str, said: str):
    shutil.copytree(records.HOME, tmp_path / "data", ignore=shutil.ignore_patterns("geo"))
    file = tmp_path / "data" / "story.yaml"
    text = file.read_text("utf-8")
    first = text.index("query: ") + len("query: ")
    file.write_text(text[:first] + query + text[text.index("\n", first) :], "utf-8")
    faults = records.validate(tmp_path / "data")
    assert len(faults) == 1
    assert faults[0].startswith("story.yaml:4: konna: query: ")
    assert said in faults[0]


def test_a_stop_may_not_cite_what_is_not_there(tmp_path: Path):
    shutil.copytree(records.HOME, tmp_path / "data", ignore=shutil.ignore_patterns("geo"))
    file = tmp_path / "data" / "story.yaml"
    file.write_text(file.read_text("utf-8").replace("bbc-2013-02-08", "bbc-never"), "utf-8")
    assert [fault for fault in records.validate(tmp_path / "data") if "bbc-never" in fault]
