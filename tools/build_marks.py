"""Draws the icon font Serval Marks from a few polygons: python tools/build_marks.py.

Writes assets/fonts/serval-marks.woff2 and assets/marks.js, the same marks as paths for pictures that are
opened where the font is not. The same tables always give the same bytes.
"""

from __future__ import annotations

import io
import json
import math
import sys
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from shapely.affinity import scale, translate
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.ops import unary_union

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from serval.figures.marks import FILLS, FIRST, SHAPES  # noqa: E402  (the folder above is not installed)

EM = 1000
RING = 105  # width of an outline; thinner ones vanish at 14 pixels
ROUND = 26  # radius of the corners
BORN = 3440707200  # a fixed date in the file, so that a rebuild changes nothing
CENTRE = {"page": 250, "map": 437}  # height of a mark's centre above the baseline that puts it on its point


def star(points: int, outer: float, inner: float) -> Polygon:
    turns = range(2 * points)
    radii = [outer if i % 2 == 0 else inner for i in turns]
    return Polygon([spoke(90 + 180 * i / points, r) for i, r in zip(turns, radii, strict=True)])


def ngon(corners: int, radius: float, first: float) -> Polygon:
    return Polygon([spoke(first + 360 * i / corners, radius) for i in range(corners)])


def spoke(degrees: float, radius: float) -> tuple[float, float]:
    return radius * math.cos(math.radians(degrees)), radius * math.sin(math.radians(degrees))


BODIES: dict[str, BaseGeometry] = {
    "flag": Polygon([(-270, 445), (450, 445), (300, 175), (450, -95), (-270, -95)]),
    "diamond": ngon(4, 455, 90),
    "star": translate(star(5, 520, 275), yoff=-30),
    "triangle": translate(ngon(3, 545, 90), yoff=-105),
    "chevron": Polygon([(-410, 400), (60, 400), (430, 0), (60, -400), (-410, -400), (-190, 0)]),
    "square": box(-335, -335, 335, 335),
    "circle": Point(0, 0).buffer(385, quad_segs=12),
    "hexagon": scale(ngon(6, 470, 0), yfact=0.72),  # a regular one is taken for a circle
}
STAFF = box(-375, -460, -265, 460)  # a flag keeps its staff whatever its fill
MIDDLE = {"flag": 60.0, "chevron": -20.0}  # where the left half ends, if not at the centre


def outline(shape: str, fill: str) -> BaseGeometry:
    body = BODIES[shape].buffer(-ROUND).buffer(ROUND, quad_segs=4)
    inner = body.buffer(-RING, join_style="mitre")
    ring = body.difference(inner)
    half = body.intersection(box(-EM, -EM, MIDDLE.get(shape, 0.0), EM))
    drawn = {"confirmed": body, "reported": ring, "disputed": unary_union([ring, half])}[fill]
    return unary_union([drawn, STAFF]) if shape == "flag" else drawn


def glyph(shape: BaseGeometry, centre: int) -> object:
    pen = TTGlyphPen(None)
    placed = translate(shape, xoff=EM / 2, yoff=centre)
    for part in getattr(placed, "geoms", [placed]):
        whole = orient(part, sign=-1)  # TrueType: outside clockwise, holes the other way
        for ring in (whole.exterior, *whole.interiors):
            corners = [(round(x), round(y)) for x, y in list(ring.coords)[:-1]]
            pen.moveTo(corners[0])
            for corner in corners[1:]:
                pen.lineTo(corner)
            pen.closePath()
    return pen.glyph()


def build() -> TTFont:
    glyphs: dict[str, object] = {".notdef": TTGlyphPen(None).glyph(), "space": TTGlyphPen(None).glyph()}
    characters = {0x20: "space"}
    for surface, first in FIRST.items():
        for i, shape in enumerate(SHAPES):
            for j, fill in enumerate(FILLS):
                name = f"{shape}.{fill}.{surface}"
                characters[first + i * len(FILLS) + j] = name
                glyphs[name] = glyph(outline(shape, fill), CENTRE[surface])
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap(characters)
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics({name: (EM, font.font["glyf"][name].xMin) for name in glyphs})
    font.setupHorizontalHeader(ascent=950, descent=-250)
    font.setupNameTable({"familyName": "Serval Marks", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=950, sTypoDescender=-250, usWinAscent=950, usWinDescent=250)
    font.setupPost()
    font.updateHead(created=BORN, modified=BORN)
    font.font.recalcTimestamp = False
    return font.font


def packed() -> bytes:
    """The bytes of the font as woff2."""
    font = build()
    font.flavor = "woff2"
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def script() -> str:
    """The text of assets/marks.js: character -> path, 1000 to the size of the letter, its point at 0, 0."""
    paths = {
        chr(FIRST["page"] + i * len(FILLS) + j): path(outline(shape, fill))
        for i, shape in enumerate(SHAPES)
        for j, fill in enumerate(FILLS)
    }
    return (
        "// Written by `python tools/build_marks.py`; a test compares it with the font.\n"
        f'"use strict";\n(window.serval = window.serval || {{}}).marks = {json.dumps(paths, indent=1)};\n'
    )


def path(shape: BaseGeometry) -> str:
    rings = []
    for part in getattr(shape, "geoms", [shape]):
        whole = orient(part, sign=-1)
        for ring in (whole.exterior, *whole.interiors):
            corners = [f"{round(x)},{round(-y)}" for x, y in list(ring.coords)[:-1]]
            rings.append(f"M{'L'.join(corners)}Z")
    return "".join(rings)


if __name__ == "__main__":
    (ROOT / "assets" / "marks.js").write_text(script(), encoding="utf-8")
    (ROOT / "assets" / "fonts" / "serval-marks.woff2").write_bytes(packed())
