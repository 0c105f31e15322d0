"""The rows of a record as the peers read them, and their base map: what `peers/shared.py` expects."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from serval.figures.map import style_file
from serval.figures.style import THEMES
from serval.record import HOME, Record

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "benchmarks" / "peers"


def write(record: Record, folder: Path) -> None:
    """events, cast (event as position, actor) and actors of a record as CSV; its sides' colours."""
    folder.mkdir(parents=True, exist_ok=True)
    events = record.events
    plain = events[["id", "title", "lat", "lon", "type", "family", "side", "status"]].copy()
    plain.loc[events["geo_precision"] == "country", ["lat", "lon"]] = None
    for name in ("start", "end"):
        plain[name] = pd.to_datetime(events[f"date_{name}"])
    plain.to_csv(folder / "events.csv", index=False)
    at = pd.Series(range(len(events)), index=events["id"])
    cast = record.event_actors[["event", "actor"]].drop_duplicates()
    pd.DataFrame({"event": cast["event"].map(at).astype("int32"), "actor": cast["actor"]}).to_csv(
        folder / "cast.csv", index=False
    )
    record.actors[["id", "short", "side"]].rename(columns={"short": "name"}).to_csv(
        folder / "actors.csv", index=False
    )
    (folder / "colours.json").write_text(json.dumps(THEMES["light"].sides))


def lay_out(folder: Path, base: str) -> None:
    """The peers' scripts in a folder, and beside them in `static` Serval's base map, without its names:
    the Plotly that Panel brings has no letters of its own. `base`: where the browser finds `static`."""
    static = folder / "static"
    static.mkdir(parents=True, exist_ok=True)
    for script in PEERS.glob("*.py"):
        shutil.copy(script, folder)
    style = json.loads(style_file("light", "en", lambda name: f"{base}/{Path(name).name}"))
    style["layers"] = [layer for layer in style["layers"] if layer["type"] != "symbol"]
    used = {layer.get("source") for layer in style["layers"]}
    style["sources"] = {name: source for name, source in style["sources"].items() if name in used}
    (static / "style.json").write_text(json.dumps(style))
    for file in (*(HOME / "geo").glob("*.geojson"), *(ROOT / "assets" / "geo").iterdir()):
        shutil.copy(file, static)


def multiply(source: Path, folder: Path, n: int) -> None:
    """The rows of a folder again and again, on days by chance, until they are n: only the peers read them."""
    events, cast = pd.read_csv(source / "events.csv"), pd.read_csv(source / "cast.csv")
    folder.mkdir(parents=True, exist_ok=True)
    times = -(-n // len(events))
    rng = np.random.default_rng(7)
    many = pd.concat([events] * times, ignore_index=True)[:n]
    many["start"] = many["end"] = pd.Timestamp(2012, 1, 1) + pd.to_timedelta(rng.integers(0, 1096, n), "D")
    many["title"] = "Synthetic: " + many["title"]
    copies = [cast.assign(event=cast["event"] + i * len(events)) for i in range(times)]
    plays = pd.concat(copies, ignore_index=True)
    many.to_csv(folder / "events.csv", index=False)
    plays[plays["event"] < n].to_csv(folder / "cast.csv", index=False)
    for file in ("actors.csv", "colours.json"):
        shutil.copy(source / file, folder)
