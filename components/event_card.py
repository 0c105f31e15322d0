"""The event card: what happened, by whose word, with which doubt, from which sources."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from components.context import Context, context
from components.icons import icon
from serval.cards import Card, Claim, card
from serval.text import Translator, format_day, format_days, format_range


def event_card(_: Translator) -> html.Aside:
    """The empty card; it opens when the query names an event."""
    return html.Aside(
        id="event-card", className="card", hidden=True, tabIndex="-1", **{"aria-label": _("Event")}
    )


def register(app: Dash) -> None:
    """The card's callback."""

    @app.callback(
        Output("event-card", "children"),
        Output("event-card", "hidden"),
        Input("query", "data"),
        prevent_initial_call=True,
    )
    def show(query: str) -> tuple[list[object], bool]:
        page = context(query)
        event = page.selection.event
        if not event:
            return [], True
        return _body(page, card(page.record, event, page.lang, page.selection.known)), False


def _body(page: Context, shown: Card) -> list[object]:
    _ = page._
    parts = [
        _head(page, shown),
        html.P(shown.summary, className="card-summary"),
        _dispute(_, shown),
        _control(page, shown),
        _figures(page, shown),
        _actors(page, shown),
        _sources(page, shown),
        _evidence(_, shown),
    ]
    return [part for part in parts if part is not None]


def _head(page: Context, shown: Card) -> html.Div:
    _, event = page._, shown.event
    close = html.A(
        icon("close"),
        href=page.link(event=None),
        id="event-close",
        className="button quiet",
        **{"aria-label": _("Close the event")},
    )
    places = [html.A(name, href=page.link(place=(id,), event=None)) for id, name in shown.places]
    where = [part for place in places for part in (place, ", ")][:-1]
    return html.Div(
        [
            html.Div(
                [
                    html.Span(
                        [html.Span(className=f"mark status-{event['status']}"), shown.status_label],
                        className=f"status status-word-{event['status']}",
                        title=shown.status_definition,
                    ),
                    html.Span(shown.type_label),
                    close,
                ],
                className="card-kind",
            ),
            html.H2(shown.title),
            html.P(
                [html.Strong(format_days(event["date_start"], event["date_end"], page.lang)), *_doubt(shown)],
                className="card-when",
            ),
            html.P([*where, html.Span(f" · {shown.geo_label}", className="soft")], className="card-where"),
        ],
        className=f"card-head side-edge side-{event['side']}",
    )


def _doubt(shown: Card) -> list[object]:
    imprecise = shown.event["date_precision"] != "day"
    return [html.Span(f" · {shown.date_label}", className="soft")] if imprecise else []


def _dispute(_: Translator, shown: Card) -> html.Div | None:
    if not shown.dispute:
        return None
    return html.Div([html.H3(_("Where sources disagree")), html.P(shown.dispute)], className="card-dispute")


def _control(page: Context, shown: Card) -> html.Div | None:
    if not shown.changes:
        return None
    lines = [
        html.Li(
            [
                html.Strong(page.look.place(change.place, page.lang)),
                ": ",
                _holders(page, change.before),
                " → ",
                _holders(page, change.after),
            ]
        )
        for change in shown.changes
    ]
    return html.Div([html.H3(page._("Who holds the town")), html.Ul(lines, className="plain")])


def _holders(page: Context, holders: list[str]) -> str:
    names = {"nobody": page._("no armed force"), "unknown": page._("not known")}
    return ", ".join(names.get(h) or page.look.actors[h]["short"] for h in holders)


def _figures(page: Context, shown: Card) -> html.Div | None:
    if not shown.claims:
        return None
    blocks = [
        html.Div([html.H4(kind), html.Table(html.Tbody([_claim(page, c) for c in claims]))])
        for kind, _, claims in shown.claims
    ]
    return html.Div([html.H3(page._("Figures")), *blocks], className="card-figures")


def _claim(page: Context, claim: Claim) -> html.Tr:
    _ = page._
    says = [_("according to {actor}").format(actor=claim.claimed_by)] if claim.claimed_by else []
    says += [claim.note] if claim.note else []
    says += [] if claim.counts else [_("not counted in totals")]
    source: list[object] = (
        [html.Sup(html.A(str(claim.source), href=f"#source-{claim.source}"))] if claim.source else []
    )
    return html.Tr(
        [
            html.Th(claim.of_name or "", scope="row"),
            html.Td(format_range(claim.low, claim.best, claim.high, page.lang), className="number"),
            html.Td([html.Span("; ".join(says)), *source], className="soft"),
        ],
        className="" if claim.counts else "rival",
    )


def _actors(page: Context, shown: Card) -> html.Div:
    lines = []
    for role, actors in shown.roles:
        names: list[object] = []
        for id, name, side in actors:
            names += [
                html.Span(className=f"dot side-{side}"),
                html.A(name, href=page.link(actor=(id,), event=None)),
                ", ",
            ]
        lines.append(html.Div([html.Dt(role), html.Dd(names[:-1])]))
    return html.Div([html.H3(page._("Actors")), html.Dl(lines, className="roles")])


def _sources(page: Context, shown: Card) -> html.Div:
    independent = len({s["independent"] for s in shown.sources})
    count = page._.n("{n} independent source", "{n} independent sources", independent)
    lines = [html.Li(source_line(page, s), id=f"source-{n}") for n, s in enumerate(shown.sources, 1)]
    return html.Div(
        [html.H3([page._("Sources"), html.Span(f" · {count}", className="soft")]), html.Ol(lines)],
        className="card-sources",
    )


def source_line(page: Context, source: dict[str, Any]) -> list[object]:
    """One source: publisher, title (in brackets where described), day, link, archive, whose voice."""
    _, described = page._, source["title_is_description"]
    title = f"[{source['title']}]" if described else source["title"]
    kind = page.look.label("source_kinds", source["kind"], page.lang)
    extras = [kind] + ([_("reprints {wire}").format(wire=source["wire"])] if source["wire"] else [])
    if source["side"] != "none":
        extras.append(page.look.label("source_sides", source["side"], page.lang))
    day = format_day(source["date"], page.lang) if source["date"] else _("undated")
    linked: object = html.Cite(title, lang=source["language"])
    if source["url"]:
        linked = html.A(linked, href=source["url"], rel="noopener noreferrer external", target="_blank")
    archive = [" ", html.A(_("archived copy"), href=source["archive_url"])] if source["archive_url"] else []
    return [
        f"{source['publisher']}, ",
        linked,
        f", {day}",
        *archive,
        html.Span(f" · {', '.join(extras)}", className="soft"),
    ]


def _evidence(_: Translator, shown: Card) -> html.Details | None:
    if not shown.evidence:
        return None
    numbers = {s["id"]: n for n, s in enumerate(shown.sources, 1)}
    spans = _("Source {n}, characters {start} to {end}, SHA-256 {hash}…")
    lines = [
        html.Li(spans.format(n=numbers[e["source"]], start=e["start"], end=e["end"], hash=e["sha256"][:12]))
        for e in shown.evidence
    ]
    return html.Details([html.Summary(_("Where in the text")), html.Ul(lines)], className="card-evidence")
