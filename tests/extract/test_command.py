"""The command `serval extract`."""

import json
from pathlib import Path

import pytest

from serval import cli

STORY = "French soldiers recaptured Gao on Saturday, the ministry said. MUJAO fighters had fled the town.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(STORY, "utf-8")
    return path


def test_proposals_are_printed_and_written(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "out.json"
    line = [
        "extract",
        str(article),
        "--date",
        "2013-01-29",
        "--publisher",
        "P",
        "--json",
        str(out),
        "--min-score",
        "0",
    ]
    assert cli.main(line) == 0
    assert "town_retaken" in capsys.readouterr().out
    found = json.loads(out.read_text("utf-8"))
    assert (found["format"], found["pub_date"], found["publisher"]) == ("mali-events/1", "2013-01-29", "P")
    assert all(e["evidence"] == STORY[e["start"] : e["end"]] for e in found["events"])


def test_a_high_score_leaves_little(article: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["extract", str(article), "--date", "2013-01-29", "--min-score", "1"]) == 0
    assert capsys.readouterr().out.startswith("0 proposals")


@pytest.mark.parametrize("data", [b"", b"\x00\x01" * 99, b"x" * 10_000_000])
def test_what_cannot_be_read_is_one_line_on_stderr(
    tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    assert cli.main(["extract", str(path), "--date", "2013-01-29"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("more", [[], ["--date", "29/01/2013"], ["--date", "2013-01-29", "--min-score", "7"]])
def test_wrong_usage(article: Path, more: list[str]):
    with pytest.raises(SystemExit) as caught:
        cli.main(["extract", str(article), *more])
    assert caught.value.code == 2
