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


@dataclass(frozen=True)
class Disc:
    """A disc in pixels, and how many rows it stands for."""

    x: float
    y: float
    r: float
    n: int


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


def discs(
    places: Sequence[tuple[tuple[float, float], int]], most: int, side: float = 0
) -> tuple[list[Disc], int]:
    """Discs of ((latitude, longitude), rows), the largest first, and how many rows lie off the map.

    most: rows of the largest disc. side: degrees of the squares whose sums the places are; their discs then
    stay inside them.
    """
    on = sheet()
    inside = (on.pixel(side, 17)[0] - on.pixel(0, 17)[0]) / 2
    small, large = (inside / 4, inside) if side else (SMALL, LARGE)
    step = min(SMALL, large / math.sqrt(max(most, 1)))
    found, beyond = [], 0
    for (lat, lon), n in sorted(places, key=lambda place: (-place[1], place[0])):
        x, y = on.pixel(lon, lat)
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            found.append(Disc(round(x, 1), round(y, 1), round(max(small, step * math.sqrt(n)), 1), n))
        else:
            beyond += n
    return found, beyond


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
