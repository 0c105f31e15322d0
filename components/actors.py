"""The actor panel: the actors of the view by side; a press opens what is known of one."""

from __future__ import annotations

from typing import Any

from dash import MATCH, Dash, Input, Output, State, ctx, html, no_update

from components.context import Context, context
from components.event_card import source_line
from components.spark import spark
from serval.panels import ActorLine, Profile, actor_lines, profile, strength_curve
from serval.text import Translator, format_day, format_range

PEOPLE_SHOWN = 6
RELATIONS = {
    "split_from": "split from {actor}",
    "merged_into": "merged into {actor}",
    "renamed_from": "formerly {actor}",
    "split_off": "{actor} split off",
    "formed_of": "took in {actor}",
    "renamed_to": "renamed {actor}",
}


def actors(_: Translator) -> html.Section:
    """The empty panel."""
    return html.Section(
        [html.H2(_("Actors")), html.Div(id="actors-list")],
        id="actors",
        className="panel actors-panel",
        **{"aria-label": _("Actors")},
    )


def register(app: Dash) -> None:
    """The panel's callbacks: the list, and the profile of the one that is opened."""

    @app.callback(Output("actors-list", "children"), Input("query", "data"), prevent_initial_call=True)
    def fill(query: str) -> list[object]:
        page = context(query)
        groups = actor_lines(page.view, page.lang)
        sides = [side for side in page.record.vocabulary.sides if side.id in groups]
        if not sides:
            return [html.P(page._("No actor is in this view."), className="soft")]
        return [_side(page, side.id, page._.label(side), groups[side.id]) for side in sides]

    @app.callback(
        Output({"part": "profile", "actor": MATCH}, "children"),
        Input({"part": "open", "actor": MATCH}, "n_clicks"),
        State("query", "data"),
        prevent_initial_call=True,
    )
    def open_profile(pressed: int | None, query: str) -> object:
        if not pressed:
            return no_update
        page = context(query)
        return _profile(page, profile(page.view, ctx.triggered_id["actor"], page.lang))


def _side(page: Context, side: str, label: str, lines: list[ActorLine]) -> html.Div:
    bodies = [line for line in lines if line.kind != "person"]
    people = [line for line in lines if line.kind == "person"]
    rows: list[object] = [_line(page, line) for line in bodies]
    if people:
        summary = page._.n("{n} person", "{n} people", len(people))
        rows.append(
            html.Details([html.Summary(summary), *[_line(page, p) for p in people]], className="more")
        )
    return html.Div(
        [html.H3([html.Span(className=f"dot side-{side}"), label]), *rows], className="actor-side"
    )


def _line(page: Context, line: ActorLine) -> html.Details:
    _, on = page._, line.id in page.selection.actor
    parts = _("{initiator} as author, {target} as target, {other} otherwise").format(
        initiator=line.initiator, target=line.target, other=line.other
    )
    bar = html.Span(
        [
            html.Span(style={"flexGrow": line.initiator}, className="bar-did"),
            html.Span(style={"flexGrow": line.target}, className="bar-suffered"),
            html.Span(style={"flexGrow": line.other}, className="bar-other"),
        ],
        className="actor-bar",
        title=parts,
        style={"width": f"{min(100, 4 + 100 * line.n / max(page.view.n, 1)):.0f}%"},
    )
    summary = html.Summary(
        [
            html.Span(line.short, className="actor-name"),
            html.Span(str(line.n), className="count", title=parts),
            bar,
        ],
        id={"part": "open", "actor": line.id},
        n_clicks=0,
    )
    inside: Any = _profile(page, profile(page.view, line.id, page.lang)) if on else None
    body = html.Div(inside, id={"part": "profile", "actor": line.id}, className="profile")
    return html.Details(
        [summary, body], className=f"actor{' on' if on else ''}", open=on, key=f"actor-{line.id}"
    )


