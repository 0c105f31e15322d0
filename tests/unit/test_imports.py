"""`serval import`: files as other programs write them. All rows are made up (tests/made_exports.py)."""

import csv
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from serval import cli
from serval.imports import parquet, store
from serval.imports.report import Report
from serval.imports.values import DAY_FIRST, MONTH_FIRST, Days
from tests.made_exports import ACLED, GED, acled, ged, table


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of imports, empty."""
    path = tmp_path / "imports"
    monkeypatch.setenv("SERVAL_IMPORTS", str(path))
    return path


@pytest.fixture
def take(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Import a text or bytes: exit code, stderr, and the report, if there is one."""

    def take(dataset: str, content: str | bytes, *words: str, name: str = "made.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            code = cli.main(["import", dataset, str(path), *words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        kept = store.folder() / f"{store.name_of(path)}.report.json"
        report = Report.of(kept.read_text()) if kept.exists() else None
        return code, capsys.readouterr().err, report

    return take


def rows(*columns: str) -> list[tuple]:
    found = parquet.read(store.folder() / "made.parquet", columns)
    return list(zip(*(found[column].tolist() for column in columns), strict=True))


def one(**values) -> dict:
    """A made-up row of ACLED's shape in January 2013."""
    row = {
        "event_id_cnty": "MADE1",
        "event_date": "2013-01-11",
        "country": "Mali",
        "latitude": "16",
        "fatalities": "",
    }
    return {**dict.fromkeys(ACLED, ""), **row, "longitude": "-3.5", **values}


def adds_up(report: Report) -> bool:
    return report.read == report.kept + sum(report.left.values()) + report.faulty


def test_ged_as_it_is(take):
    code, err, report = take("ged", table(ged(300), GED))
    assert (code, err) == (0, "")
    assert adds_up(report)
    assert report.kept == len(rows("id"))
    assert report.left["days"] == 300 - report.kept
    first = next(row for row in ged(300) if date(2012, 1, 16) <= date.fromisoformat(row["date_start"][:10]))
    [(start, low, best, high, line)] = rows("start", "low", "best", "high", "line")[:1]
    assert date.fromordinal(int(start) + date(1970, 1, 1).toordinal()) == date.fromisoformat(
        first["date_start"][:10]
    )
    assert (low, best, high, line) == (first["low"], first["best"], first["high"], 2)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_codings(take, separator, coding):
    code, _, report = take("acled", table(acled(20), ACLED, separator).encode(coding))
    assert code == 0
    assert report.kept == 20
    assert {place for (place,) in rows("place")} == {"Ségou-like, made up"}


def test_quoted_newlines_keep_the_lines_of_the_file(take):
    made = [one(event_id_cnty=f"MADE{i}", notes="a\nb\nc") for i in range(3)]
    take("acled", table(made, ACLED))
    assert [line for (line,) in rows("line")] == [2, 5, 8]


def test_columns_in_any_order_and_thousands_of_them(take):
    names = [*reversed(ACLED), *(f"extra{i}" for i in range(3000))]
    code, _, report = take("acled", table([one()], names))
    assert (code, report.kept) == (0, 1)


def test_names_in_capitals_after_a_title_and_a_row_of_tags(take):
    text = table([one()], ACLED)
    head, _, body = text.partition("\r\n")
    tags = ",".join("#meta" for _ in ACLED)
    code, _, report = take("acled", f"Made-up export\r\n\r\n{head.upper()}\r\n{tags}\r\n\r\n{body}\r\n")
    assert (code, report.read, report.kept) == (0, 1, 1)
    assert report.written_as["header"] == "3"
    assert rows("line") == [(6.0,)]


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2013-01-11", DAY_FIRST, "2013-01-11"),
        ("2013-01-11 00:00:00.000", DAY_FIRST, "2013-01-11"),
        ("2013-01-11T10:00:00Z", DAY_FIRST, "2013-01-11"),
        ("20130111", DAY_FIRST, "2013-01-11"),
        ("11/01/2013", DAY_FIRST, "2013-01-11"),
        ("01/11/2013", MONTH_FIRST, "2013-01-11"),
        ("1/11/13", MONTH_FIRST, "2013-01-11"),
        ("11.01.2013 00:00", DAY_FIRST, "2013-01-11"),
        ("11 January 2013", DAY_FIRST, "2013-01-11"),
        ("11-Jan-13", DAY_FIRST, "2013-01-11"),
        ("January 11, 2013", DAY_FIRST, "2013-01-11"),
        ("1er février 2013", DAY_FIRST, "2013-02-01"),
        ("3 août 2013", DAY_FIRST, "2013-08-03"),
        ("14 juil. 2013", DAY_FIRST, "2013-07-14"),
        ("14-Jun-99", DAY_FIRST, "1999-06-14"),
        ("2013-02-30", DAY_FIRST, None),
        ("01/25/2013", DAY_FIRST, None),
        ("11 Nonsense 2013", DAY_FIRST, None),
        ("41285", DAY_FIRST, None),
        ("", DAY_FIRST, None),
    ],
)
def test_days(text, order, day):
    found = Days(order).get(text)
    assert found == (None if day is None else (date.fromisoformat(day) - date(1970, 1, 1)).days)


