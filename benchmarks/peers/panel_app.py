"""The job of Serval's page in Panel: map, timeline, actors, and filters by actor, type and days.

Rows and figures are cached for the whole server; a session holds its filters and its panes. The table is a
plain one: Tabulator would bring more to the browser than the job needs.
"""

from datetime import datetime, time

import panel as pn
import param
import shared

STYLE = "/base/style.json"
CONFIG = {"displayModeBar": False, "scrollZoom": True, "responsive": True}
FIRST, LAST = (datetime.combine(day, time()) for day in (shared.FIRST, shared.LAST))

pn.extension("plotly", sizing_mode="stretch_width")


@pn.cache
def rows():
    return shared.read()


@pn.cache(max_items=64)
def view(actors, types, first, last):
    shown = shared.select(rows(), actors, types, first, last)
    figures = shared.map_figure(shown, STYLE), shared.timeline_figure(shown, first, last)
    return len(shown), *figures, shared.actor_table(rows(), shown)


class Dashboard(pn.viewable.Viewer):
    actors = param.ListSelector([], objects=[])
    types = param.ListSelector([], objects=[])
    first = param.Date(FIRST)
    last = param.Date(LAST)

    def __init__(self, **params):
        super().__init__(**params)
        names = rows().names
        self.param.actors.objects = {names[id]: id for id in rows().actors}
        self.param.types.objects = rows().types
        self.count = pn.pane.Markdown()
        self.map = pn.pane.Plotly(config=CONFIG, height=460)
        self.timeline = pn.pane.Plotly(config=CONFIG, height=260)
        self.table = pn.pane.DataFrame(index=False, height=460, width=380, sizing_mode="fixed")
        self.table.styles = {"overflow-y": "auto"}
        self.update()

    @param.depends("actors", "types", "first", "last", watch=True)
    def update(self):
        days = self.first.date(), self.last.date()
        count, on_map, over_time, table = view(tuple(self.actors), tuple(self.types), *days)
        self.count.object = f"**{count} events**"
        self.map.object, self.timeline.object, self.table.object = on_map, over_time, table

    def __panel__(self):
        day = {"type": pn.widgets.DatetimeInput, "format": "%Y-%m-%d"}
        widgets = {
            "actors": {"type": pn.widgets.MultiChoice, "name": "Actor"},
            "types": {"type": pn.widgets.MultiChoice, "name": "Type"},
            "first": {**day, "name": "From"},
            "last": {**day, "name": "To"},
        }
        filters = pn.Param(self, widgets=widgets, show_name=False, width=260, sizing_mode="fixed")
        charts = pn.Column(self.count, pn.Row(self.map, self.table), self.timeline)
        return pn.Row(filters, charts)


Dashboard().servable(title="Mali 2013")
