"""`serval figure`: the file, and what it says of wrong input."""

import json
from pathlib import Path

import pytest

from serval import browser
from serval.cli import main


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list:
    asked = []
    monkeypatch.setattr(browser, "picture", lambda *given: asked.append(given) or b"drawn")
    return asked


def test_a_file_by_the_end_of_its_name(tmp_path: Path, drawn: list):
    out = tmp_path / "kidal.PNG"
    options = ["--width", "800", "--height", "600", "--scale", "2", "--theme", "dark", "--lang", "fr"]
    assert main(["figure", "control", "--query", "?place=kidal", "--out", str(out), *options]) == 0
    assert out.read_bytes() == b"drawn"
    ((spec, form, scale),) = drawn
    assert (form, scale) == ("png", 2)
    assert [spec[key] for key in ("panel", "width", "height", "theme", "lang")] == [
        "control", 800, 600, "dark", "fr",
    ]  # fmt: skip
    assert "place=kidal" in spec["link"]


def test_the_language_of_the_query(tmp_path: Path):
    out = tmp_path / "spec.json"
    assert main(["figure", "losses", "--query", "lang=fr&theme=dark", "--out", str(out), "--title", "T"]) == 0
    spec = json.loads(out.read_text())
    assert [spec[key] for key in ("lang", "theme", "title")] == ["fr", "dark", "T"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["map", "--out", "map.gif"], "map.gif"),
        (["map", "--out", "map.png", "--query", "actor=nobody-at-all"], "actor=nobody-at-all"),
        (["map", "--out", "map.png", "--width", "2400", "--height", "2400", "--scale", "4"], "10,000,000"),
        (["losses", "--out", "/nowhere/at/all.png"], "/nowhere/at/all.png"),
    ],
)
def test_wrong_input(capsys: pytest.CaptureFixture, given: list[str], told: str):
    assert main(["figure", *given]) == 1
    assert told in capsys.readouterr().err


def test_without_a_browser(capsys: pytest.CaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*_):
        raise browser.Unavailable("no Chromium is installed")

    monkeypatch.setattr(browser, "picture", fail)
    assert main(["figure", "losses", "--out", str(tmp_path / "a.png")]) == 1
    assert "no Chromium" in capsys.readouterr().err


@pytest.mark.parametrize(
    "given", [["nothing", "--out", "a.png"], ["map"], ["map", "--out", "a.png", "--width", "9"]]
)
def test_wrong_usage(given: list[str]):
    with pytest.raises(SystemExit) as exit:
        main(["figure", *given])
    assert exit.value.code == 2
