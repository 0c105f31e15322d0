"""The ground of the print map: land, water and borders on a plane true to area, and their names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry

from serval.figures.layout import Box, Disc, Point, meet, touch
from serval.figures.style import Theme

PROJECTION = "+proj=laea +lat_0=17 +lon_0=-2.5 +datum=WGS84 +units=km"
LAYERS = ("adm0", "adm1", "rivers", "lakes", "labels")
BEYOND = 2.2  # land is drawn this much wider than the sheet, for windows of another shape
FINE = 0.3  # pixels: what a simplified border may be off
HAIR = "\u200a"

Layers = Mapping[str, Mapping[str, Any]]
Trace = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A window on the plane: its middle in km, its size in pixels, and pixels per km."""

    middle: Point
    width: float
    height: float
    scale: float

    @classmethod
    def of(cls, box: tuple[float, float, float, float], width: float, height: float) -> Sheet:
        """The sheet of so many pixels that just shows a box of west, south, east, north."""
        west, south, east, north = box
        edge = shapely.segmentize(shapely.box(west, south, east, north), 0.5)
        left, low, right, high = shapely.transform(edge, _forward).bounds
        scale = min(width / (right - left), height / (high - low))
        return cls(((left + right) / 2, (low + high) / 2), width, height, scale)

    def pixel(self, lon: float, lat: float) -> Point:
        """Pixels from the upper left corner, y down."""
        x, y = _transformer().transform(lon, lat)
        return self.from_km(x, y)

    def from_km(self, x: float, y: float) -> Point:
        """Pixels of a point of the plane."""
        return (
            (x - self.middle[0]) * self.scale + self.width / 2,
            (self.middle[1] - y) * self.scale + self.height / 2,
        )

    def km(self, x: float, y: float) -> Point:
        """The point of the plane under a pixel."""
        return (
            self.middle[0] + (x - self.width / 2) / self.scale,
            self.middle[1] - (y - self.height / 2) / self.scale,
        )

    def around(self, times: float) -> BaseGeometry:
        """The part of the plane that a sheet so many times as large shows, as a polygon in km."""
        across, up = self.width / self.scale * times / 2, self.height / self.scale * times / 2
        x, y = self.middle
        return shapely.box(x - across, y - up, x + across, y + up)


@dataclass
class Room:
    """What of the sheet is taken, in pixels."""

    boxes: list[Box] = field(default_factory=list)
    discs: list[Disc] = field(default_factory=list)

    def take(self, x: float, y: float, width: float, height: float) -> bool:
        """Take a box around a point; False if something is there."""
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if any(meet(box, other) for other in self.boxes) or any(touch(box, disc) for disc in self.discs):
            return False
        self.boxes.append(box)
        return True

    def block(self, x: float, y: float, radius: float) -> None:
        """Take a disc, whatever is there."""
        self.discs.append((x, y, radius))


def ground(layers: Layers, sheet: Sheet, look: Theme) -> list[Trace]:
    """Land, water and borders as filled and plain lines, in km."""
    g, window = look.ground, sheet.around(BEYOND)
    land: dict[str, list[BaseGeometry]] = {}
    for feature in layers["adm0"]["features"]:
        land.setdefault(feature["properties"]["role"], []).append(_on_plane(feature, sheet))
    home = shapely.union_all(land["focus"])
    others = [part.boundary for role, parts in land.items() if role != "focus" for part in parts]
    lakes = [_on_plane(f, sheet) for f in layers["lakes"]["features"]]
    regions = [_on_plane(f, sheet).boundary for f in layers["adm1"]["features"]]
    inner = shapely.union_all(regions).difference(home.boundary.buffer(2 * FINE / sheet.scale))
    rivers = {
        rank: [_on_plane(f, sheet) for f in layers["rivers"]["features"] if f["properties"]["rank"] == rank]
        for rank in (3, 2, 1)
    }

    def line(parts: Iterable[BaseGeometry], colour: str, width: float, **more: Any) -> Trace:
        return _trace(_clipped(parts, window), line={"color": colour, "width": width, **more})

    def area(parts: Iterable[BaseGeometry], colour: str) -> Trace:
        return _trace(_clipped(parts, window), fill="toself", fillcolor=colour, line={"width": 0})

    return [
        area(land.get("context", []), g["far"]),
        area(land.get("neighbour", []), g["near"]),
        line([home.boundary], g["glow"], 7.0) | {"opacity": 0.35},
        area([home], g["home"]),
        area(lakes, g["lake"]),
        *(line(rivers[rank], g["river"], width) for rank, width in ((3, 0.6), (2, 1.0), (1, 1.9))),
        line([inner], g["region"], 0.9, dash="5px,3px,1px,3px"),
        line(others, g["edge"], 0.8),
        line([home.boundary], g["border"], 1.5),
    ]