def days_of(take, *texts: str, words: tuple[str, ...] = ()):
    made = [one(event_id_cnty=f"MADE{i}", event_date=text) for i, text in enumerate(texts)]
    return take("acled", table(made, ACLED), *words)


def test_the_whole_file_tells_the_order_of_day_and_month(take):
    _, _, report = days_of(take, "05/02/2013", "02/25/2013")
    assert (report.first, report.last) == ("2013-02-25", "2013-05-02")
    assert "month-first, as 02/25/2013 shows" in report.notes[0]
    _, _, report = days_of(take, "05/02/2013", "25/02/2013")
    assert (report.first, report.last) == ("2013-02-05", "2013-02-25")
    _, _, report = days_of(take, "05/02/2013")
    assert (report.first, "no day of the file proves it" in report.notes[0]) == ("2013-02-05", True)
    _, _, report = days_of(take, "05/02/2013", words=("--dates", "month-first"))
    assert report.first == "2013-05-02"


def test_days_in_two_orders_are_not_guessed(take):
    code, err, report = days_of(take, "25/02/2013", "02/26/2013")
    assert (code, report) == (1, None)
    assert "25/02/2013 and 02/26/2013" in err
    assert "--dates" in err


FAULTS = [
    ({"event_date": ""}, "no_date", "line 3: event_date=''"),
    ({"event_date": "soon"}, "bad_date", "line 3: event_date='soon'"),
    ({"latitude": ""}, "no_place", "latitude=''"),
    ({"longitude": "3.5 W"}, "bad_place", "longitude='3.5 W'"),
    ({"latitude": "160"}, "bad_place", "latitude='160'"),
    ({"latitude": "nan"}, "bad_place", "latitude='nan'"),
    ({"latitude": "0", "longitude": "0"}, "bad_place", "latitude='0'"),
    ({"event_id_cnty": ""}, "no_id", "event_id_cnty"),
    ({"event_id_cnty": "MADE1"}, "repeated", "event_id_cnty='MADE1'"),
]


@pytest.mark.parametrize(("values", "kind", "told"), FAULTS)
def test_a_row_with_a_fault_is_left_out_and_named(take, values, kind, told):
    made = [one(), one(**{"event_id_cnty": "MADE2", **values}), one(event_id_cnty="MADE3")]
    code, err, report = take("acled", table(made, ACLED))
    assert code == 0
    assert (dict(report.faults), report.kept) == ({kind: 1}, 2)
    assert adds_up(report)
    assert told in err
    assert told in (store.folder() / "made.report.txt").read_text()
    assert take("acled", table(made, ACLED), "--strict")[0] == 1


