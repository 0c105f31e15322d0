"""The page's own drawing of the timeline against the server's: the whole record, many sets of rows."""

import random

import orjson
import pytest

from serval.figures import marks, timeline
from tests.browser.test_map_parity import FIRST, LAST, differences

pytestmark = pytest.mark.browser

SCRIPTS = ("palette.js", "select.js", "draw_timeline.js")
COUNT = 150
DRAW = "cases => cases.map(([rows, state]) => JSON.stringify(serval.draw.timeline(columns, rows, state)))"


def random_case(columns, rng: random.Random) -> tuple[list[int], dict]:
    every = range(len(columns["events"]["id"]))
    size = rng.choice([0, 1, 2, 5, 20, 80, len(every)])
    first, last = sorted((rng.randint(FIRST, LAST), rng.randint(FIRST, LAST)))
    state = {
        "from": first,
        "to": rng.choice([first, last]),
        "lang": rng.choice(["en", "fr"]),
        "theme": rng.choice(["light", "dark"]),
    }
    return sorted(rng.sample(every, min(size, len(every)))), state


def test_arrays_are_the_same(scripted, columns):
    rng = random.Random(20130111)
    cases = [random_case(columns, rng) for _ in range(COUNT)]
    theirs = scripted.evaluate(DRAW, cases)
    wrong = []
    for (rows, state), arrays in zip(cases, theirs, strict=True):
        found = differences(timeline.fill(columns, rows, state), orjson.loads(arrays))
        wrong += [f"{len(rows)} rows, {state}: {d}" for d in found[:3]]
    assert wrong == []


def test_family_marks_are_the_same(scripted):
    cases = [(family, fill) for family in (*marks.FAMILY_SHAPE, "no such") for fill in marks.FILLS]
    theirs = scripted.evaluate("all => all.map(([f, s]) => serval.draw.familyMark(f, s))", cases)
    assert theirs == [marks.family_mark(*case) for case in cases]
