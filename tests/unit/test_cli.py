"""The command line: what it says, where, and with which exit code."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from serval import __version__, cli, record
from serval.cli import common, validate
from serval.cli import serve as serving


def run(*words: str) -> int:
    try:
        return cli.main(words)
    except SystemExit as stop:
        return int(stop.code or 0)


def test_module_and_function_are_the_same_command():
    done = subprocess.run(
        [sys.executable, "-m", "serval", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"serval {__version__}\n"


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]):
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert "serve" in shown
    assert "validate" in shown


@pytest.mark.parametrize(
    "words",
    [(), ("nothing",), ("serve", "--port", "x"), ("serve", "--port", "70000"), ("serve", "--workers", "0")],
)
def test_wrong_usage_is_2(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]):
    assert run(*words) == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["", "http", "0", "-1", "٣"])
def test_bad_port_in_the_environment_is_named(
    port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PORT", port)
    monkeypatch.setattr(serving, "run", lambda args: 0)
    assert run("serve") == (2 if port else 0)
    assert not port or "--port" in capsys.readouterr().err


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app.py").touch()
    monkeypatch.setattr(common, "ROOT", tmp_path)


@pytest.mark.usefixtures("checkout")
def test_serve_becomes_gunicorn_with_the_settings(monkeypatch: pytest.MonkeyPatch, capsys):
    calls = []
    monkeypatch.setattr(os, "execv", lambda path, words: calls.append((path, words)))
    monkeypatch.setattr(os, "chdir", lambda path: None)
    for name in ("HOST", "PORT", "WEB_CONCURRENCY"):
        monkeypatch.setenv(name, "")
    run("serve", "--port", "8765", "--workers", "3")
    [(path, words)] = calls
    assert path == sys.executable
    assert words[1:3] == ["-m", "gunicorn"]
    assert words[-1] == "app:server"
    assert os.environ["PORT"] == "8765"
    assert os.environ["WEB_CONCURRENCY"] == "3"
    assert "http://127.0.0.1:8765/" in capsys.readouterr().out


@pytest.mark.usefixtures("checkout")
def test_serve_says_that_the_port_is_taken(capsys: pytest.CaptureFixture[str]):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run("serve", "--port", str(port)) == 1
    assert f"{port} is in use" in capsys.readouterr().err


def test_valid_data_is_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys):
    loaded = SimpleNamespace(**{name: range(7) for name in validate.COUNTED})
    monkeypatch.setattr(record, "validate", lambda folder: [])
    monkeypatch.setattr(record, "load", lambda folder: loaded)
    assert run("validate", str(tmp_path)) == 0
    shown = capsys.readouterr()
    assert "7 events" in shown.out
    assert "valid" in shown.out
    assert not shown.err


def test_each_fault_is_a_line_on_stderr(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys):
    monkeypatch.setattr(record, "validate", lambda folder: ["a.yaml:1: one", "a.yaml:2: two"])
    assert run("validate", str(tmp_path)) == 1
    shown = capsys.readouterr()
    assert shown.err.splitlines()[:2] == ["a.yaml:1: one", "a.yaml:2: two"]
    assert not shown.out


def test_missing_folder_is_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run("validate", str(tmp_path / "none")) == 1
    assert "no such folder" in capsys.readouterr().err


def test_serve_needs_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr(common, "ROOT", tmp_path)
    assert run("serve") == 1
    assert "app.py: not found" in capsys.readouterr().err


def test_the_record_of_the_project_is_valid(capsys: pytest.CaptureFixture[str]):
    assert run("validate") == 0, capsys.readouterr().err[-2000:]
    assert "events" in capsys.readouterr().out


def test_a_command_loads_no_frames_before_it_needs_them():
    check = "import sys, serval.cli; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], cwd=common.ROOT).returncode == 0
