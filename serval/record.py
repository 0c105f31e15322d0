"""The record: the one place that reads `data/`, validates it whole and holds it as frames."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import geopandas
import pandas as pd
import shapely
from pydantic import ValidationError

from serval import control, frames, rules, schema, story, view
from serval.files import Fault, Raw, csv_rows, read_text, read_yaml, rows_of
from serval.selection import Selection
from serval.vocabulary import Vocabulary

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
    vocabulary: Vocabulary
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
    story: tuple[schema.Stop, ...] = ()

    @cached_property
    def control(self) -> pd.DataFrame:
        """Who held which town when: intervals derived from `changes` (see `serval.control`)."""
        first, last = self.events["date_start"].min(), self.events["date_end"].max()
        return control.intervals(self.changes, self.bloc_of, first, last)

    @cached_property
    def bloc_of(self) -> dict[str, str]:
        """Actor id -> bloc of its side."""
        blocs = {side.id: side.bloc for side in self.vocabulary.sides}
        return {a: blocs[s] for a, s in zip(self.actors["id"], self.actors["side"], strict=True)}

    def select(self, selection: Selection) -> view.View:
        """The View of a selection."""
        return view.select(self, selection)


def home() -> Path:
    """The data directory: `SERVAL_DATA`, else the one beside the package."""
    return Path(os.environ.get("SERVAL_DATA") or HOME)


def load(path: Path | None = None) -> Record:
    """The record of a directory. Raises `RecordError` with every fault."""
    return _load((path or home()).resolve())


@lru_cache(maxsize=4)
def _load(path: Path) -> Record:
    return read(path)


def read(path: Path) -> Record:
    """As `load`, but read anew; what it gives needs the directory no longer."""
    tables, release, faults = _read(path)
    if faults or tables is None or release is None:
        raise RecordError(faults)
    version, released = release
    stops = tuple(stop for _, stop in tables.story)
    return Record(
        version, released, content_hash(path), tables.vocabulary, **frames.build(tables), story=stops
    )


def validate(path: Path | None = None) -> list[str]:
    """Every fault of a record's directory, a line each, in the order of files and lines."""
    return [str(fault) for fault in sorted(_read(path or home())[2], key=lambda f: (f.file, f.line, f.field))]


def changes(path: Path | None = None) -> str:
    """The text of a record's list of changes, newest first."""
    return ((path or home()) / "CHANGES.md").read_text(encoding="utf-8")


def licence(path: Path | None = None) -> str:
    """The text of a record's licence; of a folder without one, that of the record of the project."""
    own = (path or home()) / "LICENSE"
    return (own if own.is_file() else HOME / "LICENSE").read_text(encoding="utf-8")


def content_hash(path: Path) -> str:
    """SHA-256 over the names and bytes of the record's own files."""
    digest = hashlib.sha256()
    for name in names(path):
        digest.update(f"{name}\0".encode() + (path / name).read_bytes() + b"\0")
    return digest.hexdigest()


def names(path: Path) -> list[str]:
    """The record's own files, by their names in the directory; its list of changes is not one."""
    events = sorted(f"events/{p.name}" for p in (path / "events").glob("*.yaml"))
    told = ["story.yaml"] if (path / "story.yaml").exists() else []
    return ["vocabulary.yaml", "actors.yaml", "sources.yaml", "places.csv", "troops.csv", *told, *events]


def _read(path: Path) -> tuple[rules.Tables | None, tuple[str, str] | None, list[Fault]]:
    faults: list[Fault] = []
    release = _release(path, faults)
    vocabulary = _vocabulary(path, faults)
    tables = rules.Tables(vocabulary) if vocabulary else None
    files = _files(path, faults)
    parsed = {name: [*_parse(file.model, file.raws, faults)] for name, file in files.items()}
    if tables is not None:
        tables.ids = {name: {raw.id for raw in file.raws} for name, file in files.items() if file.whole}
        for name, rows in parsed.items():
            setattr(tables, name, rows)
        tables.unsure = _unsure(files["events"].raws, parsed["events"])
        faults += [*rules.check(tables), *_outside(tables), *story.faults(tables)]
    return tables, release, faults


class _File(NamedTuple):
    """The rows of a table as read. Not `whole` where a fault of reading may have hidden some."""

    model: type[Any]
    raws: list[Raw]
    whole: bool


def _files(path: Path, faults: list[Fault]) -> dict[str, _File]:
    told = (path / "story.yaml").exists()  # a record need not have a guided tour

    def file(model: type[schema.Row], rows: Iterator[Raw]) -> _File:
        known = len(faults)
        raws = [*rows]
        return _File(model, raws, len(faults) == known)

    return {
        "sources": file(schema.Source, rows_of(path / "sources.yaml", "sources.yaml", faults)),
        "actors": file(schema.Actor, rows_of(path / "actors.yaml", "actors.yaml", faults)),
        "places": file(schema.Place, _table(path, "places.csv", PLACE_COLUMNS, faults)),
        "troops": file(schema.Troops, _table(path, "troops.csv", TROOP_COLUMNS, faults)),
        "events": file(schema.Event, _months(path, faults)),
        "story": file(schema.Stop, rows_of(path / "story.yaml", "story.yaml", faults) if told else iter(())),
    }


