"""The walk-throughs of docs/ work: their steps are done on a copy, and what they promise is tried."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
HEADED = re.compile(r"^## [^\n]*`([^`]+)`\n(.*?)(?=^## |\Z)", re.M | re.S)

PANEL = """
from components import busiest, page
from components.context import context
from serval.text import translator

assert busiest in page.WORDED
said = busiest.words(context("from=2013-01-01&to=2013-01-31"))["busiest-days"]
assert said.count("<li>") == busiest.LONGEST, said
assert "from=2013-01-11&amp;to=2013-01-11" in said, said
shown = str(page._side(translator("en")))
assert "tab-busiest" in shown and "busiest-days" in shown
"""
EXPORT = """
import json
from components import api
from flask import Flask
from serval import record

server = Flask("tried")
api.register(server)
client = server.test_client()
answer = client.get("/api/v1/events.jsonl?type=airstrike")
assert answer.status_code == 200 and answer.mimetype == "application/jsonl", answer
rows = [json.loads(line) for line in answer.data.splitlines()]
assert rows and {row["type"] for row in rows} == {"airstrike"}
known = {"If-None-Match": answer.headers["ETag"]}
assert client.get("/api/v1/events.jsonl?type=airstrike", headers=known).status_code == 304
assert "/events.jsonl" in client.get("/api/v1/openapi.json").json["paths"]
"""


def test_checks_before_a_commit_are_those_of_make_test():
    config = ROOT / ".pre-commit-config.yaml"
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", config], check=True)
    [repo] = yaml.safe_load(config.read_text("utf-8"))["repos"]
    assert repo["repo"] == "local"  # nothing is fetched
    recipe = (ROOT / "Makefile").read_text("utf-8").replace("$(BIN)", ".venv/bin")
    for hook in repo["hooks"]:
        assert hook["entry"].removesuffix(" --force-exclude") in recipe, hook["id"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's code, as it stands, in a folder of its own; the record is the same one."""
    for name in ("serval", "components", "assets"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("data", "docs", "LICENSE", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def follow(guide: str, copy: Path) -> None:
    """Do each step: a block under a heading that names a file is that file, a diff is applied."""
    for file, body in HEADED.findall((DOCS / guide).read_text("utf-8")):
        for kind, text in BLOCK.findall(body):
            if kind == "diff":
                subprocess.run(["git", "apply", "-v"], input=text, text=True, cwd=copy, check=True)
            else:
                assert not (copy / file).exists(), file
                (copy / file).write_text(text, "utf-8")


def tried(script: str, copy: Path) -> None:
    done = subprocess.run([sys.executable, "-c", script], cwd=copy, text=True, capture_output=True)
    assert done.returncode == 0, done.stderr


def test_a_panel(copy: Path):
    follow("adding-a-panel.md", copy)
    tried(PANEL, copy)


def test_an_export(copy: Path):
    follow("adding-an-export.md", copy)
    tried(EXPORT, copy)
    command = [sys.executable, "-m", "serval", "export", "events.jsonl", "--query", "type=airstrike"]
    done = subprocess.run(command, cwd=copy, capture_output=True, check=True)
    assert done.stdout.count(b"\n") > 10
