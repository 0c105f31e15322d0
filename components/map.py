"""The map: base map and marks are drawn in the browser, the chips and the drawing without WebGL come from here."""

from __future__ import annotations

from dash import Dash, Input, Output, State, dcc, html, no_update

from components.context import Context, context
from serval import columns
from serval.figures import print_map
from serval.figures.timeline import day_number
from serval.panels import country_events, sides
from serval.text import Translator, format_day

FLIGHTS = (
    ("Whole country", 17.0, -2.2, 4.9),
    ("Gao", 16.27, -0.05, 9.2),
    ("Timbuktu", 16.77, -3.0, 9.2),
    ("Kidal", 18.44, 1.41, 9.2),
    ("Ifoghas", 19.5, 1.4, 7.6),
)


def map_panel(_: Translator) -> html.Section:
    """The map with its buttons, legend and edge chips."""
    flights = [
        html.A(_(name), href=f"/?lat={lat}&lon={lon}&zoom={zoom}", className="chip", **{"data-fly": "1"})
        for name, lat, lon, zoom in FLIGHTS
    ]
    config = {"displayModeBar": False, "scrollZoom": True, "showSendToCloud": False, "plotlyServerURL": ""}
    return html.Section(
        [
            html.H2(_("Map"), className="unseen"),
            dcc.Graph(id="map", config=config, responsive=True, className="plot"),
            dcc.Graph(
                id="map-print", config={"displayModeBar": False}, className="plot", style={"display": "none"}
            ),
            html.Div(flights, className="flights", role="group", **{"aria-label": _("Fly to")}),
            html.Div(id="country-chip", className="country"),
            html.Details([html.Summary(_("Legend")), html.Div(id="legend")], className="legend", open=True),
            html.Div(
                [
                    html.Button("+", id="zoom-in", className="button", **{"aria-label": _("Zoom in")}),
                    html.Button("−", id="zoom-out", className="button", **{"aria-label": _("Zoom out")}),
                ],
                className="zoom",
            ),
        ],
        className="panel map-panel",
        **{"aria-label": _("Map")},
    )


def register(app: Dash) -> None:
    """The map's callbacks: legend and country chip, and the drawn figure where WebGL2 is missing."""

    @app.callback(
        Output("country-chip", "children"),
        Output("legend", "children"),
        Input("query", "data"),
        prevent_initial_call=True,
    )
    def around(query: str) -> tuple[object, list[object]]:
        page = context(query)
        return _country(page), _legend(page)

    @app.callback(
        Output("map-print", "figure"),
        Input("query", "data"),
        Input("no-webgl", "data"),
        State("theme-name", "data"),
        prevent_initial_call=True,
    )
    def draw(query: str, no_webgl: bool | None, theme: str | None) -> object:
        if not no_webgl:
            return no_update
        page = context(query)
        data = columns.build(page.record)
        state = {
            "at": day_number(page.selection.at),
            "known": page.view.known,
            "zoom": 5.0,
            "lang": page.lang,
            "theme": theme or "light",
            "event": -1,
        }
        return print_map.figure(data, page.view.rows.tolist(), state)


def _country(page: Context) -> object:
    """Events of the country as a whole have no mark on the map: they stand here, each a link."""
    rows = country_events(page.view, page.lang)
    if not rows:
        return None
    title = page._.n("{n} event of the whole country", "{n} events of the whole country", len(rows))
    links = [html.Li(html.A(name, href=page.link(event=id))) for id, name in rows]
    return html.Details([html.Summary(title), html.Ul(links, className="plain")], className="country-list")


def _legend(page: Context) -> list[object]:
    _, words = page._, page.record.vocabulary
    used = sides(page.view)
    colours = [
        html.Li([html.Span(className=f"dot side-{s.id}"), _.label(s)]) for s in words.sides if s.id in used
    ]
    kinds = [html.Li([html.Span(className=f"mark glyph-{f.glyph}"), _.label(f)]) for f in words.families]
    fills = [html.Li([html.Span(className=f"mark status-{s.id}"), _.label(s)]) for s in words.statuses]
    day = _("Towns: who holds them on {day}").format(day=format_day(page.selection.at, page.lang))
    return [
        html.Ul(colours, **{"aria-label": _("Colour: side")}),
        html.Ul(kinds, **{"aria-label": _("Shape: kind of event")}),
        html.Ul(fills, **{"aria-label": _("Fill: certainty")}),
        html.P(day),
        html.P(_("Borders and regions of 2013. Roads are schematic.")),
    ]