def _months(path: Path, faults: list[Fault]) -> Iterator[Raw]:
    names = sorted(p.name for p in path.glob("events/*") if not p.name.startswith("."))
    for name in names or ["YYYY-MM.yaml"]:
        if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])\.yaml", name):
            yield from rows_of(path / "events" / name, f"events/{name}", faults)
        else:
            what = "not a month's file" if names else "missing"
            faults.append(Fault(f"events/{name}", 1, "", "", f"{what}, expected events/YYYY-MM.yaml"))


def _unsure(raws: list[Raw], parsed: rules.Rows[schema.Event]) -> set[str]:
    """Towns that change hands in events that did not parse."""
    good = {id(raw) for raw, _ in parsed}
    bad = [raw.values.get("control") for raw in raws if id(raw) not in good]
    changes = [change for part in bad for change in (part if isinstance(part, list) else [part])]
    return {str(change.get("place")) for change in changes if isinstance(change, dict)}


PLACE_COLUMNS = [*schema.Place.model_fields]
TROOP_COLUMNS = [
    *("id", "date", "precision", "actor", "kind", "unit", "place", "scope"),
    *("low", "best", "high", "status", "note", "note_fr", "source"),
]
LATER_COLUMNS = ("note_fr",)
"""What older releases of the record have no column for."""
_DECIMAL, _WHOLE = ("lat", "lon", "radius_km"), ("low", "best", "high")


def _table(path: Path, name: str, columns: list[str], faults: list[Fault]) -> Iterator[Raw]:
    for raw in csv_rows(path / name, name, columns, faults, LATER_COLUMNS):
        for key, text in raw.values.items():
            if key in _WHOLE and re.fullmatch(r"-?(0|[1-9][0-9]{0,99})", text):
                raw.values[key] = int(text)
            elif key in _DECIMAL and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,20})?", text):
                raw.values[key] = float(text)
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
        message = problem["msg"]
        for words, ours in _WORDINGS.items():
            message = message.replace(words, ours)
        if kind == "extra_forbidden":
            keys = [field.alias or name for name, field in model.model_fields.items()]
            message = f"unknown key, expected one of {', '.join(keys)}" if len(where) == 1 else "unknown key"
        elif kind == "missing":
            message = "missing, expected a value"
        elif kind != "value_error" or not isinstance(given, dict):
            unit = ("item", "character") if isinstance(given, str) else ("", "")
            message = f"got {str(given)[:60]!r}, {message.replace(*unit)}"
        yield where, message


_WORDINGS = {
    "Value error, ": "",
    "Input should be a valid dictionary or instance of": "expected the keys of",
    "Input should be": "expected",
    "Input should have": "expected",
    "String should match pattern": "expected text of the form",
    "String should have": "expected",
    "List should have": "expected",
    "Value should have": "expected",
    " after validation": "",
}
"""pydantic's words -> ours."""


def _release(path: Path, faults: list[Fault]) -> tuple[str, str] | None:
    """Version and day of the record: the first `## x.y.z — YYYY-MM-DD` of CHANGES.md."""
    text = read_text(path / "CHANGES.md", "CHANGES.md", faults)
    if text is None:
        return None
    found = re.search(r"^## ([0-9]+\.[0-9]+\.[0-9]+) — ([0-9-]{10})$", text, re.MULTILINE)
    if not found:
        message = "no release, expected a heading `## x.y.z — YYYY-MM-DD`"
        faults.append(Fault("CHANGES.md", 1, "", "", message))
        return None
    try:
        return found[1], date.fromisoformat(found[2]).isoformat()
    except ValueError:
        line = text[: found.start()].count("\n") + 1
        faults.append(Fault("CHANGES.md", line, "", "", f"{found[2]} is no day, expected YYYY-MM-DD"))
        return None


def _vocabulary(path: Path, faults: list[Fault]) -> Vocabulary | None:
    name = "vocabulary.yaml"
    value, lines = read_yaml(path / name, name, faults)
    if value is None:
        return None
    if not isinstance(value, dict):
        faults.append(Fault(name, 1, "", "", "expected a mapping of lists"))
        return None
    raw = Raw(name, 1, value, lines)
    parsed = [row for _, row in _parse(Vocabulary, [raw], faults)]
    if not parsed:
        return None
    faults += [*_vocabulary_faults(raw, parsed[0])]
    return parsed[0]


def _vocabulary_faults(raw: Raw, words: Vocabulary) -> Iterator[Fault]:
    ids = {key: [term.id for term in getattr(words, key)] for key in Vocabulary.model_fields}
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
    regions = layer("adm1")
    widened = shapely.buffer(regions.geometry.to_numpy(), BORDER_TOLERANCE)
    return dict(zip(regions["id"], widened, strict=True))


@lru_cache(maxsize=8)
def layer(name: str) -> geopandas.GeoDataFrame:
    """A layer of the base map: adm0, adm1, rivers, lakes or labels; degrees, WGS 84 (data/geo/NOTES.md)."""
    return geopandas.read_file(HOME / "geo" / f"{name}.geojson")
