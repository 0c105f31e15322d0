"""The Dockerfile: linted, its parts there, nothing secret and nothing that builds in what is served."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.servers import ROOT

SERVED = ("page", "pictures")


def rehearsal() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rehearse", ROOT / "tools" / "image" / "rehearse.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["rehearse"] = module
    spec.loader.exec_module(module)
    return module


rehearse = rehearsal()
TEXT = (ROOT / "Dockerfile").read_text()
STAGES = rehearse.stages(TEXT)
IGNORE = (ROOT / ".dockerignore").read_text()


def line(name: str) -> list[tuple[str, str]]:
    """The steps of a stage and of those that it is built on."""
    stage = STAGES[name]
    return [*(line(stage.base) if stage.base in STAGES else []), *stage.steps]


def test_hadolint_has_nothing_to_say():
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    if not program:
        pytest.skip("no hadolint: its package has no program for this machine")
    done = subprocess.run([program, "--no-color", str(ROOT / "Dockerfile")], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("", 0)
    bad = subprocess.run([program, "-"], input="FROM debian\nRUN cd x\n", capture_output=True, text=True)
    assert "DL3006" in bad.stdout  # it does look


def test_what_is_copied_is_there_and_let_through():
    copied = [rest.split()[:-1] for stage in STAGES.values() for word, rest in stage.steps if word == "COPY"]
    sources = {source for words in copied if not words[0].startswith("--from=") for source in words}
    assert "components" in sources
    assert [
        s for s in sorted(sources) if not (ROOT / s).exists() or not rehearse.let_through(IGNORE, s)
    ] == []
    came = {words[0].partition("=")[2] for words in copied if words[0].startswith("--from=")}
    assert came == {"packages", "bundle"} <= set(STAGES)


@pytest.mark.parametrize(
    ("path", "through"),
    [
        ("app.py", True), ("serval/jobs/shelf.py", True), ("data/events/2013-01.yaml", True),
        (".git/config", False), (".env", False), ("tests/conftest.py", False), (".venv/bin/python", False),
        ("serval/__pycache__/api.pyc", False), ("build/public/x", False), ("node_modules/x/y.js", False),
    ],
)  # fmt: skip
def test_what_is_let_through(path: str, through: bool):
    assert rehearse.let_through(IGNORE, path) is through


def test_every_step_is_a_script_that_can_be_run():
    run = [rest for stage in STAGES.values() for word, rest in stage.steps if word == "RUN"]
    assert len(run) >= 5
    for step in run:
        script = ROOT / step.split()[0]
        assert script.is_file(), step
        assert script.stat().st_mode & 0o111, f"{script} cannot be executed"
        assert script.read_text().startswith("#!/bin/sh\n")
        assert "\nset -eu\n" in script.read_text()


def test_bases_are_named_by_version():
    bases = re.findall(r"^ARG \w+=(\S+)", TEXT, re.M)
    assert {stage.base for stage in STAGES.values()} - set(STAGES) == {"${PYTHON}", "${NODE}"}
    assert all(
        re.fullmatch(r"(python:3\.11|node:22\.\d+)\.\d+-(slim-bookworm|bookworm-slim)", b) for b in bases
    )


@pytest.mark.parametrize("name", SERVED)
def test_what_is_served_is_nobodys_and_says_how_it_is(name: str):
    steps = line(name)
    last = dict(steps)
    uid, gid = map(int, last["USER"].split(":"))
    assert min(uid, gid) > 1000
    after = [word for word, _ in steps[[word for word, _ in steps].index("USER") :]]
    assert "RUN" not in after
    assert "COPY" not in after
    assert last["HEALTHCHECK"]
    assert last["CMD"].startswith('["python", "-m", "serval"')
    assert ("RUN", "tools/image/system.sh") in steps  # takes away pip
    written = re.findall(r"\b(?:npm|pip|gcc|apt-get|curl|wget)\b", " ".join(rest for _, rest in steps))
    assert written == []


def test_the_page_is_what_is_built_by_default():
    assert [*STAGES][-1] == "page"
    assert not any("chromium" in rest for _, rest in line("page"))
    assert any("chromium" in rest for _, rest in line("pictures"))


def test_nothing_secret_is_in_it():
    files = [ROOT / "Dockerfile", ROOT / "compose.yaml", *(ROOT / "deploy").rglob("*.*")]
    words = re.compile(r"(?i)(?<![a-z])(password|secret_key|api_?key|token|BEGIN [A-Z ]*PRIVATE)\s*[:=]")
    assert [path.name for path in files if words.search(path.read_text())] == []
