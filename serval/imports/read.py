"""Reads a user's export row by row: what is asked for is written, all else is counted with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from serval.imports import values
from serval.imports.faults import Fault, Unusable
from serval.imports.layout import COLUMNS, Layout
from serval.imports.report import Report
from serval.imports.sheet import SEPARATORS, Line, Sheet, open_sheet
from serval.imports.values import DAY_FIRST, EPOCH, Days
from serval.text import fold

BATCH = 50_000  # rows that are held at a time
Row = list[Any]
Write = Callable[[Mapping[str, Sequence[Any]]], None]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Wanted:
    """Which rows are kept. Empty `countries` or `places`: all. `box`: west, south, east, north in degrees.

    `first`, `last`: days since 1970-01-01; a row whose days meet them is kept. `order`: of day and month in
    05/02/2013, None to find it out.
    """

    first: int
    last: int
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    box: Box | None = None
    order: str | None = None

    def words(self) -> dict[str, str]:
        """The filters, for the report."""
        days = f"{_iso(self.first)} to {_iso(self.last)}"
        box = {"box": ", ".join(f"{x:g}" for x in self.box)} if self.box else {}
        places = {"places": ", ".join(self.places)} if self.places else {}
        return {"countries": ", ".join(self.countries) or "all", **places, **box, "days": days}


def read(
    path: Path, layout: Layout, others: Sequence[Layout], wanted: Wanted, write: Write, name: str
) -> Report:
    """Give the rows that are wanted to `write`, in batches by column of `COLUMNS`.

    Raises `Unusable` where the file as a whole cannot be used, with what is wrong.
    """
    sheet = open_sheet(path, layout.known)
    _check(sheet, layout, others)
    order, note = _order(sheet, layout, wanted)
    report = Report(name, layout.id, path.name, _hash(path), filters=wanted.words())
    report.written_as = {
        "coding": sheet.coding,
        "separator": SEPARATORS[sheet.separator],
        "header": str(sheet.header),
    }
    report.missing_columns = [names[0] for names in layout.columns.values() if _place(sheet, names) is None]
    report.notes = [*note, layout.terms]
    reader = _Reader(sheet, layout, wanted, report, Days(order))
    rows = reader.rows()
    while batch := list(islice(rows, BATCH)):
        write(dict(zip(COLUMNS, zip(*batch, strict=True), strict=True)))
    if report.kept:
        report.first, report.last = _iso(reader.first), _iso(reader.last)
    return report


def _place(sheet: Sheet, names: Sequence[str]) -> int | None:
    return next((sheet.columns[name] for name in names if name in sheet.columns), None)


def _check(sheet: Sheet, layout: Layout, others: Sequence[Layout]) -> None:
    missing = [layout.columns[c][0] for c in layout.required if _place(sheet, layout.columns[c]) is None]
    if not missing:
        return
    where = f"{sheet.path}: line {sheet.header}: "
    for other in others:
        if all(_place(sheet, other.columns[column]) is not None for column in other.required):
            raise Unusable(
                f"{where}not {layout.name} but {other.name}: serval import {other.id} {sheet.path}"
            )
    lacking = "column" if len(missing) == 1 else "columns"
    raise Unusable(f"{where}{lacking} {', '.join(missing)} missing; {layout.name} has them")


def _order(sheet: Sheet, layout: Layout, wanted: Wanted) -> tuple[str, list[str]]:
    """The order of day and month, and what the report says of it. The days of the whole file decide."""
    at = _place(sheet, layout.columns["start"]) or 0

    def texts() -> Iterator[str]:
        return (line.fields[at] for line in sheet.lines() if line.fields and at < len(line.fields))

    if not any(map(values.is_numbers, islice(texts(), 50))):
        return wanted.order or DAY_FIRST, []
    if wanted.order:
        return wanted.order, [f"Days such as 05/02/2013 were read {wanted.order}, as told."]
    proved = values.orders(texts())
    if len(proved) > 1:
        pair = " and ".join(proved.values())
        raise Unusable(f"{sheet.path}: days in two orders, {pair}: say which with --dates")
    if proved:
        [(order, text)] = proved.items()
        return order, [f"Days such as 05/02/2013 were read {order}, as {text} shows."]
    return DAY_FIRST, ["Days such as 05/02/2013 were read day-first; no day of the file proves it (--dates)."]


@dataclass
class _Reader:
    sheet: Sheet
    layout: Layout
    wanted: Wanted
    report: Report
    days: Days
    seen: set[str] = field(default_factory=set)
    folded: dict[str, str] = field(default_factory=dict)
    known: dict[tuple[str, str], Any] = field(default_factory=dict)
    first: int = 10**6
    last: int = -(10**6)

    def __post_init__(self) -> None:
        self.at = {column: _place(self.sheet, names) for column, names in self.layout.columns.items()}
        self.countries = {fold(name) for name in self.wanted.countries}
        self.places = {fold(name) for name in self.wanted.places}
        self.there = [(column, at) for column, at in self.at.items() if at is not None]
        self.lacking = {column: "" for column in COLUMNS if self.at.get(column) is None}
        self.reads: dict[str, Callable[[str], Any]] = {
            column: values.count for column in ("low", "best", "high") if column in self.at
        }
        self.reads |= {column: codes.get for column, codes in self.layout.codes.items()}

    def rows(self) -> Iterator[Row]:
        """The rows that are wanted, as values of `COLUMNS`."""
        width, report = len(self.sheet.names), self.report
        for line in self.sheet.lines():
            report.read += 1
            fields = line.fields
            if fields is None:
                report.add(Fault("unclosed"), line.first, line.last)
            elif len(fields) != width and not (len(fields) == width + 1 and not fields[-1]):
                fault = Fault("fields", f"{width} columns", f"{len(fields)} fields")
                report.add(fault, line.first, line.last)
            else:
                row = self._row(fields, line)
                if isinstance(row, Fault):
                    report.add(row, line.first, line.last)
                elif isinstance(row, str):
                    report.left[row] += 1
                else:
                    report.kept += 1
                    yield row

    def _row(self, fields: list[str], line: Line) -> Row | Fault | str:
        """The row's values; for one that is not wanted, the filter that leaves it out."""
        country = fields[self.at["country"] or 0].strip()
        self.report.countries[country] += 1
        if self.countries and self._fold(country) not in self.countries:
            return "country"
        get = self.lacking | {column: fields[at].strip() for column, at in self.there}
        span = self._span(get)
        if isinstance(span, Fault):
            return span
        if span[0] > self.wanted.last or span[1] < self.wanted.first:
            return "days"
        spot = self._spot(get)
        if isinstance(spot, Fault):
            return spot
        if not self._inside(get, *spot):
            return "place"
        if not get["id"]:
            return Fault("no_id", self._name("id"))
        if get["id"] in self.seen:
            return Fault("repeated", self._name("id"), get["id"])
        self.seen.add(get["id"])
        self.first, self.last = min(self.first, span[0]), max(self.last, span[1])
        return self._values(get, span, spot, line)

    def _values(
        self, get: Mapping[str, str], span: tuple[int, int], spot: tuple[float, float], line: Line
    ) -> Row:
        done: dict[str, Any] = {**get, "start": span[0], "end": span[1], "lat": spot[0], "lon": spot[1]}
        done["line"] = line.first
        for column in self.reads:
            done[column] = self._kept(column, get[column], line)
        return [None if done[column] == "" else done[column] for column in COLUMNS]

    def _kept(self, column: str, text: str, line: Line) -> Any:
        if not text:
            return None
        key = (column, text)
        if key not in self.known:
            self.known[key] = self.reads[column](text.removesuffix(".0"))
        if self.known[key] is None:
            kind = "bad_code" if column in self.layout.codes else "bad_number"
            self.report.add(Fault(kind, self._name(column), text), line.first, line.last)
        return self.known[key]

    def _span(self, get: Mapping[str, str]) -> tuple[int, int] | Fault:
        start = self.days.get(get["start"])
        if start is None:
            return Fault("bad_date" if get["start"] else "no_date", self._name("start"), get["start"])
        text = get["end"]
        end = self.days.get(text) if text else start
        if end is None:
            return Fault("bad_date", self._name("end"), text)
        return Fault("turned", self._name("end"), text) if end < start else (start, end)

    def _spot(self, get: Mapping[str, str]) -> tuple[float, float] | Fault:
        lat, lon = values.degrees(get["lat"], 90), values.degrees(get["lon"], 180)
        if lat is not None and lon is not None and (lat or lon):
            return lat, lon
        column = "lat" if lat is None or lon is not None else "lon"
        return Fault("bad_place" if get[column] else "no_place", self._name(column), get[column])

    def _inside(self, get: Mapping[str, str], lat: float, lon: float) -> bool:
        if self.wanted.box:
            west, south, east, north = self.wanted.box
            if not (west <= lon <= east and south <= lat <= north):
                return False
        named = (get["place"], get["region"])
        return not self.places or any(self._fold(name) in self.places for name in named)

    def _fold(self, text: str) -> str:
        if text not in self.folded:
            self.folded[text] = fold(text)
        return self.folded[text]

    def _name(self, column: str) -> str:
        at = self.at[column]
        return self.layout.columns[column][0] if at is None else self.sheet.names[at]


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _iso(day: int) -> str:
    return date.fromordinal(day + EPOCH).isoformat()
