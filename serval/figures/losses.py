"""Losses: a line per actor, month or claimant, a column per kind; bars from low to high, the best on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from serval.figures import axis
from serval.figures.style import Theme, theme
from serval.lossrows import Line

LINE, TOP = 24, 26
"""Pixels: a line, above the first."""
ROOM = 1.3
"""The axis beyond its longest bar, for the numbers written after it."""


def figure(
    lines: Sequence[Line],
    kinds: Mapping[str, str],
    name: str,
    split: str,
    written: Callable[[Mapping[str, Any]], str],
    said: Callable[[Line, str], str],
) -> dict[str, Any]:
    """The figure of some lines, all its sums in it; the customdata of a bar is [split:line, kind, what is
    said of it].

    kinds: id -> label, in order. name: theme. split: how the lines divide the losses. written: a sum as it
    stands beside its bar. said: line and kind -> what the pointer is told. Where a row of a sum has no best
    number, only the ends are drawn: the best total would be of the others alone.
    """
    look = theme(name)
    layout: dict[str, Any] = {
        **axis.ground(look),
        "height": TOP + LINE * max(len(lines), 1),
        "annotations": [],
        "barmode": "overlay",
    }
    layout["margin"] = {"l": 8, "r": 14, "t": TOP, "b": 4}
    layout["yaxis"] = axis.lanes([line.label for line in lines])
    traces: list[dict[str, Any]] = []
    for i, (kind, label) in enumerate(kinds.items()):
        key = "" if i == 0 else str(i + 1)
        domain = [i / len(kinds) + (0.02 if i else 0), (i + 1) / len(kinds) - 0.02]
        layout[f"xaxis{key}"] = _axis(look, domain, _most(lines, kind))
        layout["annotations"].append(_head(label, domain[0]))
        behind = [[f"{split}:{line.id}", kind, said(line, kind)] for line in lines if kind in line.sums]
        traces += _traces(lines, kind, look, f"x{key}", behind, written)
    return {"data": traces, "layout": layout}


def _axis(look: Theme, domain: list[float], most: int) -> dict[str, Any]:
    return {
        "domain": domain,
        "range": [0, most * ROOM],
        "fixedrange": True,
        "gridcolor": look.rule,
        "zeroline": True,
        "zerolinecolor": look.rule,
        "showticklabels": False,
        "nticks": 4,
    }


def _head(label: str, x: float) -> dict[str, Any]:
    place = {"xref": "paper", "yref": "paper", "x": x, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    return {"text": f"<b>{label}</b>", "showarrow": False, **place}


def _most(lines: Sequence[Line], kind: str) -> int:
    return max((line.sums[kind]["high"] or 0 for line in lines if kind in line.sums), default=1) or 1


def _traces(
    lines: Sequence[Line],
    kind: str,
    look: Theme,
    x: str,
    behind: list[list[str]],
    written: Callable[[Mapping[str, Any]], str],
) -> list[dict[str, Any]]:
    told = [(i, line, line.sums[kind]) for i, line in enumerate(lines) if kind in line.sums]
    sure = [(i, line, row) for i, line, row in told if not row["without_best"] and row["best"] is not None]
    common = {"type": "scatter", "xaxis": x, "yaxis": "y", "hoverinfo": "skip"}
    bars = {
        **common,
        "type": "bar",
        "orientation": "h",
        "base": [row["low"] for *_, row in told],
        "x": [max(row["high"] - row["low"], 0) for *_, row in told],
        "y": [i for i, *_ in told],
        "width": 0.5,
        "marker": {
            "color": [look.tint(line.side, 0.45) for _, line, _ in told],
            "line": {"color": [look.side(line.side) for _, line, _ in told], "width": 1},
        },
    }
    # The whole width of a line can be pressed: a bar from 5 to 5 is too thin for a finger.
    ground = {
        **common,
        "type": "bar",
        "orientation": "h",
        "x": [_most(lines, kind) * ROOM] * len(told),
        "y": [i for i, *_ in told],
        "width": 1,
        "marker": {"color": "rgba(0,0,0,0)"},
        "customdata": behind,
        "hovertext": [words for *_, words in behind],
        "hoverinfo": "text",
    }
    words = {
        **common,
        "mode": "text",
        "x": [row["high"] for *_, row in told],
        "y": [i for i, *_ in told],
        "text": [f" {written(row)}" for *_, row in told],
        "textposition": "middle right",
        "textfont": {"size": 11, "color": look.ink},
        "cliponaxis": False,
    }
    best = {
        **common,
        "mode": "markers",
        "x": [row["best"] for *_, row in sure],
        "y": [i for i, *_ in sure],
        "marker": {
            "symbol": "line-ns",
            "size": 14,
            "line": {"color": [look.side(line.side) for _, line, _ in sure], "width": 3},
        },
    }
    return [bars, best, words, ground]
