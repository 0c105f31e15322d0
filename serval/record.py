"""The record: the one place that reads `data/`, validates it whole and holds it as frames."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import shapely
import shapely.geometry
from pydantic import ValidationError

from serval import frames, rules, schema
from serval.files import Fault, Raw, csv_rows, read_text, read_yaml, rows_of

HOME = Path(__file__).resolve().parent.parent / "data"
BORDER_TOLERANCE = 0.055
"""Degrees, about 6 km: Natural Earth's borders miss three towns by up to 5.3 km (data/geo/NOTES.md)."""

R = TypeVar("R", bound=schema.Row)


class RecordError(Exception):
    """The record is not valid; `faults` has every reason."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, eq=False)
class Record:
    """The validated whole, immutable. Frames as `serval.frames.TABLES` describes them, and `control`."""

    version: str
    released: str
    hash: str
    vocabulary: schema.Vocabulary
    events: pd.DataFrame
    event_places: pd.DataFrame
    event_actors: pd.DataFrame
    event_sources: pd.DataFrame
    figures: pd.DataFrame
    evidence: pd.DataFrame
    sources: pd.DataFrame
    actors: pd.DataFrame
    lineage: pd.DataFrame
    alignment: pd.DataFrame
    places: pd.DataFrame
    troops: pd.DataFrame
    changes: pd.DataFrame

    @cached_property
    def control(self) -> pd.DataFrame:
        """Who held which town when: intervals derived from `changes` (see `serval.control`)."""
        from serval import control

        return control.intervals(self.changes, self.bloc_of)

    @cached_property
    def bloc_of(self) -> dict[str, str]:
        """Actor id -> bloc of its side."""
        blocs = {side.id: side.bloc for side in self.vocabulary.sides}
        return {a: blocs[s] for a, s in zip(self.actors["id"], self.actors["side"], strict=True)}

    def select(self, selection):
        """The View of a selection."""
        from serval import view

        return view.select(self, selection)


def home() -> Path:
    """The data directory: `SERVAL_DATA`, else the one beside the package."""
    return Path(os.environ.get("SERVAL_DATA") or HOME)


def load(path: Path | None = None) -> Record:
    """The record of a directory. Raises `RecordError` with every fault."""
    return _load((path or home()).resolve())


@lru_cache(maxsize=4)
def _load(path: Path) -> Record:
    tables, release, faults = _read(path)
    if faults or tables is None or release is None:
        raise RecordError(faults)
    version, released = release
    return Record(version, released, content_hash(path), tables.vocabulary, **frames.build(tables))


def validate(path: Path | None = None) -> list[str]:
    """Every fault of a record's directory, a line each, in the order of files and lines."""
    return [str(fault) for fault in sorted(_read(path or home())[2], key=lambda f: (f.file, f.line, f.field))]


def content_hash(path: Path) -> str:
    """SHA-256 over the names and bytes of the record's own files."""
    digest = hashlib.sha256()
    for name in _names(path):
        digest.update(f"{name}\0".encode() + (path / name).read_bytes() + b"\0")
    return digest.hexdigest()


def _names(path: Path) -> list[str]:
    events = sorted(f"events/{p.name}" for p in (path / "events").glob("*.yaml"))
    return ["vocabulary.yaml", "actors.yaml", "sources.yaml", "places.csv", "troops.csv", *events]


def _read(path: Path) -> tuple[rules.Tables | None, tuple[str, str] | None, list[Fault]]:
    faults: list[Fault] = []
    release = _release(path, faults)
    vocabulary = _vocabulary(path, faults)
    tables = rules.Tables(vocabulary) if vocabulary else None
    files = _files(path, faults)
    parsed = {name: [*_parse(model, raws, faults)] for name, model, raws in files}
    if tables is not None:
        tables.ids = {name: {raw.id for raw in raws} for name, _, raws in files}
        for name, rows in parsed.items():
            setattr(tables, name, rows)
        faults += [*rules.check(tables), *_outside(tables)]
    return tables, release, faults


def _files(path: Path, faults: list[Fault]) -> list[tuple[str, type[Any], list[Raw]]]:
    months = [name for name in _names(path) if name.startswith("events/")]
    if not months:
        faults.append(
            Fault("events", 1, "", "", "no month's file, expected at least one events/YYYY-MM.yaml")
        )
    events = [raw for name in months for raw in rows_of(path / name, name, faults)]
    return [
        ("sources", schema.Source, [*rows_of(path / "sources.yaml", "sources.yaml", faults)]),
        ("actors", schema.Actor, [*rows_of(path / "actors.yaml", "actors.yaml", faults)]),
        ("places", schema.Place, [*_table(path, "places.csv", PLACE_COLUMNS, faults)]),
        ("troops", schema.Troops, [*_table(path, "troops.csv", TROOP_COLUMNS, faults)]),
        ("events", schema.Event, events),
    ]


