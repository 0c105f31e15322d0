"""Every kind of rows of the made-up record, as it was."""

import io
import json
import zipfile

import openpyxl
import pytest

from serval.export import fields, kinds
from serval.export.scope import ALL, SHOWN, Scope
from serval.selection import Selection

BASE = "https://serval.example"
VIEWS = {
    "view": Selection(from_="2012-01-01", to="2013-12-31", actor=("red_a",), family=True, lang="fr"),
    "known": Selection(from_="2012-01-01", to="2013-12-31", known="2013-01-20"),
}
TEXTS = [kind for kind in kinds.KINDS if not kind.endswith(kinds.PACKED)]


def made(record, kind: str, view: str | None = None) -> bytes:
    selection = VIEWS[view] if view else Selection()
    scope = Scope.of(record.select(selection), SHOWN if view else ALL)
    return kinds.make(kind, scope, BASE, lambda: "The licence.\n")


def readable(content: bytes) -> bytes:
    """JSON on many lines; all else as it is."""
    if not content.startswith(b"{"):
        return content
    return json.dumps(json.loads(content), ensure_ascii=False, indent=1).encode() + b"\n"


@pytest.mark.parametrize("kind", TEXTS)
def test_the_whole_record(made_up, golden, kind: str):
    golden(f"all/{kind}", readable(made(made_up, kind)))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "kind", ["events.json", "events.csv", "events.geojson", "figures.csv", "control.csv"]
)
def test_a_view(made_up, golden, view: str, kind: str):
    golden(f"{view}/{kind}", readable(made(made_up, kind, view)))


@pytest.mark.parametrize("view", [None, "view"])
def test_the_workbook(made_up, golden, view: str | None):
    golden(f"{view or 'all'}/events.xlsx.txt", told(made(made_up, "events.xlsx", view)))


@pytest.mark.parametrize("view", [None, "view"])
def test_the_package(made_up, golden, view: str | None):
    with zipfile.ZipFile(io.BytesIO(made(made_up, "datapackage.zip", view))) as zipped:
        names = zipped.namelist()
        assert sorted(names) == sorted(
            ["datapackage.json", "README.md", "CITATION.txt", "CITATION.bib", "LICENSE"]
            + [f"data/{table}.csv" for table in fields.TABLES]
        )
        for name in names:
            golden(f"{view or 'all'}/datapackage/{name}", zipped.read(name))


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_the_same_scope_gives_the_same_bytes(made_up, kind: str):
    assert made(made_up, kind, "view") == made(made_up, kind, "view")


def told(content: bytes) -> bytes:
    """A workbook in words: each sheet, and each cell with its type, its format and where it leads."""
    lines = []
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        lines.append(f"# {sheet.title} {sheet.dimensions} {sheet.freeze_panes} {sheet.auto_filter.ref}")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    link = f" -> {cell.hyperlink.target or cell.hyperlink.location}" if cell.hyperlink else ""
                    kind = f"{type(cell.value).__name__} {cell.number_format}"
                    lines.append(f"{cell.coordinate} {kind}: {str(cell.value)!r}{link}")
    return "\n".join(lines).encode() + b"\n"
