"""The one palette: colour means side. `assets/tokens.css` and `assets/palette.js` carry the same values.

`python -m serval.figures.style` prints the script; the style sheet is written by hand and compared by a test.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

ThemeName = Literal["light", "dark"]
Lang = Literal["en", "fr"]

FONT_TEXT = "Inter, 'Helvetica Neue', Arial, sans-serif"
FONT_HEAD = "'Source Serif 4', Georgia, 'Times New Roman', serif"
FONT_MARKS = "'Serval Marks'"

TEXT_CONTRAST = 4.5
MARK_CONTRAST = 3.0


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, as #RRGGBB.

    sides: marks, 3:1 against paper. side_text: the same hues for words, 4.5:1. ground: the base map.
    """

    paper: str  # behind marks and text
    panel: str  # raised above paper: cards, menus
    ink: str  # text
    soft: str  # secondary text, still 4.5:1
    rule: str  # hairlines, no meaning of their own
    accent: str  # links, focus, the playhead
    sides: Mapping[str, str]
    ground: Mapping[str, str]
    side_text: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        words = {side: legible(colour, self.paper, self.ink) for side, colour in self.sides.items()}
        object.__setattr__(self, "side_text", words)

    def side(self, side: str) -> str:
        """The colour of a side; of `unknown` for a word the palette does not have."""
        return self.sides.get(side, self.sides["unknown"])

    def on(self, side: str) -> str:
        """The colour of words that stand on a side's own colour."""
        tones = (self.paper, self.ink, "#000000", "#FFFFFF")
        return next(tone for tone in tones if contrast(tone, self.side(side)) >= TEXT_CONTRAST)

    def tint(self, side: str, share: float = 0.22) -> str:
        """The side's colour thinned with paper, for areas under marks."""
        return mix(self.paper, self.side(side), share)


def mix(a: str, b: str, share: float) -> str:
    """The colour that is `share` of the way from a to b, in plain sRGB."""
    pairs = zip(_channels(a), _channels(b), strict=True)
    return "#" + "".join(f"{int(x + (y - x) * share + 0.5):02X}" for x, y in pairs)


def contrast(a: str, b: str) -> float:
    """WCAG contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


def legible(colour: str, paper: str, ink: str) -> str:
    """The colour, moved towards ink just as far as words on paper need."""
    steps = (mix(colour, ink, step / 20) for step in range(21))
    return next((tone for tone in steps if contrast(tone, paper) >= TEXT_CONTRAST), ink)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = (c / 255 for c in _channels(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


THEMES: Mapping[ThemeName, Theme] = {
    "light": Theme(
        paper="#FBF8F1",
        panel="#FFFFFF",
        ink="#211D18",
        soft="#665C4F",
        rule="#DDD3C2",
        accent="#9A3B12",
        sides={
            "intervention_coalition": "#1D3B98",
            "malian_state": "#1F7A58",
            "jihadist": "#54110F",
            "tuareg_nationalist": "#D3711A",
            "arab_movement": "#AD3F79",
            "self_defence": "#62670F",
            "international": "#3592CB",
            "mediator": "#764FC0",
            "civilian": "#454852",
            "unknown": "#88837A",
        },
        ground={
            "sea": "#D6E3E8",
            "far": "#E9E2D4",
            "near": "#EFE8DB",
            "home": "#FBF8F1",
            "shade": "#3B2F1E",
            "border": "#7B6A54",
            "edge": "#C2B49D",
            "glow": "#C9A66B",
            "region": "#BBAA8D",
            "river": "#4A8CBD",
            "lake": "#A9CFE3",
            "road": "#C9B491",
            "water_text": "#2F6E99",
            "area_text": "#8C7A5C",
            "land_text": "#85795F",
            "town_text": "#2B251E",
        },
    ),
    "dark": Theme(
        paper="#191815",
        panel="#23211D",
        ink="#F1ECE2",
        soft="#B0A798",
        rule="#3B3832",
        accent="#F0A36B",
        sides={
            "intervention_coalition": "#4F82F2",
            "malian_state": "#2FBB92",
            "jihadist": "#D6452B",
            "tuareg_nationalist": "#F8A81C",
            "arab_movement": "#BF7DAA",
            "self_defence": "#E3DD90",
            "international": "#B9E3F6",
            "mediator": "#C595EC",
            "civilian": "#CBD6CE",
            "unknown": "#807C76",
        },
        ground={
            "sea": "#12181C",
            "far": "#181714",
            "near": "#1D1B18",
            "home": "#2C2924",
            "shade": "#000000",
            "border": "#A08E72",
            "edge": "#4A453C",
            "glow": "#6B5735",
            "region": "#5C5445",
            "river": "#4C8AB4",
            "lake": "#2D5069",
            "road": "#544B3B",
            "water_text": "#7DB4DA",
            "area_text": "#9C8F78",
            "land_text": "#8F8674",
            "town_text": "#EDE7DB",
        },
    ),
}


def theme(name: str) -> Theme:
    """The theme of that name; light for any other word."""
    return THEMES["dark"] if name == "dark" else THEMES["light"]


@cache
def css_tokens(name: ThemeName) -> dict[str, str]:
    """The CSS custom properties of a theme, without the leading dashes."""
    look = THEMES[name]
    plain = {key: getattr(look, key) for key in ("paper", "panel", "ink", "soft", "rule", "accent")}
    sides = {f"side-{side.replace('_', '-')}": colour for side, colour in look.sides.items()}
    words = {f"side-{side.replace('_', '-')}-text": colour for side, colour in look.side_text.items()}
    return plain | sides | words


def script() -> str:
    """The text of `assets/palette.js`: what the browser's fills need of this module and of `marks`."""
    from serval.figures import marks  # marks needs nothing of this module, the script needs both

    themes = {
        name: {
            "paper": look.paper,
            "ink": look.ink,
            "soft": look.soft,
            "rule": look.rule,
            "accent": look.accent,
        }
        | {"sides": dict(look.sides), "tints": {side: look.tint(side) for side in look.sides}}
        | {"on": {side: look.on(side) for side in look.sides}}
        for name, look in THEMES.items()
    }
    table = {"themes": themes, "shapes": marks.SHAPES, "fills": marks.FILLS, "families": marks.FAMILY_SHAPE}
    body = json.dumps(table, indent=1, ensure_ascii=True)
    return (
        "// Written by `python -m serval.figures.style`; a test compares it with the palette.\n"
        f'"use strict";\n(window.serval = window.serval || {{}}).palette = {body};\n'
    )


if __name__ == "__main__":
    print(script(), end="")
