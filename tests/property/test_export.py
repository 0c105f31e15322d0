"""Rows of any view: as many in each format as the view has, and the same ones."""

import csv
import io
import json
import zipfile
from pathlib import Path

import frictionless
import jsonschema
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serval.export import fields, kinds
from serval.export.scope import ALL, SHOWN, Scope
from serval.record import load
from serval.selection import Selection
from tests.random_selections import selections

MADE_UP = Path(__file__).resolve().parents[1] / "fixtures" / "record"
BASE = "https://serval.example"
PROFILE = Path(__file__).resolve().parents[1] / "fixtures" / "datapackage" / "datapackage-2.0.json"
FIFTY = settings(max_examples=50)


def made(kind: str, scope: Scope) -> bytes:
    return kinds.make(kind, scope, BASE, lambda: "The licence.\n")


@FIFTY
@given(st.data())
def test_events_of_every_format_are_those_of_the_view(record, data: st.DataObject):
    view = record.select(data.draw(selections(record)))
    scope, ids = Scope.of(view, SHOWN), view.events["id"].tolist()
    body = json.loads(made("events.json", scope))
    assert [row["id"] for row in body["rows"]] == ids
    assert (body["count"], body["total"]) == (view.n, view.total)
    assert Selection.parse(body["query"]) == view.selection
    table = list(csv.DictReader(io.StringIO(made("events.csv", scope).decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in table] == ids
    assert [row["sources"].split(";") for row in table] == [row["sources"] for row in body["rows"]]
    assert [row["actors"].split(";") for row in table] == [
        [actor["actor"] for actor in row["actors"]] for row in body["rows"]
    ]
    features = json.loads(made("events.geojson", scope))["features"]
    assert [feature["id"] for feature in features] == ids


@settings(max_examples=6)
@given(st.data())
def test_sheets_and_tables_are_those_of_the_view(either, data: st.DataObject):
    scope = Scope.of(either.select(data.draw(selections(either))), SHOWN)
    book = openpyxl.load_workbook(io.BytesIO(made("events.xlsx", scope)), read_only=True)
    for table in fields.TABLES:
        frame = scope.frame(table)
        first = [row[0] for row in book[table].iter_rows(2, max_col=1, values_only=True)]
        body = json.loads(made(f"{table}.json", scope))
        text = made(f"{table}.csv", scope).decode("utf-8-sig")
        read = list(csv.DictReader(io.StringIO(text, newline="")))
        assert first == frame.iloc[:, 0].tolist()
        assert len(body["rows"]) == body["count"] == len(read) == len(frame)
    book.close()


@settings(max_examples=4)
@given(st.data())
def test_a_package_of_a_view_is_valid(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject):
    made_up = load(MADE_UP)
    view = made_up.select(data.draw(selections(made_up)))
    check_package(Scope.of(view, SHOWN), tmp_path_factory.mktemp("package") / "datapackage.zip")


def test_a_package_of_the_whole_record_is_valid(record, tmp_path: Path):
    check_package(Scope.of(record.select(Selection()), ALL), tmp_path / "datapackage.zip")


def check_package(scope: Scope, path: Path) -> None:
    path.write_bytes(made("datapackage.zip", scope))
    report = frictionless.validate(str(path))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]
    with zipfile.ZipFile(path) as zipped:
        described = json.loads(zipped.read("datapackage.json"))
        events = zipped.read("data/events.csv").decode().splitlines()
    jsonschema.Draft7Validator(json.loads(PROFILE.read_text("utf-8"))).validate(described)
    assert len(list(csv.DictReader(events))) == scope.view.n
