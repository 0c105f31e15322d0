"""Who holds which town on the day of the playhead, in words: the map's discs as a list."""

from __future__ import annotations

from dash import Dash, Input, Output, html

from components.context import Context, context
from serval.panels import TownLine, town_lines
from serval.text import Translator, format_day


def towns(_: Translator) -> html.Section:
    """The empty list."""
    return html.Section(
        [
            html.Details(
                [html.Summary(html.H2(_("Towns"), id="towns-title")), html.Div(id="towns-list")], open=True
            )
        ],
        id="towns",
        className="panel towns-panel",
        **{"aria-label": _("Towns")},
    )


def register(app: Dash) -> None:
    """The list's callback."""

    @app.callback(
        Output("towns-title", "children"),
        Output("towns-list", "children"),
        Input("query", "data"),
        prevent_initial_call=True,
    )
    def fill(query: str) -> tuple[str, object]:
        page = context(query)
        title = page._("Who holds the towns on {day}").format(day=format_day(page.selection.at, page.lang))
        rows = [_row(page, line) for line in town_lines(page.view, page.lang)]
        return title, html.Table(html.Tbody(rows), className="towns-table")


def _row(page: Context, line: TownLine) -> html.Tr:
    _ = page._
    states = {"contested": _("contested"), "changing": _("changing hands")}
    state = [html.Span(states[line.state], className="state")] if line.state in states else []
    holders = [_holder(page, h) for h in line.holders]
    if line.state == "changing" and line.before:
        holders = [*(_holder(page, h) for h in line.before), html.Span(" → "), *holders]
    since: object = ""
    if line.event:
        words = _("since {day}").format(day=format_day(line.since, page.lang, "d MMM y"))
        since = html.A(words, href=page.link(event=line.event))
    return html.Tr(
        [html.Th(line.name, scope="row"), html.Td([*holders, *state]), html.Td(since)], key=line.id
    )


def _holder(page: Context, id: str) -> html.Span:
    actor = page.look.actors.get(id)
    if actor is None:
        words = page._("no armed force") if id == "nobody" else page._("not known")
        return html.Span([html.Span(className="dot side-unknown"), words], className="holder")
    short = (actor["short_fr"] if page.lang == "fr" else None) or actor["short"]
    return html.Span([html.Span(className=f"dot side-{actor['side']}"), short], className="holder")
