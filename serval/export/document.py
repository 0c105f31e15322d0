"""The report of a view: one model of all that it says, from which HTML, PDF and DOCX are made.

Everything in it is words in one language, in the order in which it is read. Events carry notes, numbers of
sources: note n is source n of the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from serval import summary
from serval.export import citation, document_parts, document_words
from serval.export.document_parts import Events, Source, Table
from serval.text import format_day, format_days, format_number, translator

if TYPE_CHECKING:
    from serval.view import View

PANELS = ("map", "timeline", "control", "troops", "losses")
"""Pictures of a report, in order."""
PAPERS = ("A4", "Letter")
SUMMARIES = 60
"""Events up to which the table gives their summaries, too."""


@dataclass(frozen=True)
class Picture:
    """A drawn panel: `svg` carries its fonts, `png` may be empty where no one asks for it. CSS pixels."""

    title: str
    alt: str
    width: int
    height: int
    svg: str
    png: bytes = b""


@dataclass(frozen=True)
class Figure:
    """A numbered picture; without one `missing` says why. `spec`: JSON to draw it from in a browser."""

    number: int
    panel: str
    label: str
    caption: str
    picture: Picture | None
    missing: str = ""
    spec: str = ""


@dataclass(frozen=True)
class Document:
    """A report. `facts`: label and words of what is shown; `heads`: the headings of its parts by name;
    `method`, `colophon`: label (or empty) and words."""

    lang: str
    title: str
    kicker: str
    sentence: str
    facts: list[tuple[str, str]]
    heads: Mapping[str, str]
    figures: list[Figure]
    tables: list[Table]
    events: Events
    sources: list[Source]
    method: list[tuple[str, str]]
    colophon: list[tuple[str, str]]
    link: str
    running: str
    page_words: tuple[str, str]
    made: str


def document(
    view: View,
    lang: str,
    base: str,
    made: str,
    pictures: Mapping[str, Picture],
    missing: Mapping[str, str] | None = None,
    specs: Mapping[str, str] | None = None,
) -> Document:
    """The report of a view.

    made: its day, ISO. pictures: by panel; missing: panel -> why there is none; specs: panel -> JSON of the
    picture's spec, for readers whose browser is to draw it.
    """
    _ = translator(lang)
    sources = document_parts.Numbers(view)
    events = document_parts.events(view, lang, base, sources, summaries=view.n <= SUMMARIES)
    link = citation.view_link(view, lang, base)
    return Document(
        lang=lang,
        title=_("Operation Serval: a report"),
        kicker=_("Mali, 2012–2014"),
        sentence=summary.sentence(view, lang),
        facts=_facts(view, lang, made),
        heads=_heads(lang),
        figures=_figures(view, lang, pictures, missing or {}, specs or {}),
        tables=document_parts.tables(view, lang),
        events=events,
        sources=document_parts.sources(view, sources, lang),
        method=document_words.method(view, lang),
        colophon=_colophon(view, lang, base, link),
        link=link,
        running=f"{_('Operation Serval: a report')} · {_running(view, lang)}",
        page_words=(_("Page"), _("of")),
        made=made,
    )


def _heads(lang: str) -> dict[str, str]:
    _ = translator(lang)
    return {
        "pictures": _("The view in pictures"),
        "tables": _("Losses and changes of control"),
        "events": _("Events"),
        "sources": _("Sources"),
        "method": _("How to read this report"),
        "colophon": _("Version, licence, citation"),
    }


def _running(view: View, lang: str) -> str:
    _ = translator(lang)
    count = _.n("{n} of {total} events", "{n} of {total} events", view.n)
    days = format_days(view.selection.from_, view.selection.to, lang)
    return f"{days} · {count.format(total=format_number(view.total, lang))}"


def _facts(view: View, lang: str, made: str) -> list[tuple[str, str]]:
    _, chosen = translator(lang), view.selection
    count = _.n("{n} of {total} events", "{n} of {total} events", view.n)
    filters = [
        words for key, _v, words in summary.filters(chosen, view.record, lang) if key not in ("from", "to")
    ]
    return [
        (_("Days shown"), format_days(chosen.from_, chosen.to, lang)),
        (_("Filters"), "; ".join(filters) or _("none but the days")),
        (_("Shown"), count.format(total=format_number(view.total, lang))),
        (_("Day of the map"), format_day(chosen.at, lang)),
        (_("Data"), f"{citation.version_line(view.record, lang)}, {citation.licence(view.record).id}"),
        (_("Made on"), format_day(made, lang)),
    ]


def _figures(
    view: View,
    lang: str,
    pictures: Mapping[str, Picture],
    missing: Mapping[str, str],
    specs: Mapping[str, str],
) -> list[Figure]:
    _ = say = translator(lang)
    names = {panel: say(citation.PANELS[panel]) for panel in PANELS}
    return [
        Figure(
            number=n,
            panel=panel,
            label=_("Figure"),
            caption=f"{names[panel]}. {document_words.explained(panel, view, lang)}",
            picture=pictures.get(panel),
            missing=missing.get(panel, ""),
            spec=specs.get(panel, ""),
        )
        for n, panel in enumerate(PANELS, 1)
    ]


def _colophon(view: View, lang: str, base: str, link: str) -> list[tuple[str, str]]:
    _, licence = translator(lang), citation.licence(view.record)
    return [
        (_("Version"), citation.version_line(view.record, lang)),
        (_("Licence"), f"{licence.name}, {licence.url}"),
        (_("How to cite"), citation.view(view, lang, base, "txt").strip()),
        (_("The same view on the site"), link),
    ]
