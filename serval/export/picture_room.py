"""How much room a picture's words leave its figure, by the rough widths of letters.

`assets/picture.js` composes the picture by true widths and the same rules; a figure whose marks are laid out
for a size, the map's, needs to know that size before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from serval.export.picture_scene import Drawn, Group, Item, Room
from serval.export.picture_words import Words
from serval.figures.layout import text_width

WIDE, SMALL, SHRINK, SMALLEST = 1280, 800, 0.94, 0.4
"""The layout's widest and where it is a narrow one; steps to smaller letters, and how small they get."""
BOX, DOT, GAP, STEP, APART = 30, 20, 16, 21, 3
"""Of the legend: a wide sample with its space, any other, between lines, a row, between groups."""
WIDER = ("soft", "bar", "outline", "thin", "hatch", "slope", "band", "range", "shade", "dotted")
REGULAR = 0.94
"""Width of regular letters beside semibold ones."""


@dataclass(frozen=True)
class Frame:
    """The words and the legend of a picture."""

    words: Words
    drawn: Drawn

    def height(self, width: float) -> float:
        """Pixels that all but the figure takes in a picture as wide as that."""
        scale = max(1.0, width / WIDE)
        return scale * self._height(width / scale)

    def room(self, width: float, height: float) -> Room:
        """What is left to the figure, in pixels of the layout."""
        scale = max(1.0, width / WIDE)
        while scale > SMALLEST and height / scale - self._height(width / scale) < self.drawn.least:
            scale *= SHRINK
        pad = _pad(width / scale)
        return width / scale - 2 * pad, max(height / scale - self._height(width / scale), 1)

    def _height(self, width: float) -> float:
        pad = _pad(width)
        room, narrow = width - 2 * pad, width < SMALL
        title, plain = (23, 13) if narrow else (28, 14)
        above = pad - 4 + 18 + _lines(self.words.title, title * 0.95, room) * title * 1.18 + 5
        above += sum(_lines(line, plain * REGULAR, room) * plain * 1.42 + 1 for line in self.words.subtitle)
        footer = sum(_lines(line, 10.5 * REGULAR, room) for line in self.words.footer)
        below = 10.5 * 1.42 * (footer + _lines(self.words.link, 10.5, room)) + 1 + pad - 8
        key = _legend([group for group in self.drawn.legend if group.items], room)
        return above + 8 + key + (6 if key else 0) + 24 + below


def _pad(width: float) -> int:
    return 20 if width < SMALL else 30


def _lines(text: str, size: float, room: float) -> int:
    lines, at = 1, 0.0
    for word in text.split(" "):
        wide = text_width(word) * size
        if at and at + 0.27 * size + wide > room:
            lines, at = lines + 1, 0.0
        at += wide + (0.27 * size if at else 0)
        lines, at = lines + int(at // room), at % room
    return lines


def _legend(groups: Iterable[Group], room: float) -> float:
    height = 0.0
    for group in groups:
        at = text_width(group.name) * 12 + 14 if group.name else 0.0
        height += STEP + APART
        for item in group.items:
            wide = _sample(item) + text_width(item.label) * 12 * REGULAR
            if at and at + wide > room:
                height, at = height + STEP, 0.0
            at += wide + GAP
    return max(height - APART, 0)


def _sample(item: Item) -> int:
    return BOX if item.kind in WIDER else DOT
