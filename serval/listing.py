"""The events of a view as a list: the rows of one page, in an order of the reader's choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from serval import totals
from serval.index import MISSING
from serval.lookup import Lookup, Values, localised, plain
from serval.selection import TABS
from serval.text import fold, format_range

if TYPE_CHECKING:
    from serval.view import View

PAGE = 50
"""Events on a page."""
SORTS = ("date", "type", "place", "status", "killed", "sources")
DOERS, HIT = ("initiator", "ally"), ("target", "victim")


@dataclass(frozen=True)
class Order:
    """How a list is sorted, and which page of it was asked for.

    `page` is meant for the list of the view `of` while the card of `event`, or none, is open. In any other
    list the page is the one with the view's open event, or else the first.
    """

    by: str = SORTS[0]
    down: bool = False
    page: int = 1
    of: str = ""
    event: str | None = None

    @classmethod
    def read(cls, given: object) -> Self:
        """The order in what the browser keeps; the default where that is not one."""
        values: dict[str, Any] = given if isinstance(given, dict) else {}
        by, page, event = values.get("by"), values.get("page"), values.get("event")
        return cls(
            by=by if by in SORTS else SORTS[0],
            down=values.get("down") is True,
            page=page if isinstance(page, int) and page > 0 else 1,
            of=str(values.get("of", "")),
            event=event if isinstance(event, str) else None,
        )


@dataclass(frozen=True)
class Line:
    """One event of the list. `did`, `hit`, `others`: short names of actors by part played; `killed`: the
    counted dead in words, empty where no figure counts."""

    event: Values
    title: str
    places: list[str]
    type_label: str
    status_label: str
    date_label: str
    did: list[str]
    hit: list[str]
    others: list[str]
    killed: str


@dataclass(frozen=True)
class Listing:
    """One page of the list: the events numbered `first` to `last` of `n`, on page `page` of `pages`. `of`
    names the view whose list it is."""

    lines: list[Line]
    order: Order
    of: str
    n: int
    page: int
    pages: int
    first: int
    last: int


def listing(view: View, order: Order, lang: str) -> Listing:
    """The page of the view's events that the order asks for."""
    events = plain(view.events)
    dead = _killed(view, events)
    ranked = _sorted(view, events, dead, order, lang)
    pages = max(1, -(-len(ranked) // PAGE))
    page = min(_page(view, [event["id"] for event in ranked], order), pages)
    first = (page - 1) * PAGE
    shown = ranked[first : first + PAGE]
    return Listing(
        lines=[_line(view, event, dead, lang) for event in shown],
        order=order,
        of=name_of(view),
        n=len(ranked),
        page=page,
        pages=pages,
        first=first + 1 if shown else 0,
        last=first + len(shown),
    )


def name_of(view: View) -> str:
    """What tells lists of different events apart: the query string without all that changes no event."""
    elsewhere = {"event": None, "at2": None, "vs": None, "lat": None, "lon": None, "zoom": None, "v": None}
    chosen = view.selection
    return chosen.with_(at=chosen.to, tab=TABS[0], lang=None, theme=None, **elsewhere).query()


def _page(view: View, ids: list[str], order: Order) -> int:
    event = view.selection.event
    if order.of == name_of(view) and event in (None, order.event):
        return order.page
    return ids.index(event) // PAGE + 1 if event in ids else 1


Dead = dict[str, tuple[int, int | None, int]]
"""Event id -> low, best and high of its counted dead; best is None where a row of them has none."""


def _killed(view: View, events: list[Values]) -> Dead:
    index = view.index
    rows = totals.counted(index, view.shown, view.known)
    rows = rows[index.figures.kind[rows] == index.codes["kind"].of.get("killed", MISSING)]
    sums = totals.add(index, rows, index.figures.event[rows], index.n)
    dead: Dead = {}
    for event, row in zip(events, view.rows, strict=True):
        if sums.rows[row]:
            best = None if sums.without_best[row] else int(sums.best[row])
            dead[event["id"]] = (int(sums.low[row]), best, int(sums.high[row]))
    return dead


def _sorted(view: View, events: list[Values], dead: Dead, order: Order, lang: str) -> list[Values]:
    """The events in order. Those that have nothing to sort by come last, either way."""
    look = Lookup.of(view.record)
    statuses = {term.id: i for i, term in enumerate(view.record.vocabulary.statuses)}

    def killed(event: Values) -> int | None:
        low, best, _ = dead.get(event["id"], (None, None, None))
        return low if best is None else best

    keys: dict[str, Callable[[Values], Any]] = {
        "date": lambda event: event["date_start"],
        "type": lambda event: fold(look.label("event_types", event["type"], lang)),
        "place": lambda event: fold(look.place(event["place"], lang)),
        "status": lambda event: statuses[event["status"]],
        "killed": killed,
        "sources": lambda event: event["n_independent"],
    }
    keyed = [(keys[order.by](event), event) for event in events]
    given = sorted((k for k in keyed if k[0] is not None), key=lambda k: k[0], reverse=order.down)
    return [event for _, event in given] + [event for key, event in keyed if key is None]


def _line(view: View, event: Values, dead: Dead, lang: str) -> Line:
    look, id = Lookup.of(view.record), event["id"]
    cast = [(row["role"], look.short(row["actor"], lang)) for row in look.parts["event_actors"].get(id, [])]
    did = _once(name for role, name in cast if role in DOERS)
    hit = _once(name for role, name in cast if role in HIT)
    return Line(
        event=event,
        title=localised(event, "title", lang),
        places=[look.place(row["place"], lang) for row in look.parts["event_places"].get(id, [])],
        type_label=look.label("event_types", event["type"], lang),
        status_label=look.label("statuses", event["status"], lang),
        date_label=look.label("date_precisions", event["date_precision"], lang),
        did=did,
        hit=hit,
        others=[name for name in _once(name for _, name in cast) if name not in {*did, *hit}],
        killed=format_range(*dead[id], lang) if id in dead else "",
    )


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
