"""The map for print and for browsers without WebGL2: the scene of `serval.figures.map` on a flat sheet.

Lambert's azimuthal equal-area projection, axes in km, every part a line, an area or a letter, no picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from serval.figures.basemap import ATTRIBUTION
from serval.figures.layout import LINE, MARK, Columns, label_size, text_width
from serval.figures.map import HOME, NEAR_ZOOM, TILE, holders, traces
from serval.figures.print_ground import Layers, Room, Sheet, ground, names
from serval.figures.scene import FIXED, Fill, State, scene
from serval.figures.style import FONT_MARKS, FONT_TEXT, Theme, theme

EQUATOR_KM = 40075.0
BAR = 120.0  # pixels that the scale bar may take


def figure(
    columns: Columns,
    rows: Sequence[int],
    state: State,
    layers: Layers,
    box: tuple[float, float, float, float] = HOME,
    size: tuple[float, float] = (1000, 640),
) -> dict[str, Any]:
    """The whole figure as a plain dict.

    state: as for `serval.figures.map.fill`, its zoom unused. layers: frames by name, see
    `print_ground.LAYERS`. box: west, south, east, north of what is shown. size: pixels for which marks and
    names are laid out; the figure itself takes the size of its window.
    """
    look, sheet = theme(state["theme"]), Sheet.of(box, *size)
    towns = holders(columns, state["at"], state["known"])
    fills = scene(columns, rows, state, towns, sheet.pixel, _zoom(sheet) >= NEAR_ZOOM, "page")
    empty = traces(look, columns["terms"]["sides"], FONT_MARKS, FONT_TEXT)
    room = _room(fills, sheet)
    marks = [_drawn(trace, fill, sheet, look) for trace, fill in zip(empty, fills, strict=True)]
    shapes, notes = _scale_bar(sheet, look)
    notes += names(layers, sheet, look, "n_fr" if state["lang"] == "fr" else "n", room)
    return {
        "data": [*ground(layers, sheet, look), *marks],
        "layout": _layout(sheet, look) | {"shapes": shapes, "annotations": notes},
    }


def _zoom(sheet: Sheet) -> float:
    """The web map's zoom that has the sheet's scale in its middle."""
    return math.log2(sheet.scale * EQUATOR_KM * math.cos(math.radians(17)) / TILE)


def _drawn(trace: Mapping[str, Any], fill: Fill, sheet: Sheet, look: Theme) -> dict[str, Any]:
    spots = [(None, None) if x is None else sheet.km(x, y) for x, y in zip(fill["x"], fill["y"], strict=True)]
    drawn: dict[str, Any] = {"type": "scatter", **trace}
    drawn |= {"x": [x for x, _ in spots], "y": [y for _, y in spots]}
    if trace["mode"] == "markers":
        drawn["marker"] = {"opacity": 1, "line": {"width": 0}, **trace["marker"]}
    if trace["mode"] == "text":
        drawn["textfont"] = {**trace["textfont"], **_halo(trace["uid"], look)}
    for path, values in fill.items():
        head, _, tail = path.partition(".")
        if tail:
            drawn[head] = {**drawn[head], tail: values}
        elif path not in ("x", "y"):
            drawn[path] = values
    return drawn


def _halo(uid: str, look: Theme) -> dict[str, Any]:
    if uid.startswith("marks-"):
        return {}
    return {"weight": 600, "shadow": ", ".join([f"0 0 2px {look.paper}"] * 3)}


def _room(fills: Sequence[Fill], sheet: Sheet) -> Room:
    """What marks and names of towns take of the sheet; names that would be cut at its edge go."""
    of = dict(zip(FIXED, fills, strict=False))
    room = Room((0, 0, sheet.width, sheet.height))
    room.take(sheet.width - 190, sheet.height - 22, 380, 44)  # the scale bar and its neighbours
    for fill in (of["towns"], of["discs"]):
        for x, y, across in zip(fill["x"], fill["y"], fill["marker.size"], strict=True):
            room.block(x, y, across / 2)
    for fill, city in ((of["cities"], True), (of["names"], False)):
        spots = [*zip(fill["x"], fill["y"], fill["text"], strict=True)]
        kept = [spot for spot in (_kept(*spot, label_size(city), room) for spot in spots) if spot]
        for i, key in enumerate(("x", "y", "text")):
            fill[key] = [spot[i] for spot in kept]
    return room


def _kept(x: float, y: float, text: str, size: float, room: Room) -> tuple[float, float, str] | None:
    """Where a name stands. One that the right edge would cut moves inside, above or below its mark."""
    width, height = text_width(text) * size, LINE * size
    left, top, right, bottom = room.edge
    across = left < x - width / 2 and x + width / 2 < right
    inside = across and top < y - height / 2 and y + height / 2 < bottom
    if room.take(x, y, width, height) or inside:
        return x, y, text
    if x - width / 2 < right - 2 * size and top < y < bottom:
        for beside in (-1, 1):
            moved = (right - width / 2 - 2, y + beside * (MARK + height / 2))
            if x + width / 2 > right and room.take(*moved, width, height):
                return *moved, text
    return None


def _scale_bar(sheet: Sheet, look: Theme) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A bar of a round length in the lower right corner, with the makers of the ground under it."""
    most = BAR / sheet.scale
    unit = 10 ** math.floor(math.log10(most))
    length = max(step * unit for step in (1, 2, 5) if step * unit <= most)
    right, level = sheet.km(sheet.width - 58, sheet.height - 26)
    thick = 4 / sheet.scale
    halves = [
        {"type": "rect", "x0": right - length * (2 - i) / 2, "x1": right - length * (1 - i) / 2,
         "y0": level, "y1": level - thick, "fillcolor": fill, "line": {"color": look.ink, "width": 0.8}}
        for i, fill in enumerate((look.ink, look.paper))
    ]  # fmt: skip
    small = {"size": 10, "color": look.soft}
    label = {"x": right, "y": level - thick / 2, "xanchor": "left", "xshift": 4, "showarrow": False,
             "text": f"{length:g} km", "font": {"size": 10, "color": look.ink}}  # fmt: skip
    makers = {"x": 1, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "bottom",
              "showarrow": False,
              "text": ATTRIBUTION, "font": small, "bgcolor": look.ground["near"] + "C0"}  # fmt: skip
    return halves, [label, makers]


def _layout(sheet: Sheet, look: Theme) -> dict[str, Any]:
    left, high = sheet.km(0, 0)
    right, low = sheet.km(sheet.width, sheet.height)
    axis = {"visible": False, "showgrid": False, "zeroline": False}
    font = {"family": FONT_TEXT, "size": 13, "color": look.ink}
    return {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "showlegend": False, "uirevision": "map",
        "paper_bgcolor": look.ground["sea"], "plot_bgcolor": look.ground["sea"],
        "hovermode": "closest", "dragmode": "pan", "font": font,
        "hoverlabel": {"bgcolor": look.panel, "bordercolor": look.rule, "font": font, "align": "left"},
        "xaxis": {**axis, "range": [left, right]},
        "yaxis": {**axis, "range": [low, high], "scaleanchor": "x", "scaleratio": 1},
    }  # fmt: skip
