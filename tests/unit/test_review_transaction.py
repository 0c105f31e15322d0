"""Several files changed as one, whenever the process is killed; one reviewer at a time."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from serval.review import lock, transaction
from serval.review.transaction import Change

BEFORE = {"sources.yaml": "old sources\n", "events/2013-01.yaml": "old events\n", "CHANGES.md": "old é\n"}
AFTER = {
    "sources.yaml": "new sources\n",
    "events/2013-01.yaml": "new events\n",
    "CHANGES.md": "new é\n",
    "events/2013-02.yaml": "a new month\n",
}
ENTRY = {"n": 1, "what": "accept", "proposal": "x"}

KILLED = """
import os, sys
from pathlib import Path
from serval.review import transaction
from serval.review.transaction import Change
import json
home, steps = Path(sys.argv[1]), int(sys.argv[4])
after, entry = json.loads(sys.argv[2]), json.loads(sys.argv[3])
left = [steps]
def dying(real):
    def call(*args, **kwargs):
        if left[0] == 0:
            os._exit(9)
        left[0] -= 1
        return real(*args, **kwargs)
    return call
for name in ("replace", "fsync", "unlink", "open"):
    setattr(os, name, dying(getattr(os, name)))
changes = [Change(f, transaction._read(home / f), text) for f, text in after.items()]
transaction.commit(home, changes, home / "journal.jsonl", entry)
"""


def folder(path: Path) -> Path:
    (path / "events").mkdir(parents=True)
    for name, text in BEFORE.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def now(home: Path) -> dict[str, str]:
    found = [p for p in home.rglob("*") if p.is_file() and p.suffix in (".yaml", ".md")]
    return {p.relative_to(home).as_posix(): p.read_text(encoding="utf-8") for p in found}


def changes() -> list[Change]:
    return [Change(name, BEFORE.get(name), text) for name, text in AFTER.items()]


def test_a_process_killed_at_any_step_leaves_all_or_nothing(tmp_path: Path):
    whole, fates = False, set()
    for steps in range(40):
        home = folder(tmp_path / str(steps))
        args = [json.dumps(AFTER), json.dumps(ENTRY), str(steps)]
        code = subprocess.run([sys.executable, "-c", KILLED, str(home), *args]).returncode
        assert code in (0, 9)
        transaction.recover(home)
        written = transaction.entries(home / "journal.jsonl")
        assert (now(home), written) in [(BEFORE, []), (AFTER, [ENTRY])]
        assert not list((home / ".review").glob("*"))
        fates.add(bool(written))
        whole = code == 0
        if whole:
            break
    assert whole
    assert fates == {True, False}


def test_nothing_is_written_over_what_somebody_else_wrote(tmp_path: Path):
    home = folder(tmp_path / "home")
    (home / "sources.yaml").write_text("theirs\n")
    with pytest.raises(transaction.Conflict, match=r"sources\.yaml"):
        transaction.commit(home, changes(), home / "journal.jsonl", ENTRY)
    assert now(home) == {**BEFORE, "sources.yaml": "theirs\n"}


def test_an_interrupted_write_is_not_finished_over_a_later_edit(tmp_path: Path, monkeypatch):
    home = folder(tmp_path / "home")
    monkeypatch.setattr(transaction, "_finish", lambda home: None)
    transaction.commit(home, changes(), home / "journal.jsonl", ENTRY)
    monkeypatch.undo()
    (home / "CHANGES.md").write_text("theirs\n")
    with pytest.raises(transaction.Conflict, match=r"CHANGES\.md was changed after"):
        transaction.recover(home)
    assert now(home) == {**BEFORE, "CHANGES.md": "theirs\n"}


def test_a_file_may_go(tmp_path: Path):
    home = folder(tmp_path / "home")
    change = Change("CHANGES.md", BEFORE["CHANGES.md"], None)
    transaction.commit(home, [change], home / "journal.jsonl", ENTRY)
    assert "CHANGES.md" not in now(home)


def test_a_torn_line_of_the_journal_goes_and_a_number_stands_once(tmp_path: Path):
    journal = tmp_path / "deep" / "journal.jsonl"
    transaction.append(journal, ENTRY)
    with journal.open("a") as file:
        file.write('{"n": 2, "wha')
    assert transaction.entries(journal) == [ENTRY]
    transaction.append(journal, {**ENTRY, "n": 2})
    transaction.append(journal, ENTRY)
    assert [row["n"] for row in transaction.entries(journal)] == [1, 2]


def test_a_second_reviewer_is_told_who_has_the_record(tmp_path: Path):
    with lock.Lock(tmp_path, "a.txt"):
        with pytest.raises(lock.Held) as held, lock.Lock(tmp_path, "b.txt"):
            pass
        for part in (str(os.getpid()), socket.gethostname(), "a.txt", "since 2"):
            assert part in str(held.value)
    with lock.Lock(tmp_path, "b.txt"):
        pass


def test_a_stale_lock_is_taken_and_that_of_another_machine_only_when_told(tmp_path: Path):
    script = (
        "import os; from pathlib import Path; from serval.review.lock import Lock;"
        f"Lock(Path({str(tmp_path)!r}), 'dead.txt').__enter__(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", script]).returncode == 9
    left = json.loads((tmp_path / ".review" / "lock").read_text())
    assert left["file"] == "dead.txt"
    with lock.Lock(tmp_path, "next.txt"):
        pass
    (tmp_path / ".review" / "lock").write_text(json.dumps({**left, "host": "elsewhere"}))
    with pytest.raises(lock.Held, match=r"elsewhere.*--take-over"), lock.Lock(tmp_path, "next.txt"):
        pass
    with lock.Lock(tmp_path, "next.txt", take_over=True):
        assert json.loads((tmp_path / ".review" / "lock").read_text())["file"] == "next.txt"
