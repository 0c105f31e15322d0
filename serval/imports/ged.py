"""UCDP's Georeferenced Event Dataset, from version 5 on, and its candidate events."""

from serval.imports.layout import COUNTRY_LEVEL, Layout

LAYOUT = Layout(
    "ged",
    "UCDP GED",
    {
        "id": ("id",),
        "start": ("date_start",),
        "end": ("date_end",),
        "time_precision": ("date_prec",),
        "lat": ("latitude",),
        "lon": ("longitude",),
        "geo_precision": ("where_prec",),
        "country": ("country",),
        "region": ("adm_1",),
        "place": ("where_coordinates",),
        "type": ("type_of_violence",),
        "actor1": ("side_a",),
        "actor2": ("side_b",),
        "low": ("low", "low_est"),
        "best": ("best", "best_est"),
        "high": ("high", "high_est"),
    },
    {
        "time_precision": {"1": "day", "2": "days", "3": "week", "4": "month", "5": "year"},
        "geo_precision": {
            "1": "exact",
            "2": "near",
            "3": "area",
            "4": "area",
            "5": "area",
            "6": COUNTRY_LEVEL,
            "7": "area",
        },
        "type": {"1": "state-based violence", "2": "non-state violence", "3": "one-sided violence"},
    },
    terms="UCDP GED is CC BY 4.0: pass its rows on only with its own citation.",
)
