"""Who took part: a bar per actor, its events by the part it played in them, in the colour of its side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from serval.figures import axis
from serval.figures.style import Theme, theme
from serval.panels import ActorLine

LINE, TOP, COLUMN = 22, 22, 264
"""Pixels: a line, above the first, of the strengths beside the bars."""
PARTS = ("initiator", "target", "other")
SHARES = {"initiator": 1.0, "target": 0.45, "other": 0.12}
"""How much of the side's colour a part has; the outline has all of it."""


def figure(lines: Sequence[ActorLine], name: str, strength: Mapping[str, str], words: str) -> dict[str, Any]:
    """The figure of some actors, in their order.

    name: theme. strength: actor id -> its strength in words; a column beside the bars, headed `words`, if
    there is any.
    """
    look = theme(name)
    most = max((sum(getattr(line, part) for part in PARTS) for line in lines), default=1)
    layout: dict[str, Any] = {
        **axis.ground(look),
        "height": TOP + LINE * max(len(lines), 1),
        "barmode": "stack",
        "annotations": _column(lines, look, strength, words) if strength else [],
    }
    layout["margin"] = {"l": 8, "r": COLUMN if strength else 40, "t": TOP, "b": 4}
    layout["xaxis"] = {
        "range": [0, most * 1.02],
        "side": "top",
        "nticks": 6,
        "tickformat": ",d",
        "gridcolor": look.rule,
        "zeroline": True,
        "zerolinecolor": look.rule,
    }
    layout["yaxis"] = {**axis.lanes([line.short for line in lines]), "ticklabelstandoff": 4}
    return {"data": [*(_bars(lines, part, look) for part in PARTS), _counts(lines, look)], "layout": layout}


def _bars(lines: Sequence[ActorLine], part: str, look: Theme) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [getattr(line, part) for line in lines],
        "y": list(range(len(lines))),
        "width": 0.66,
        "hoverinfo": "skip",
        "marker": {
            "color": [look.tint(line.side, SHARES[part]) for line in lines],
            "line": {"color": [look.side(line.side) for line in lines], "width": 0.8},
        },
    }


def _counts(lines: Sequence[ActorLine], look: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [sum(getattr(line, part) for part in PARTS) for line in lines],
        "y": list(range(len(lines))),
        "text": [f" {line.n}" for line in lines],
        "textposition": "middle right",
        "textfont": {"size": 11, "color": look.ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _column(
    lines: Sequence[ActorLine], look: Theme, strength: Mapping[str, str], words: str
) -> list[dict[str, Any]]:
    place = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 44, "showarrow": False}
    told = [
        {**place, "yref": "y", "y": i, "text": strength[line.id], "font": {"size": 11, "color": look.ink}}
        for i, line in enumerate(lines)
        if strength.get(line.id)
    ]
    head = {**place, "yref": "paper", "y": 1, "yanchor": "bottom", "text": words, "font": {"size": 11}}
    return [head, *told]
