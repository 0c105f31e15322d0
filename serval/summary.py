"""A view in words: one sentence for page, picture and citation, and each filter that is active."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from serval.lookup import Lookup, Values
from serval.selection import DATES, FROM, TO, Selection
from serval.text import Translator, format_day, format_days, format_number, format_range, translator

if TYPE_CHECKING:
    from serval.record import Record
    from serval.view import View


def sentence(view: View, lang: str) -> str:
    """What the view shows: its days, the most frequent family of events and place, and the dead it counts."""
    _ = translator(lang)
    days = format_days(view.selection.from_, view.selection.to, lang)
    if not view.n:
        return _("No event of {days} meets these filters.").format(days=days)
    parts = [days, *_most(view, _), *_known(view.selection, _)]
    return " ".join([f"{', '.join(parts)}.", *_killed(view, _)])


def _most(view: View, _: Translator) -> list[str]:
    if view.n < 2:
        return []
    words = [_kind(view, _)]
    places = view.event_places["place"].tolist()
    if places and len(view.selection.place) != 1:
        place, n = _most_frequent(places)
        name = Lookup.of(view.record).place(place, _.lang)
        words.append(_("most at {place} ({n})").format(place=name, n=format_number(n, _.lang)))
    return words


def _kind(view: View, _: Translator) -> str:
    family, n = _most_frequent(view.each("family"))
    label = Lookup.of(view.record).label("families", family, _.lang)
    words = _("mostly {kind} ({n})") if 2 * n > view.n else _("most often {kind} ({n})")
    return words.format(kind=label[0].lower() + label[1:], n=format_number(n, _.lang))


def _most_frequent(values: Iterable[str]) -> tuple[str, int]:
    """Of several that are so, the first by the alphabet."""
    return min(Counter(values).items(), key=lambda counted: (-counted[1], counted[0]))


def _known(selection: Selection, _: Translator) -> list[str]:
    if not selection.known:
        return []
    return [_("as known on {day}").format(day=format_day(selection.known, _.lang))]


def _killed(view: View, _: Translator) -> list[str]:
    row = view.killed
    if row is None:
        return [_("No death is counted.")]
    words = [_("Killed, all sides: {range}").format(range=total_range(row, _.lang))]
    if row["events_without_figure"]:
        without = format_number(row["events_without_figure"], _.lang)
        silent = _.n(
            "{without} of {n} event gives no number", "{without} of {n} events give no number", view.n
        )
        words.append(silent.format(without=without))
    return [f"{'; '.join(words)}."]


def total_range(row: Values, lang: str) -> str:
    """A row of `totals` or `losses` in words. Where a row in it has no best number, only its ends are said:
    the best total would be of the others alone."""
    best = None if row["without_best"] else row["best"]
    return format_range(row["low"], best, row["high"], lang)


def filters(selection: Selection, record: Record, lang: str) -> list[tuple[str, str, str]]:
    """Every active filter: its query key, the value that a link leaves out to remove it, and its words."""
    _, look = translator(lang), Lookup.of(record)
    out: list[tuple[str, str, str]] = []
    if selection.from_ != FROM:
        out.append(("from", selection.from_, _("from {day}").format(day=format_day(selection.from_, lang))))
    if selection.to != TO:
        out.append(("to", selection.to, _("to {day}").format(day=format_day(selection.to, lang))))
    if selection.dates != DATES[0]:
        out.append(("dates", selection.dates, _("only if certainly in these days")))
    names: dict[str, Callable[[str], str]] = {
        "actor": lambda id: look.short(id, lang),
        "role": lambda id: look.label("roles", id, lang),
        "type": lambda id: look.label("event_types", id, lang),
        "place": lambda id: look.place(id, lang),
        "region": lambda id: look.label("regions", id, lang),
        "status": lambda id: look.label("statuses", id, lang),
    }
    for key, name in names.items():
        out += [(key, id, name(id)) for id in selection.get(key)]
    if selection.family:
        out.append(("family", "1", _("with branches and successors")))
    if selection.q:
        out.append(("q", selection.q, _("“{words}”").format(words=selection.q)))
    if selection.known:
        out += [("known", selection.known, words) for words in _known(selection, _)]
    return out
