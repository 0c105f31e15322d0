"""The counter-check: a view of the record held against an import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from serval.imports.layout import COUNTRY_LEVEL
from serval.imports.match import Floats, Ints, Ours, Pair, Spot, Theirs, match
from serval.imports.parquet import Array
from serval.imports.store import Imported
from serval.index import MISSING, day
from serval.view import View

KM, DAYS = 25.0, 3
MOST_KM, MOST_DAYS = 200.0, 31
LISTS = ("both", "ours", "theirs")
MOST = 400  # places that are told apart; of more, those of a square are one
CELL = 0.25  # degrees of its side
Row = Pair | tuple[None, int] | tuple[int, None]
"""A pair, or a row of one side: (ours, theirs)."""


@dataclass(frozen=True)
class Spots:
    """((latitude, longitude), how many rows lie there); `summed`: in the square of `CELL` degrees around."""

    places: list[tuple[Spot, int]]
    summed: bool


@dataclass(frozen=True)
class Month:
    """What begins in a month: events of ours, rows of theirs, and of each how many have a match."""

    first: str
    ours: int
    theirs: int
    ours_matched: int
    theirs_matched: int


@dataclass(frozen=True, eq=False)
class Check:
    """Rows of ours are row numbers of the record, of theirs those of the import.

    ours_only and theirs_only could have a match and have none; ours_vague and theirs_vague are known to no
    better place than a country: not compared. outside: rows of theirs on other days than the view's.
    """

    view: View
    imported: Imported
    pairs: list[Pair]
    ours_only: Ints
    ours_vague: Ints
    theirs_only: Ints
    theirs_vague: Ints
    outside: int

    @property
    def ours(self) -> int:
        """Events of the view."""
        return self.view.n

    @property
    def theirs(self) -> int:
        """Rows of the import on the days of the view."""
        return len(self.pairs) + len(self.theirs_only) + len(self.theirs_vague)

    def count(self, which: str) -> int:
        """How many rows one of `LISTS` has."""
        sizes = {
            "both": len(self.pairs),
            "ours": len(self.ours_only) + len(self.ours_vague),
            "theirs": len(self.theirs_only) + len(self.theirs_vague),
        }
        return sizes[which]

    def rows(self, which: str, first: int, last: int) -> list[Row]:
        """Part of one of `LISTS`, by day; those known to a country alone come last of theirs."""
        if which == "both":
            return [*self.pairs[first:last]]
        if which == "ours":
            ours = np.sort(np.concatenate([self.ours_only, self.ours_vague]))
            return [(int(row), None) for row in ours[first:last]]
        theirs = np.concatenate([self.theirs_only, self.theirs_vague])
        return [(None, int(row)) for row in theirs[first:last]]

    @cached_property
    def spots(self) -> dict[str, Spots]:
        """For each of `LISTS`, where its rows lie. Pairs lie where ours do."""
        events = self.view.record.events
        paired = events.iloc[[p.ours for p in self.pairs]]
        alone, columns = events.iloc[self.ours_only], self.imported.places
        return {
            "both": _spots_of(paired["lat"].to_numpy(), paired["lon"].to_numpy()),
            "ours": _spots_of(alone["lat"].to_numpy(), alone["lon"].to_numpy()),
            "theirs": _spots_of(columns["lat"][self.theirs_only], columns["lon"][self.theirs_only]),
        }

    @cached_property
    def months(self) -> list[Month]:
        """The months from the first to the last of the view in which something begins."""
        starts = self.imported.places["start"]
        mine, other = self.view.index.start[self.view.rows], starts[self._of_theirs]
        matched = np.array([p.ours for p in self.pairs], int), np.array([p.theirs for p in self.pairs], int)
        columns = [_months(mine), _months(other)]
        columns += [_months(self.view.index.start[matched[0]]), _months(starts[matched[1]])]
        every = sorted({month for column in columns for month in column})
        return [Month(f"{month}-01", *(column.get(month, 0) for column in columns)) for month in every]

    @property
    def _of_theirs(self) -> Ints:
        paired = np.array([p.theirs for p in self.pairs], np.int64)
        return np.concatenate([self.theirs_only, self.theirs_vague, paired])


def sides(row: Row) -> tuple[Pair | None, int | None, int | None]:
    """The pair, if it is one, the row of ours and the row of theirs."""
    return (row if isinstance(row, Pair) else None, row[0], row[1])


def compare(view: View, imported: Imported, km: float = KM, days: int = DAYS) -> Check:
    """Hold the events of a view against the rows of an import on the same days."""
    first, last = day(view.selection.from_), day(view.selection.to)
    return _compare(view, imported, first, last, km, days)


@lru_cache(maxsize=4)
def _compare(view: View, imported: Imported, first: int, last: int, km: float, days: int) -> Check:
    columns = imported.places
    on_days = np.flatnonzero((columns["start"] <= last) & (columns["end"] >= first))
    vague = columns["geo_precision"][on_days] == COUNTRY_LEVEL
    rows = on_days[~vague]
    spots = [_spots(view, int(row)) for row in view.rows]
    index = view.index
    ours = Ours(index.start[view.rows].tolist(), index.end[view.rows].tolist(), spots)
    pairs = match(ours, _theirs(columns, rows), km, days)
    placed = np.array([bool(found) for found in spots], bool)
    alone, free = placed.copy(), np.ones(len(rows), bool)
    alone[[p.ours for p in pairs]] = False
    free[[p.theirs for p in pairs]] = False
    return Check(
        view,
        imported,
        [p._replace(ours=int(view.rows[p.ours]), theirs=int(rows[p.theirs])) for p in pairs],
        view.rows[alone],
        view.rows[~placed],
        _by_day(rows[free], columns),
        _by_day(on_days[vague], columns),
        len(columns["start"]) - len(on_days),
    )


def _theirs(columns: dict[str, Array], rows: Ints) -> Theirs:
    start, end, lat, lon = (columns[name][rows] for name in ("start", "end", "lat", "lon"))
    return Theirs(start, end, lat, lon)


def _spots(view: View, row: int) -> list[tuple[float, float]]:
    """The places of an event; none where it is known only to be in a country."""
    if view.record.events["geo_precision"].iloc[row] == COUNTRY_LEVEL:
        return []
    places, index = view.record.places, view.index
    codes = index.places.code[index.places.event == row]
    found = [
        (float(places["lat"].iloc[code]), float(places["lon"].iloc[code]))
        for code in codes
        if code != MISSING
    ]
    return [spot for spot in found if not np.isnan(spot).any()]


def _by_day(rows: Ints, columns: dict[str, Array]) -> Ints:
    return rows[np.argsort(columns["start"][rows], kind="stable")]


def _months(starts: Iterable[int] | Floats) -> dict[str, int]:
    values = np.asarray(starts, np.int64).astype("datetime64[D]").astype("datetime64[M]")
    names, counts = np.unique(values, return_counts=True)
    return {str(name): int(n) for name, n in zip(names, counts, strict=True)}


def _spots_of(lat: Array, lon: Array) -> Spots:
    places, counts = np.unique(lat + 1j * lon, return_counts=True)
    if summed := len(places) > MOST:
        middles = [(np.floor(part / CELL) + 0.5) * CELL for part in (lat, lon)]
        places, counts = np.unique(middles[0] + 1j * middles[1], return_counts=True)
    rows = zip(places.real.tolist(), places.imag.tolist(), counts.tolist(), strict=True)
    return Spots([((lat, lon), n) for lat, lon, n in rows], summed)
