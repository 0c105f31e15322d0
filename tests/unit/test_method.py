"""The method page speaks of the record as it is."""

import re
from pathlib import Path

from serval.record import Record

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "method.md").read_text("utf-8")


def test_events_that_were_kept_or_added_are_in_the_record(record: Record):
    ids = set(record.events["id"])
    named = re.findall(r"^\| `(\d{4}-\d{2}-\d{2}-[a-z0-9-]+)` \|", PAGE, re.M)
    assert len(named) > 50
    assert [id for id in named if id not in ids] == []


def test_events_that_were_merged_are_not(record: Record):
    ids = set(record.events["id"])
    rows = re.findall(r"^\| `[^`]+` \| `([^`]+)` \|", PAGE, re.M)
    assert len(rows) > 25
    assert [id for id in rows if id in ids] == []


def test_the_words_of_certainty_and_the_sides_are_explained(record: Record):
    for term in record.vocabulary.statuses:
        assert f"| **{term.label}** |" in PAGE
    for side in record.vocabulary.sides:
        assert side.label.removeprefix("Not ").split()[0].lower() in PAGE.lower()
    for family in record.vocabulary.families:
        assert family.glyph in PAGE


def test_numbers_of_types_and_families(record: Record):
    words = record.vocabulary
    assert (len(words.event_types), len(words.families)) == (23, 8)
    assert "One of 23 types" in PAGE
    assert "eight families" in PAGE
