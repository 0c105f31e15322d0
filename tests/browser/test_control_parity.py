"""The page's own drawing of the control strip against the server's: two records, many days and filters."""

import random

import orjson
import pytest

from serval.figures import control
from tests.browser.test_map_parity import FIRST, LAST, differences

pytestmark = pytest.mark.browser

SCRIPTS = ("palette.js", "select.js", "draw_axis.js", "draw_control.js")
COUNT = 120
DRAW = """cases => cases.map((state) =>
  JSON.stringify([serval.draw.control(columns, state), serval.draw.controlLanes(columns, state)]))"""


def random_state(columns, rng: random.Random) -> dict:
    first, last = sorted((rng.randint(FIRST, LAST), rng.randint(FIRST, LAST)))
    towns = sorted(set(columns["control"]["place"]))
    return {
        "from": first,
        "to": rng.choice([first, last]),
        "known": rng.choice([None, None, rng.randint(FIRST, LAST)]),
        "places": rng.choice([None, [], rng.sample(towns, rng.randint(1, len(towns)))]),
        "lang": rng.choice(["en", "fr"]),
        "theme": rng.choice(["light", "dark"]),
    }


def test_arrays_and_rows_are_the_same(scripted, columns):
    rng = random.Random(20130126)
    cases = [random_state(columns, rng) for _ in range(COUNT)]
    theirs = scripted.evaluate(DRAW, cases)
    wrong = []
    for state, answer in zip(cases, theirs, strict=True):
        ours = [control.fill(columns, state), control.lanes(columns, state)]
        wrong += [f"{state}: {d}" for d in differences(ours, orjson.loads(answer))[:3]]
    assert wrong == []
