"""Rows as JSON, CSV, GeoJSON and workbook: typed, safe in a spreadsheet, and none lost."""

import csv
import io
import json

import openpyxl
import pandas as pd
import pytest

from serval.export import fields, kinds, rows
from serval.export.fields import Field
from serval.export.rows import Table, guarded, to_csv
from serval.export.scope import ALL, SHOWN, Scope
from serval.frames import TABLES as FRAMES
from serval.schema import DAY
from serval.selection import Selection

BASE = "https://serval.example"
EVENT = (
    "id date_start date_end date_precision places geo_precision type title summary actors figures control "
    "status dispute sources evidence url"
)
AWKWARD = ["=1+1", "+33 1", "-5 °C", "@home", "\tx", "\rx", "\nx", "plain", 'a "b", c', "é;ي", "'quoted"]


@pytest.fixture(scope="module")
def scopes(record) -> list[Scope]:
    view = record.select(Selection(actor=("france",), known="2013-02-15"))
    return [Scope.of(view, SHOWN), Scope.of(view, ALL)]


def awkward() -> Table:
    frame = pd.DataFrame({"text": AWKWARD, "number": [-1.5 - n for n in range(len(AWKWARD))]})
    return Table("awkward", (Field("text", "text", ""), Field("number", "number", "")), frame)


def test_text_that_would_be_calculated_is_guarded_and_numbers_never():
    content = to_csv(awkward())
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["text"] for row in read] == [f"'{t}" for t in AWKWARD[:7]] + AWKWARD[7:]
    assert [float(row["number"]) for row in read] == awkward().frame["number"].tolist()


def test_a_guard_is_one_apostrophe():
    assert guarded("=A1") == "'=A1"
    assert guarded("A1=") == "A1="
    assert guarded("") == ""


def test_negative_longitudes_are_numbers_in_the_csv(scopes):
    read = csv.DictReader(io.StringIO(kinds.make("places.csv", scopes[1], BASE, str).decode("utf-8-sig")))
    longitudes = [row["lon"] for row in read]
    assert any(text.startswith("-") for text in longitudes)
    assert [float(text) for text in longitudes]


@pytest.mark.parametrize("table", fields.TABLES)
def test_columns_are_those_of_the_frames(table: str, record):
    names = [field.name for field in fields.of(table)]
    own = [column.name for column in FRAMES.get(table, fields.TABLES[table])]
    assert names[: len(own)] == own
    assert all(field.description for field in fields.of(table))
    assert set(own) == set(getattr(record, table).columns)


@pytest.mark.parametrize("table", fields.TABLES)
def test_kinds_of_columns_are_what_the_record_holds(table: str, record):
    frame = getattr(record, table)
    for field in fields.of(table):
        values = frame[field.name].dropna().tolist() if field.name in frame else []
        texts = [value for value in values if isinstance(value, str)]
        if field.required and field.name in frame:
            assert frame[field.name].notna().all(), field
        if texts and all(DAY.fullmatch(text) for text in texts):
            assert field.kind in ("day", "partial day"), field
        if field.kind == "day":
            assert all(DAY.fullmatch(text) for text in texts), field
        if texts and all(text.startswith("http") for text in texts):
            assert field.kind == "url", field
        allowed = {term.id for term in fields.terms(field, record.vocabulary)}
        assert not allowed or set(texts) <= allowed, field
        if field.refers and not field.separator:
            assert set(texts) <= set(getattr(record, field.refers)["id"]), field


def test_all_is_every_row_and_shown_what_the_view_has(scopes, record):
    shown, whole = scopes
    for table in fields.TABLES:
        assert len(whole.frame(table)) == whole.total(table) == len(getattr(record, table))
        assert len(rows.table(shown, table, BASE).rows) == len(shown.frame(table)) <= shown.total(table)
    assert shown.query == "actor=france&known=2013-02-15"
    assert whole.query == "scope=all"


def test_no_such_table(scopes):
    for scope in scopes:
        with pytest.raises(KeyError):
            scope.frame("vocabulary")
    with pytest.raises(KeyError):
        kinds.make("events.pdf", scopes[0], BASE, str)


