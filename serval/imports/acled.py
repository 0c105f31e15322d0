"""ACLED's export, of its older and its newer tool. It gives one day and one number of deaths per event."""

from serval.imports.layout import Layout

LAYOUT = Layout(
    "acled",
    "ACLED",
    {
        "id": ("event_id_cnty", "data_id"),
        "start": ("event_date",),
        "time_precision": ("time_precision",),
        "lat": ("latitude",),
        "lon": ("longitude",),
        "geo_precision": ("geo_precision",),
        "country": ("country",),
        "region": ("admin1",),
        "place": ("location",),
        "type": ("sub_event_type", "event_type"),
        "actor1": ("actor1",),
        "actor2": ("actor2",),
        "best": ("fatalities",),
    },
    {
        "time_precision": {"1": "day", "2": "week", "3": "month"},
        "geo_precision": {"1": "exact", "2": "near", "3": "area"},
    },
    terms="ACLED's terms forbid to pass on its rows: keep them on your own machine.",
)
