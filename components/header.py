"""The head of the page: title, the sentence, what is ignored, active filters, language, theme, sharing."""

from __future__ import annotations

from dash import Dash, Input, Output, html

from components.context import Context, context
from components.icons import icon
from serval import summary
from serval.text import Translator


def header(_: Translator) -> html.Header:
    """The head; its words come with the first view."""
    return html.Header(
        [
            html.A(_("Skip to the list of what is shown"), href="#actors", className="skip"),
            html.Div(
                [
                    html.H1(
                        [_("Operation Serval"), html.Span(_("Mali, 2012–2014"), className="title-where")]
                    ),
                    html.P(id="summary", role="status", className="summary"),
                ],
                className="header-words",
            ),
            html.Div(_actions(_), className="header-actions"),
            html.Div(id="active", className="active"),
        ],
        className="header",
    )


def _actions(_: Translator) -> list[object]:
    other, code = ("English", "en") if _.lang == "fr" else ("Français", "fr")
    dark = _("Light or dark")
    return [
        html.Button(
            [icon("filter"), _("Filters"), html.Span(id="filter-count", className="badge")],
            id="filter-open",
            className="button filter-open",
            **{"aria-controls": "filters", "aria-expanded": "false"},
        ),
        html.Button(
            [icon("link"), _("Share")], id="share", className="button", title=_("Copy this view's link")
        ),
        html.Button(
            [icon("quote"), _("Cite")], id="cite", className="button", title=_("Copy this view's citation")
        ),
        html.A(other, id="lang", href=f"/?lang={code}", lang=code, hrefLang=code, className="button quiet"),
        html.Button(icon("theme"), id="theme", className="button quiet", title=dark, **{"aria-label": dark}),
        html.Span(id="toast", role="status", className="toast"),
    ]


def register(app: Dash) -> None:
    """The header's callbacks."""

    @app.callback(
        Output("summary", "children"),
        Output("active", "children"),
        Output("filter-count", "children"),
        Output("cite", "data-citation"),
        Input("query", "data"),
        prevent_initial_call=True,
    )
    def say(query: str) -> tuple[object, ...]:
        page = context(query)
        chips = _chips(page)
        return (
            _sentence(page),
            [*_problems(page), *chips],
            str(len(chips) - 1 if chips else "") or "",
            _citation(page),
        )


def _sentence(page: Context) -> list[object]:
    count = html.Strong(
        page._("{n} of {total} events").format(n=page.view.n, total=page.view.total), id="shown-count"
    )
    rest = summary.sentence(page.view, page.lang)
    return [count, html.Span(rest)]


def _problems(page: Context) -> list[object]:
    if not page.problems:
        return []
    lines = [html.Li([html.Code(f"{p.key}={p.value[:60]}"), " ", p.message]) for p in page.problems]
    return [
        html.Div(
            [html.P(page._("This part of the link was not understood and is ignored:")), html.Ul(lines)],
            className="problems",
            role="alert",
        )
    ]


def _chips(page: Context) -> list[object]:
    chips: list[object] = [
        html.A(
            [words, html.Span("×", className="chip-x", **{"aria-hidden": "true"})],
            href=_without(page, key, value),
            className="chip",
            title=page._("Remove this filter"),
        )
        for key, value, words in summary.filters(page.selection, page.record, page.lang)
    ]
    if chips:
        chips.append(html.A(page._("Reset all"), id="reset", href="/", className="chip reset"))
    return chips


def _without(page: Context, key: str, value: str) -> str:
    from components.context import href

    return href(page.selection.without(key, value))


def _citation(page: Context) -> str:
    words = [w for *_, w in summary.filters(page.selection, page.record, page.lang)]
    return page._(
        "Serval: a record of the 2013 intervention in Mali, version {version} ({hash}). {n} of {total} "
        "events{filters}."
    ).format(
        version=page.record.version,
        hash=page.record.hash[:12],
        n=page.view.n,
        total=page.view.total,
        filters=f" ({'; '.join(words)})" if words else "",
    )
