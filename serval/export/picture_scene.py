"""What every panel's picture is made of: the view in a language and theme, and what a panel gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from serval import columns
from serval.figures import axis
from serval.figures.days import day_number, iso
from serval.figures.marks import mark
from serval.figures.style import Theme, theme
from serval.lookup import Lookup
from serval.text import Translator, format_day, format_number, translator

if TYPE_CHECKING:
    from serval.record import Record
    from serval.view import View

Room = tuple[float, float]
"""Width and height of a figure, in pixels of the layout."""
TICK = 110
"""Pixels that the name of a month takes."""
NARROW = 640
"""Pixels below which a figure's rows are named by marks, and numbers beside them go."""
SHAPE_OF_CERTAINTY = "circle"


@dataclass(frozen=True)
class Item:
    """A line of the legend: `kind` is a sample of assets/picture.js, the colours are its."""

    kind: str
    label: str
    colour: str = ""
    tint: str = ""
    mark: str = ""
    colours: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """Lines of the legend that belong together."""

    name: str
    items: list[Item]


@dataclass(frozen=True)
class Drawn:
    """A panel's picture before it has a size.

    figure: room -> Plotly figure and, where something did not fit, words on it; None where there is nothing
    to draw. height: pixels that the figure wants in its own width. least: pixels below which it is
    unreadable. sources: id of a source, as often as what is drawn rests on it. notes: lines below the
    title. above: whether the legend stands above the figure; else below or, in a wide picture, beside it.
    makers: whose work is drawn besides the record's.
    """

    title: str
    legend: list[Group]
    figure: Callable[[Room], tuple[dict[str, Any], str]] | None
    height: Callable[[float], float]
    sources: Sequence[str]
    notes: list[str] = field(default_factory=list)
    least: float = 190
    above: bool = True
    beside: bool = False
    makers: str = ""


@dataclass(frozen=True)
class Scene:
    """One view in one language and theme, as the panels ask for it."""

    view: View
    lang: str
    theme: str

    @cached_property
    def _(self) -> Translator:
        return translator(self.lang)

    @cached_property
    def look(self) -> Theme:
        return theme(self.theme)

    @cached_property
    def of(self) -> Lookup:
        return Lookup.of(self.view.record)

    @cached_property
    def columns(self) -> dict[str, Any]:
        return _columns(self.view.record)

    @property
    def state(self) -> dict[str, Any]:
        """The state of the fills of `serval.figures`."""
        chosen, ids = self.view.selection, self.columns["events"]["id"]
        return {
            "at": day_number(chosen.at),
            "known": self.view.known,
            "from": day_number(chosen.from_),
            "to": day_number(chosen.to),
            "lang": self.lang,
            "theme": self.theme,
            "event": ids.index(chosen.event) if chosen.event in ids else -1,
        }

    def day(self, iso: str) -> str:
        return format_day(iso, self.lang)

    def number(self, n: int) -> str:
        return format_number(n, self.lang)

    def label(self, words: str, id: str) -> str:
        return self.of.label(words, id, self.lang)

    def left(self, n: int) -> str:
        """Words on actors for which there is no room; none if there is room for all."""
        if not n:
            return ""
        return self._.n(
            "{n} more actor is left out for lack of room.",
            "{n} more actors are left out for lack of room.",
            n,
        )

    def sides(self, shown: Iterable[str]) -> Group:
        """The legend of the colours of some sides."""
        wanted = set(shown)
        items = [
            Item("dot", self._.label(side), self.look.side(side.id))
            for side in self.view.record.vocabulary.sides
            if side.id in wanted
        ]
        return Group(self._("Colour: side"), items)

    def families(self) -> Group:
        """The legend of the shapes of the events shown."""
        shown = set(self.view.events["family"])
        items = [
            Item("mark", self._.label(family), self.look.ink, mark=mark(family.glyph, "confirmed"))
            for family in self.view.record.vocabulary.families
            if family.id in shown
        ]
        return Group(self._("Shape: kind of event"), items)

    def certainties(self) -> Group:
        """The legend of the fills of the events shown."""
        shown = set(self.view.events["status"])
        items = [
            Item("mark", self._.label(status), self.look.ink, mark=mark(SHAPE_OF_CERTAINTY, status.id))
            for status in self.view.record.vocabulary.statuses
            if status.id in shown
        ]
        return Group(self._("Fill: certainty"), items)

    @property
    def moved(self) -> bool:
        """Whether the day of the map is another than the last day shown."""
        return self.view.selection.at != self.view.selection.to

    def playhead(self) -> list[Item]:
        """The legend of the line of the day of the map, where it is drawn."""
        if not self.moved:
            return []
        words = self._("day of the map, {day}").format(day=self.day(self.view.selection.at))
        return [Item("upright", words, self.look.accent)]

    def over_time(self, layout: dict[str, Any], width: float) -> dict[str, Any]:
        """A layout over time with the days of the view, as many ticks as have room, and its playhead."""
        state, at = self.state, self.view.selection.at
        ends = [iso(day) for day in axis.span(state["from"], state["to"])]
        mode = "instant" if state["to"] - state["from"] < axis.SHORT else "period"
        days = {**layout["xaxis"], "range": ends, "ticklabelmode": mode, "nticks": max(3, int(width // TICK))}
        line = [{**layout["shapes"][0], "x0": at, "x1": at}] if self.moved else []
        return {**layout, "xaxis": days, "shapes": line}


@lru_cache(maxsize=4)
def _columns(record: Record) -> dict[str, Any]:
    return columns.build(record)


def filled(figure: dict[str, Any], arrays: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """An empty figure with the arrays of its traces in it; keys are Plotly paths such as marker.color."""
    data = []
    for trace, values in zip(figure["data"], arrays, strict=True):
        whole = dict(trace)
        for path, value in values.items():
            _put(whole, path.split("."), value)
        data.append(whole)
    return {"data": data, "layout": dict(figure["layout"])}


def _put(part: dict[str, Any], path: list[str], value: Any) -> None:
    head, *rest = path
    if not rest:
        part[head] = value
    else:
        part[head] = dict(part[head])
        _put(part[head], rest, value)
