"""Troops over time: a lane per actor with its own scale, the band from low to high, the best as steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from serval.figures import axis
from serval.figures.style import Theme, theme
from serval.strength import Day, Lane, by_day

LANE, GAP, TOP = 64, 14, 38
"""Pixels: a lane, between lanes, above the first."""
SYMBOLS = {
    "deployed": "circle",
    "estimate": "circle-open",
    "pledged": "triangle-up-open",
    "authorised": "diamond-open",
}
Words = Mapping[str, Mapping[str, str]]


def figure(
    lanes: Sequence[Lane],
    name: str,
    span: tuple[str, str],
    at: str,
    hover: Mapping[str, str],
    top: Callable[[int], str],
) -> dict[str, Any]:
    """The figure of some lanes, all its rows in it.

    name: theme. span: first and last day of the axis. at: day of the playhead. hover: troop row id -> what
    is said of it. top: a lane's highest number in words.
    """
    look = theme(name)
    height = TOP + len(lanes) * (LANE + GAP)
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {**axis.ground(look), "height": height}
    layout["margin"] = {"l": 116, "r": 14, "t": TOP, "b": 4}
    days = axis.days(look)
    days["tickformatstops"][1]["value"] = "%b<br>%Y"  # side by side they touch on a phone
    layout["xaxis"] = {**days, "range": list(span), "anchor": "free", "position": 1}
    layout["shapes"] = [{**axis.playhead(look), "x0": at, "x1": at, "yref": "paper"}]
    layout["annotations"] = []
    for i, lane in enumerate(lanes):
        key = "" if i == 0 else str(i + 1)
        traces += _traces(lane, look, f"y{key}", span[1], hover)
        high = 1 - i * (LANE + GAP) / (height - TOP)
        low = high - LANE / (height - TOP)
        most = max(n for row in (*lane.curve, *lane.others) for n in _numbers(row))
        layout[f"yaxis{key}"] = _axis(look, (max(low, 0), high), most)
        layout["annotations"] += _names(lane, look, high, top(most))
    return {"data": traces, "layout": layout}


def _axis(look: Theme, domain: tuple[float, float], most: int) -> dict[str, Any]:
    return {
        "domain": list(domain),
        "range": [0, most * 1.12],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": look.rule,
        "showticklabels": False,
    }


def _names(lane: Lane, look: Theme, high: float, most: str) -> list[dict[str, Any]]:
    place = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "right", "yanchor": "top", "xshift": -8}
    name = {"text": f"<b>{lane.short}</b>", "font": {"size": 12, "color": look.side_text[lane.side]}}
    note = {"text": f"{lane.scope}<br>{most}".removeprefix("<br>"), "font": {"size": 10}}
    common = {**place, "y": high, "showarrow": False, "align": "right"}
    return [{**common, **name}, {**common, **note, "yshift": -16}]


def _traces(lane: Lane, look: Theme, y: str, last: str, hover: Mapping[str, str]) -> list[dict[str, Any]]:
    days = by_day(lane.curve)
    colour, tint = look.side(lane.side), look.tint(lane.side, 0.3)
    common = {"type": "scatter", "yaxis": y, "hoverinfo": "skip"}
    traces: list[dict[str, Any]] = []
    if days:
        low, high = _steps(days, "low", last), _steps(days, "high", last)
        area = {"x": high[0] + low[0][::-1], "y": high[1] + low[1][::-1]}
        traces.append(
            {**common, **area, "mode": "lines", "fill": "toself", "fillcolor": tint, "line": {"width": 0}}
        )
        x, best = _steps([day for day in days if day.best is not None], "best", last)
        traces.append({**common, "x": x, "y": best, "mode": "lines", "line": {"color": colour, "width": 2}})
    return [*traces, *_dots(lane, colour, common, hover)]


def _dots(
    lane: Lane, colour: str, common: Mapping[str, Any], hover: Mapping[str, str]
) -> list[dict[str, Any]]:
    rows = [*lane.curve, *lane.others]
    if not rows:
        return []
    apart = len(lane.curve)
    return [
        {
            **common,
            "mode": "markers",
            "x": [row["date"] for row in rows],
            "y": [row["best"] if row["best"] is not None else max(_numbers(row)) for row in rows],
            "customdata": [row["id"] for row in rows],
            "hovertext": [hover[row["id"]] for row in rows],
            "hoverinfo": "text",
            "cliponaxis": False,
            "marker": {
                "symbol": [SYMBOLS.get(row["kind"], "x") for row in rows],
                "size": [7 if i < apart else 9 for i in range(len(rows))],
                "opacity": [1 if i < apart else 0.75 for i in range(len(rows))],
                "color": colour,
                "line": {"color": colour, "width": 1.5},
            },
        }
    ]


def _steps(days: Sequence[Day], key: str, last: str) -> tuple[list[str], list[int]]:
    """Corner points of a stair: each value holds until the next day that is told, the last one to the end."""
    x: list[str] = []
    y: list[int] = []
    for i, day in enumerate(days):
        after = days[i + 1].day if i + 1 < len(days) else max(last, day.day)
        x += [day.day, after]
        y += [getattr(day, key)] * 2
    return x, y


def _numbers(row: Mapping[str, Any]) -> list[int]:
    return [n for n in (row["low"], row["best"], row["high"]) if n is not None]
