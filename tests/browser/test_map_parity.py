"""The page's own drawing of the map against the server's: the whole record, hundreds of sets of rows."""

import math
import random
from base64 import b64encode
from pathlib import Path

import orjson
import pytest

from serval.figures import map, marks
from serval.figures.days import day_number

ROOT = Path(__file__).resolve().parents[2]
MADE_UP = ROOT / "tests" / "fixtures" / "record"
SCRIPTS = ("palette.js", "select.js", "draw_layout.js", "draw.js")
COUNT = 250
CLOSE = 1e-6
FIRST, LAST = day_number("2011-12-01"), day_number("2014-12-31")

# Each answer comes as one text: Playwright carries nested arrays slowly.
DRAW = """cases => cases.map(([rows, state]) => JSON.stringify(serval.draw.map(columns, rows, state)))"""


def random_case(columns, rng: random.Random) -> tuple[list[int], dict]:
    every = range(len(columns["events"]["id"]))
    size = rng.choice([0, 1, 2, 5, 20, 80, len(every)])
    state = {
        "at": rng.randint(FIRST, LAST),
        "known": rng.choice([None, None, rng.randint(FIRST, LAST)]),
        "zoom": rng.choice([4.9, 8.49, 8.5, round(rng.uniform(3, 12), 3)]),
        "lang": rng.choice(["en", "fr"]),
        "theme": rng.choice(["light", "dark"]),
        "event": rng.choice([-1, rng.choice(every)]),
    }
    return rng.sample(every, min(size, len(every))), state


def differences(ours, theirs, path: str = "") -> list[str]:
    if isinstance(ours, dict) and isinstance(theirs, dict) and list(ours) == list(theirs):
        return [d for key in ours for d in differences(ours[key], theirs[key], f"{path}.{key}")]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [d for i, (a, b) in pairs if a != b for d in differences(a, b, f"{path}[{i}]")]
    numbers = isinstance(ours, int | float) and isinstance(theirs, int | float)
    same = math.isclose(ours, theirs, rel_tol=0, abs_tol=CLOSE) if numbers else ours == theirs
    return [] if same else [f"{path}: {str(ours)[:80]} here, {str(theirs)[:80]} in the browser"]


@pytest.mark.browser
def test_arrays_are_the_same(scripted, columns):
    rng = random.Random(20130129)
    cases = [random_case(columns, rng) for _ in range(COUNT)]
    wrong = []
    for start in range(0, COUNT, 50):
        some = cases[start : start + 50]
        for (rows, state), theirs in zip(some, scripted.evaluate(DRAW, some), strict=True):
            found = differences(map.fill(columns, rows, state), orjson.loads(theirs))
            wrong += [f"{len(rows)} rows, {state}: {d}" for d in found[:3]]
    assert wrong == []


@pytest.mark.browser
def test_rows_off_the_map_are_the_same(scripted, columns):
    rng = random.Random(7)
    some = [random_case(columns, rng)[0] for _ in range(40)]
    theirs = scripted.evaluate("all => all.map(rows => serval.draw.offMap(columns, rows))", some)
    assert theirs == [map.off_map(columns, rows) for rows in some]


@pytest.mark.browser
def test_camera_is_the_same(scripted):
    boxes = [(map.HOME, 1000, 640), (map.HOME, 390, 844), ((-12, 10, 4, 25), 777.5, 300)]
    theirs = scripted.evaluate("all => all.map(args => serval.draw.view(...args))", boxes)
    for args, camera in zip(boxes, theirs, strict=True):
        assert camera == pytest.approx(map.view(*args))


PICTURES = """async characters => {
  const page = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const face = new FontFace("Marks", `url(${window.font})`);
  document.fonts.add(await face.load());
  page.font = "40px Marks";
  return characters.map((character) => {
    page.clearRect(0, 0, 90, 90);
    page.fillText(character, 20, 60);
    const { data } = page.getImageData(0, 0, 90, 90);
    return data.filter((_, i) => i % 4 === 3).map((alpha) => (alpha > 127 ? 1 : 0)).join("");
  });
}"""


@pytest.mark.browser
def test_every_mark_has_a_picture_of_its_own(browser):
    font = b64encode((ROOT / "assets" / "fonts" / "serval-marks.woff2").read_bytes()).decode()
    page = browser.new_page()
    page.evaluate("data => { window.font = `data:font/woff2;base64,${data}`; }", font)
    for surface in marks.FIRST:
        characters = [marks.mark(s, f, surface) for s in marks.SHAPES for f in marks.FILLS]
        pictures = page.evaluate(PICTURES, [*characters, " "])
        assert pictures[-1].count("1") == 0
        assert all(picture.count("1") > 100 for picture in pictures[:-1])
        for i, one in enumerate(pictures[:-1]):
            for other in pictures[:i]:
                assert sum(a != b for a, b in zip(one, other, strict=True)) > 60
    page.close()
