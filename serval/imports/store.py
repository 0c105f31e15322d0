"""Where imports are kept: `imports/`, or the folder SERVAL_IMPORTS names; a table and its report each."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from serval.imports import parquet
from serval.imports.layout import COLUMNS
from serval.imports.parquet import Array, NotOurs, Writer
from serval.imports.read import Write
from serval.imports.report import Report
from serval.imports.values import EPOCH

NAME = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
LONGEST = 80


def folder() -> Path:
    """The folder of imports, which need not be there."""
    return Path(os.environ.get("SERVAL_IMPORTS") or Path(__file__).resolve().parents[2] / "imports")


def name_of(path: Path) -> str:
    """The name that a file's import has unless another is given."""
    name = re.sub(r"[^a-z0-9]+", "-", path.name.lower().removesuffix(path.suffix.lower())).strip("-")
    return name[:LONGEST].strip("-") or "import"


def names() -> list[str]:
    """The imports that are there."""
    return sorted(p.stem for p in folder().glob("*.parquet") if NAME.fullmatch(p.stem))


def save(name: str, fill: Callable[[Write], Report]) -> Report:
    """Write an import: `fill` gives its rows and then its report. Until all is there, nothing is replaced.

    Raises whatever `fill` raises, and OSError.
    """
    folder().mkdir(parents=True, exist_ok=True)
    report: list[Report] = []

    def table(file: BinaryIO) -> None:
        writer = Writer(file, COLUMNS)
        report.append(fill(writer.write))
        writer.close({"report": report[0].json()})

    def reports() -> None:
        _atomic(folder() / f"{name}.report.json", lambda file: file.write(report[0].json().encode()))
        _atomic(folder() / f"{name}.report.txt", lambda file: file.write(report[0].text().encode()))

    _atomic(folder() / f"{name}.parquet", table, reports)
    return report[0]


def _atomic(path: Path, fill: Callable[[BinaryIO], object], then: Callable[[], None] = lambda: None) -> None:
    """Write a file beside its place and put it there when it is whole and on the disk, and `then` is done."""
    handle, made = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        then()
        os.chmod(made, 0o600)
        os.replace(made, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(made)
        raise


@dataclass(frozen=True, eq=False)
class Imported:
    """An import. Columns are read when first asked for: days and numbers as float64, text as objects."""

    path: Path
    report: Report

    @cached_property
    def places(self) -> dict[str, Array]:
        """What matching needs: start, end, lat, lon, geo_precision."""
        return parquet.read(self.path, ("start", "end", "lat", "lon", "geo_precision"))

    def row(self, i: int) -> dict[str, Any]:
        """A row as plain values, missing as None; days as ISO text."""
        row: dict[str, Any] = {name: column[i] for name, column in (self.places | self.words).items()}
        row = {name: None if value is None or value != value else value for name, value in row.items()}
        days = {name: date.fromordinal(int(row[name]) + EPOCH).isoformat() for name in ("start", "end")}
        counts = {n: None if row[n] is None else int(row[n]) for n in ("low", "best", "high", "line")}
        return {**row, **days, **counts}

    @cached_property
    def words(self) -> dict[str, Array]:
        """What a table of its rows shows."""
        shown = ("id", "time_precision", "place", "region", "country", "type", "actor1", "actor2")
        return parquet.read(self.path, (*shown, "low", "best", "high", "line"))


def load(name: str) -> Imported:
    """An import by name. Raises KeyError where there is none, `NotOurs` where its file cannot be read."""
    path = folder() / f"{name}.parquet"
    if not NAME.fullmatch(name) or not path.is_file():
        raise KeyError(name)
    state = path.stat()
    return _load(path, state.st_mtime_ns, state.st_ino, state.st_size)


@lru_cache(maxsize=2)
def _load(path: Path, *state: int) -> Imported:
    try:
        return Imported(path, Report.of(parquet.notes(path)["report"]))
    except (KeyError, TypeError, ValueError) as error:
        raise error if isinstance(error, NotOurs) else NotOurs(f"{path.name}: no report in it") from error
