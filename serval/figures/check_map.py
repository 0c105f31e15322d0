"""The map of the counter-check: discs on the outline of the country, as shapes of an SVG without colours."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from serval.figures.map import HOME
from serval.figures.print_ground import FINE, PROJECTION, Layers, Sheet

WIDTH, HEIGHT = 760.0, 520.0
SMALL, LARGE = 3.0, 22.0  # radius of a disc of one and of the most, in pixels
MOST = 400  # places that have a disc each; of more, neighbours are drawn as one
CELL = 0.25  # degrees of a square whose places are then one


@dataclass(frozen=True)
class Disc:
    """A disc in pixels, and how many rows it stands for."""

    x: float
    y: float
    r: float
    n: int


@dataclass(frozen=True)
class Discs:
    """Discs of one list; `summed`: each is all of a square of `CELL` degrees. `beyond`: rows off the map."""

    discs: list[Disc]
    summed: bool
    beyond: int


def sheet() -> Sheet:
    """The sheet that all is drawn on."""
    return Sheet.of(HOME, WIDTH, HEIGHT)


def outlines(layers: Layers) -> dict[str, str]:
    """The ground as paths, by the class of their style, what lies lowest first."""
    on = sheet()
    land, regions, rivers = (layers[name].to_crs(PROJECTION) for name in ("adm0", "adm1", "rivers"))
    parts: Mapping[str, Iterable[BaseGeometry]] = {
        "near": land[land["role"] != "focus"].geometry,
        "home": land[land["role"] == "focus"].geometry,
        "river": rivers[rivers["rank"] <= 2].geometry,
        "region": regions.boundary,
    }
    return {name: _path(shapes, on) for name, shapes in parts.items()}


def discs(spots: Mapping[tuple[float, float], int], most: int) -> Discs:
    """Discs of places, (latitude, longitude) -> rows; `most`: rows of the largest disc of the whole map."""
    on = sheet()
    summed = len(spots) > MOST
    places = summed_up(spots) if summed else spots
    step = min(SMALL, LARGE / math.sqrt(max(most, 1)))
    found, beyond = [], 0
    for (lat, lon), n in sorted(places.items(), key=lambda item: (-item[1], item[0])):
        x, y = on.pixel(lon, lat)
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            found.append(Disc(round(x, 1), round(y, 1), round(max(SMALL, step * math.sqrt(n)), 1), n))
        else:
            beyond += n
    return Discs(found, summed, beyond)


def summed_up(spots: Mapping[tuple[float, float], int]) -> dict[tuple[float, float], int]:
    """Places by squares of `CELL` degrees: their middle -> rows."""
    cells: dict[tuple[float, float], int] = {}
    for (lat, lon), n in spots.items():
        middle = ((math.floor(lat / CELL) + 0.5) * CELL, (math.floor(lon / CELL) + 0.5) * CELL)
        cells[middle] = cells.get(middle, 0) + n
    return cells


def _path(shapes: Iterable[BaseGeometry], on: Sheet) -> str:
    window = on.around(1.02)
    drawn = []
    for shape in shapes:
        part = shape.simplify(2 * FINE / on.scale).intersection(window)
        for piece in getattr(part, "geoms", [part]):
            rings = [piece.exterior, *piece.interiors] if isinstance(piece, Polygon) else [piece]
            drawn += [_line(shapely.get_coordinates(ring).tolist(), on) for ring in rings]
    return "".join(filter(None, drawn))


def _line(points: Sequence[Sequence[float]], on: Sheet) -> str:
    spots = [on.from_km(x, y) for x, y in points]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) if len(spots) > 1 else ""
