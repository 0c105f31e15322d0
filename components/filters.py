"""The filters: every choice is a link to the view it gives, with the number of events it would show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import Dash, Input, Output, dcc, html

from components.context import Context, context, href
from components.icons import icon
from serval.lookup import localised
from serval.selection import FROM, TO, Selection
from serval.text import Translator, fold

SHOWN = 14
"""Choices of a long list before "more"."""

PRESETS = (
    ("Before 10 January", "2012-01-01", "2013-01-09"),
    ("Konna and first strikes", "2013-01-10", "2013-01-15"),
    ("Drive north", "2013-01-16", "2013-01-31"),
    ("Ifoghas", "2013-02-01", "2013-04-30"),
    ("Hand-over and election", "2013-05-01", "2013-09-30"),
    ("Whole record", "2012-01-01", "2014-12-31"),
)


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
    words = _("Search events, places, actors")
    return html.Div(
        [
            icon("search"),
            dcc.Input(
                id="filter-search",
                type="search",
                placeholder=words,
                debounce=True,
                maxLength=200,
                autoComplete="off",
            ),
        ],
        className="search",
        role="search",
        **{"aria-label": words},
    )


def _dates(_: Translator) -> list[object]:
    return [
        html.Label(
            [
                _("From"),
                dcc.Input(
                    id="filter-from",
                    type="text",
                    value=FROM,
                    pattern=r"\d{4}-\d{2}-\d{2}",
                    maxLength=10,
                    inputMode="numeric",
                    autoComplete="off",
                ),
            ]
        ),
        html.Label(
            [
                _("To"),
                dcc.Input(
                    id="filter-to",
                    type="text",
                    value=TO,
                    pattern=r"\d{4}-\d{2}-\d{2}",
                    maxLength=10,
                    inputMode="numeric",
                    autoComplete="off",
                ),
            ]
        ),
    ]


def register(app: Dash) -> None:
    """The filters' callbacks: the counts beside the choices."""

    @app.callback(
        Output("filter-dates", "children"),
        Output("filter-type", "children"),
        Output("filter-actor", "children"),
        Output("filter-place", "children"),
        Output("filter-status", "children"),
        Input("query", "data"),
        prevent_initial_call=True,
    )
    def count(query: str) -> tuple[object, ...]:
        page = context(query)
        return _rule(page), _types(page), _actors(page), _places(page), _statuses(page)

    @app.callback(Output("presets", "children"), Input("query", "data"), prevent_initial_call=True)
    def presets(query: str) -> list[object]:
        page = context(query)
        return [
            _link(
                page._(words), page.link(from_=first, to=last, at=""), (first, last) == _span(page.selection)
            )
            for words, first, last in PRESETS
        ]


def _span(selection: Selection) -> tuple[str, str]:
    return selection.from_, selection.to


@dataclass(frozen=True)
class Choice:
    id: str
    label: str
    n: int
    mark: object = None


def _link(
    label: object, address: str, on: bool, n: int | None = None, mark: object = None, key: str = ""
) -> html.A:
    count = [] if n is None else [html.Span(str(n), className="count")]
    marks = [] if mark is None else [mark]
    state = {"aria-current": "true"} if on else {}
    empty = " none" if n == 0 and not on else ""
    props = {"key": key} if key else {}
    return html.A(
        [*marks, html.Span(label, className="choice-label"), *count],
        href=address,
        className=f"choice{' on' if on else ''}{empty}",
        **state,
        **props,
    )


def _choices(page: Context, key: str, choices: Sequence[Choice]) -> list[object]:
    chosen = page.selection.get(key)
    return [
        _link(c.label, page.toggle(key, c.id), c.id in chosen, c.n, c.mark, f"{key}-{c.id}") for c in choices
    ]


def _long(page: Context, key: str, choices: Sequence[Choice]) -> list[object]:
    """A long list: what is chosen and the most frequent first, the rest behind one press."""
    chosen = page.selection.get(key)
    first = [c for i, c in enumerate(choices) if i < SHOWN or c.id in chosen]
    rest = sorted((c for c in choices if c not in first), key=lambda c: fold(c.label))
    links = _choices(page, key, first)
    if rest:
        more = page._("{n} more").format(n=len(rest))
        links.append(html.Details([html.Summary(more), *_choices(page, key, rest)], className="more"))
    return links


def _rule(page: Context) -> list[object]:
    _, chosen = page._, page.selection.dates
    return [
        html.Div(
            [
                _link(_("may have been then"), page.link(dates="possible"), chosen == "possible"),
                _link(_("certainly then"), page.link(dates="certain"), chosen == "certain"),
            ],
            className="switch",
            role="group",
            **{"aria-label": _("Events with an imprecise date")},
        )
    ]


def _types(page: Context) -> list[object]:
    counts, words = page.view.facets["type"], page.record.vocabulary
    groups = []
    for family in words.families:
        types = [t for t in words.event_types if t.family == family.id]
        mark = html.Span(className=f"mark glyph-{family.glyph}", **{"aria-hidden": "true"})
        choices = [Choice(t.id, page._.label(t), counts.get(t.id, 0)) for t in types]
        total = sum(c.n for c in choices)
        ids = tuple(t.id for t in types)
        on = set(ids) <= set(page.selection.type)
        address = href(_family(page.selection, ids, on))
        groups.append(
            html.Div(
                [
                    _link(page._.label(family), address, on, total, mark),
                    html.Div(_choices(page, "type", choices) if len(choices) > 1 else [], className="under"),
                ],
                className="family",
            )
        )
    return groups


def _family(selection: Selection, ids: tuple[str, ...], on: bool) -> Selection:
    kept = tuple(t for t in selection.type if t not in ids)
    return selection.with_(type=kept if on else (*kept, *ids))


def _by_count(page: Context, key: str, name: Callable[[str], str]) -> list[Choice]:
    whole = page.record_counts(key)
    counts = page.view.facets[key]
    return [Choice(id, name(id), counts.get(id, 0)) for id, _ in whole]


def _actors(page: Context) -> list[object]:
    _, look = page._, page.look
    choices = [
        Choice(c.id, c.label, c.n, _dot(look.actors[c.id]["side"]))
        for c in _by_count(page, "actor", lambda id: look.actors[id]["short"])
    ]
    counts = page.view.facets["role"]
    roles = [Choice(r.id, _.label(r), counts.get(r.id, 0)) for r in page.record.vocabulary.roles]
    extra: list[object] = []
    if page.selection.actor:
        extra = [
            html.P(_("Part they played"), className="facet-sub"),
            html.Div(_choices(page, "role", roles), className="under"),
            _link(
                _("with their branches and successors"),
                page.link(family=not page.selection.family),
                page.selection.family,
            ),
        ]
    return [*_long(page, "actor", choices), *extra]


def _dot(side: str) -> html.Span:
    return html.Span(className=f"dot side-{side}", **{"aria-hidden": "true"})


def _places(page: Context) -> list[object]:
    look = page.look
    return _long(
        page, "place", _by_count(page, "place", lambda id: localised(look.places[id], "name", page.lang))
    )


def _statuses(page: Context) -> list[object]:
    counts = page.view.facets["status"]
    choices = [
        Choice(
            s.id,
            page._.label(s),
            counts.get(s.id, 0),
            html.Span(className=f"mark status-{s.id}", **{"aria-hidden": "true"}),
        )
        for s in page.record.vocabulary.statuses
    ]
    return _choices(page, "status", choices)
