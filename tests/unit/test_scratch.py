"""Temporary folders go with their process."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from serval.scratch import Scratch

KILLED = "import os; from serval.scratch import Scratch; print(Scratch().path, flush=True); os._exit(9)"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_removed_with_all_in_it(temporary: Path):
    folder = Scratch()
    (folder.path / "inside").mkdir()
    folder.remove()
    assert [*temporary.iterdir()] == []


def test_the_next_one_removes_that_of_a_dead_process_alone(temporary: Path):
    living = Scratch()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    told = subprocess.run([sys.executable, "-c", KILLED], env=environment, capture_output=True, text=True)
    dead = Path(told.stdout.strip())
    assert dead.is_dir()
    other = Scratch()
    assert not dead.exists()
    assert {living.path, other.path} == {*temporary.iterdir()}
    for folder in (living, other):
        folder.remove()
