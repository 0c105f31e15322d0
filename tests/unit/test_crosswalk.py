"""The crosswalk's guide says what the code does; the command and the route write it."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest

from serval import cli
from serval.export.crosswalk import KINDS
from serval.export.crosswalk.names import EVENT_TYPE, WIDER
from tests.servers import ROOT

GUIDE = (ROOT / "docs" / "crosswalk.md").read_text("utf-8")


def test_the_table_of_types_is_the_vocabularys(record):
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|(?: ([^|]*))? \|$", GUIDE, re.M)
    wanted = [
        (
            term.id,
            EVENT_TYPE[term.acled] if term.acled else "–",
            term.acled or "–",
            term.cameo or "–",
            WIDER.get(term.id, ""),
        )
        for term in record.vocabulary.event_types
    ]
    assert [tuple(cell.strip() for cell in row) for row in rows] == wanted


@pytest.mark.parametrize("words", ["date_precisions", "geo_precisions"])
def test_the_tables_of_precision_are_the_vocabularys(record, words: str):
    for term in getattr(record.vocabulary, words):
        assert f"| `{term.id}` | {term.acled} | {term.ucdp} |\n" in GUIDE


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("kind", KINDS)
def test_command_and_route_write_the_same(client, record, tmp_path: Path, capsys, kind: str):
    query = "type=airstrike,visit"
    assert cli.main(["crosswalk", kind, "--query", query, "--out", str(tmp_path / "made")]) == 0
    assert "no counterpart: visit" in capsys.readouterr().out
    answer = client.get(f"/api/v1/crosswalk/{kind}.zip?{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as zipped:
        for name in (f"{kind}.csv", f"{kind}-losses.csv"):
            assert zipped.read(name) == (tmp_path / "made" / name).read_bytes()
        assert record.hash[:12] in zipped.read("README.txt").decode()
    again = client.get(answer.request.full_path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_file_has_its_losses_beside_it_and_a_zip_has_both(tmp_path: Path):
    assert cli.main(["crosswalk", "ucdp", "--out", str(tmp_path / "ged.csv")]) == 0
    assert rows((tmp_path / "ged-losses.csv").read_bytes())[0] == ["event", "field", "lost", "why"]
    assert cli.main(["crosswalk", "hxl", "--out", str(tmp_path / "a.zip")]) == 0
    assert zipfile.is_zipfile(tmp_path / "a.zip")


def test_what_cannot_be_used_is_told(client, tmp_path: Path, capsys):
    assert cli.main(["crosswalk", "acled", "--query", "type=war", "--out", str(tmp_path)]) == 1
    assert "type=war" in capsys.readouterr().err
    assert client.get("/api/v1/crosswalk/acled.zip?type=war").status_code == 400
    with pytest.raises(SystemExit) as stop:
        cli.main(["crosswalk", "gdelt", "--out", str(tmp_path)])
    assert stop.value.code == 2
