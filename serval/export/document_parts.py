"""The tables and the sources of a report, as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from serval.export import citation
from serval.listing import Line, Order, listing, name_of
from serval.lookup import Lookup, Values, localised, plain
from serval.lossrows import lines
from serval.schema import NOBODY, UNKNOWN
from serval.summary import total_range
from serval.text import format_day, format_days, translator
from serval.turns import turns

if TYPE_CHECKING:
    from serval.view import View


@dataclass(frozen=True)
class Table:
    """A numbered table of words; the first column names its rows. `empty`: said in place of no rows.
    `wide`: share of the width that each column takes, in percent."""

    number: int
    label: str
    caption: str
    columns: list[str]
    rows: list[list[str]]
    wide: list[int]
    empty: str


@dataclass(frozen=True)
class EventRow:
    """An event of the table. `summary` is empty in a long report; `notes`: numbers of its sources."""

    id: str
    days: str
    title: str
    summary: str
    link: str
    place: str
    kind: str
    status: str
    killed: str
    notes: list[int]


@dataclass(frozen=True)
class Events:
    """The table of the events."""

    number: int
    label: str
    caption: str
    columns: list[str]
    rows: list[EventRow]
    wide: list[int]
    empty: str


@dataclass(frozen=True)
class Source:
    """Source n. `title` is in the source's own language; a described one stands in brackets already."""

    number: int
    publisher: str
    title: str
    lang: str
    day: str
    url: str
    archive: str
    archive_words: str


class Numbers:
    """The numbers of the sources, in the order in which the events first cite them."""

    def __init__(self, view: View) -> None:
        self._view, self._look = view, Lookup.of(view.record)
        self.of: dict[str, int] = {}

    def notes(self, event: str) -> list[int]:
        """The numbers of an event's sources, those of the day of `known`."""
        cited = [row["source"] for row in self._look.parts["event_sources"].get(event, [])]
        return sorted(
            self.of.setdefault(source, len(self.of) + 1) for source in cited if self._view.knows(source)
        )


def events(view: View, lang: str, base: str, numbers: Numbers, *, summaries: bool) -> Events:
    """Every event of the view, by date, with its notes."""
    _ = translator(lang)
    caption = _("Events of the view, by date. Numbers lead to the sources.")
    if not summaries and view.n:
        caption = f"{caption} {_('So many are given by their titles; each title leads to the event’s page.')}"
    return Events(
        number=3,
        label=_("Table"),
        caption=caption,
        columns=[_("Days"), _("Event"), _("Place"), _("Kind"), _("Certainty"), _("Killed")],
        rows=[_event(view, line, lang, base, numbers, summaries) for line in _lines(view, lang)],
        wide=[12, 37, 14, 15, 12, 10],
        empty=_("No event meets these filters."),
    )


def _lines(view: View, lang: str) -> list[Line]:
    found: list[Line] = []
    page, pages = 1, 1
    while page <= pages:
        order = Order(page=page, of=name_of(view), event=view.selection.event)
        part = listing(view, order, lang)
        pages, page = part.pages, page + 1
        found += part.lines
    return found


def _event(view: View, line: Line, lang: str, base: str, numbers: Numbers, summaries: bool) -> EventRow:
    event = line.event
    return EventRow(
        id=event["id"],
        days=format_days(event["date_start"], event["date_end"], lang, "MMM"),
        title=line.title,
        summary=localised(event, "summary", lang) if summaries else "",
        link=citation.event_link(view.record, event["id"], base),
        place=", ".join(line.places),
        kind=line.type_label,
        status=line.status_label,
        killed=line.killed,
        notes=numbers.notes(event["id"]),
    )


def sources(view: View, numbers: Numbers, lang: str) -> list[Source]:
    """The numbered sources, once the events have their notes."""
    look = Lookup.of(view.record)
    return [_source(n, look.sources[id], lang) for id, n in numbers.of.items()]


def _source(n: int, row: Values, lang: str) -> Source:
    _ = translator(lang)
    described = row["title_is_description"]
    return Source(
        number=n,
        publisher=row["publisher"],
        title=f"[{row['title']}]" if described else _("“{words}”").format(words=row["title"]),
        lang=row["language"],
        day=format_day(row["date"], lang) if row["date"] else _("undated"),
        url=row["url"] or "",
        archive=row["archive_url"] or "",
        archive_words=_("archived copy"),
    )


def tables(view: View, lang: str) -> list[Table]:
    """Losses by actor, and changes of control."""
    return [_losses(view, lang), _control(view, lang)]


def _losses(view: View, lang: str) -> Table:
    _ = translator(lang)
    totals = view.totals
    whole = {row["kind"]: row for row in plain(totals[totals["of"].isna()])}
    kinds = {k.id: _.label(k) for k in view.record.vocabulary.figure_kinds if k.loss and k.id in whole}
    total = [_("all"), *(total_range(whole[kind], lang) for kind in kinds)]
    by_actor = [
        [line.label, *(total_range(line.sums[kind], lang) if kind in line.sums else "" for kind in kinds)]
        for line in lines(view, "suffered", lang)
    ]
    caption = _(
        "Losses suffered in the view, by actor: the best number and, in brackets, from the lowest to the "
        "highest. Lows, bests and highs are added apart."
    )
    return Table(
        number=1,
        label=_("Table"),
        caption=caption,
        columns=[_("Whose"), *kinds.values()],
        rows=[total, *by_actor] if kinds else [],
        wide=[30, *(70 // max(len(kinds), 1) for _kind in kinds)],
        empty=_("No loss is counted in this view."),
    )


def _control(view: View, lang: str) -> Table:
    _, look = translator(lang), Lookup.of(view.record)
    reserved = {NOBODY: _("no armed force"), UNKNOWN: _("not known")}

    def names(ids: list[str]) -> str:
        return " + ".join(reserved.get(id) or look.short(id, lang) for id in ids)

    changes = sorted((t for t in turns(view, lang) if not t.first), key=lambda t: (t.start, t.end, t.row))
    return Table(
        number=2,
        label=_("Table"),
        caption=_("Towns that changed hands in these days. Filters of actor and kind do not count here."),
        columns=[_("Town"), _("Days"), _("Before"), _("After"), _("Event")],
        rows=[
            [t.town, format_days(t.start, t.end, lang, "MMM"), names(t.before), names(t.after), t.title]
            for t in changes
        ],
        wide=[15, 17, 18, 20, 30],
        empty=_("No town changed hands in these days."),
    )
