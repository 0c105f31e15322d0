"""The palette: one for Python, style sheet and script; seen apart by colour-blind eyes; enough contrast."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from serval.figures import marks, style

ROOT = Path(__file__).resolve().parents[2]
WARRING = {"intervention_coalition", "malian_state", "jihadist", "tuareg_nationalist"}

# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB.
EYES = {
    "usual": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    x = TO_XYZ @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: np.ndarray, two: np.ndarray) -> float:
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean**7 / (mean**7 + 25**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    light, chroma, middle = (l1 + l2) / 2, (c1 + c2) / 2, h1 + turn / 2
    t = (
        1
        - 0.17 * np.cos(np.radians(middle - 30))
        + 0.24 * np.cos(np.radians(2 * middle))
        + 0.32 * np.cos(np.radians(3 * middle + 6))
        - 0.2 * np.cos(np.radians(4 * middle - 63))
    )
    sl = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    bend = np.sin(np.radians(60 * np.exp(-((((middle % 360) - 275) / 25) ** 2))))
    rt = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7)) * bend
    dl, dc, dh = (l2 - l1) / sl, (c2 - c1) / sc, hue / sh
    return float(np.sqrt(dl**2 + dc**2 + dh**2 + rt * dc * dh))


def test_ciede2000_agrees_with_published_pairs():
    # Sharma, Wu and Dalal 2005, table 1, rows 1, 7, 17 and 25.
    pairs = [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ]
    for one, two, expected in pairs:
        assert ciede2000(np.array(one, float), np.array(two, float)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("name", style.THEMES)
def test_sides_are_told_apart(name: str, eyes: str):
    sides = style.THEMES[name].sides
    seen = {side: lab(EYES[eyes] @ linear(colour)) for side, colour in sides.items()}
    near = {pair: ciede2000(seen[pair[0]], seen[pair[1]]) for pair in itertools.combinations(sides, 2)}
    # 1 is just seen between patches side by side; small marks far apart need about ten times that.
    for least, chosen in ((14, WARRING), (11, WARRING | {"arab_movement"}), (8.5, set(sides))):
        assert {p: round(d, 1) for p, d in near.items() if set(p) <= chosen and d < least} == {}


@pytest.mark.parametrize("name", style.THEMES)
def test_contrast(name: str):
    look = style.THEMES[name]
    for colour in look.sides.values():  # marks have a rim of paper wherever they lie
        assert style.contrast(colour, look.paper) >= style.MARK_CONTRAST
    for word in (look.ink, look.soft, look.accent, *look.side_text.values()):
        assert style.contrast(word, look.paper) >= style.TEXT_CONTRAST
    for word in (look.ink, look.soft, look.accent):
        assert style.contrast(word, look.panel) >= style.TEXT_CONTRAST
    assert style.contrast(look.ground["water_text"], look.ground["home"]) >= style.TEXT_CONTRAST


def declared(css: str, selector: str) -> dict[str, str]:
    """The custom properties of the first rule with exactly this selector."""
    body = re.search(rf"^\s*{re.escape(selector)} \{{(.*?)\}}", css, re.M | re.S)[1]
    return dict(re.findall(r"--([\w-]+): ([^;]+);", body))


def test_style_sheet_has_the_same_values():
    css = (ROOT / "assets" / "tokens.css").read_text()
    rules = {
        ":root": "light",
        ':root:not([data-theme="light"])': "dark",
        ':root[data-theme="dark"]': "dark",
    }
    for selector, name in rules.items():
        tokens = declared(css, selector)
        assert {key: tokens.get(key) for key in style.css_tokens(name)} == style.css_tokens(name), selector
    fonts = declared(css, ":root")
    assert fonts["font-text"] == style.FONT_TEXT
    assert fonts["font-head"] == style.FONT_HEAD
    assert fonts["font-marks"] == style.FONT_MARKS
    dark = declared(css, ':root[data-theme="dark"]')
    assert dark == declared(css, ':root:not([data-theme="light"])')


def test_script_has_the_same_values():
    assert (ROOT / "assets" / "palette.js").read_text() == style.script()


def test_every_side_and_family_of_the_vocabulary_has_its_look(record):
    words = record.vocabulary
    assert {side.id for side in words.sides} == set(style.THEMES["light"].sides)
    assert set(style.THEMES["light"].sides) == set(style.THEMES["dark"].sides)
    assert {family.id: family.glyph for family in words.families} == marks.FAMILY_SHAPE
    assert {status.id for status in words.statuses} == set(marks.FILLS)


def test_mixing_and_fallbacks():
    assert style.mix("#000000", "#FFFFFF", 0.5) == "#808080"
    assert style.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert style.theme("no such") is style.THEMES["light"]
    assert style.THEMES["dark"].side("no such") == style.THEMES["dark"].sides["unknown"]
    assert style.legible("#FFFFFF", "#FFFFFF", "#FEFEFE") == "#FEFEFE", "no tone is enough: ink"
