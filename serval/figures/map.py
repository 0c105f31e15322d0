"""The map: `template` is the figure without rows, `fill` the arrays of its traces.

Colour is the side, shape the kind of event, fill the certainty. Around each town lies a ring in the colours
of those who hold it: an arc for each side, eight arcs where it is contested, beads from the old holders on
the left to the new ones on the right while it changes hands. `assets/draw.js` is the twin of the fill.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from serval import control
from serval.figures.basemap import basemap_style, slot
from serval.figures.days import iso
from serval.figures.layout import BOUNDS, Columns, Point, label_size, seats
from serval.figures.marks import MAP_FONT_MARKS, MAP_FONT_TEXT
from serval.figures.scene import OPEN, RIM, Fill, State, scene
from serval.figures.style import FONT_TEXT, Lang, Theme, ThemeName, theme

NEAR_ZOOM = 8.5  # from here on every event has a mark of its own
HOME = (-8.9, 11.9, 4.8, 22.3)  # west, south, east, north of the theatre
TILE = 512.0  # pixels of the world at zoom 0
MARK_SIZE = 15.0


def template(
    name: ThemeName,
    lang: Lang,
    style_url: str,
    sides: Sequence[str],
    camera: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """The empty figure in a theme. `style_url`: the base map's style in this theme and language.

    sides: ids in the order of the columns; camera: lat, lon and zoom to start from, by default the theatre.
    """
    look = theme(name)
    at = camera or view(HOME, 1000, 640)
    west, south, east, north = BOUNDS
    font = {"family": FONT_TEXT, "size": 13, "color": look.ink}
    return {
        "data": [
            {"type": "scattermap", "lat": [], "lon": [], **trace, "below": slot(i)}
            for i, trace in enumerate(traces(look, sides, MAP_FONT_MARKS, MAP_FONT_TEXT))
        ],
        "layout": {
            "map": {"style": style_url, "center": {"lat": at["lat"], "lon": at["lon"]}, "zoom": at["zoom"],
                    "fitbounds": False, "uirevision": "map",
                    "bounds": {"west": west, "south": south, "east": east, "north": north}},
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "uirevision": "map", "showlegend": False,
            "paper_bgcolor": look.ground["sea"], "hovermode": "closest", "font": font,
            "hoverlabel": {"bgcolor": look.panel, "bordercolor": look.rule, "font": font, "align": "left"},
        },
    }  # fmt: skip


def traces(look: Theme, sides: Sequence[str], marks: str, words: str) -> list[dict[str, Any]]:
    """The empty traces of a scene, in its order; `marks` and `words` are the font families of their texts."""
    line = {"color": _thin(look.soft, 0.6), "width": 0.8}
    sizes = {"counts": 12.0, "cities": label_size(True), "names": label_size(False)}
    texts = {uid: {"family": words, "size": size, "color": look.ink} for uid, size in sizes.items()}
    texts |= {f"marks-{s}": {"family": marks, "size": MARK_SIZE, "color": look.side(s)} for s in sides}
    found: list[dict[str, Any]] = [
        {"uid": "near", "mode": "lines", "line": line},
        {"uid": "areas", "mode": "lines", "line": line, "fill": "toself",
         "fillcolor": _thin(look.soft, 0.06)},
        {"uid": "towns", "mode": "markers", "marker": {"color": [], "size": [], "opacity": 0.8}},
        {"uid": "rings", "mode": "markers", "marker": {"color": [], "size": [], "opacity": 1}},
        {"uid": "discs", "mode": "markers", "marker": {"color": look.paper, "size": [], "opacity": 0.95},
         "hoverinfo": "text", "hovertext": [], "customdata": []},
        {"uid": "shares", "mode": "markers", "marker": {"color": [], "size": 2 * RIM}},
        {"uid": "open", "mode": "markers", "marker": {"color": look.accent, "size": OPEN}},
        *({"uid": uid, "mode": "text", "text": [], "textposition": "middle center", "textfont": font}
          for uid, font in texts.items()),
    ]  # fmt: skip
    return [{"hoverinfo": "skip", **trace} for trace in found]


def _thin(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def style_file(name: ThemeName, lang: Lang, url: Callable[[str], str]) -> bytes:
    """The base map's style as a file; arguments as for `basemap_style`."""
    return json.dumps(basemap_style(name, lang, url), ensure_ascii=False).encode()


