"""Sentences in newsroom phrasing: the share whose type and place are found, and what is read into none."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from serval.extract import evaluate, text, told
from serval.extract.merge import one_class

PUBLISHED = dt.date(2013, 1, 30)
PHRASES = [
    line.split("\t")
    for line in Path(__file__).with_name("phrases.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
FOUND, PLACED, FALSE = 0.93, 0.90, 6
"""Raise them when the reader gets better. Not all is understood, and the list hides none of that."""


def read(sentence: str) -> list[dict[str, Any]]:
    return told.proposals(text.from_text(sentence), PUBLISHED)["events"]


@pytest.fixture(scope="module")
def fates() -> Counter[str]:
    counts: Counter[str] = Counter()
    for kind, place, sentence in PHRASES:
        events = read(sentence)
        if kind == "none":
            counts["false"] += any(
                e["score"] >= evaluate.DEFAULT_SCORE and e["modality"] != "denied" for e in events
            )
            continue
        typed = [e for e in events if one_class(e["event_type"], kind)]
        counts["all"] += 1
        counts["typed"] += bool(typed)
        counts["placed"] += any(evaluate.place_fits({"place": place}, e) for e in typed)
    return counts


def test_the_usual_phrases_are_read(fates: Counter[str]):
    assert fates["typed"] / fates["all"] >= FOUND, fates
    assert fates["placed"] / fates["all"] >= PLACED, fates


def test_background_is_hardly_taken_for_an_event(fates: Counter[str]):
    assert fates["false"] <= FALSE, fates
