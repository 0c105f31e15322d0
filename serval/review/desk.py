"""A review of one text: its proposals, what was decided of each, and the acts of the reviewer."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from serval.review import edits, entry, form, proof, shelf, transaction
from serval.review.draft import Draft, drafts, figure_field, free, slug
from serval.review.edits import Fault, Refused
from serval.review.shelf import Row, Shelf
from serval.review.transaction import Change

ACCEPT, MERGE, REJECT, UNDO = "accept", "merge", "reject", "undo"


@dataclass
class Desk:
    """`text`: what offsets point into; `found`: the reading (mali-events/1); `home`: the record's folder.

    Acts raise Refused, with nothing written, and Conflict where somebody else changed a file.
    """

    text: str
    found: Row
    home: Path
    journal: Path
    by: str
    source: Row
    drafts: list[Draft] = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        shelves = self.shelf()
        self.source = {"id": source_id(self.source, shelves), **self.source}
        known = shelves.sources.get(self.source["id"])
        self.source = {**self.source, **known} if known else self.source
        self.drafts = drafts(self.found, shelves, self.source)
        self._by_id = {draft.id: draft for draft in self.drafts}

    def shelf(self) -> Shelf:
        """The record as it is now."""
        return shelf.load(self.home)

    def draft(self, id: str) -> Draft:
        """A draft. Raises KeyError."""
        return self._by_id[id]

    @property
    def version(self) -> str:
        """Version of the reader."""
        return str(self.found["extractor"]).rpartition("@")[2]

    def decisions(self) -> dict[str, Row]:
        """Key of a draft -> the decision that stands."""
        standing: list[Row] = []
        for row in transaction.entries(self.journal):
            if row["what"] == UNDO:
                standing = [other for other in standing if other["n"] != row["of"]]
            else:
                standing.append(row)
        return {row["proposal"]: row for row in standing}

    def accept(self, draft: Draft, sent: Row, source: Row) -> str:
        """Write the event of the form; gives its id."""
        with self._lock:
            self._undecided(draft)
            now, values = self.shelf(), entry.event(sent)
            known = self._source(source, now)
            if values["id"] in now.events:
                raise Refused([Fault("id", f"id: {values['id']} is in the record, expected a new id")])
            _day(values)
            values["sources"] = [known["id"]]
            rows = proof.evidence(draft, values, self.text, known["id"], self.version, self.by)
            line = f"Added `{values['id']}`, from `{known['id']}`."
            with _as_refusal():
                changes = [
                    *edits.source(self.home, now, known),
                    edits.event(self.home, {**values, "evidence": rows}),
                    edits.told(self.home, line),
                ]
            self._write(changes, ACCEPT, draft, values["id"])
            return str(values["id"])

    def merge(self, draft: Draft, into: str, sent: Row, source: Row) -> str:
        """Give an event of the record the source, the passage, and figures it has not."""
        with self._lock:
            self._undecided(draft)
            now, values = self.shelf(), entry.event(sent)
            if into not in now.events:
                raise Refused([Fault("", f"{into} is no event of the record")])
            event, known = now.events[into], self._source(source, now)
            figures = _new_figures(values.get("figures", []), event, known["id"])
            rows = proof.joined(draft, event, figures, self.text, known["id"], self.version, self.by)
            parts: dict[str, Sequence[object]] = {
                "figures": figures,
                "sources": [] if known["id"] in event["sources"] else [known["id"]],
                "evidence": rows,
            }
            changes: list[Change] = []
            if any(parts.values()):
                added = ", ".join(key for key, rows in parts.items() if rows)
                line = f"Added to `{into}`: {added}, from `{known['id']}`."
                with _as_refusal():
                    changes = [
                        *edits.source(self.home, now, known),
                        edits.merged(self.home, event, parts),
                        edits.told(self.home, line),
                    ]
            self._write(changes, MERGE, draft, into)
            return into

    def reject(self, draft: Draft, reason: str, note: str) -> None:
        """Say that the proposal is no event for the record, and why."""
        with self._lock:
            self._undecided(draft)
            row = self._row(REJECT, draft.key, reason=reason, note=entry.plain(note))
            transaction.append(self.journal, row)

    def undo(self) -> Row | None:
        """Take the last decision that stands back; gives it, None where there is none."""
        with self._lock:
            standing = self.decisions().values()
            if not standing:
                return None
            last = max(standing, key=lambda row: int(row["n"]))
            changes = edits.undone(self.home, last.get("edits", []))
            if changes:
                edits.check(self.home, changes, last.get("event", ""))
            row = self._row(UNDO, last["proposal"], of=last["n"])
            transaction.commit(self.home, changes, self.journal, row)
            return last

    def _undecided(self, draft: Draft) -> None:
        if draft.key in self.decisions():
            raise Refused([Fault("", "this proposal is decided already; load the page anew")])

    def _source(self, sent: Row, now: Shelf) -> Row:
        """The source as it will stand: that of the record, or that of the form."""
        chars, digest = len(self.text), self.found["text_sha256"]
        values = entry.source({**self.source, **sent}, digest, chars)
        known = now.sources.get(values.get("id", ""))
        if known and known.get("text_sha256") not in (None, digest):
            raise Refused([Fault("source.id", f"{values['id']} is another text, expected an id of its own")])
        return {**known, "text_sha256": digest, "text_chars": chars} if known else values

    def _write(self, changes: list[Change], what: str, draft: Draft, id: str) -> None:
        if changes:
            edits.check(self.home, changes, id)
        row = self._row(what, draft.key, event=id, edits=[edits.inverse(change) for change in changes])
        transaction.commit(self.home, changes, self.journal, row)

    def _row(self, what: str, proposal: str, **more: Any) -> Row:
        n = max((row["n"] for row in transaction.entries(self.journal)), default=0) + 1
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        return {"n": n, "at": now, "by": self.by, "what": what, "proposal": proposal, **more}


@contextmanager
def _as_refusal() -> Iterator[None]:
    """A file that cannot be edited refuses the act."""
    try:
        yield
    except form.FormError as error:
        raise Refused([Fault("", str(error))]) from error


def _day(values: Row) -> None:
    """Refuses a first day that names no month's file."""
    try:
        dt.date.fromisoformat(values["date"].get("start", ""))
    except ValueError:
        raise Refused([Fault("date.start", "date.start: expected a day as YYYY-MM-DD")]) from None


