"""The files of a decision: what is written for an accepted or merged proposal, and how it is taken back."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from serval import record, releases
from serval.review import entry, form
from serval.review.shelf import Row, Shelf
from serval.review.transaction import Change

_HEADING = re.compile(r"^## ([0-9]+\.[0-9]+\.[0-9]+) — .*$", re.MULTILINE)


class Fault(NamedTuple):
    """What is wrong, and in which field of the form; "" where it is in none."""

    field: str
    message: str


class Refused(Exception):
    """The record would not be valid; `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = [*faults]


def read(home: Path, name: str) -> str | None:
    """The text of a file of the record; None where there is none."""
    path = home / name
    return path.read_bytes().decode("utf-8") if path.is_file() else None


def source(home: Path, shelf: Shelf, values: Row) -> list[Change]:
    """The source in `sources.yaml`: added, or given the hash of its text; nothing where it has it."""
    before = read(home, "sources.yaml") or ""
    if values["id"] in shelf.sources:
        after = form.add_keys(before, values["id"], {k: values[k] for k in ("text_sha256", "text_chars")})
    else:
        after = form.insert_source(before, values)
    return [Change("sources.yaml", before, after)] if after != before else []


def event(home: Path, values: Row) -> Change:
    """A new event in its month's file."""
    name = f"events/{values['date']['start'][:7]}.yaml"
    before = read(home, name)
    return Change(name, before, form.insert_event(before or "", entry.place_in_file(values)))


def merged(home: Path, values: Row, parts: dict[str, Sequence[object]]) -> Change:
    """An event of the record with rows more in its lists."""
    name = f"events/{values['date']['start'][:7]}.yaml"
    before = after = read(home, name) or ""
    for key, rows in parts.items():
        after = form.extend(after, values["id"], key, rows)
    return Change(name, before, after)


def told(home: Path, line: str) -> Change:
    """The list of changes with a line more; where its version is released, a new one is begun."""
    before = read(home, "CHANGES.md") or ""
    found = [*_HEADING.finditer(before)]
    if not found:
        raise Refused([Fault("", "CHANGES.md has no heading “## x.y.z — YYYY-MM-DD”")])
    version = found[0][1]
    if version in releases.kept(home):
        first, second, last = map(int, version.split("."))
        heading = f"## {first}.{second}.{last + 1} — {dt.date.today().isoformat()}\n\n- {line}\n\n"
        return Change("CHANGES.md", before, before[: found[0].start()] + heading + before[found[0].start() :])
    end = found[1].start() if len(found) > 1 else len(before)
    section, rest = before[:end].rstrip("\n"), before[end:]
    gap = "\n" if section.rsplit("\n", 1)[-1].startswith(("- ", "  ")) else "\n\n"
    return Change("CHANGES.md", before, f"{section}{gap}- {line}\n" + (f"\n{rest}" if rest else ""))


def check(home: Path, changes: Sequence[Change], id: str) -> None:
    """Raises Refused where the record would not be valid with the changes: it is tried on a copy."""
    with TemporaryDirectory(prefix="serval-review-") as folder:
        copy = Path(folder)
        (copy / "events").mkdir()
        for name in [*record.names(home), "CHANGES.md"]:
            shutil.copyfile(home / name, copy / name)
        for change in changes:
            if change.after is None:
                (copy / change.file).unlink(missing_ok=True)
            else:
                (copy / change.file).write_bytes(change.after.encode("utf-8"))
        faults = record.validate(copy)
    if faults:
        raise Refused([_fault(fault, id) for fault in faults])


def _fault(text: str, id: str) -> Fault:
    where, owner, field, message = [*text.split(": ", 3), "", "", ""][:4]
    if owner == id or where.startswith("sources.yaml"):
        return Fault(f"source.{field}" if where.startswith("sources.yaml") else field, f"{field}: {message}")
    return Fault("", text)


def inverse(change: Change) -> Row:
    """What takes a change back, even where the file was edited elsewhere since."""
    before, after = change.before or "", change.after or ""
    most = min(len(before), len(after))
    head = next((i for i in range(most) if before[i] != after[i]), most)
    tail = next((i for i in range(most - head) if before[-1 - i] != after[-1 - i]), most - head)
    return {
        "file": change.file,
        "at": head,
        "removed": before[head : len(before) - tail],
        "inserted": after[head : len(after) - tail],
        "new": change.before is None,
    }


def undone(home: Path, edits: Sequence[Row]) -> list[Change]:
    """The changes that take edits back, the last first. Raises Refused where their text is not there."""
    changes = []
    for edit in reversed(edits):
        text = read(home, edit["file"])
        at, new, old = edit["at"], edit["inserted"], edit["removed"]
        if text is None or (text[at : at + len(new)] != new and (not new or text.count(new) != 1)):
            raise Refused([Fault("", f"{edit['file']} was edited since: take it back by hand")])
        at = at if text[at : at + len(new)] == new else text.index(new)
        after = text[:at] + old + text[at + len(new) :]
        changes.append(Change(edit["file"], text, None if edit["new"] and not after.strip() else after))
    return changes
