"""Changes of several files as one: all or nothing, whenever the process dies.

The new files are written beside the record, in `.review/` of its folder, and a list of what is to be done is
put in place by one rename. Before it nothing has happened; after it, `recover` finishes what was begun.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

FOLDER, PLAN = ".review", "plan.json"


class Conflict(Exception):
    """A file is not what it was; the message names it."""


class Change(NamedTuple):
    """A file of the folder, its text before and after; None where there is no such file."""

    file: str
    before: str | None
    after: str | None


def commit(home: Path, changes: Sequence[Change], journal: Path, entry: dict[str, Any]) -> None:
    """Make the changes in their order and add the entry, which has a number `n`, to the journal.

    Raises Conflict, with nothing changed, where a file is not as it was read.
    """
    for change in changes:
        if _read(home / change.file) != change.before:
            raise Conflict(f"{change.file} was changed by somebody else just now")
    folder = home / FOLDER
    folder.mkdir(exist_ok=True)
    steps = []
    for number, change in enumerate(changes):
        staged = folder / f"{number}.new"
        if change.after is not None:
            _write(staged, change.after)
        hashes = {"before": _hash(change.before), "after": _hash(change.after)}
        steps.append({"file": change.file, "staged": staged.name, **hashes})
    plan = {"steps": steps, "journal": str(journal.resolve()), "entry": entry}
    part = folder / f"{PLAN}.part"
    _write(part, json.dumps(plan, ensure_ascii=False))
    os.replace(part, folder / PLAN)
    _sync(folder)
    _finish(home)


def recover(home: Path) -> bool:
    """Finish what a process began and did not end; gives whether there was anything.

    Raises Conflict where a file was changed since by somebody else.
    """
    begun = (home / FOLDER / PLAN).is_file()
    if begun:
        _finish(home)
    for left in [*(home / FOLDER).glob("*.new"), *(home / FOLDER).glob("*.part")]:
        left.unlink()
    return begun


def _finish(home: Path) -> None:
    folder = home / FOLDER
    plan = json.loads((folder / PLAN).read_text(encoding="utf-8"))
    for step in plan["steps"]:
        now = _hash(_read(home / step["file"]))
        if now not in (step["before"], step["after"]):
            raise Conflict(
                f"{step['file']} was changed after an interrupted write; "
                f"bring it back, or remove {folder / PLAN} to give that write up"
            )
    for step in plan["steps"]:
        target, staged = home / step["file"], folder / step["staged"]
        if step["after"] is None:
            target.unlink(missing_ok=True)
        elif staged.exists():
            os.replace(staged, target)
        _sync(target.parent)
    append(Path(plan["journal"]), plan["entry"])
    (folder / PLAN).unlink()
    _sync(folder)


def append(journal: Path, entry: dict[str, Any]) -> None:
    """Add an entry to a journal, unless its number is there; a torn last line goes."""
    journal.parent.mkdir(parents=True, exist_ok=True)
    if any(known["n"] == entry["n"] for known in entries(journal)):
        return
    with journal.open("ab+") as file:
        file.seek(0)
        whole = file.read()
        file.truncate(whole.rfind(b"\n") + 1)
        file.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    _sync(journal.parent)


def entries(journal: Path) -> list[dict[str, Any]]:
    """The whole lines of a journal."""
    if not journal.is_file():
        return []
    lines = journal.read_bytes().split(b"\n")[:-1]
    return [json.loads(line) for line in lines]


def _read(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8") if path.is_file() else None


def _write(path: Path, text: str) -> None:
    with path.open("wb") as file:
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


def _hash(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode("utf-8")).hexdigest()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
