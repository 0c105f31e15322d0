"""The filters: every choice is a link to the view it gives, with the number of events it would show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from dash import html
from markupsafe import escape

from components.context import Context
from components.icons import icon
from components.words import words as render
from serval.selection import FROM, TO
from serval.text import Translator, fold

SHOWN = 14
"""Choices of a long list before "more"."""


def filters(_: Translator) -> html.Aside:
    """The rail of filters; its counts come with each view."""
    return html.Aside(
        [
            html.Div(
                [
                    html.H2(_("Filters")),
                    html.Button(
                        icon("close"),
                        id="filter-close",
                        className="button quiet",
                        **{"aria-label": _("Close the filters")},
                    ),
                ],
                className="rail-head",
            ),
            _search(_),
            html.Div(_dates(_), className="facet-dates"),
            html.Div(id="filter-dates"),
            _known(_),
            html.Details(
                [html.Summary(_("Type of event")), html.Div(id="filter-type")], open=True, className="facet"
            ),
            html.Details(
                [html.Summary(_("Actor")), html.Div(id="filter-actor")], open=True, className="facet"
            ),
            html.Details([html.Summary(_("Place")), html.Div(id="filter-place")], className="facet"),
            html.Details(
                [html.Summary(_("Certainty")), html.Div(id="filter-status")], open=True, className="facet"
            ),
        ],
        id="filters",
        className="rail",
        **{"aria-label": _("Filters")},
    )


def _search(_: Translator) -> html.Div:
    words, hint = _("Search events, places, actors"), _("Place, actor, word…")
    return html.Div(
        [
            icon("search"),
            _field(
                id="filter-search", type="search", placeholder=hint, maxlength="200", **{"aria-label": words}
            ),
        ],
        className="search",
        role="search",
        **{"aria-label": words},
    )


def _dates(_: Translator) -> list[object]:
    hint = _("A day as YYYY-MM-DD, the first not after the last")
    return [_day(_("From"), "filter-from", hint, value=FROM), _day(_("To"), "filter-to", hint, value=TO)]


def _day(label: str, id: str, hint: str, **more: str) -> html.Label:
    """A field for a day; `hint` is said where it is none."""
    field = _field(
        id=id, type="text", pattern=r"\d{4}-\d{2}-\d{2}", maxlength="10", inputmode="numeric", **more
    )
    return html.Label([label, field], **{"data-hint": hint})


def _field(**attributes: str) -> html.Span:
    """A plain field, made by assets/page.js: Dash's own moves the cursor when it redraws while one types."""
    return html.Span(className="field", **{"data-field": json.dumps({"autocomplete": "off", **attributes})})


class Choice(NamedTuple):
    """A link to the view that a choice gives. `n`: events it would show; `mark`: class of its pictogram."""

    label: str
    href: str
    on: bool
    n: int | None = None
    id: str = ""
    mark: str = ""
    side: str = ""

    def __html__(self) -> str:
        """The link. No macro: a view has hundreds, and each would take ten times as long. Ids are slugs."""
        kind = " on" if self.on else " none" if self.n == 0 else ""
        return "".join(
            [
                f'<a href="{escape(self.href)}" class="choice{kind}"',
                ' aria-current="true"' if self.on else "",
                f' id="choice-{self.id}"' if self.id else "",
                ">",
                f'<span class="dot side-{self.side}" aria-hidden="true"></span>' if self.side else "",
                f'<span class="mark {self.mark}" aria-hidden="true"></span>' if self.mark else "",
                f' <span class="choice-label">{escape(self.label)}</span>',
                "" if self.n is None else f' <span class="count">{self.n}</span>',
                "</a>\n",
            ]
        )


@dataclass(frozen=True)
class LongList:
    """A long list: what is chosen and the most frequent first, the rest behind one press."""

    first: list[Choice]
    rest: list[Choice]

    @staticmethod
    def of(choices: list[Choice]) -> LongList:
        first = [c for i, c in enumerate(choices) if i < SHOWN or c.on]
        rest = [c for i, c in enumerate(choices) if i >= SHOWN and not c.on]
        return LongList(first, sorted(rest, key=lambda c: fold(c.label)))


def _known(_: Translator) -> html.Div:
    """The day up to which sources count."""
    hint = _("A day as YYYY-MM-DD; empty for all that is known today")
    field = _day(_("As known on"), "filter-known", hint, placeholder=_("today"))
    return html.Div(field, className="known")


def words(page: Context) -> dict[str, str]:
    """The choices of every filter with their counts, and the presets of dates."""
    _, now = page._, page.selection
    rules = {"possible": _("if possible then"), "certain": _("only if certain")}
    return render(
        "filters.html",
        page,
        rules=[Choice(words, page.link(dates=id), now.dates == id) for id, words in rules.items()],
        presets=[
            Choice(label, page.link(from_=first, to=last, at=""), (first, last) == (now.from_, now.to))
            for label, first, last in _presets(_)
        ],
        families=_families(page),
        actors=LongList.of(_actors(page)),
        roles=_of_words(page, "role", page.record.vocabulary.roles),
        family=Choice(_("with their branches and successors"), page.link(family=not now.family), now.family),
        places=LongList.of(_places(page)),
        statuses=_of_words(page, "status", page.record.vocabulary.statuses, "status-{id}"),
    )


def _presets(_: Translator) -> list[tuple[str, str, str]]:
    return [
        (_("Before 10 January"), "2012-01-01", "2013-01-09"),
        (_("Konna and first strikes"), "2013-01-10", "2013-01-15"),
        (_("Drive north"), "2013-01-16", "2013-01-31"),
        (_("Ifoghas"), "2013-02-01", "2013-04-30"),
        (_("Hand-over and election"), "2013-05-01", "2013-09-30"),
        (_("Whole record"), "2012-01-01", "2014-12-31"),
    ]


def _choice(page: Context, key: str, id: str, label: str, mark: str = "", side: str = "") -> Choice:
    n, on = page.view.facets[key].get(id, 0), id in page.selection.get(key)
    return Choice(label, page.toggle(key, id), on, n, f"{key}-{id}", mark, side)


def _of_words(page: Context, key: str, terms: Iterable[Any], mark: str = "") -> list[Choice]:
    return [_choice(page, key, term.id, page._.label(term), mark.format(id=term.id)) for term in terms]


def _families(page: Context) -> list[tuple[Choice, list[Choice]]]:
    """The families of types, each a choice of all its types, and the types."""
    chosen, terms = page.selection.type, page.record.vocabulary
    groups = []
    for family in terms.families:
        types = _of_words(page, "type", [t for t in terms.event_types if t.family == family.id])
        ids = tuple(t.id for t in terms.event_types if t.family == family.id)
        on = set(ids) <= set(chosen)
        kept = tuple(t for t in chosen if t not in ids)
        address = page.link(type=kept if on else (*kept, *ids))
        n = sum(t.n or 0 for t in types)
        name = page._.label(family)
        groups.append((Choice(name, address, on, n, f"family-{family.id}", f"glyph-{family.glyph}"), types))
    return groups


def _actors(page: Context) -> list[Choice]:
    return [_choice(page, "actor", id, page.short(id), side=page.side(id)) for id in page.of_record("actor")]


def _places(page: Context) -> list[Choice]:
    return [_choice(page, "place", id, page.name(page.look.places[id])) for id in page.of_record("place")]
