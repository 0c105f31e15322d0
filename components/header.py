"""The head of the page: title, the sentence, what is ignored, active filters, language, theme, sharing."""

from __future__ import annotations

from dash import html

from components import take_away
from components.context import Context, base_url, href
from components.icons import icon
from components.words import words as render
from serval import summary
from serval.export import citation
from serval.export.citation_forms import accessed
from serval.selection import Selection
from serval.text import Translator


def header(_: Translator) -> html.Header:
    """The head; its words come with the first view."""
    return html.Header(
        [
            html.A(_("Skip to the event list"), href="#events", className="skip"),
            html.A(_("Skip to the actors"), href="#actors", className="skip"),
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
        html.Span(id="story-start"),
        take_away.button(_),
        html.Button(
            [icon("link"), _("Share")],
            id="share",
            className="button",
            title=_("Copy this view's link"),
            **{"data-done": _("The link is copied.")},
        ),
        html.Button(
            [icon("quote"), _("Cite")],
            id="cite",
            className="button",
            title=_("Copy this view's citation"),
            **{"data-done": _("The citation is copied.")},
        ),
        html.Span(id="citation", hidden=True, **{"data-accessed": accessed(_.lang, "{day}")}),
        html.A(_("About"), id="about", href=f"/about?lang={_.lang}", className="button quiet"),
        html.A(other, id="lang", href=f"/?lang={code}", lang=code, hrefLang=code, className="button quiet"),
        html.Button(icon("theme"), id="theme", className="button quiet", title=dark, **{"aria-label": dark}),
        html.Span(id="toast", role="status", className="toast"),
    ]


def words(page: Context) -> dict[str, str]:
    """The sentence, the faults of the link, the active filters, the citations of the view and its chart."""
    active = summary.filters(page.selection, page.record, page.lang)
    chips = [(href(page.selection.without(key, value)), label) for key, value, label in active]
    return render(
        "header.html",
        page,
        chips=chips,
        reset=href(Selection(lang=page.selection.lang, v=page.selection.v)),
        sentence=summary.sentence(page.view, page.lang),
        citation=citation.view(page.view, page.lang, base_url()),
        of_chart=citation.view(page.view, page.lang, base_url(), panel=_chart(page)),
    )


def _chart(page: Context) -> str | None:
    """The chart that stands open in the lower part of the page, None for the list of events."""
    return page.selection.tab if page.selection.tab in citation.PANELS else None


def cite_chart(_: Translator) -> html.Div:
    """The button that cites the open chart."""
    button = html.Button(
        [icon("quote"), _("Cite")],
        id="cite-chart",
        className="button quiet",
        title=_("Copy the citation of what this tab shows"),
        **{"data-done": _("The citation is copied.")},
    )
    return html.Div([button, html.Span(id="chart-citation", hidden=True)], className="tab-acts")
