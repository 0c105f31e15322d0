"""What was made is kept on disk for all processes; whatever happens to the disk is never an error."""

import logging
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from serval.jobs import orders, shelf
from serval.jobs.shelf import Shelf


@pytest.fixture
def kept(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "cache")


def test_what_was_put_is_there_for_another_process_and_for_nobody_else(kept: Shelf):
    assert kept.get("a") is None
    kept.put("a", b"one")
    kept.put("b", b"")
    assert (Shelf(kept.folder).get("a"), Shelf(kept.folder).get("b")) == (b"one", b"")
    assert kept.folder.stat().st_mode & 0o077 == 0


def test_it_stays_within_its_bound(tmp_path: Path):
    small = Shelf(tmp_path, most=1_000_000)
    for n in range(40):
        small.put(f"{n:02}", os.urandom(100_000))
    size = sum(path.stat().st_size for path in tmp_path.rglob("*.val"))
    assert 0 < size <= 1_000_000
    assert small.get("39") is not None
    assert small.get("00") is None


def test_a_damaged_entry_is_missing(kept: Shelf, caplog: pytest.LogCaptureFixture):
    kept.put("a", bytes(100_000))
    (file,) = kept.folder.rglob("*.val")
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert kept.get("a") is None
    assert "damaged" in caplog.text
    kept.put("a", b"anew")
    assert kept.get("a") == b"anew"
    kept.put("b", bytes(100_000))
    for file in kept.folder.rglob("*.val"):
        file.unlink()
    assert kept.get("b") is None


def test_a_damaged_data_base_is_begun_anew_by_all_who_use_it(kept: Shelf, caplog: pytest.LogCaptureFixture):
    other = Shelf(kept.folder)
    for one in (kept, other):
        one.put("a", b"one")
    for file in kept.folder.glob("cache.db*"):
        file.write_bytes(b"no data base " * 1000)
    late = Shelf(kept.folder)
    assert late.get("a") is None
    assert "begun anew" in caplog.text
    late.put("a", b"two")
    assert [one.get("a") for one in (late, other, kept)] == [b"two"] * 3


def test_a_folder_that_goes_away_is_made_again(kept: Shelf):
    kept.put("a", b"one")
    shutil.rmtree(kept.folder)
    assert kept.get("a") is None
    kept.put("a", b"two")
    assert kept.get("a") == b"two"


def test_a_full_disk_is_in_the_log_once(kept: Shelf, caplog: pytest.LogCaptureFixture):
    kept.put("a", b"one")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))  # as a disk on which no file can grow
    try:
        with caplog.at_level(logging.WARNING):
            for n in range(3):
                kept.put(f"large {n}", bytes(1_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert len(caplog.records) == 1
    assert [kept.get(f"large {n}") for n in range(3)] == [None] * 3
    kept.put("a", b"two")
    assert kept.get("a") == b"two"


def test_where_no_folder_can_be_nothing_is_kept(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / "file").touch()
    none = Shelf(tmp_path / "file" / "cache")
    none.put("a", b"one")
    with none.alone("a"):
        assert none.get("a") is None
    assert len(caplog.records) == 1


def test_nothing_is_run_that_lies_in_the_folder(kept: Shelf, tmp_path: Path):
    kept.put("a", b"one")
    trap = tmp_path / "run"
    evil = f"cposix\nsystem\n(Vtouch {trap}\ntR.".encode()
    with sqlite3.connect(kept.folder / "cache.db") as base:
        base.execute("UPDATE Cache SET mode = 4, value = ?", (evil,))
    assert kept.get("a") is None
    assert not trap.exists()


def test_one_at_a_time_also_among_processes(kept: Shelf):
    kept.put("a", b"")
    code = (
        "import sys; from pathlib import Path; from serval.jobs.shelf import Shelf\n"
        "with Shelf(Path(sys.argv[1])).alone('key'): print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(kept.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        other.stdout.readline()
        entered = threading.Event()

        def enter():
            with kept.alone("key"):
                entered.set()

        waiting = threading.Thread(target=enter)
        waiting.start()
        assert not entered.wait(0.3)
        other.kill()  # whoever dies holds nobody up
        assert entered.wait(20)
        waiting.join()


def test_where_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SERVAL_CACHE", "/a")
    assert shelf.folder() == Path("/a/made")
    monkeypatch.setenv("SERVAL_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", "/b")
    assert shelf.folder() == Path("/b/serval/made")


def test_the_name_tells_the_code_too(monkeypatch: pytest.MonkeyPatch):
    one = orders.key("map", 1)
    assert one == orders.key("map", 1) != orders.key("map", 2)
    monkeypatch.setattr(orders, "_code", lambda: "other code")
    assert orders.key("map", 1) != one


def test_what_else_lies_there_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SERVAL_CACHE", str(tmp_path))
    note = tmp_path / "note.txt"
    note.write_text("mine")
    place = shelf.folder()
    place.mkdir()
    (place / "cache.db").write_bytes(b"no data base" * 1000)
    kept = Shelf(place)
    assert kept.get("a") is None
    kept.put("a", b"one")
    assert (kept.get("a"), note.read_text()) == (b"one", "mine")
