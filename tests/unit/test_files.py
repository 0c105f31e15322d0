"""What the readers make of good files: plain values, and the line of each."""

from pathlib import Path

import pytest

from serval.files import Fault, Raw, csv_rows, dotted, read_text, read_yaml, rows_of


def read(tmp_path: Path, text: str) -> list[Raw]:
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    faults: list[Fault] = []
    rows = [*rows_of(tmp_path / "x.yaml", "x.yaml", faults)]
    assert faults == []
    return rows


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Gao", "Gao"), ("'12'", "12"), ('"12"', "12"), ("12", 12), ("-3", -3), ("0", 0), ("012", "012"),
        ("1_000", "1_000"), ("0x1F", "0x1F"), ("12:30", "12:30"), ("2013-01-26", "2013-01-26"),
        ("2013-01-26T10:00:00Z", "2013-01-26T10:00:00Z"), ("1.5", 1.5), ("1e9", 1e9), ("1.", "1."),
        ("true", True), ("false", False), ("yes", "yes"), ("no", "no"), ("on", "on"), ("True", "True"),
        ("null", None), ("~", None), ("", None), ("NULL", "NULL"), (".inf", float("inf")), ("''", ""),
        ("1" * 40, int("1" * 40)), ("9" * 200, "9" * 200), ("تمبكتو", "تمبكتو"), ('"a\\nb"', "a\nb"),
    ],
)  # fmt: skip
def test_a_value_is_what_it_looks_like(tmp_path: Path, written: str, value: object):
    (row,) = read(tmp_path, f"- id: x\n  value: {written}\n")
    assert row.values["value"] == value
    assert type(row.values["value"]) is type(value)


def test_nested_values_and_their_lines(tmp_path: Path):
    first, second = read(
        tmp_path,
        "# months\n- id: a\n  date: {start: 1,\n    end: 2}\n\n- id: b\n  list:\n  - x\n  - {y: z}\n",
    )
    assert (first.id, first.line, first.values["date"]) == ("a", 2, {"start": 1, "end": 2})
    assert (first.lines[("date", "start")], first.lines[("date", "end")]) == (3, 4)
    assert (second.id, second.line, second.values["list"]) == ("b", 6, ["x", {"y": "z"}])
    assert (second.lines[("list",)], second.lines[("list", 0)], second.lines[("list", 1, "y")]) == (7, 8, 9)


def test_a_fault_stands_on_the_deepest_line_known(tmp_path: Path):
    (row,) = read(tmp_path, "- id: a\n  figures:\n  - low: 1\n    high: 2\n")
    lines = [
        row.fault(path, "").line for path in [("figures", 0, "high"), ("figures", 0, "best"), ("title",)]
    ]
    assert lines == [4, 3, 1]
    assert str(row.fault(("figures", 0, "high"), "wrong, expected right")) == (
        "x.yaml:4: a: figures[0].high: wrong, expected right"
    )


def test_a_fault_stays_on_its_line():
    assert str(Fault("x", 1, "a\nb", "c\u202ed", "got '\x07'")) == r"x:1: a\nb: c\u202ed: got '\x07'"
    assert str(Fault("x", 1, "", "", "no, expected yes")) == "x:1: -: -: no, expected yes"


def test_dotted_paths():
    assert dotted(("figures", 0, "low")) == "figures[0].low"
    assert dotted((3, "title")) == "[3].title"


def test_yaml_that_is_a_mapping(tmp_path: Path):
    (tmp_path / "x.yaml").write_text("a: 1\nb:\n- c\n")
    faults: list[Fault] = []
    assert read_yaml(tmp_path / "x.yaml", "x.yaml", faults) == (
        {"a": 1, "b": ["c"]}, {(): 1, ("a",): 1, ("b",): 2, ("b", 0): 3},
    )  # fmt: skip
    assert faults == []


def test_cells_are_text_and_empty_ones_are_left_out(tmp_path: Path):
    (tmp_path / "x.csv").write_text('id,name,low\na,"x, ""y""",\nb,"two\nlines",0\nc,,7\n')
    faults: list[Fault] = []
    rows = [*csv_rows(tmp_path / "x.csv", "x.csv", ["id", "name", "low"], faults)]
    assert faults == []
    assert [(r.line, r.values) for r in rows] == [
        (2, {"id": "a", "name": 'x, "y"'}),
        (3, {"id": "b", "name": "two\nlines", "low": "0"}),
        (5, {"id": "c", "low": "7"}),
    ]


def test_a_column_may_be_missing_where_it_is_optional(tmp_path: Path):
    (tmp_path / "x.csv").write_text("id,low\na,7\n")
    for optional, rows in [(["name"], [{"id": "a", "low": "7"}]), ([], []), (["low"], [])]:
        faults: list[Fault] = []
        found = csv_rows(tmp_path / "x.csv", "x.csv", ["id", "name", "low"], faults, optional)
        assert [row.values for row in found] == rows
        assert [fault.message for fault in faults] == (
            [] if rows else ["header is id,low, expected id,name,low"]
        )


def test_a_file_of_some_size_is_read(tmp_path: Path):
    (tmp_path / "x").write_text("x" * 1_000_000)
    faults: list[Fault] = []
    assert read_text(tmp_path / "x", "x", faults) == "x" * 1_000_000
    assert faults == []
