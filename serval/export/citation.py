"""How one cites the record, and the text with which one asks for a correction of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from serval.lookup import Lookup, localised
from serval.text import format_day, format_days, translator

if TYPE_CHECKING:
    from serval.record import Record
    from serval.view import View

HASH = 12
"""Digits of the content hash that a citation gives."""


class Licence(NamedTuple):
    """A licence: its SPDX id, its name, the address of its text."""

    id: str
    name: str
    url: str


LICENCE = Licence(
    "CC-BY-4.0",
    "Creative Commons Attribution 4.0 International",
    "https://creativecommons.org/licenses/by/4.0/",
)
"""Of the record (data/LICENSE). The documents that it cites keep their own."""


def licence(record: Record) -> Licence:
    """The licence of the record's rows and of what is drawn from them."""
    return LICENCE


def version_line(record: Record, lang: str) -> str:
    """Which data: the version of the record, its day and its content, in words."""
    _ = translator(lang)
    return _("Data version {version} of {day} (content {hash})").format(
        version=record.version, day=format_day(record.released, lang), hash=record.hash[:HASH]
    )


def view_link(view: View, lang: str, base: str) -> str:
    """The lasting address of a view, in a language and with the version of its data. `base`: the site, no
    slash after. The theme is the reader's own."""
    pinned = view.selection.with_(lang=lang, theme=None, v=view.record.version)
    return f"{base}/?{pinned.query()}"


def permalink(base: str, kind: str, id: str) -> str:
    """The lasting address of an event or actor. `kind`: event or actor; `base`: the site, no slash after."""
    return f"{base}/{kind}/{id}"


def of_event(record: Record, event_id: str, lang: str, base: str) -> str:
    """The citation of one event: title, days, sources, version, content, address."""
    _, event = translator(lang), Lookup.of(record).events[event_id]
    sources = _.n("{n} source", "{n} sources", event["n_sources"])
    voices = _.n("{n} independent", "{n} independent", event["n_independent"])
    return _(
        "“{title}”, {days}. {sources}, {voices}. In: Serval, a record of the 2013 intervention in Mali, "
        "version {version} of {day} (content {hash}). {url}"
    ).format(
        title=localised(event, "title", lang),
        days=format_days(event["date_start"], event["date_end"], lang),
        sources=sources,
        voices=voices,
        version=record.version,
        day=format_day(record.released, lang),
        hash=record.hash[:HASH],
        url=permalink(base, "event", event_id),
    )


def correction(record: Record, kind: str, id: str, lang: str, base: str) -> str:
    """The text that asks for a correction of an event or actor: its id, the version, fields to fill in."""
    _ = translator(lang)
    fields = _("date, place, type, actors, figures, control, status, sources, title or summary")
    return "\n".join(
        [
            _("Correction to the Serval record"),
            _("Version: {version}, content {hash}").format(version=record.version, hash=record.hash[:HASH]),
            f"id: {id}",
            permalink(base, kind, id),
            _("Field: ({fields})").format(fields=fields),
            _("The record says:"),
            _("It should say:"),
            _("By which source (publisher, title, date, address):"),
        ]
    )
