"""What both peers do alike: read the rows, select them, draw them with Plotly Express.

The rows are those of Serval's record, written by `benchmarks/bench/rows.py` to the folder of BENCH_ROWS.
"""

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

FIRST, LAST = date(2012, 12, 20), date(2013, 8, 31)
"""The days at first, as in Serval."""
MARGIN = {"l": 0, "r": 0, "t": 0, "b": 0}
FOLDER = Path(os.environ["BENCH_ROWS"])
COLOURS = json.loads((FOLDER / "colours.json").read_text())
"""Side -> colour, as in Serval."""


@dataclass(frozen=True)
class Rows:
    """`events`: a row each; `cast`: event (position), actor (id); `names`, `sides`: by actor id."""

    events: pd.DataFrame
    cast: pd.DataFrame
    names: dict[str, str]
    sides: dict[str, str]

    @property
    def actors(self) -> list[str]:
        """Ids, most events first."""
        return self.cast["actor"].value_counts().index.tolist()

    @property
    def types(self) -> list[str]:
        return self.events["type"].value_counts().index.tolist()


def read() -> Rows:
    actors = pd.read_csv(FOLDER / "actors.csv").set_index("id")
    events = pd.read_csv(FOLDER / "events.csv", parse_dates=["start", "end"])
    for column in ("type", "family", "side", "status"):
        events[column] = events[column].astype("category")
    cast = pd.read_csv(FOLDER / "cast.csv").astype({"actor": "category"})
    return Rows(events, cast, actors["name"].to_dict(), actors["side"].to_dict())


def select(
    rows: Rows, actors: tuple[str, ...], types: tuple[str, ...], first: date, last: date
) -> pd.DataFrame:
    """Events of any of the actors, of any of the types, that meet the days."""
    events = rows.events
    keep = (events["start"] <= pd.Timestamp(last)) & (events["end"] >= pd.Timestamp(first))
    if types:
        keep &= events["type"].isin(types)
    if actors:
        keep &= events.index.isin(rows.cast.loc[rows.cast["actor"].isin(actors), "event"])
    return events[keep]


def map_figure(shown: pd.DataFrame, style: str) -> go.Figure:
    """A mark for each event, where it was; `style`: address of the base map's style."""
    figure = px.scatter_map(
        shown.dropna(subset=["lat"]),
        lat="lat",
        lon="lon",
        color="side",
        color_discrete_map=COLOURS,
        hover_name="title",
        hover_data={"start": True, "lat": False, "lon": False},
        center={"lat": 17.2, "lon": -2.0},
        zoom=4.2,
        height=460,
    )
    return figure.update_layout(map_style=style, margin=MARGIN, showlegend=False, uirevision="map")


def timeline_figure(shown: pd.DataFrame, first: date, last: date) -> go.Figure:
    """A mark for each event, in a lane for each family of types; above 1,000 Plotly Express takes WebGL."""
    figure = px.scatter(
        shown,
        x="start",
        y="family",
        color="side",
        color_discrete_map=COLOURS,
        hover_name="title",
        range_x=(first, last),
        template="plotly_white",
        height=260,
    )
    margin = {"l": 80, "r": 0, "t": 0, "b": 30}
    return figure.update_layout(margin=margin, showlegend=False, xaxis_title=None, yaxis_title=None)


def actor_table(rows: Rows, shown: pd.DataFrame) -> pd.DataFrame:
    """Name, side and number of events of the actors of these events, most events first."""
    counts = rows.cast.loc[rows.cast["event"].isin(shown.index), "actor"].value_counts()
    counts = counts[counts > 0]
    ids = counts.index.astype(str)
    return pd.DataFrame(
        {"Actor": ids.map(rows.names), "Side": ids.map(rows.sides), "Events": counts.to_numpy()}
    )