def _profile(page: Context, shown: Profile) -> list[object]:
    _, actor = page._, shown.actor
    chosen = actor["id"] in page.selection.actor
    words = _("Show all actors again") if chosen else _("Show only its events")
    parts: list[object] = [
        html.P([html.Strong(shown.name), ". ", shown.description]),
        html.A(words, href=page.toggle("actor", actor["id"]), className="chip"),
        *_strength(page, shown),
        *_losses(page, shown),
        *_troops(page, shown),
        *_people(page, shown),
        *_ties(page, shown),
        html.Details(
            [
                html.Summary(_.n("{n} source", "{n} sources", len(shown.sources))),
                html.Ol([html.Li(source_line(page, s)) for s in shown.sources]),
            ],
            className="more",
        ),
    ]
    return parts


def _strength(page: Context, shown: Profile) -> list[object]:
    a, _ = shown.actor, page._
    words = format_range(a["strength_low"], a["strength_best"], a["strength_high"], page.lang)
    if not words:
        return []
    when = f" ({a['strength_as_of']})" if a["strength_as_of"] else ""
    note = f" · {a['strength_note']}" if a["strength_note"] else ""
    return [
        html.P(
            [
                html.Span(_("Strength"), className="key"),
                html.Strong(words),
                html.Span(when + note, className="soft"),
            ]
        )
    ]


def _losses(page: Context, shown: Profile) -> list[object]:
    if not shown.losses:
        return []
    _ = page._
    titles = {
        "suffered": _("Losses suffered, in the events shown"),
        "inflicted": _("Losses inflicted where it began"),
    }
    out: list[object] = []
    for direction, title in titles.items():
        rows = [r for r in shown.losses if r[0] == direction]
        cells = [
            html.Li([f"{kind}: ", html.Strong(format_range(low, best, high, page.lang))])
            for _d, kind, low, best, high in rows
        ]
        if cells:
            out.append(html.Div([html.Span(title, className="key"), html.Ul(cells, className="inline")]))
    return out


def _troops(page: Context, shown: Profile) -> list[object]:
    if not shown.troops:
        return []
    _ = page._
    curve = strength_curve(shown.troops)
    rows = [_troop_row(page, row) for row in shown.troops]
    head = [
        html.Th(_("Day"), scope="col"),
        html.Th(_("Number"), scope="col"),
        html.Th(_("By whom"), scope="col"),
    ]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="troops-table")
    summary = _.n("{n} troop figure in these days", "{n} troop figures in these days", len(rows))
    return [
        *([spark(curve, _("Deployed strength over time"), page.lang)] if len(curve) > 1 else []),
        html.Details([html.Summary(summary), table], className="more", open=len(rows) < 6),
    ]


def _troop_row(page: Context, row: dict[str, Any]) -> html.Tr:
    look = page.look
    kind = look.label("troop_kinds", row["kind"], page.lang)
    scope = look.label("troop_scopes", row["scope"], page.lang)
    note = f" · {row['note']}" if row["note"] else ""
    status = look.label("statuses", row["status"], page.lang)
    return html.Tr(
        [
            html.Td(format_day(row["date"], page.lang, "d MMM y")),
            html.Td(
                html.Strong(format_range(row["low"], row["best"], row["high"], page.lang)), className="number"
            ),
            html.Td(
                [
                    f"{kind}, {scope}, {status}{note} ",
                    html.Span(source_line(page, look.sources[row["source"]])),
                ]
            ),
        ]
    )


def _people(page: Context, shown: Profile) -> list[object]:
    if not shown.leaders:
        return []
    first = shown.leaders[:PEOPLE_SHOWN]
    names = [html.Li([html.Strong(name), f", {role}" if role else ""]) for _id, name, role in first]
    return [html.Div([html.Span(page._("Leaders"), className="key"), html.Ul(names, className="plain")])]


def _ties(page: Context, shown: Profile) -> list[object]:
    _ = page._
    lines = [
        html.Li(
            [
                html.Span(f"{day} · " if day else "", className="soft"),
                _(RELATIONS[relation]).format(actor=page.look.actors[other]["short"]),
            ]
        )
        for relation, other, day in shown.ties
    ]
    changes = [
        html.Li(
            [
                html.Span(f"{row['date']} · ", className="soft"),
                (row["change_fr"] if page.lang == "fr" else None) or row["change"],
            ]
        )
        for row in shown.alignment
    ]
    both = [*lines, *changes]
    return (
        [html.Div([html.Span(_("Lineage and alliances"), className="key"), html.Ul(both, className="plain")])]
        if both
        else []
    )
