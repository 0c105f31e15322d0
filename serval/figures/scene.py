"""What is drawn on a map, in pixels of any projection: the web map and the print map share it.

A scene is one `Fill` per trace, in the order of FIXED and then one per side. x and y are
pixels, y down; None breaks a line. `assets/draw.js` is the twin.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from serval.figures import layout
from serval.figures.days import iso
from serval.figures.layout import BOUNDS, Cluster, Columns, Point
from serval.figures.marks import Surface, family_mark
from serval.figures.style import Theme, theme

Fill = dict[str, list[Any]]
State = Mapping[str, Any]
Town = Mapping[str, Any]

FIXED = ("near", "areas", "towns", "rings", "discs", "shares", "open", "counts", "cities", "names")

EARTH_KM = 111.195  # one degree of latitude
VAGUE_KM = {"near": 10.0, "area": 40.0}  # drawn where the place has no radius of its own
CORNERS = 96  # of a circle on the ground
TOWN = 7.0  # radius of a town without events
TOWN_GAP = 5.5  # between the events of a town and its ring
DOTTED = 5.5  # pixels between beads that are to be seen one by one
BEAD, DOT = 4.4, 5.0
OPEN, OPEN_GAP = 3.4, 2.0  # width of the open event's ring, and how far out it is
RIM = 3.0  # half the width of a disc's coloured rim
SEGMENTS = 8
CITIES = ("capital", "city")


def scene(
    columns: Columns,
    rows: Sequence[int],
    state: State,
    towns: Sequence[Town],
    project: Callable[[float, float], Point],
    spread: bool,
    surface: Surface,
) -> list[Fill]:
    """The fills of all traces. `towns`: place, state, holders and before (actor indexes) of each town."""
    look = theme(state["theme"])
    at, _, _ = layout.seats(columns, rows)
    places = columns["places"]
    mapped = [town for town in towns if _on_map(places, town["place"])]
    cities = [p for p, kind in enumerate(places["kind"]) if kind in CITIES and _on_map(places, p)]
    wanted = {*at, *cities, *(town["place"] for town in mapped)}
    where = {p: project(places["lon"][p], places["lat"][p]) for p in wanted}
    clusters = layout.arrange(at, where, spread)
    rings = _town_radii(mapped, clusters, where)
    idle = [p for p in cities if p not in rings and not _covered(where[p], clusters)]
    names = _labels(columns, state["lang"], where, clusters, rings, idle)
    ground = [_vague(columns, at, kind, project) for kind in ("near", "area")]
    return [
        *ground,
        *_towns(columns, [t for t in mapped if t["place"] in rings], where, rings, idle, look),
        _discs(columns, clusters, state["lang"]),
        _shares(columns, clusters, look),
        _open(clusters, state["event"]),
        _counts(clusters),
        *names,
        *_marks(columns, clusters, surface),
    ]


def _points(*more: str) -> Fill:
    return {key: [] for key in ("x", "y", *more)}


def _put(fill: Fill, *values: Any) -> None:
    for column, value in zip(fill.values(), values, strict=True):
        column.append(value)


def _on_map(places: Mapping[str, Any], place: int) -> bool:
    west, south, east, north = BOUNDS
    return bool(west < places["lon"][place] < east and south < places["lat"][place] < north)


def _covered(point: Point, clusters: Sequence[Cluster]) -> bool:
    return any(math.hypot(c.x - point[0], c.y - point[1]) < c.radius for c in clusters)


def _vague(
    columns: Columns, at: Mapping[int, Sequence[int]], kind: str, project: Callable[[float, float], Point]
) -> Fill:
    places, geo = columns["places"], columns["terms"]["geo"].index(kind)
    fill = _points()
    for place in sorted(at):
        if any(columns["events"]["geo"][row] == geo for row in at[place]):
            lon, lat = places["lon"][place], places["lat"][place]
            degrees = (places["radius"][place] or VAGUE_KM[kind]) / EARTH_KM
            for i in range(CORNERS + 1):
                turn = 2 * math.pi * i / CORNERS
                east = degrees * math.sin(turn) / math.cos(math.radians(lat))
                _put(fill, *project(lon + east, lat + degrees * math.cos(turn)))
            _put(fill, None, None)
    return fill


def _town_radii(
    towns: Sequence[Town], clusters: Sequence[Cluster], where: Mapping[int, Point]
) -> dict[int, float]:
    leads = {c.place: c.radius for c in clusters}
    radii = {}
    for town in towns:
        place = town["place"]
        if place in leads:
            radii[place] = leads[place] + TOWN_GAP
        elif not _covered(where[place], clusters):
            radii[place] = TOWN
    return radii


def _towns(
    columns: Columns,
    towns: Sequence[Town],
    where: Mapping[int, Point],
    radii: Mapping[int, float],
    idle: Sequence[int],
    look: Theme,
) -> tuple[Fill, Fill]:
    # Rings apart from what they surround: MapLibre draws a trace tile by tile, one would cut into the other.
    discs, rings = _points("marker.color", "marker.size"), _points("marker.color", "marker.size")
    for place in idle:
        _put(rings, *where[place], look.soft, DOT)
    for town in towns:
        (x, y), radius = where[town["place"]], radii[town["place"]]
        now, before = _sides(columns, town["holders"]), _sides(columns, town["before"])
        tint = look.tint(now[0]) if town["state"] == "held" else look.paper
        _put(discs, x, y, tint, 2 * radius)
        for bead_x, bead_y, side in town_ring(x, y, radius, town["state"], now, before):
            _put(rings, bead_x, bead_y, look.side(side), BEAD)
    return discs, rings


def town_ring(
    x: float, y: float, radius: float, state: str, now: Sequence[str], before: Sequence[str]
) -> list[layout.Bead]:
    """The beads around a town in a state, coloured by the sides that hold it now and that held it before."""
    shares, step = _arcs(state, now, before)
    return layout.ring(x, y, radius, shares, step)


def _sides(columns: Columns, actors: Sequence[int]) -> list[str]:
    of = columns["actors"]["side"]
    return list(dict.fromkeys(_side(columns, of[a] if a >= 0 else -1) for a in actors)) or ["unknown"]


def _side(columns: Columns, index: int) -> str:
    return str(columns["terms"]["sides"][index]) if index >= 0 else "unknown"


def _arcs(state: str, now: Sequence[str], before: Sequence[str]) -> tuple[list[tuple[str, float]], float]:
    if state == "contested":
        return [(now[i % len(now)], 1.0) for i in range(SEGMENTS)], layout.STEP
    if state == "changing":
        return [(s, 1 / len(now)) for s in now] + [(s, 1 / len(before)) for s in before], DOTTED
    return [(side, 1.0) for side in now], layout.STEP if state == "held" else DOTTED


def _open(clusters: Sequence[Cluster], event: int) -> Fill:
    fill = _points()
    for cluster in clusters:
        if event in cluster.rows:
            x, y, radius = cluster.x, cluster.y, cluster.radius
            if cluster.spread:
                (x, y), radius = layout.sunflower(cluster)[cluster.rows.index(event)], layout.MARK
            for bead_x, bead_y, _ in layout.ring(x, y, radius + OPEN_GAP, [("", 1.0)], layout.STEP):
                _put(fill, bead_x, bead_y)
    return fill


def _discs(columns: Columns, clusters: Sequence[Cluster], lang: str) -> Fill:
    fill = _points("marker.size", "customdata", "hovertext")
    events = columns["events"]
    titles = events["title_fr" if lang == "fr" else "title"]
    for cluster in clusters:
        if cluster.spread:
            for row, (x, y) in zip(cluster.rows, layout.sunflower(cluster), strict=True):
                start, end = iso(events["start"][row]), iso(events["end"][row])
                days = start if start == end else f"{start} – {end}"
                _put(fill, x, y, 2 * layout.MARK, [events["id"][row]], f"{days}<br>{titles[row]}")
        else:
            word = "événements" if lang == "fr" else "events"
            colon = "\u202f:" if lang == "fr" else ":"
            text = f"{_name(columns, cluster.place, lang)}{colon} {len(cluster.rows)} {word}"
            ids = [events["id"][row] for row in cluster.rows]
            _put(fill, cluster.x, cluster.y, 2 * cluster.radius, ids, text)
    return fill


def _shares(columns: Columns, clusters: Sequence[Cluster], look: Theme) -> Fill:
    fill = _points("marker.color")
    for cluster in clusters:
        if not cluster.spread:
            counts = layout.side_counts(columns, cluster.rows)
            shares = [(_side(columns, side), float(count)) for side, count in counts]
            for x, y, side in layout.ring(cluster.x, cluster.y, cluster.radius - RIM, shares, layout.STEP):
                _put(fill, x, y, look.side(side))
    return fill


def _counts(clusters: Sequence[Cluster]) -> Fill:
    fill = _points("text")
    for cluster in clusters:
        if not cluster.spread:
            _put(fill, cluster.x, cluster.y, str(len(cluster.rows)))
    return fill


def _name(columns: Columns, place: int, lang: str) -> str:
    places = columns["places"]
    return str(places["name_fr" if lang == "fr" else "name"][place] or places["name"][place])


def _is_city(columns: Columns, place: int) -> bool:
    places = columns["places"]
    return places["kind"][place] in CITIES and places["region"][place] >= 0


def _labels(
    columns: Columns,
    lang: str,
    where: Mapping[int, Point],
    clusters: Sequence[Cluster],
    radii: Mapping[int, float],
    idle: Sequence[int],
) -> tuple[Fill, Fill]:
    clear = dict.fromkeys(idle, DOT / 2) | {c.place: c.radius for c in clusters} | dict(radii)
    counts = {c.place: len(c.rows) for c in clusters}
    order = sorted(clear, key=lambda p: (not _is_city(columns, p), -counts.get(p, 0), p))
    wanted = [(p, _name(columns, p, lang), _is_city(columns, p), clear[p]) for p in order]
    blocked = [(*where[p], clear[p]) for p in order]
    cities, names = _points("text"), _points("text")
    for label in layout.labels(wanted, where, blocked):
        _put(cities if label.city else names, label.x, label.y, _name(columns, label.place, lang))
    return cities, names


def _marks(columns: Columns, clusters: Sequence[Cluster], surface: Surface) -> list[Fill]:
    events, terms = columns["events"], columns["terms"]
    fills = {side: _points("text") for side in terms["sides"]}
    for cluster in clusters:
        if cluster.spread:
            for row, (x, y) in zip(cluster.rows, layout.sunflower(cluster), strict=True):
                family = terms["families"][terms["type_family"][events["type"][row]]]
                text = family_mark(family, terms["statuses"][events["status"][row]], surface)
                _put(fills[_side(columns, events["side"][row])], x, y, text)
    return list(fills.values())
