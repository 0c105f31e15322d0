"""The timeline: events in lanes by kind, soft bars for imprecise dates.

`template` is the figure without rows, `fill` the arrays of its traces; `assets/draw_timeline.js` is the twin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from serval.figures import axis
from serval.figures.days import iso
from serval.figures.marks import family_mark
from serval.figures.style import FONT_MARKS, theme

SPREAD = 5
"""Events of one lane and moment are spread over this many rows."""
MOMENTS = 110
"""A moment is this part of the days shown: what would lie on one another on a usual screen."""
STEP = 0.17
Columns = Mapping[str, Any]


def template(name: str, lane_labels: Sequence[str], sides: Sequence[str]) -> dict[str, Any]:
    """The empty figure in a theme. `lane_labels`: of the families, `sides`: ids, in the columns' order.

    Traces: one of soft bars per side, then the marks.
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
    layout = {
        **axis.ground(look),
        "xaxis": axis.days(look),
        # Room for the marks that stand at the first day and above the first lane.
        "yaxis": {
            **axis.lanes(list(lane_labels)),
            "range": [len(lane_labels) - 0.5, -0.8],
            "ticklabelstandoff": 10,
        },
        "shapes": [axis.playhead(look)],
    }
    return {"data": [*bars, points], "layout": layout}


def fill(columns: Columns, rows: Sequence[int], state: Mapping[str, Any]) -> list[dict[str, list[Any]]]:
    """The arrays of the template's traces for event rows.

    `state`: theme; lang; from and to (day numbers of the axis).
    """
    spots = _spots(columns, rows, state)
    bars = [_bars(columns, spots, side) for side in range(len(columns["terms"]["sides"]))]
    return [*bars, _points(columns, spots, state)]


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
