"""The timeline: events in lanes by kind, soft bars for imprecise dates, weekly counts below.

`template` is the figure without rows, `fill` the arrays of its traces; `assets/draw_timeline.js` is the twin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from serval.figures.days import iso
from serval.figures.marks import family_mark
from serval.figures.style import FONT_MARKS, FONT_TEXT, theme

SPREAD = 5
"""Events of one lane and moment are spread over this many rows."""
MOMENTS = 110
"""A moment is this part of the days shown: what would lie on one another on a usual screen."""
STEP = 0.17
TWO_WEEKS = 14 * 86_400_000
"""Milliseconds, as Plotly spaces ticks."""

Columns = Mapping[str, Any]


def template(name: str, lanes: Sequence[str], sides: Sequence[str], histogram_title: str) -> dict[str, Any]:
    """The empty figure in a theme. `lanes`: labels of the families, `sides`: ids, in the columns' order.

    Traces: one of soft bars per side, then the marks, then the weekly counts of all and of those shown.
    """
    look = theme(name)
    bars = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [],
            "y": [],
            "hoverinfo": "skip",
            "line": {"color": look.side(side), "width": 9},
            "opacity": 0.28,
        }
        for side in sides
    ]
    points = {
        "type": "scatter",
        "mode": "text",
        "x": [],
        "y": [],
        "text": [],
        "customdata": [],
        "hovertext": [],
        "textfont": {"family": FONT_MARKS, "size": 15, "color": []},
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    weeks = [
        {
            "type": "bar",
            "x": [],
            "y": [],
            "width": 6 * 86_400_000,
            "xaxis": "x2",
            "yaxis": "y2",
            "marker": {"color": colour},
            "hoverinfo": "skip",
        }
        for colour in (look.rule, look.soft)
    ]
    return {"data": [*bars, points, *weeks], "layout": _layout(look, lanes, histogram_title)}


def _layout(look: Any, lanes: Sequence[str], histogram_title: str) -> dict[str, Any]:
    font = {"family": FONT_TEXT, "size": 12, "color": look.soft}
    # One line each: the year stands with the months, and the days shown are named above.
    ticks = [
        {"dtickrange": [None, TWO_WEEKS], "value": "%-d %b"},
        {"dtickrange": [TWO_WEEKS, "M6"], "value": "%b %Y"},
        {"dtickrange": ["M12", None], "value": "%Y"},
    ]
    axis = {
        "type": "date",
        "tickformatstops": ticks,
        "tickangle": 0,
        "showgrid": True,
        "gridcolor": look.rule,
        "zeroline": False,
        "fixedrange": True,
    }
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "showlegend": False,
        "margin": {"l": 8, "r": 14, "t": 24, "b": 4},
        "dragmode": False,
        "hovermode": "closest",
        "barmode": "overlay",
        "hoverlabel": {
            "bgcolor": look.panel,
            "bordercolor": look.rule,
            "font": {"family": FONT_TEXT, "size": 13, "color": look.ink},
            "align": "left",
        },
        "xaxis": {**axis, "anchor": "y", "side": "top", "ticklabelmode": "period"},
        "yaxis": {
            "domain": [0.27, 1],
            "range": [len(lanes) - 0.5, -0.5],
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
            "tickvals": list(range(len(lanes))),
            "ticktext": list(lanes),
            "ticklabelposition": "outside",
            "automargin": True,
        },
        "xaxis2": {**axis, "anchor": "y2", "showgrid": False},
        "yaxis2": {
            "domain": [0, 0.13],
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
            "showticklabels": False,
            "rangemode": "tozero",
        },
        "annotations": [
            {
                "text": histogram_title,
                "xref": "x2 domain",
                "yref": "y2 domain",
                "x": 0,
                "y": 1,
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {**font, "size": 11},
            }
        ],
        "shapes": [_playhead(look.accent)],
    }


def _playhead(colour: str) -> dict[str, Any]:
    line = {"color": colour, "width": 2}
    return {
        "type": "line",
        "xref": "x",
        "yref": "y domain",
        "x0": None,
        "x1": None,
        "y0": 0,
        "y1": 1,
        "line": line,
    }


def fill(columns: Columns, rows: Sequence[int], state: Mapping[str, Any]) -> list[dict[str, list[Any]]]:
    """The arrays of the template's traces for event rows.

    `state`: theme; lang; from and to (day numbers of the axis); context (rows under all filters but the
    dates, for the weekly counts).
    """
    spots = _spots(columns, rows, state)
    bars = [_bars(columns, spots, side) for side in range(len(columns["terms"]["sides"]))]
    return [*bars, _points(columns, spots, state), _weeks(columns, state["context"]), _weeks(columns, rows)]


Spot = tuple[int, int, float]  # row, day, height


def _spots(columns: Columns, rows: Sequence[int], state: Mapping[str, Any]) -> list[Spot]:
    """Where each event stands: at its first day within the axis, in its lane, spread by moment."""
    events, families = columns["events"], columns["terms"]["type_family"]
    moment = max(1, (state["to"] - state["from"] + 1) // MOMENTS)
    met: Counter[tuple[int, int]] = Counter()
    spots = []
    for row in rows:
        lane = families[events["type"][row]]
        day = min(max(events["start"][row], state["from"]), state["to"])
        key = (lane, day // moment)
        turn = met[key] % SPREAD
        met[key] += 1
        offset = STEP * ((turn + 1) // 2) * (-1 if turn % 2 else 1)
        spots.append((row, day, lane + offset))
    return spots


def _bars(columns: Columns, spots: Sequence[Spot], side: int) -> dict[str, list[Any]]:
    events = columns["events"]
    x: list[str | None] = []
    y: list[float | None] = []
    for row, _, height in spots:
        if events["side"][row] == side and events["end"][row] > events["start"][row]:
            x += [iso(events["start"][row]), iso(events["end"][row]), None]
            y += [height, height, None]
    return {"x": x, "y": y}


def _points(columns: Columns, spots: Sequence[Spot], state: Mapping[str, Any]) -> dict[str, list[Any]]:
    events, terms = columns["events"], columns["terms"]
    look = theme(state["theme"])
    titles = events["title_fr" if state["lang"] == "fr" else "title"]
    return {
        "x": [iso(day) for _, day, _ in spots],
        "y": [height for *_, height in spots],
        "text": [
            family_mark(
                terms["families"][terms["type_family"][events["type"][r]]],
                terms["statuses"][events["status"][r]],
            )
            for r, *_ in spots
        ],
        "customdata": [events["id"][r] for r, *_ in spots],
        "hovertext": [titles[r] for r, *_ in spots],
        "textfont.color": [look.side(terms["sides"][events["side"][r]]) for r, *_ in spots],
    }


def _weeks(columns: Columns, rows: Sequence[int]) -> dict[str, list[Any]]:
    """Events by the week, Monday to Sunday, in which they begin; the bar stands on Thursday."""
    starts = columns["events"]["start"]
    counts = Counter((starts[row] + 3) // 7 for row in rows)
    weeks = sorted(counts)
    return {"x": [iso(week * 7) for week in weeks], "y": [counts[week] for week in weeks]}
