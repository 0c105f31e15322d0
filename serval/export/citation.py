"""How one cites the record, and the text with which one asks for a correction of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from serval.export.citation_forms import FORMS, Work
from serval.figure_keys import keyed
from serval.lookup import Lookup, Values, localised
from serval.readers import N_
from serval.selection import TABS
from serval.summary import filters
from serval.text import Translator, format_day, format_days, format_number, format_range, translator

if TYPE_CHECKING:
    from serval.record import Record
    from serval.view import View

HASH = 12
"""Digits of the content hash that a citation gives."""


PANELS = {
    "map": N_("Map of events"),
    "timeline": N_("Timeline of events"),
    "actors": N_("Actors by number of events"),
    "control": N_("Who held which town"),
    "troops": N_("Troops over time"),
    "losses": N_("Losses"),
}
"""Panel -> its title where it is cited."""


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


def whole(lang: str) -> str:
    """The title of the record, as its licence asks for it to be named."""
    _ = translator(lang)
    return _("Serval: a curated record of the 2013 intervention in Mali")


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


def event_link(record: Record, id: str, base: str) -> str:
    """The lasting address of an event's page, as this version of the record has it."""
    return f"{permalink(base, 'event', id)}?v={record.version}"


def view(
    view: View, lang: str, base: str, form: str = "txt", accessed: str | None = None, panel: str | None = None
) -> str:
    """The citation of a view, or of one of its panels, in one of `FORMS`.

    accessed: the reader's own day, ISO; panel: one of `PANELS`.
    """
    record, say = view.record, translator(lang)
    shown = view.selection.with_(event=None, story=None, **({"tab": panel} if panel in TABS else {}))
    link = view_link(record.select(shown), lang, base)
    digest = hashlib.sha256(link.partition("?")[2].encode()).hexdigest()[:8]
    name = say(PANELS[panel]) if panel else ""
    work = Work(
        id="-".join(filter(None, ["serval", record.version, panel, digest])),
        kind={None: "dataset", "map": "map"}.get(panel, "figure"),
        title=name or whole(lang),
        part_of=whole(lang) if name else "",
        details=view_words(view, lang),
        url=link,
        accessed=accessed,
        **_edition(record, lang),
    )
    return FORMS[form](work)


def view_words(view: View, lang: str) -> str:
    """What a view is of, in words: n of N, days, each filter."""
    _, chosen = translator(lang), view.selection
    count = _.n("{n} of {total} events", "{n} of {total} events", view.n)
    named = [words for key, _value, words in filters(chosen, view.record, lang) if key not in ("from", "to")]
    days = format_days(chosen.from_, chosen.to, lang)
    return f"{_.semicolon} ".join([f"{count.format(total=format_number(view.total, lang))}, {days}", *named])


def event(
    record: Record, id: str, lang: str, base: str, form: str = "txt", accessed: str | None = None
) -> str:
    """The citation of one event. Raises KeyError where there is no such event."""
    _, row = translator(lang), Lookup.of(record).events[id]
    sources = _.n("{n} source", "{n} sources", row["n_sources"])
    voices = _.n("{n} independent", "{n} independent", row["n_independent"])
    details = f"{_days(row, lang)}. {sources}, {voices}"
    url = event_link(record, id, base)
    return FORMS[form](_of_event(record, row, details, url, lang, accessed))


def figure(
    record: Record, id: str, key: str, lang: str, base: str, form: str = "txt", accessed: str | None = None
) -> str:
    """The citation of one figure of an event, by its key (`serval.figure_keys`): the number, what it counts,
    whose, who claims it, its source. Raises KeyError where there is no such event or figure."""
    _, look = translator(lang), Lookup.of(record)
    row, claim = look.events[id], keyed(look.parts["figures"].get(id, []))[key]
    counted = [look.label("figure_kinds", claim["kind"], lang)]
    counted += [look.actor(claim["of"], lang)] if claim["of"] else []
    number = format_range(claim["low"], claim["best"], claim["high"], lang)
    details = f"{_.semicolon} ".join([f"{', '.join(counted)}{_.colon} {number}", *_by_whom(look, claim, _)])
    work = _of_event(
        record,
        row,
        f"{_days(row, lang)}, {details}",
        f"{event_link(record, id, base)}#figure-{key}",
        lang,
        accessed,
    )
    return FORMS[form](replace(work, id=f"{work.id}-{key}"))


def _by_whom(look: Lookup, claim: Values, _: Translator) -> list[str]:
    words = []
    if claim["claimed_by"]:
        words.append(_("claimed by {actor}").format(actor=look.actor(claim["claimed_by"], _.lang)))
    if claim["source"]:
        words.append(_("source: {source}").format(source=source_words(look.sources[claim["source"]], _)))
    else:
        words.append(_("source: the sources of the event together"))
    if claim["note"]:
        words.append(_("note: “{words}”").format(words=localised(claim, "note", _.lang)))
    if not claim["counts_in_total"]:
        words.append(_("not counted in totals"))
    return words


def source_words(source: Values, _: Translator) -> str:
    """A source in a line: publisher, title (a description in brackets), day, address."""
    title = (
        f"[{source['title']}]"
        if source["title_is_description"]
        else _("“{words}”").format(words=source["title"])
    )
    day = format_day(source["date"], _.lang) if source["date"] else _("undated")
    return ", ".join(filter(None, [source["publisher"], title, day, source["url"]]))


def _of_event(record: Record, row: Values, details: str, url: str, lang: str, accessed: str | None) -> Work:
    return Work(
        id=f"serval-{record.version}-{row['id']}",
        kind="dataset",
        title=localised(row, "title", lang),
        part_of=whole(lang),
        details=details,
        url=url,
        happened=(row["date_start"], row["date_end"]),
        accessed=accessed,
        **_edition(record, lang),
    )


def _edition(record: Record, lang: str) -> dict[str, Any]:
    return {
        "version_line": version_line(record, lang),
        "version": record.version,
        "released": record.released,
        "hash": record.hash,
        "lang": lang,
    }


def _days(row: Values, lang: str) -> str:
    return format_days(row["date_start"], row["date_end"], lang)


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
