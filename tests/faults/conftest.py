"""One server for all trials that leave it as they found it, on a copy of a small record."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.running import Running, running

RECORD = Path(__file__).resolve().parents[1] / "fixtures" / "record"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that may be spoilt."""
    return Path(shutil.copytree(RECORD, tmp_path_factory.mktemp("faults") / "data"))


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | None]:
    """A small disk of its own, where this user may mount one."""
    place = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=150m", "tmpfs", str(place)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        yield None
    else:
        yield place
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture(scope="module")
def hurt(tmp_path_factory: pytest.TempPathFactory, data: Path, disk: Path | None) -> Iterator[Running]:
    """A server that is hurt and has to recover; its temporary and kept files lie on the small disk."""
    room = {"TMPDIR": str(disk)} if disk else {}
    kept = (disk or tmp_path_factory.mktemp("kept")) / "cache"
    folder = tmp_path_factory.mktemp("server")
    with running(folder, SERVAL_DATA=str(data), SERVAL_CACHE=str(kept), **room) as server:
        yield server