PLACE_COLUMNS = [*schema.Place.model_fields]
TROOP_COLUMNS = [
    *("id", "date", "precision", "actor", "kind", "unit", "place", "scope"),
    *("low", "best", "high", "status", "note", "source"),
]
_NUMBER = {"lat": float, "lon": float, "radius_km": float, "low": int, "best": int, "high": int}


def _table(path: Path, name: str, columns: list[str], faults: list[Fault]) -> Iterator[Raw]:
    for raw in csv_rows(path / name, name, columns, faults):
        for key, text in raw.values.items():
            if key in _NUMBER and re.fullmatch(r"-?\d+(\.\d+)?", text):
                whole = _NUMBER[key] is int
                raw.values[key] = int(text) if whole and "." not in text else text if whole else float(text)
            elif key == "alt_names":
                raw.values[key] = text.split("|")
        yield raw


def _parse(model: type[R], raws: list[Raw], faults: list[Fault]) -> Iterator[tuple[Raw, R]]:
    for raw in raws:
        try:
            yield raw, model.model_validate(raw.values)
        except ValidationError as error:
            faults += [raw.fault(where, message) for where, message in _problems(error, model)]


def _problems(error: ValidationError, model: type[schema.Row]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for problem in error.errors(include_url=False):
        kind, where, given = problem["type"], problem["loc"], problem["input"]
        message = problem["msg"].removeprefix("Value error, ").replace("Input should be", "expected")
        if kind == "extra_forbidden":
            message = (
                f"unknown key, expected one of {', '.join(model.model_fields)}"
                if len(where) == 1
                else "unknown key"
            )
        elif kind == "missing":
            message = "missing, expected a value"
        elif kind != "value_error" or not isinstance(given, dict):
            message = f"got {str(given)[:60]!r}, {message[0].lower() + message[1:]}"
        yield where, message


def _release(path: Path, faults: list[Fault]) -> tuple[str, str] | None:
    """Version and day of the record: the first `## x.y.z — YYYY-MM-DD` of CHANGES.md."""
    text = read_text(path / "CHANGES.md", "CHANGES.md", faults)
    if text is None:
        return None
    found = re.search(r"^## (\d+\.\d+\.\d+) — (\d{4}-\d{2}-\d{2})$", text, re.MULTILINE)
    if not found:
        faults.append(
            Fault("CHANGES.md", 1, "", "", "no release, expected a heading `## x.y.z — YYYY-MM-DD`")
        )
        return None
    return found[1], found[2]


def _vocabulary(path: Path, faults: list[Fault]) -> schema.Vocabulary | None:
    name = "vocabulary.yaml"
    value, lines = read_yaml(path / name, name, faults)
    if value is None:
        return None
    if not isinstance(value, dict):
        faults.append(Fault(name, 1, "", "", "expected a mapping of lists"))
        return None
    raw = Raw(name, 1, value, lines)
    parsed = [row for _, row in _parse(schema.Vocabulary, [raw], faults)]
    if not parsed:
        return None
    faults += [*_vocabulary_faults(raw, parsed[0])]
    return parsed[0]


def _vocabulary_faults(raw: Raw, words: schema.Vocabulary) -> Iterator[Fault]:
    ids = {key: [term.id for term in getattr(words, key)] for key in schema.Vocabulary.model_fields}
    for key, found in ids.items():
        for i, word in enumerate(found):
            if word in found[:i]:
                yield raw.fault((key, i, "id"), f"'{word}' stands twice, expected once")
        for i, term in enumerate(getattr(words, key)):
            for path, of, word in rules.references(term, (key, i)):
                if word not in ids[of]:
                    yield raw.fault(path, f"'{word}' is not known, expected one of {', '.join(ids[of])}")


def _outside(tables: rules.Tables) -> Iterator[Fault]:
    """Places whose coordinates lie outside the region they name."""
    codes = {region.id: region.iso for region in tables.vocabulary.regions}
    for raw, place in tables.places:
        shape = _regions().get(codes.get(place.region or "", ""))
        if shape is not None and not shape.contains(shapely.Point(place.lon, place.lat)):
            message = f"{place.lat}, {place.lon} is outside {place.region}, expected coordinates inside it"
            yield raw.fault(("lat",), message)


@lru_cache(maxsize=1)
def _regions() -> dict[str, Any]:
    """ISO 3166-2 code -> the region's polygon on our map, widened by the border tolerance."""
    collection = json.loads((HOME / "geo" / "adm1.geojson").read_text("utf-8"))
    return {
        f["id"]: shapely.geometry.shape(f["geometry"]).buffer(BORDER_TOLERANCE)
        for f in collection["features"]
    }
