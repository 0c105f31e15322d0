"""The events of a view under the column names of ACLED, UCDP GED or HXL, and what is lost of each.

Nothing is guessed: what has no exact counterpart stays empty and is a row of the losses. Identifiers that are
ACLED's or UCDP's own stay empty (docs/crosswalk.md has the whole mapping).
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from serval.export import citation
from serval.export.crosswalk import acled, hxl, ucdp
from serval.export.crosswalk.cases import Loss, cases
from serval.export.crosswalk.names import ACLED, HXL, UCDP
from serval.export.rows import SIGNATURE, guarded
from serval.lookup import Values

if TYPE_CHECKING:
    from serval.view import View

KINDS = {"acled": ACLED, "ucdp": UCDP, "hxl": [*HXL]}
"""Kind -> its columns, in order."""
ROWS = {"acled": acled.row, "ucdp": ucdp.row, "hxl": hxl.row}
TYPED = {"acled": "sub_event_type", "ucdp": "type_of_violence", "hxl": "event_type"}
"""Kind -> the column that is empty where a type has no counterpart."""
DATED = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip can have: the same rows are the same bytes


@dataclass(frozen=True)
class Crosswalk:
    """A view as another data set has it: a row per event, in order, and what is lost, in the same order.

    unmapped: event type of the record -> number of events whose type has no counterpart.
    """

    columns: list[str]
    rows: list[Values]
    losses: list[Loss]
    unmapped: dict[str, int]


def make(view: View, kind: str) -> Crosswalk:
    """The crosswalk of a view. kind: one of `KINDS`."""
    found, columns = [*cases(view)], [*KINDS[kind]]
    rows = [{name: row[name] for name in columns} for row in map(ROWS[kind], found)]
    without = Counter(
        case.row["type"] for case, row in zip(found, rows, strict=True) if row[TYPED[kind]] is None
    )
    return Crosswalk(columns, rows, [loss for case in found for loss in case.losses], dict(without))


def files(made: Crosswalk, kind: str) -> dict[str, bytes]:
    """The two files of a crosswalk: its rows, and what is lost of them."""
    tags = [[*HXL.values()]] if kind == "hxl" else []
    return {
        f"{kind}.csv": _csv([made.columns, *tags, *(row.values() for row in made.rows)]),
        f"{kind}-losses.csv": _csv([Loss._fields, *made.losses]),
    }


def to_zip(view: View, kind: str, base: str) -> bytes:
    """The two files and a README, as a zip; the same view gives the same bytes."""
    out = io.BytesIO()
    named = {**files(make(view, kind), kind), "README.txt": readme(view, kind, base).encode()}
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in named.items():
            entry = zipfile.ZipInfo(name, DATED)
            entry.external_attr = 0o644 << 16
            zipped.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def readme(view: View, kind: str, base: str) -> str:
    """What the files are, of which view, and under which licence."""
    licence = citation.licence(view.record)
    lines = [
        f"{kind}.csv: the events under the column names of {kind.upper()}, one row each.",
        f"{kind}-losses.csv: what a row cannot say, by event and field, and why.",
        "Nothing is guessed: what has no exact counterpart is empty. Missing is empty, never 0.",
        "",
        citation.view(view, "en", base),
        f"{licence.name} ({licence.id}), {licence.url}",
    ]
    return "\n".join([*lines, ""])


def _csv(rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([guarded(v) if isinstance(v, str) else v for v in row] for row in rows)
    return (SIGNATURE + out.getvalue()).encode()
