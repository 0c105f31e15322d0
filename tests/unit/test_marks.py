"""The marks and the font that draws them."""

import re
import sys
from pathlib import Path

import pytest

from serval.figures import marks

ROOT = Path(__file__).resolve().parents[2]
FONT = ROOT / "assets" / "fonts" / "serval-marks.woff2"
ALL = [
    marks.mark(shape, fill, surface)
    for surface in marks.FIRST
    for shape in marks.SHAPES
    for fill in marks.FILLS
]


def test_every_mark_is_a_character_of_its_own():
    assert len(set(ALL)) == len(ALL) == 2 * 8 * 3
    assert all(0xE000 <= ord(mark) <= 0xF8FF for mark in ALL), "private use area"


def test_words_nobody_knows_get_the_plainest_mark():
    assert marks.mark("spiral", "confirmed") == marks.mark("hexagon", "confirmed")
    assert marks.mark("flag", "rumoured") == marks.mark("flag", "reported")
    assert marks.family_mark("no such", "disputed") == marks.mark("hexagon", "disputed")


def test_family_marks_have_the_shape_of_the_family():
    for family, shape in marks.FAMILY_SHAPE.items():
        assert marks.family_mark(family, "confirmed", "map") == marks.mark(shape, "confirmed", "map")
    assert set(marks.FAMILY_SHAPE.values()) == set(marks.SHAPES)


def test_style_sheets_name_the_same_characters():
    css = "\n".join(path.read_text() for path in sorted((ROOT / "assets").glob("*.css")))
    named = dict(re.findall(r"\.glyph-(\w+)::before \{ content: \"\\(e\w+)\"", css))
    assert named == {shape: f"{ord(marks.mark(shape, 'confirmed')):x}" for shape in marks.SHAPES}


def test_font_is_small():
    assert FONT.stat().st_size < 8_000


def test_font_draws_every_mark():
    ttlib = pytest.importorskip("fontTools.ttLib")
    font = ttlib.TTFont(FONT)
    characters, outlines = font.getBestCmap(), font["glyf"]
    assert {chr(code) for code in characters} == {" ", *ALL}
    drawn = {mark: outlines[characters[ord(mark)]] for mark in ALL}
    assert all(glyph.numberOfContours > 0 for glyph in drawn.values())
    page = {mark: drawn[mark].getCoordinates(outlines)[0] for mark in ALL[: len(ALL) // 2]}
    assert len({str(list(points)) for points in page.values()}) == len(page), "no two marks look alike"


def test_building_the_font_again_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("fontTools")
    monkeypatch.syspath_prepend(ROOT / "tools")
    import build_marks

    assert build_marks.packed() == FONT.read_bytes()
    sys.modules.pop("build_marks")