def test_a_number_or_code_that_is_none_leaves_the_row(take):
    made = [one(fatalities="12.0", geo_precision="9"), one(event_id_cnty="MADE2", fatalities="many")]
    code, err, report = take("acled", table(made, ACLED))
    assert (code, report.kept, dict(report.faults)) == (0, 2, {"bad_number": 1, "bad_code": 1})
    assert "line 3: fatalities='many'" in err
    assert rows("best", "geo_precision")[0] == (12.0, None)
    assert adds_up(report)


def test_missing_numbers_stay_missing(take):
    take("acled", table([one(fatalities="0"), one(event_id_cnty="MADE2")], ACLED))
    best = parquet.read(store.folder() / "made.parquet", ["best", "low"])
    assert best["best"][0] == 0
    assert best["best"][1] != best["best"][1]
    assert (best["low"] != best["low"]).all()


def test_rows_of_another_width_and_quotes_that_do_not_close(take):
    text = table([one(), one(event_id_cnty="MADE2")], ACLED) + "MADE3,2013-01-11\r\n" + '"MADE4,2013\r\nx\r\n'
    code, err, report = take("acled", text)
    assert (code, report.kept, dict(report.faults)) == (0, 2, {"fields": 2})
    assert "line 4: 31 columns='2 fields'" in err
    assert "line 5–6" in err
    assert adds_up(report)


def test_a_quote_that_swallows_too_much_is_given_up(take):
    usual = csv.field_size_limit()
    text = table([one()], ACLED) + '"MADE2' + "x,\r\n" * 300_000 + table([one(event_id_cnty="MADE3")], ACLED)
    code, _, report = take("acled", text)
    assert code == 0
    assert report.faults["unclosed"] == 1
    assert report.examples["unclosed"][0]["line"].startswith("3–")
    assert rows("id") == [("MADE1",), ("MADE3",)]
    assert adds_up(report)
    assert csv.field_size_limit() == usual


def test_no_more_than_five_rows_of_a_fault_are_named(take):
    made = [one(), *(one(event_id_cnty=f"MADE{i}", event_date="x") for i in range(2, 22))]
    _, err, report = take("acled", table(made, ACLED))
    assert report.faults == {"bad_date": 20}
    assert err.count("bad_date") == 0
    assert len(err.splitlines()) == 6
    assert "15 more" in err


def test_the_end_before_the_start(take):
    made = [{**row, "date_end": "2000-01-01"} for row in ged(1)] + list(ged(3, seed=2))[1:]
    _, _, report = take("ged", table(made, GED))
    assert report.faults == {"turned": 1}


def test_filters_of_country_place_box_and_days(take):
    made = [
        one(),
        one(event_id_cnty="MADE2", country="Niger"),
        one(event_id_cnty="MADE3", event_date="2011-01-01"),
        one(event_id_cnty="MADE4", latitude="11", location="Made-up Town"),
        one(event_id_cnty="MADE5", event_date="2013-02-01", admin1="Tombouctou"),
    ]
    text = table(made, ACLED)

    def kept(*words: str) -> str:
        code, _, report = take("acled", text, *words)
        assert code == 0
        assert adds_up(report)
        return " ".join(id[-1] for (id,) in rows("id"))

    assert kept() == "1 4 5"
    assert kept("--country", "all") == "1 2 4 5"
    assert kept("--country", "niger, MALI", "--from", "2011-01-01") == "1 2 3 4 5"
    assert kept("--to", "2013-01-31") == "1 4"
    assert kept("--box=-5,12,0,20") == "1 5"
    assert kept("--place", "made-up town,tombouctou") == "4 5"


