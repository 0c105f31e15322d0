"""`serval export`: the rows of the API as a file, and what it says of what it cannot do."""

import json
import zipfile
from pathlib import Path

import pytest

from serval import cli
from serval.cli import export
from serval.export import fields, kinds
from serval.selection import Selection


def run(*words: str) -> int:
    try:
        return cli.main(["export", *words])
    except SystemExit as stop:
        return int(stop.code or 0)


@pytest.mark.parametrize("kind", ["events.csv", "events.geojson", "events.xlsx", "control.json"])
def test_a_file_has_the_bytes_of_the_api(client, tmp_path: Path, kind: str):
    query, out = "actor=mujao&place=gao", tmp_path / kind
    assert run(kind, "--query", query, "--base", "http://localhost/", "--out", str(out)) == 0
    assert out.read_bytes() == client.get(f"/api/v1/{kind}?{query}").data


def test_all_is_the_whole_record_and_standard_output_the_default(record, capfdbinary):
    assert run("events.json", "--all", "--lang", "fr") == 0
    body = json.loads(capfdbinary.readouterr().out)
    assert body["count"] == body["total"] == len(record.events)
    assert body["query"] == "scope=all&lang=fr"


def test_a_query_as_the_address_bar_has_it(record, capfdbinary):
    assert run("events.json", "--query", "?actor=france", "--out", "-") == 0
    assert json.loads(capfdbinary.readouterr().out)["count"] == record.select(Selection(actor=("france",))).n


def test_a_package_holds_the_licence(tmp_path: Path):
    out = tmp_path / "serval.zip"
    assert run("datapackage.zip", "--query", "place=gao", "--out", str(out)) == 0
    with zipfile.ZipFile(out) as zipped:
        assert b"CC BY 4.0" in zipped.read("LICENSE")
        assert "homepage" not in json.loads(zipped.read("datapackage.json"))


def test_each_bad_value_is_a_line_on_stderr(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    out = tmp_path / "events.csv"
    assert run("events.csv", "--query", "from=1&actor=frnace&x=1", "--out", str(out)) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["--query", "from=1"],
        ["--query", "actor=frnace"],
        ["--query", "x=1"],
    ]
    assert not out.exists()


@pytest.mark.parametrize("words", [(), ("events.pdf",), ("events.csv", "--all", "--query", "place=gao")])
def test_wrong_usage_is_2(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]):
    assert run(*words) == 2
    assert "usage:" in capsys.readouterr().err


def test_where_it_cannot_write_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run("events.csv", "--out", str(tmp_path / "none" / "events.csv")) == 1
    assert "cannot write" in capsys.readouterr().err


def test_a_workbook_is_not_written_to_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert run("events.xlsx") == 1
    assert "--out" in capsys.readouterr().err


def test_help_names_every_table_and_its_examples_work(capsys: pytest.CaptureFixture[str]):
    assert run("--help") == 0
    words = capsys.readouterr().out.replace(",", " ").replace(".", " ").split()
    assert set(fields.TABLES) <= set(words)
    named = [line.split()[2] for line in export.EXAMPLES.splitlines()[1:]]
    assert set(named) <= set(kinds.KINDS)