def names(layers: Layers, sheet: Sheet, look: Theme, word: str, room: Room) -> list[dict[str, Any]]:
    """The names of countries, regions, towns and rivers as annotations, where there is room.

    word: the property that holds them, n or n_fr.
    """
    g = look.ground
    wide = {"country": (12.5, g["land_text"]), "region": (10.5, g["area_text"])}
    found = []
    for feature in layers["labels"]["features"]:
        kind, text = feature["properties"]["kind"], feature["properties"][word]
        x, y = sheet.pixel(*feature["geometry"]["coordinates"])
        if kind in wide and _inside(sheet, x, y, 40):
            size, colour = wide[kind]
            spot = _wide(room, x, y, 0.92 * size * len(text), 1.3 * size)
            if spot:
                spaced = HAIR.join(text.upper())
                found.append(_note(sheet.km(*spot), spaced, size, colour, weight=600))
    for text, spot, turn in _along(layers["rivers"]["features"], sheet, word, room):
        found.append(_note(sheet.km(*spot), text, 11, g["water_text"], style="italic") | {"textangle": turn})
    return found


def _wide(room: Room, x: float, y: float, width: float, height: float) -> Point | None:
    """The nearest place to a point where a wide name has room."""
    steps = [(dx, dy) for dx in range(-60, 61, 15) for dy in range(-45, 46, 9)]
    for dx, dy in sorted(steps, key=lambda s: (math.hypot(*s), s)):
        if room.take(x + dx, y + dy, width, height):
            return x + dx, y + dy
    return None


def _along(
    features: Sequence[Mapping[str, Any]], sheet: Sheet, word: str, room: Room
) -> Iterator[tuple[str, Point, float]]:
    """Each greater river's name once, over its straightest stretch that has room: text, pixels, turn."""
    key = "name_fr" if word == "n_fr" else "name"
    for feature in features:
        if feature["properties"]["rank"] > 2:
            continue
        text, best = feature["properties"][key], []
        width = 6.2 * len(text) + 8
        course = shapely.line_merge(_on_plane(feature, sheet).intersection(sheet.around(0.92)))
        for part in getattr(course, "geoms", [course]):
            step = width / sheet.scale
            stops = [part.interpolate(at) for at in np.arange(0, part.length, step)]
            for a, b in pairwise(stops):
                best.append((-a.distance(b), sheet.from_km(a.x, a.y), sheet.from_km(b.x, b.y)))
        for _, (ax, ay), (bx, by) in sorted(best):
            turn = math.atan2(by - ay, bx - ax)
            turn = (turn + math.pi / 2) % math.pi - math.pi / 2  # never upside down
            x, y = (ax + bx) / 2 + 9 * math.sin(turn), (ay + by) / 2 - 9 * math.cos(turn)
            across, high = abs(math.cos(turn)), abs(math.sin(turn))
            if room.take(x, y, width * across + 13 * high, width * high + 13 * across):
                yield text, (x, y), math.degrees(turn)
                break


def _note(spot: Point, text: str, size: float, colour: str, **font: Any) -> dict[str, Any]:
    return {"x": spot[0], "y": spot[1], "text": text, "showarrow": False,
            "font": {"size": size, "color": colour, **font}}  # fmt: skip


def _inside(sheet: Sheet, x: float, y: float, rim: float) -> bool:
    return rim < x < sheet.width - rim and rim / 2 < y < sheet.height - rim / 2


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:4326", PROJECTION, always_xy=True)


def _forward(points: Any) -> Any:
    return np.column_stack(_transformer().transform(points[:, 0], points[:, 1]))


def _on_plane(feature: Mapping[str, Any], sheet: Sheet) -> BaseGeometry:
    flat = shapely.transform(shape(feature["geometry"]), _forward)
    return shapely.simplify(flat, FINE / sheet.scale)


def _clipped(parts: Iterable[BaseGeometry], window: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in parts:
        cut = part.intersection(window)
        yield from getattr(cut, "geoms", [cut])


def _trace(parts: Iterable[BaseGeometry], **look: Any) -> Trace:
    x: list[float | None] = []
    y: list[float | None] = []
    for part in parts:
        rings = [part.exterior, *part.interiors] if isinstance(part, Polygon) else [part]
        for ring in rings:
            spots = shapely.get_coordinates(ring).round(1)
            x += [*spots[:, 0].tolist(), None]
            y += [*spots[:, 1].tolist(), None]
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip", **look}