def _new_figures(figures: list[Row], event: Row, source: str) -> list[Row]:
    """Figures that the event has not; beside another of the same kind and side they do not count."""
    there = event.get("figures") or []
    numbers = {(figure_field(f), *map(f.get, entry.NUMBERS)) for f in there}
    fields = {figure_field(f) for f in there}
    new = []
    for figure in figures:
        if (figure_field(figure), *map(figure.get, entry.NUMBERS)) not in numbers:
            rival = {"counts_in_total": False} if figure_field(figure) in fields else {}
            whole = {**figure, "source": source, **rival}
            new.append({key: whole[key] for key in entry.FIGURE if key in whole})
    return new


def source_id(values: Row, now: Shelf) -> str:
    """The id of the source that has this text or address, else a new one: publisher and day."""
    url, digest = values.get("url"), values["text_sha256"]
    rows = now.sources.items()
    same = [id for id, row in rows if row.get("text_sha256") == digest or (url and row.get("url") == url)]
    return same[0] if same else free(f"{slug(values['publisher'])}-{values['date']}", now.sources)


def state_folder() -> Path:
    """Where journals are kept: SERVAL_STATE, else `serval` in the user's folder of states."""
    own = os.environ.get("SERVAL_STATE")
    return Path(own) if own else Path.home() / ".local" / "state" / "serval"