@pytest.mark.parametrize(
    ("dataset", "content", "told"),
    [
        ("ged", "", "empty"),
        ("ged", "\n \n", "empty"),
        ("ged", b"\x89PNG\r\n\x1a\n\0\0\0", "not text"),
        ("ged", "a,b,c\n1,2,3\n", "no header"),
        ("acled", table(ged(1), GED), "line 1: not ACLED but UCDP GED: serval import ged"),
        ("ged", table([one()], ACLED), "not UCDP GED but ACLED"),
        ("ged", table(ged(1), [c for c in GED if c != "latitude"]), "line 1: column latitude missing"),
        ("acled", table([one()], [*ACLED, "country"]), "line 1: country: named twice"),
        ("acled", table([], ACLED), "no row is left of 0"),
        ("acled", table([one(country="Niger")], ACLED), "most rows: Niger 1"),
    ],
)
def test_a_file_that_cannot_be_used(take, dataset, content, told):
    code, err, report = take(dataset, content)
    assert (code, report) == (1, None)
    assert told in err
    assert "Traceback" not in err
    assert store.names() == []


def test_zips_and_workbooks(tmp_path, take, capsys):
    for name, inside in {"made.zip": ["x/made up.csv"], "two.zip": ["a.csv", "b.csv"]}.items():
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            for member in inside:
                packed.writestr(member, table([one()], ACLED))
    with zipfile.ZipFile(tmp_path / "made.xlsx", "w") as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
    assert cli.main(["import", "acled", str(tmp_path / "made.zip")]) == 0
    assert rows("id") == [("MADE1",)]
    assert cli.main(["import", "acled", str(tmp_path / "two.zip")]) == 1
    assert cli.main(["import", "acled", str(tmp_path / "made.xlsx")]) == 1
    assert cli.main(["import", "acled", str(tmp_path)]) == 1
    assert cli.main(["import", "acled", str(tmp_path / "nothing.csv")]) == 1
    err = capsys.readouterr().err
    for words in ("2 CSV files", "save its sheet as CSV", "a folder", "No such file"):
        assert words in err


@pytest.mark.parametrize(
    "words",
    [("ged",), ("gdelt", "x"), ("ged", "x", "--from", "May"), ("ged", "x", "--box=1,2,3"),
     ("ged", "x", "--box=4,2,3,9"), ("ged", "x", "--name", "../x")],
)  # fmt: skip
def test_wrong_usage_is_2(words):
    with pytest.raises(SystemExit) as stop:
        cli.main(["import", *words])
    assert stop.value.code == 2


def test_an_import_is_replaced_whole_or_not_at_all(take, folder, monkeypatch):
    take("acled", table([one()], ACLED))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(before) == ["made.parquet", "made.report.json", "made.report.txt"]
    assert take("acled", table([one(event_date="x")], ACLED))[0] == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        code, err, _ = take("acled", table([one(), one(event_id_cnty="MADE2")], ACLED))
    assert (code, "No space left" in err) == (1, True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    take("acled", table([one(), one(event_id_cnty="MADE2")], ACLED))
    assert store.load("made").report.kept == 2


def test_the_report_is_also_in_the_table(take):
    _, _, report = take("acled", table(acled(50), ACLED))
    assert json.loads(parquet.notes(store.folder() / "made.parquet")["report"]) == json.loads(report.json())
    assert len(report.sha256) == 64


def test_twenty_thousand_rows(take):
    code, _, report = take("ged", table(ged(20_000), GED), "--country", "all")
    assert code == 0
    assert adds_up(report)
    assert report.kept > 15_000
    assert store.load("made").row(15_000)["line"] > 15_000


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1\xff\xff\xff\xff\x7fPAR1", b"x" * 100])
def test_a_table_that_is_damaged_says_so(folder, content):
    folder.mkdir()
    (folder / "made.parquet").write_bytes(content)
    with pytest.raises(parquet.NotOurs, match=r"made\.parquet"):
        store.load("made")


def test_a_table_that_is_cut_short_says_so(take):
    take("acled", table([one()], ACLED))
    path = store.folder() / "made.parquet"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(parquet.NotOurs):
        store.load("made")


@pytest.mark.parametrize("name", ["", "nothing", "../made", "MADE"])
def test_an_import_that_is_not_there(name):
    with pytest.raises(KeyError):
        store.load(name)