def test_json_has_the_events_whole(scopes):
    body = json.loads(kinds.make("events.json", scopes[1], BASE, str))
    assert list(body) == ["version", "query", "count", "total", "licence", "rows"]
    assert " ".join(body["rows"][0]) == EVENT
    event = next(row for row in body["rows"] if row["figures"] and row["evidence"])
    assert list(event["places"][0]) == ["id", "name", "lat", "lon"]
    assert list(event["actors"][0]) == ["actor", "role"]
    assert list(event["figures"][0]) == (
        ["kind", "of", "low", "best", "high", "unit", "source", "claimed_by", "counts_in_total", "note"]
    )
    assert event["url"] == f"{BASE}/event/{event['id']}"
    assert isinstance(event["sources"], list)


def test_json_joins_nothing(scopes):
    body = json.loads(kinds.make("control.json", scopes[1], BASE, str))
    assert all(isinstance(row["holders"], list) for row in body["rows"])


def test_french_titles_only_where_asked_for(record):
    english, french = (
        json.loads(kinds.make("events.json", Scope.of(record.select(Selection(lang=lang)), SHOWN), BASE, str))
        for lang in (None, "fr")
    )
    assert english["rows"][0]["title"] != french["rows"][0]["title"]
    notes = [[f["note"] for row in body["rows"] for f in row["figures"]] for body in (english, french)]
    assert all((one is None) == (other is None) for one, other in zip(*notes, strict=True))
    assert notes[0] != notes[1]
    assert french["query"] == "lang=fr"


def test_geojson_draws_no_event_of_the_country_at_large(scopes):
    body = json.loads(kinds.make("events.geojson", scopes[1], BASE, str))
    shapes = {feature["id"]: feature["geometry"] for feature in body["features"]}
    kinds_of = {shape["type"] if shape else None for shape in shapes.values()}
    assert kinds_of == {None, "Point", "MultiPoint"}
    for feature in body["features"]:
        at_large = feature["properties"]["geo_precision"] == "country"
        assert (feature["geometry"] is None) == at_large
        assert (feature["properties"]["lat"] is None) == at_large
        assert {"date_start", "date_end", "date_precision"} <= set(feature["properties"])


def test_geojson_has_longitude_first(scopes, record):
    at = {id: [lon, lat] for id, lon, lat in record.places[["id", "lon", "lat"]].itertuples(index=False)}
    body = json.loads(kinds.make("events.geojson", scopes[0], BASE, str))
    drawn = [f for f in body["features"] if f["geometry"] and f["geometry"]["type"] == "Point"]
    assert drawn
    assert all(f["geometry"]["coordinates"] == at[f["properties"]["place"]] for f in drawn)


def test_workbook_is_typed_and_holds_no_formula(record):
    scope = Scope.of(record.select(Selection()), SHOWN)
    book = openpyxl.load_workbook(io.BytesIO(kinds.make("events.xlsx", scope, BASE, str)))
    assert book.sheetnames == ["About", *fields.TABLES, "Columns"]
    types = {"day": "d", "integer": "n", "number": "n", "flag": "b", "text": "s", "url": "s"}
    for table in fields.TABLES:
        sheet = book[table]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.max_row == len(scope.frame(table)) + 1
        for column, field in enumerate(fields.of(table), 1):
            found = {
                cell.data_type
                for (cell,) in sheet.iter_rows(2, None, column, column)
                if cell.value is not None
            }
            assert found <= {types.get(field.kind, "s")}, field
    assert book["sources"]["F2"].hyperlink or book["sources"]["F3"].hyperlink


def test_a_file_is_named_by_what_it_holds(scopes):
    assert kinds.file_name("events.csv", scopes[1]) == f"serval-events-{scopes[1].record.version}-all.csv"
    shown = f"serval-events-{scopes[0].record.version}-2012-12-20-to-2013-08-31-filtered.csv"
    assert kinds.file_name("events.csv", scopes[0]) == shown
