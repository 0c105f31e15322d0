"""Troops over time: a lane per actor with its own scale, the band from low to high, the best as steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import Any

from serval.figures import axis
from serval.figures.style import Theme, theme
from serval.strength import Day, Lane, by_day, numbers

LANE, GAP, TOP = 64, 14, 38
"""Pixels: a lane, between lanes, above the first."""
NAME = 18
"""Letters of a name that fit beside its lane."""
SYMBOLS = {"estimate": "circle-open", "pledged": "triangle-up-open", "authorised": "diamond-open"}
"""By kind; deployed troops are a circle on the line and a square apart from it."""


def figure(
    lanes: Sequence[Lane],
    name: str,
    span: tuple[str, str],
    at: str,
    hover: Mapping[str, str],
    top: Callable[[int], str],
    lane_height: float = LANE,
) -> dict[str, Any]:
    """The figure of some lanes, all its rows in it.

    name: theme. span: first and last day of the axis. at: day of the playhead. hover: troop row id -> what
    is said of it. top: a lane's highest number in words. lane_height: pixels.
    """
    look = theme(name)
    height = TOP + len(lanes) * (lane_height + GAP)
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {**axis.ground(look), "height": height}
    layout["margin"] = {"l": 116, "r": 14, "t": TOP, "b": 4}
    layout["xaxis"] = _days(look, span)
    layout["shapes"] = [{**axis.playhead(look), "x0": at, "x1": at, "yref": "paper"}]
    layout["annotations"] = []
    for i, lane in enumerate(lanes):
        key = "" if i == 0 else str(i + 1)
        traces += _traces(lane, look, f"y{key}", span[1], hover)
        high = 1 - i * (lane_height + GAP) / (height - TOP)
        low = high - lane_height / (height - TOP)
        most = max(n for row in (*lane.curve, *lane.others) for n in numbers(row))
        layout[f"yaxis{key}"] = _axis(look, (max(low, 0), high), most)
        layout["annotations"] += _names(lane, look, high, top(most))
    return {"data": traces, "layout": layout}


def _days(look: Theme, span: tuple[str, str]) -> dict[str, Any]:
    days = axis.days(look)
    days["tickformatstops"][1]["value"] = "%b<br>%Y"  # side by side they touch on a phone
    first, last = (date.fromisoformat(day).toordinal() for day in span)
    ends = [date.fromordinal(day).isoformat() for day in axis.span(first, last)]
    mode = "instant" if last - first < axis.SHORT else "period"
    return {**days, "ticklabelmode": mode, "range": ends, "anchor": "free", "position": 1}


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
    words = wrap(lane.short, NAME)
    name = {"text": f"<b>{'<br>'.join(words)}</b>", "font": {"size": 12, "color": look.side_text[lane.side]}}
    note = {"text": f"{lane.scope}<br>{most}".removeprefix("<br>"), "font": {"size": 10}}
    common = {**place, "y": high, "showarrow": False, "align": "right"}
    return [{**common, **name}, {**common, **note, "yshift": -16 * len(words)}]


def _traces(lane: Lane, look: Theme, y: str, last: str, hover: Mapping[str, str]) -> list[dict[str, Any]]:
    days = by_day(lane.curve)
    colour, tint = look.side(lane.side), look.tint(lane.side, 0.3)
    common = {"type": "scatter", "yaxis": y, "hoverinfo": "skip"}
    traces: list[dict[str, Any]] = []
    if days:
        end = max(min(last, lane.until or last), days[-1].day)
        low, high = _steps(days, "low", end), _steps(days, "high", end)
        area = {"x": high[0] + low[0][::-1], "y": high[1] + low[1][::-1]}
        traces.append(
            {**common, **area, "mode": "lines", "fill": "toself", "fillcolor": tint, "line": {"width": 0}}
        )
        x, best = _steps([day for day in days if day.best is not None], "best", days[-1].day)
        line = {"color": colour, "width": 2}
        traces.append({**common, "x": x, "y": best, "mode": "lines", "line": line})
        if best and end > days[-1].day:
            tail = {"x": [days[-1].day, end], "y": best[-1:] * 2}
            traces.append({**common, **tail, "mode": "lines", "line": {**line, "dash": "dot"}})
    return [*traces, _ranges(lane, colour, common), _dots(lane, colour, common, hover)]


def _ranges(lane: Lane, colour: str, common: Mapping[str, Any]) -> dict[str, Any]:
    """An upright line from the lowest to the highest of every row that has a range."""
    rows = [*lane.curve, *lane.others]
    x: list[str | None] = []
    y: list[int | None] = []
    for day, given in zip(_beside(rows), map(numbers, rows), strict=True):
        if min(given) < max(given):
            x += [day, day, None]
            y += [min(given), max(given), None]
    return {
        **common,
        "name": "ranges",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": colour, "width": 1},
    }


def _dots(lane: Lane, colour: str, common: Mapping[str, Any], hover: Mapping[str, str]) -> dict[str, Any]:
    """Every row at its best; where it has none, a dash at its highest in place of the mark."""
    rows = [*lane.curve, *lane.others]
    tops = [row["best"] if row["best"] is not None else max(numbers(row)) for row in rows]
    return {
        **common,
        "mode": "markers",
        "x": _beside(rows),
        "y": tops,
        "customdata": [row["id"] for row in rows],
        "hovertext": [hover[row["id"]] for row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "symbol": [_symbol(row, i < len(lane.curve)) for i, row in enumerate(rows)],
            "size": [8 if i < len(lane.curve) else 9 for i in range(len(rows))],
            "color": colour,
            "opacity": 1,
            "line": {"color": colour, "width": 1.5},
        },
    }


def _symbol(row: Mapping[str, Any], on_line: bool) -> str:
    if row["best"] is None:
        return "line-ew"
    return SYMBOLS.get(row["kind"], "circle" if on_line else "square")


def _beside(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The day of every row; those of one day stand side by side within it."""
    of_day: dict[str, int] = {}
    for row in rows:
        of_day[row["date"]] = of_day.get(row["date"], 0) + 1
    met: dict[str, int] = {}
    x = []
    for row in rows:
        day = row["date"]
        x.append(f"{day} {24 * met.get(day, 0) // of_day[day]:02}:00")
        met[day] = met.get(day, 0) + 1
    return x


def _steps(days: Sequence[Day], key: str, last: str) -> tuple[list[str], list[int]]:
    """Corner points of a stair: each value holds until the next day that is told, the last one to the end."""
    x: list[str] = []
    y: list[int] = []
    for i, day in enumerate(days):
        after = days[i + 1].day if i + 1 < len(days) else max(last, day.day)
        x += [day.day, after]
        y += [getattr(day, key)] * 2
    return x, y
