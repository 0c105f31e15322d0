"""The control strip: who held which town when, a row per town, region by region from the north.

`template` is the figure without rows, `fill` and `lanes` what fills it; `assets/draw_control.js` is the twin.
A row is coloured by the holders' sides, which lie on one another where they are of one bloc and are striped
across where they are not. Unknown is a thin grey line, a town that no force holds an outline. A change whose
day is not sure slopes from the first day on which it may have happened to the last.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from serval import control
from serval.figures import axis
from serval.figures.days import iso
from serval.figures.style import FONT_TEXT, theme

HALF = 0.4
"""Half the height of a row's bar, in rows."""
LINE = 0.06
"""Half the height of the line of an unknown holder."""
FAR = 10**6
DAY, MINUTES = 86_400_000, 1440
NOBODY, UNKNOWN = -1, -2
FIXED = ("held", "contested", "empty", "touch", "words")
TALL = 1.5
"""Rows that a name may take, so that Plotly leaves out only those that are too long for their bar."""
Columns = Mapping[str, Any]
State = Mapping[str, Any]
Fill = dict[str, list[Any]]
TINTED = ("marker.color",)
STRIPED = ("marker.pattern.bgcolor", "marker.pattern.fgcolor")


def template(name: str, sides: Sequence[str]) -> dict[str, Any]:
    """The empty figure in a theme. `sides`: ids in the columns' order.

    Traces: bars of the towns surely held, of contested ones, of those that no force holds; two of bars not
    to be seen, which are pointed at and which carry names; then one of slopes per side.
    """
    look = theme(name)
    thin = {"color": look.paper, "width": 0.7}
    hatch = {"shape": "/", "bgcolor": [], "fgcolor": [], "size": 8, "solidity": 0.5}
    clear = "rgba(0,0,0,0)"
    seen = [
        _bars(marker={"color": [], "line": thin}),
        _bars(marker={"line": thin, "pattern": hatch}),
        _bars(marker={"color": clear, "line": {"color": look.soft, "width": 1.2}}),
    ]
    touch = _bars(marker={"color": clear}, customdata=[], hoverinfo="none") | {"offset": -0.5, "width": 1}
    words = _bars(marker={"color": clear}, **_words()) | {"offset": -TALL / 2, "width": TALL}
    slopes = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [],
            "y": [],
            "fill": "toself",
            "fillcolor": look.side(side),
            "line": {"color": look.side(side), "width": 0},
            "hoverinfo": "skip",
        }
        for side in sides
    ]
    layout = {
        **axis.ground(look),
        "barmode": "overlay",
        "uniformtext": {"mode": "hide", "minsize": 10},
        "xaxis": axis.days(look),
        "yaxis": {**axis.lanes([]), "ticklabelstandoff": 5},
        "shapes": [axis.playhead(look)],
    }
    return {"data": [*seen, touch, words, *slopes], "layout": layout}


