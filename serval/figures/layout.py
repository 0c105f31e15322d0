"""Where marks go, in pixels: places become clusters, clusters become one mark, a disc, or a sunflower.

Pure geometry on any plane whose unit is the pixel, x to the right and y down: the web map gives Web Mercator,
the print map its own projection. `assets/draw.js` holds the twin of every function here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Columns = Mapping[str, Any]
Point = tuple[float, float]
Bead = tuple[float, float, str]
Disc = tuple[float, float, float]
Box = tuple[float, float, float, float]

MERGE = 26.0  # places closer than this are drawn as one
CROWD = 1.1  # or closer than this many times their two radii
MARK = 9.0  # radius of one mark with its halo
SPACING = 9.7  # of a sunflower: keeps marks 15 px apart
GOLDEN = math.pi * (3 - math.sqrt(5))
STEP = 2.0  # along a ring, pixels from bead to bead
WIDE_KM = 250.0  # vaguer than this is not a place on the map
BOUNDS = (-19.0, 3.0, 17.0, 38.0)  # west, south, east, north of the base map

LETTERS = ((" iïîlIj.,'’", 0.27), ("tfr()-", 0.38), ("mwMW", 0.92))  # widths in the size of the label
CAPITAL, LETTER = 0.7, 0.6  # and of all others
LINE = 1.25  # height of a label, in its size
GAP = 3.0  # between a mark and its label


@dataclass(frozen=True)
class Cluster:
    """Events drawn together, around the place that has most of them.

    place: index of that place; x, y: its pixels; radius: of all that is drawn; rows: event rows, oldest
    first; spread: each event has a mark of its own.
    """

    place: int
    x: float
    y: float
    radius: float
    rows: tuple[int, ...]
    spread: bool


@dataclass(frozen=True)
class Label:
    """A label that found room: the place, the pixels of its middle, and whether it names a city."""

    place: int
    x: float
    y: float
    city: bool


def seats(columns: Columns, rows: Sequence[int]) -> tuple[dict[int, list[int]], list[int], list[int]]:
    """Sort the rows by where they can be drawn: by place index, nowhere in particular, beyond the map."""
    events, places = columns["events"], columns["places"]
    country = columns["terms"]["geo"].index("country")
    west, south, east, north = BOUNDS
    at: dict[int, list[int]] = {}
    vague: list[int] = []
    beyond: list[int] = []
    for row in sorted(rows):
        place = events["places"][row][0] if events["places"][row] else -1
        if place < 0 or events["geo"][row] == country or (places["radius"][place] or 0) >= WIDE_KM:
            vague.append(row)
        elif not (west < places["lon"][place] < east and south < places["lat"][place] < north):
            beyond.append(row)
        else:
            at.setdefault(place, []).append(row)
    return at, vague, beyond


def disc_radius(count: int) -> float:
    """Radius in pixels of what stands for that many events when they share one disc."""
    return MARK if count == 1 else 9 + 2.2 * math.sqrt(count)


def spread_radius(count: int) -> float:
    """Radius in pixels of a sunflower of that many marks."""
    return MARK if count == 1 else MARK + SPACING * math.sqrt(count - 0.5)


def arrange(at: Mapping[int, Sequence[int]], where: Mapping[int, Point], spread: bool) -> list[Cluster]:
    """Clusters of the events at places, most events first; greedy, so the same input gives the same result.

    at: event rows by place; where: pixels by place; spread: every event gets its own mark.
    """
    size = spread_radius if spread else disc_radius
    found: list[tuple[int, list[int]]] = []
    for place in sorted(at, key=lambda p: (-len(at[p]), p)):
        x, y = where[place]
        nearest, distance = -1, math.inf
        for i, (lead, _) in enumerate(found):
            away = math.hypot(where[lead][0] - x, where[lead][1] - y)
            if away < distance:
                nearest, distance = i, away
        if nearest >= 0:
            reach = CROWD * (size(len(found[nearest][1])) + size(len(at[place])))
            if distance < max(MERGE, reach):
                found[nearest][1].extend(at[place])
                continue
        found.append((place, list(at[place])))
    return [
        Cluster(lead, *where[lead], size(len(rows)), tuple(sorted(rows)), spread or len(rows) == 1)
        for lead, rows in found
    ]


def sunflower(cluster: Cluster) -> list[Point]:
    """The pixels of each event's mark, in the order of the cluster's rows: the oldest inside."""
    if len(cluster.rows) == 1:
        return [(cluster.x, cluster.y)]
    points = []
    for i in range(len(cluster.rows)):
        away, turn = SPACING * math.sqrt(i + 0.5), i * GOLDEN
        points.append((cluster.x + away * math.sin(turn), cluster.y - away * math.cos(turn)))
    return points


def ring(x: float, y: float, radius: float, shares: Sequence[tuple[str, float]], step: float) -> list[Bead]:
    """Beads around a circle, clockwise from the top, each coloured by the share it falls in."""
    count = max(8, math.ceil(2 * math.pi * radius / step))
    total = sum(share for _, share in shares)
    beads: list[Bead] = []
    part, limit = 0, shares[0][1]
    for i in range(count):
        while (i + 0.5) / count * total > limit and part < len(shares) - 1:
            part += 1
            limit += shares[part][1]
        turn = 2 * math.pi * (i + 0.5) / count
        beads.append((x + radius * math.sin(turn), y - radius * math.cos(turn), shares[part][0]))
    return beads


def side_counts(columns: Columns, rows: Sequence[int]) -> list[tuple[int, int]]:
    """(side index, number of events) of the rows, in the order of the sides."""
    counts: dict[int, int] = {}
    for row in rows:
        side = columns["events"]["side"][row]
        counts[side] = counts.get(side, 0) + 1
    return sorted(counts.items())


def labels(
    wanted: Sequence[tuple[int, str, bool, float]], where: Mapping[int, Point], blocked: Sequence[Disc]
) -> list[Label]:
    """Labels that collide with nothing, first come first served; one that finds no room is left out.

    wanted: (place index, text, is a city, radius to keep clear), most wanted first; blocked: (x, y, radius).
    """
    placed: list[Label] = []
    boxes: list[Box] = []
    for place, text, city, clear in wanted:
        size = label_size(city)
        half_width, half_height = text_width(text) * size / 2, LINE * size / 2
        across, down = clear + GAP + half_width, clear + GAP + half_height
        x, y = where[place]
        for dx, dy in ((across, 0.0), (-across, 0.0), (0.0, down), (0.0, -down)):
            box = (x + dx - half_width, y + dy - half_height, x + dx + half_width, y + dy + half_height)
            if any(meet(box, other) for other in boxes) or any(touch(box, disc) for disc in blocked):
                continue
            boxes.append(box)
            placed.append(Label(place, x + dx, y + dy, city))
            break
    return placed


def label_size(city: bool) -> float:
    """Size of a label's letters in pixels."""
    return 13.0 if city else 11.5


def text_width(text: str) -> float:
    """Width of a label in its size, as Inter semibold has it within a tenth."""
    return sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    for letters, width in LETTERS:
        if letter in letters:
            return width
    return LETTER if letter == letter.lower() else CAPITAL


def meet(a: Box, b: Box) -> bool:
    """Whether two boxes overlap."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def touch(box: Box, disc: Disc) -> bool:
    """Whether a box and a disc overlap."""
    x, y, radius = disc
    dx = max(box[0] - x, 0, x - box[2])
    dy = max(box[1] - y, 0, y - box[3])
    return dx * dx + dy * dy < radius * radius
