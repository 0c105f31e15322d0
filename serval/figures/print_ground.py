"""The ground of the print map: land, water and borders on a plane true to area, and their names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import geopandas
import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from serval.figures.layout import Box, Disc, Point, meet, text_width, touch
from serval.figures.style import Theme

PROJECTION = "+proj=laea +lat_0=17 +lon_0=-2.5 +datum=WGS84 +units=km"
LAYERS = ("adm0", "adm1", "rivers", "lakes", "labels")
BEYOND = 2.2  # land is drawn this much wider than the sheet, for windows of another shape
FINE = 0.3  # pixels: what a simplified border may be off
HAIR = "\u200a"

Layers = Mapping[str, geopandas.GeoDataFrame]
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
    """What of the sheet is taken, in pixels; `edge`: what there is to take."""

    edge: Box = (-math.inf, -math.inf, math.inf, math.inf)
    boxes: list[Box] = field(default_factory=list)
    discs: list[Disc] = field(default_factory=list)

    def take(self, x: float, y: float, width: float, height: float) -> bool:
        """Take a box around a point; False if something is there or it is not wholly on the sheet."""
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        left, top, right, bottom = self.edge
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
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
    land = _on_plane(layers["adm0"], sheet)
    home = land[land["role"] == "focus"].union_all()
    others = land[land["role"] != "focus"].boundary
    regions = _on_plane(layers["adm1"], sheet).boundary.union_all()
    inner = regions.difference(home.boundary.buffer(2 * FINE / sheet.scale))
    rivers = _on_plane(layers["rivers"], sheet)

    def line(parts: Iterable[BaseGeometry], colour: str, width: float, **more: Any) -> Trace:
        return _trace(_clipped(parts, window), line={"color": colour, "width": width, **more})

    def area(parts: Iterable[BaseGeometry], colour: str) -> Trace:
        return _trace(_clipped(parts, window), fill="toself", fillcolor=colour, line={"width": 0})

    return [
        area(land[land["role"] == "context"].geometry, g["far"]),
        area(land[land["role"] == "neighbour"].geometry, g["near"]),
        line([home.boundary], g["glow"], 7.0) | {"opacity": 0.35},
        area([home], g["home"]),
        area(_on_plane(layers["lakes"], sheet).geometry, g["lake"]),
        *(
            line(rivers[rivers["rank"] == rank].geometry, g["river"], width)
            for rank, width in ((3, 0.6), (2, 1.0), (1, 1.9))
        ),
        line([inner], g["region"], 0.9, dash="5px,3px,1px,3px"),
        line(others, g["edge"], 0.8),
        line([home.boundary], g["border"], 1.5),
    ]


def names(layers: Layers, sheet: Sheet, look: Theme, word: str, room: Room) -> list[dict[str, Any]]:
    """The names of towns, rivers, countries and regions as annotations, where there is room.

    word: the property that holds them, n or n_fr.
    """
    makers = {"town": _town, "river": _river, "country": _wide, "region": _wide}
    found = []
    for of in sorted(layers["labels"].to_dict("records"), key=lambda of: [*makers].index(of["kind"])):
        x, y = sheet.pixel(of["geometry"].x, of["geometry"].y)
        if 40 < x < sheet.width - 40 and 20 < y < sheet.height - 20:
            note = makers[of["kind"]](of, of[word], x, y, look, room)
            if note:
                note["x"], note["y"] = sheet.km(note["x"], note["y"])
                found.append({"showarrow": False, **note})
    return found


def _town(_: Mapping[str, Any], text: str, x: float, y: float, look: Theme, room: Room) -> Trace | None:
    width = 11 * text_width(text) + 8
    if not room.take(x + width / 2, y, width, 14):
        return None
    return {"x": x, "y": y, "text": f"• {text}", "xanchor": "left", "xshift": -4,
            "font": {"size": 11, "color": look.soft}}  # fmt: skip


def _river(of: Mapping[str, Any], text: str, x: float, y: float, look: Theme, room: Room) -> Trace | None:
    turn = math.radians(of["turn"])
    x, y = x + 9 * math.sin(turn), y - 9 * math.cos(turn)
    width, across, high = 11 * text_width(text), abs(math.cos(turn)), abs(math.sin(turn))
    if not room.take(x, y, width * across + 12 * high, width * high + 12 * across):
        return None
    return {"x": x, "y": y, "text": text, "textangle": of["turn"],
            "font": {"size": 11, "color": look.ground["water_text"], "style": "italic"}}  # fmt: skip


def _wide(of: Mapping[str, Any], text: str, x: float, y: float, look: Theme, room: Room) -> Trace | None:
    size, colour = (12.5, "land_text") if of["kind"] == "country" else (10.5, "area_text")
    steps = [(dx, dy) for dx in range(-60, 61, 15) for dy in range(-45, 46, 9)]
    for dx, dy in sorted(steps, key=lambda step: (math.hypot(*step), step)):
        if room.take(x + dx, y + dy, 0.92 * size * len(text), 1.3 * size):
            return {"x": x + dx, "y": y + dy, "text": HAIR.join(text.upper()),
                    "font": {"size": size, "color": look.ground[colour], "weight": 600}}  # fmt: skip
    return None


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:4326", PROJECTION, always_xy=True)


def _forward(points: Any) -> Any:
    return np.column_stack(_transformer().transform(points[:, 0], points[:, 1]))


def _on_plane(layer: geopandas.GeoDataFrame, sheet: Sheet) -> geopandas.GeoDataFrame:
    flat = layer.to_crs(PROJECTION)
    return flat.set_geometry(flat.simplify(FINE / sheet.scale))


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
