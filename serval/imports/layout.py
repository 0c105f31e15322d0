"""What a dataset's export looks like: its columns, its codes. Each dataset has a module with its `LAYOUT`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

COLUMNS = {
    "id": "text",
    "start": "day",
    "end": "day",
    "time_precision": "text",
    "lat": "number",
    "lon": "number",
    "geo_precision": "text",
    "country": "text",
    "region": "text",
    "place": "text",
    "type": "text",
    "actor1": "text",
    "actor2": "text",
    "low": "count",
    "best": "count",
    "high": "count",
    "line": "count",
}
"""Columns of an import and their kinds (`parquet.KINDS`); `line`: where the row begins in the user's file."""
COUNTRY_LEVEL = "country"


@dataclass(frozen=True)
class Layout:
    """A dataset's export.

    columns: our column -> the names that it has had, newest first, lower case.
    codes: our column -> what its codes mean; a column that is not named here is taken as it is.
    """

    id: str
    name: str
    columns: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    required: tuple[str, ...] = ("id", "start", "lat", "lon", "country")
    terms: str = ""

    @property
    def known(self) -> list[str]:
        """Every name that a column of the file may have."""
        return [name for names in self.columns.values() for name in names]
