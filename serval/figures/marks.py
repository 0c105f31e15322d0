"""Event marks as characters of our own font, Serval Marks: shape = kind of event, fill = certainty.

The font holds each mark twice: once placed for SVG and HTML, once for MapLibre, whose text sits lower on
its point. `tools/build_marks.py` draws the font from these same tables.
"""

from __future__ import annotations

from typing import Final, Literal

Surface = Literal["page", "map"]

SHAPES: Final = ("flag", "diamond", "star", "triangle", "chevron", "square", "circle", "hexagon")
FILLS: Final = ("confirmed", "reported", "disputed")  # solid, ringed, half-filled
FAMILY_SHAPE: Final = {
    "control": "flag",
    "ground": "diamond",
    "fire": "star",
    "attack": "triangle",
    "movement": "chevron",
    "politics": "square",
    "people": "circle",
    "other": "hexagon",
}
FIRST: Final = {"page": 0xE000, "map": 0xE100}

# Plotly lets map text use only families of a fixed list, so our fonts are known under these names as well;
# MapLibre reads the weight out of the name.
MAP_FONT_MARKS: Final = "Metropolis Black"
MAP_FONT_TEXT: Final = "Open Sans Semibold"


def mark(shape: str, status: str, surface: Surface = "page") -> str:
    """The character of a mark; KeyError-free: an unknown shape is a hexagon, an unknown status reported."""
    shape_index = SHAPES.index(shape) if shape in SHAPES else SHAPES.index("hexagon")
    fill_index = FILLS.index(status) if status in FILLS else FILLS.index("reported")
    return chr(FIRST[surface] + shape_index * len(FILLS) + fill_index)


def family_mark(family: str, status: str, surface: Surface = "page") -> str:
    """The mark of an event of this family and status."""
    return mark(FAMILY_SHAPE.get(family, "hexagon"), status, surface)
