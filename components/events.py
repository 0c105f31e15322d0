"""The event list: the rows of the map as a table, sorted and turned page by page as the reader likes."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from components.context import Context, context
from components.tabs import panel
from components.words import words as render
from serval.listing import SORTS, Order, listing
from serval.text import Translator


def events(_: Translator) -> html.Div:
    """The empty panel, and the reader's order of the list."""
    stores = [dcc.Store(id="events-order", data={}), dcc.Store(id="events-words")]
    return panel("events", [*stores, html.Div(id="events", className="events", tabIndex=-1)])


def words(page: Context, order: object) -> dict[str, str]:
    """The page of the list that the order asks for."""
    names = {
        "date": page._("Days"),
        "type": page._("Kind"),
        "place": page._("Place"),
        "status": page._("Certainty"),
        "killed": page._("Killed"),
        "sources": page._("Independent sources"),
    }
    shown = listing(page.view, Order.read(order), page.lang)
    return render("events.html", page, shown=shown, sorts=[(id, names[id]) for id in SORTS])


def register(app: Dash) -> None:
    """The list of the view and the order, asked for while its tab is open."""

    @app.callback(
        Output("events-words", "data"),
        Input("asked-events", "data"),
        Input("events-order", "data"),
        prevent_initial_call=True,
    )
    def listed(query: str, order: object) -> dict[str, str]:
        return words(context(query), order)

    app.clientside_callback(ClientsideFunction("serval", "list"), Input("events-words", "data"))
