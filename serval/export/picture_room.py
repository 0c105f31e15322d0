"""How much room a picture's words leave its figure, by the rough widths of letters.

`assets/picture.js` composes the picture by true widths and the same rules; a figure whose marks are laid out
for a size, the map's, needs to know that size before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from serval.export.picture_scene import Drawn, Group, Item, Room
from serval.export.picture_words import Words
from serval.figures.layout import text_width

WIDE, SMALL, SHRINK, SMALLEST = 1280, 800, 0.94, 0.4
"""The layout's widest and where it is a narrow one; steps to smaller letters, and how small they get."""
BOX, DOT, GAP, STEP, APART = 30, 20, 16, 21, 3
"""Of the legend: a wide sample with its space, any other, between lines, a row, between groups."""
BESIDE, BROAD = 232, 1000
"""Pixels of a legend beside its figure, and from which width of the picture it stands there."""
WIDER = ("soft", "bar", "outline", "thin", "hatch", "slope", "band", "range", "shade", "dotted")
REGULAR = 0.94
"""Width of regular letters beside semibold ones."""


@dataclass(frozen=True)
class Frame:
    """The words and the legend of a picture."""

    words: Words
    drawn: Drawn

    def height(self, width: float) -> float:
        """Pixels that a picture as wide as that wants."""
        scale = max(1.0, width / WIDE)
        room = width / scale - 2 * _pad(width / scale)
        beside = self.key(width) == "beside"
        figure = self.drawn.height(room - BESIDE - 24) if beside else self.drawn.height(room)
        key = 0 if beside else self._key(room)
        return scale * (self._words(width / scale) + key + max(figure, self._column() + 8 if beside else 0))

    def room(self, width: float, height: float) -> Room:
        """What is left to the figure, in pixels of the layout."""
        scale = max(1.0, width / WIDE)
        room = self._room(width, height, scale)
        while scale > SMALLEST and room[1] < self.drawn.least:
            scale *= SHRINK
            room = self._room(width, height, scale)
        return room[0], max(room[1], 1)

    def key(self, width: float) -> Literal["above", "below", "beside"]:
        """Where the legend stands; one that is to stand beside the figure needs a picture that is wide."""
        if self.drawn.above:
            return "above"
        return "beside" if self.drawn.beside and width >= BROAD else "below"

    def _room(self, width: float, height: float, scale: float) -> Room:
        inner = width / scale - 2 * _pad(width / scale)
        left = height / scale - self._words(width / scale)
        if self.key(width) == "beside" and self._column() <= left:
            return inner - BESIDE - 24, left
        return inner, left - self._key(inner)

    def _key(self, room: float) -> float:
        """What a legend above or below takes."""
        high = _legend(self._groups, room)
        return high + (6 if self.drawn.above else 10) if high else 0

    def _column(self) -> float:
        """The height of a legend beside the figure."""
        lines = [_lines(i.label, 11.5 * REGULAR, BESIDE - 24) for group in self._groups for i in group.items]
        return sum(17.5 + 14 * (n - 1) for n in lines) + 27 * len(self._groups) - 8

    @property
    def _groups(self) -> list[Group]:
        return [group for group in self.drawn.legend if group.items]

    def _words(self, width: float) -> float:
        pad = _pad(width)
        room, narrow = width - 2 * pad, width < SMALL
        title, plain = (23, 13) if narrow else (28, 14)
        above = pad - 4 + 18 + _lines(self.words.title, title * 0.95, room) * title * 1.18 + 5
        above += sum(_lines(line, plain * REGULAR, room) * plain * 1.42 + 1 for line in self.words.subtitle)
        footer = sum(_lines(line, 10.5 * REGULAR, room) for line in self.words.footer)
        below = 10.5 * 1.42 * (footer + _lines(self.words.link, 10.5, room)) + 1 + pad - 8
        return above + 8 + 22 + below


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
