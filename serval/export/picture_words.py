"""The words around a picture: what is shown by which filters, the sources, licence, version and link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from serval import summary
from serval.export import citation
from serval.export.picture_scene import Drawn, Scene
from serval.text import Translator, format_days, format_number

if TYPE_CHECKING:
    from serval.view import View

NAMED = 5
"""Publishers that the line of the sources names."""


@dataclass(frozen=True)
class Words:
    """The lines of a picture, in its language. `link` leads back to the view."""

    kicker: str
    title: str
    subtitle: list[str]
    footer: list[str]
    link: str
    empty: str


def words(scene: Scene, drawn: Drawn, title: str | None, base: str, made: date) -> Words:
    """The words of a panel's picture. `title`: in place of its own; `base`: the site; `made`: its day."""
    _, view = scene._, scene.view
    days = format_days(view.selection.from_, view.selection.to, scene.lang)
    n = _.n("{shown} of {n} event", "{shown} of {n} events", view.total).format(shown=scene.number(view.n))
    makers = [_("Base map: {makers}").format(makers=drawn.makers)] if drawn.makers else []
    licence = citation.licence(view.record)
    return Words(
        kicker=f"{_('Operation Serval')} · {_('Mali, 2012–2014')}",
        title=title or drawn.title,
        subtitle=[f"{days} · {n}", *_filters(view, _), *drawn.notes],
        footer=[
            _sources(scene, drawn.sources),
            *makers,
            " · ".join(
                [
                    _("Serval: a record of the 2013 intervention in Mali"),
                    citation.version_line(view.record, scene.lang),
                    licence.name,
                    _("picture made on {day}").format(day=scene.day(made.isoformat())),
                ]
            ),
        ],
        link=citation.view_link(view, scene.lang, base),
        empty=_("Nothing in this view can be drawn here."),
    )


def _filters(view: View, _: Translator) -> list[str]:
    """Every active filter but the days, which are said already; those of one key together."""
    found: dict[str, list[str]] = {}
    for key, _value, text in summary.filters(view.selection, view.record, _.lang):
        if key not in ("from", "to"):
            found.setdefault(key, []).append(text)
    names = {
        "actor": _("actor"),
        "role": _("part played"),
        "type": _("kind"),
        "place": _("place"),
        "region": _("region"),
        "status": _("certainty"),
        "q": _("search"),
    }
    parts = [
        f"{names[key]}{_.colon} {', '.join(texts)}" if key in names else ", ".join(texts)
        for key, texts in found.items()
    ]
    return [f"{_('Only')}{_.colon} {' · '.join(parts)}"] if parts else []


def _sources(scene: Scene, cited: Sequence[str]) -> str:
    _ = scene._
    if not cited:
        return _("No sources are cited here.")
    n = _.n("{n} document", "{n} documents", len(set(cited)))
    publishers = Counter(scene.of.sources[id]["publisher"] for id in cited)
    most = sorted(publishers.items(), key=lambda one: (-one[1], one[0]))
    named = ", ".join(f"{name} ({format_number(times, scene.lang)})" for name, times in most[:NAMED])
    some = len(most) > NAMED
    text = _("Sources: {n}; most cited: {publishers}") if some else _("Sources: {n}, by {publishers}")
    return text.format(n=n, publishers=named)