def view(box: tuple[float, float, float, float], width: float, height: float) -> dict[str, float]:
    """The camera (lat, lon, zoom) that just shows a box of west, south, east, north in so many pixels."""
    west, south, east, north = box
    (left, top), (right, bottom) = world(west, north, 0), world(east, south, 0)
    zoom = math.log2(min(width / (right - left), height / (bottom - top)))
    lon, lat = unworld((left + right) / 2, (top + bottom) / 2, 0)
    return {"lat": lat, "lon": lon, "zoom": zoom}


def world(lon: float, lat: float, zoom: float) -> Point:
    """Web Mercator pixels of the world at a zoom, y down."""
    size = TILE * 2**zoom
    north = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return (lon + 180) / 360 * size, (0.5 - north / (2 * math.pi)) * size


def unworld(x: float, y: float, zoom: float) -> Point:
    """Longitude and latitude of world pixels."""
    size = TILE * 2**zoom
    north = (0.5 - y / size) * 2 * math.pi
    return x / size * 360 - 180, math.degrees(2 * math.atan(math.exp(north)) - math.pi / 2)


def fill(columns: Columns, rows: Sequence[int], state: State) -> list[Fill]:
    """The arrays of every trace of the template, in its order; keys are Plotly paths such as marker.color.

    state: at and known (day numbers; known may be None), zoom, lang, theme, event (a row, or -1).
    """
    zoom = state["zoom"]
    towns = holders(columns, state["at"], state["known"])

    def project(lon: float, lat: float) -> Point:
        return world(lon, lat, zoom)

    traces = scene(columns, rows, state, towns, project, zoom >= NEAR_ZOOM, "map")
    return [_on_globe(trace, zoom) for trace in traces]


def _on_globe(trace: Fill, zoom: float) -> Fill:
    points = [
        (None, None) if x is None else unworld(x, y, zoom)
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    rest = {key: values for key, values in trace.items() if key not in ("x", "y")}
    return {"lat": [lat for _, lat in points], "lon": [lon for lon, _ in points], **rest}


def off_map(columns: Columns, rows: Sequence[int]) -> dict[str, list[int]]:
    """Rows without a mark: `country` (the country as a whole, or wider than a place), `beyond` the map."""
    _, vague, beyond = seats(columns, rows)
    return {"country": vague, "beyond": beyond}


def holders(columns: Columns, day: int, known: int | None) -> list[dict[str, Any]]:
    """Each town on a day, by the rules of `serval.control`: place, state, holders and before as indexes."""
    table, ids = columns["control"], columns["actors"]["id"]
    words = {-1: "nobody", -2: "unknown"}

    def joined(group: Sequence[int]) -> str:
        return ";".join(words.get(i) or ids[i] for i in group)

    chains: dict[str, list[control.Change]] = {}
    for i, place in enumerate(table["place"]):
        seen = columns["events"]["known"][table["event"][i]]
        if known is None or (seen is not None and seen <= known):
            start, end = iso(table["start"][i]), iso(table["end"][i])
            change = control.Change(
                str(place), "", start, end, joined(table["before"][i]), joined(table["after"][i])
            )
            chains.setdefault(str(place), []).append(change)
        else:
            chains.setdefault(str(place), [])
    sides, blocs = columns["actors"]["side"], columns["terms"]["blocs"]
    bloc_of = {actor: blocs[side] for actor, side in zip(ids, sides, strict=True)}
    index = {actor: i for i, actor in enumerate(ids)} | {"nobody": -1, "unknown": -2}
    towns = (control.town_on(place, chain, iso(day), bloc_of) for place, chain in chains.items())
    return [
        {"place": int(t.place), "state": t.state, "holders": [index[h] for h in t.holders.split(";")],
         "before": [index[h] for h in t.before.split(";")] if t.before else []}
        for t in towns
    ]  # fmt: skip
