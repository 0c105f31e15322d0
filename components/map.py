"""The map: drawn in the browser; its legend, its chips and the drawing without WebGL come from here."""

from __future__ import annotations

from dash import Dash, Input, Output, dcc, html, no_update

from components import story
from components.context import Context, context
from components.words import words as render
from serval import columns
from serval import record as records
from serval.figures import print_map
from serval.figures.days import day_number
from serval.figures.print_ground import LAYERS
from serval.panels import country_events, sides
from serval.text import Translator


def map_panel(_: Translator) -> html.Section:
    """The map with its buttons, legend and edge chips."""
    flights = [
        html.A(name, href=f"/?lat={lat}&lon={lon}&zoom={zoom}", className="chip", **{"data-fly": "1"})
        for name, lat, lon, zoom in _flights(_)
    ]
    config = {"displayModeBar": False, "scrollZoom": True, "showSendToCloud": False, "plotlyServerURL": ""}
    stage = [
        # Not responsive: a resize while the base map loads breaks Plotly, so assets/plots.js sees to it.
        html.Div(dcc.Graph(id="map", config=config, responsive=False), className="plot"),
        html.Div(
            dcc.Graph(id="map-print", config={"displayModeBar": False}, responsive=True),
            className="plot",
            hidden=True,
        ),
        html.Div(flights, className="flights", role="group", **{"aria-label": _("Fly to")}),
        html.Div(id="country-chip", className="country"),
        html.Div(
            [
                html.Button("+", id="zoom-in", className="button", **{"aria-label": _("Zoom in")}),
                html.Button("−", id="zoom-out", className="button", **{"aria-label": _("Zoom out")}),
            ],
            className="zoom",
        ),
    ]
    return html.Section(
        [
            story.story(_),
            html.H2(_("Map"), className="unseen"),
            html.Div(stage, className="stage"),
            html.Div(id="legend", className="legend"),
        ],
        className="panel map-panel",
        **{"aria-label": _("Map")},
    )


def _flights(_: Translator) -> list[tuple[str, float, float, float]]:
    """Where the buttons fly to: name, latitude, longitude, zoom."""
    return [
        (_("Whole country"), 17.0, -2.2, 4.9),
        (_("Gao"), 16.27, -0.05, 9.2),
        (_("Timbuktu"), 16.77, -3.0, 9.2),
        (_("Kidal"), 18.44, 1.41, 9.2),
        (_("Ifoghas"), 19.5, 1.4, 7.6),
    ]


def words(page: Context) -> dict[str, str]:
    """The legend, and the events of the country as a whole, which have no mark on the map."""
    shown = sides(page.view)
    used = [side for side in page.record.vocabulary.sides if side.id in shown]
    return render("map.html", page, sides=used, country=country_events(page.view, page.lang))


def register(app: Dash) -> None:
    """The drawn figure where WebGL2 is missing."""

    @app.callback(
        Output("map-print", "figure"),
        Input("asked-print", "data"),
        Input("print-size", "data"),
        prevent_initial_call=True,
    )
    def draw(query: str | None, size: list[float] | None) -> object:
        if query is None or not size:
            return no_update
        page = context(query)
        state = {
            "at": day_number(page.selection.at),
            "known": page.view.known,
            "lang": page.lang,
            "theme": page.selection.theme or "light",
            "event": -1,
        }
        layers = {name: records.layer(name) for name in LAYERS}
        rows = page.view.rows.tolist()
        return print_map.figure(columns.build(page.record), rows, state, layers, size=(size[0], size[1]))