def _bars(**more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {key: [] for key in ("base", "x", "y", "offset", "width")}
    return {"type": "bar", "orientation": "h", **empty, "hoverinfo": "skip", **more}


def _words() -> dict[str, Any]:
    font = {"family": FONT_TEXT, "size": 10.5, "color": []}
    place = {"textposition": "inside", "insidetextanchor": "middle", "textangle": 0}
    return {"text": [], "insidetextfont": font, **place}


def lanes(columns: Columns, state: State) -> dict[str, Any]:
    """What the vertical axis takes of the towns: its range, and their names at the rows."""
    places = columns["places"]
    names = [places["name_fr" if state["lang"] == "fr" else "name"][p] for p in towns(columns, state)]
    rows = axis.lanes(names)
    return {key: rows[key] for key in ("range", "tickvals", "ticktext")}


def fill(columns: Columns, state: State) -> list[Fill]:
    """The arrays of the template's traces.

    `state`: theme; lang; from and to (day numbers of the axis); known (day number or None); places
    (positions of the towns to draw, None for all that have a history).
    """
    shown = spells(columns, state)
    sure = [spell for spell in shown if spell.before is None]
    turning = [spell for spell in shown if spell.before is not None]
    named = _names(columns, sure, state)
    return [*_sure(columns, sure, state), _touch(columns, shown, state), named, *_slopes(columns, turning)]


class Spell(NamedTuple):
    """A town's holders from the day `start` until the day `end`, which is not in it.

    `before` is given while the town changes hands: who had it till then. `event`: row of the event of the
    change, -1 before the first.
    """

    row: int
    place: int
    start: int
    end: int
    holders: list[int]
    before: list[int] | None
    event: int


def towns(columns: Columns, state: State) -> list[int]:
    """Positions of the towns with a history of control: see `control.north_first`."""
    places, wanted = columns["places"], state["places"]
    drawn = (p for p in columns["control"]["place"] if wanted is None or p in wanted)
    return control.north_first(drawn, places["lat"], places["region"])


def spells(columns: Columns, state: State) -> list[Spell]:
    """The spells that the axis shows, town by town, each from its first day on."""
    first, last = axis.span(state["from"], state["to"])
    rows = enumerate(towns(columns, state))
    every = (spell for row, place in rows for spell in _of_town(columns, state, row, place))
    return [spell for spell in every if spell.start < last and spell.end > first]


def _of_town(columns: Columns, state: State, row: int, place: int) -> Iterator[Spell]:
    turns, known = columns["control"], columns["events"]["known"]
    changes = [
        change
        for change, (town, event) in enumerate(zip(turns["place"], turns["event"], strict=True))
        if town == place and (state["known"] is None or known[event] <= state["known"])
    ]
    stops = [*(turns["start"][change] for change in changes), FAR]
    yield Spell(row, place, -FAR, stops[0], [UNKNOWN], None, -1)
    for change, stop in zip(changes, stops[1:], strict=True):
        start, sure = turns["start"][change], min(turns["end"][change], stop)
        before, after, event = (turns[key][change] for key in ("before", "after", "event"))
        if start < sure:
            yield Spell(row, place, start, sure, after, before, event)
        if sure < stop:
            yield Spell(row, place, sure, stop, after, None, event)


Band = tuple[int, float, float]  # side, top, bottom


def _bands(columns: Columns, holders: Sequence[int]) -> list[Band]:
    """The sides of the holders on one another, always in the same order."""
    of = columns["actors"]["side"]
    sides = sorted({of[holder] for holder in holders if holder >= 0})
    if not sides:
        return [(UNKNOWN, -LINE, LINE)] if UNKNOWN in holders else [(NOBODY, -HALF, HALF)]
    step = 2 * HALF / len(sides)
    return [(side, -HALF + i * step, -HALF + (i + 1) * step) for i, side in enumerate(sides)]


def _side(columns: Columns, side: int) -> str:
    return str(columns["terms"]["sides"][side]) if side >= 0 else "unknown"


Stripes = tuple[int, int, float, float]  # side of the ground, side of the stripes, top, bottom


def _stripes(columns: Columns, bands: Sequence[Band]) -> list[Stripes]:
    """What a contested town is drawn with: one bloc's sides on one another, the others' across them. None
    where all sides are of one bloc."""
    blocs, sides = columns["terms"]["blocs"], [side for side, *_ in bands if side >= 0]
    ground = [side for side in sides if blocs[side] == blocs[sides[0]]]
    across = [side for side in sides if side not in ground]
    n = max(len(ground), len(across)) if across else 0
    step = 2 * HALF / max(n, 1)
    pairs = ((ground[i % len(ground)], across[i % len(across)]) for i in range(n))
    return [(a, b, -HALF + i * step, -HALF + (i + 1) * step) for i, (a, b) in enumerate(pairs)]


def _ends(spell: Spell, state: State) -> tuple[int, int]:
    first, last = axis.span(state["from"], state["to"])
    return max(spell.start, first), min(spell.end, last)


def _sure(columns: Columns, shown: Sequence[Spell], state: State) -> list[Fill]:
    look = theme(state["theme"])
    keys = ("base", "x", "y", "offset", "width")
    held, contested, empty = (_empty(*keys, *more) for more in (TINTED, STRIPED, ()))
    for spell in shown:
        start, end = _ends(spell, state)
        span = (iso(start), (end - start) * DAY, spell.row)
        bands = _bands(columns, spell.holders)
        stripes = _stripes(columns, bands)
        for side, across, top, bottom in stripes:
            tones = (look.side(_side(columns, side)), look.side(_side(columns, across)))
            _put(contested, *span, top, bottom - top, *tones)
        for side, top, bottom in [] if stripes else bands:
            if side == NOBODY:
                _put(empty, *span, top, bottom - top)
            else:
                _put(held, *span, top, bottom - top, look.side(_side(columns, side)))
    return [held, contested, empty]


def _empty(*keys: str) -> Fill:
    return {key: [] for key in keys}


def _put(fill: Fill, *values: Any) -> None:
    for column, value in zip(fill.values(), values, strict=True):
        column.append(value)


def _touch(columns: Columns, shown: Sequence[Spell], state: State) -> Fill:
    fill = _empty("base", "x", "y", "customdata")
    events, places = columns["events"]["id"], columns["places"]["id"]
    for spell in shown:
        start, end = _ends(spell, state)
        what = [events[spell.event] if spell.event >= 0 else "", places[spell.place]]
        _put(fill, iso(start), (end - start) * DAY, spell.row, what)
    return fill


def _names(columns: Columns, shown: Sequence[Spell], state: State) -> Fill:
    """The holders' names where one colour lies under all of them."""
    fill = _empty("base", "x", "y", "text", "insidetextfont.color")
    short = columns["actors"]["short_fr" if state["lang"] == "fr" else "short"]
    for spell in shown:
        bands = _bands(columns, spell.holders)
        if len(bands) == 1 and bands[0][0] >= 0:
            start, end = _ends(spell, state)
            text = " + ".join(short[holder] for holder in spell.holders if holder >= 0)
            tone = theme(state["theme"]).on(_side(columns, bands[0][0]))
            _put(fill, iso(start), (end - start) * DAY, spell.row, text, tone)
    return fill


def _slopes(columns: Columns, shown: Sequence[Spell]) -> list[Fill]:
    sides = columns["terms"]["sides"]
    fills: dict[str, Fill] = {side: {"x": [], "y": []} for side in sides}
    for spell in shown:

        def border(height: float, spell: Spell = spell) -> float:
            return spell.start + (spell.end - spell.start) * (height + HALF) / (2 * HALF)

        for holders, after in ((spell.before or [], False), (spell.holders, True)):
            for side, top, bottom in _bands(columns, holders):
                if side != NOBODY:
                    left = (border(top), border(bottom)) if after else (spell.start, spell.start)
                    right = (spell.end, spell.end) if after else (border(top), border(bottom))
                    fill = fills[_side(columns, side)]
                    fill["x"] += [*(_moment(x) for x in (left[0], right[0], right[1], left[1])), None]
                    fill["y"] += [spell.row + y for y in (top, top, bottom, bottom)] + [None]
    return list(fills.values())


def _moment(day: float) -> str:
    """A day number with its part of a day, to the minute, as Plotly reads it."""
    whole, minute = divmod(math.floor(day * MINUTES), MINUTES)
    return f"{iso(whole)}T{minute // 60:02}:{minute % 60:02}"
