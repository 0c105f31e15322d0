"""The passages of evidence of an accepted or merged event."""

from __future__ import annotations

import hashlib
from typing import Any

from serval import origin
from serval.review.draft import Draft, Slot, figure_field
from serval.review.entry import NUMBERS
from serval.review.shelf import Row


def evidence(draft: Draft, values: Row, text: str, source: str, version: str, by: str) -> list[Row]:
    """A row for each slot that the event still has: by its rule where the value is as it was read, by hand
    where a person changed it."""
    rows = []
    for slot in draft.slots:
        fate = _fate(slot, draft.values, values)
        if fate:
            made = origin.written(slot.field, *((slot.rule, version) if fate == "kept" else (origin.HAND,)))
            rows.append(_row(slot, text, source, made, by))
    return rows


def joined(
    draft: Draft, event: Row, new: list[Row], text: str, source: str, version: str, by: str
) -> list[Row]:
    """The rows for an event of the record that the draft is merged into: the passage as a whole, and those of
    its new figures. The event's other fields are not the reader's work and get none."""
    told = {(row["source"], row["start"], row["end"]) for row in event.get("evidence") or []}
    added = {figure_field(figure) for figure in new}
    rows = []
    for slot in draft.slots:
        row = _row(slot, text, source, origin.written(slot.field, slot.rule, version), by)
        whole = not slot.field and (source, slot.start, slot.end) not in told
        if whole or slot.field in added:
            rows.append(row)
    return rows


def _row(slot: Slot, text: str, source: str, by: str, checked: str) -> Row:
    digest = hashlib.sha256(text[slot.start : slot.end].encode("utf-8")).hexdigest()
    return {
        "source": source,
        "start": slot.start,
        "end": slot.end,
        "sha256": digest,
        "by": by,
        "checked_by": checked,
    }


def _fate(slot: Slot, before: Row, after: Row) -> str:
    """kept, changed, or nothing where the field is gone."""
    if not slot.field:
        return "kept"
    if slot.field == "type":
        return "kept" if before["type"] == after["type"] else "changed"
    if slot.field == "date":
        return "kept" if before["date"] == after["date"] else "changed"
    table, _, id = slot.field.partition(".")
    if table == "place":
        return "kept" if id in after["place"] else ""
    if table == "actors":
        roles = [_role(rows["actors"], id) for rows in (before, after)]
        return "" if roles[1] is None else "kept" if roles[0] == roles[1] else "changed"
    old, new = (_told(rows, slot.field) for rows in (before, after))
    return "" if not new else "kept" if all(numbers in old for numbers in new) else "changed"


def _role(rows: list[Row], id: str) -> str | None:
    return next((row["role"] for row in rows if row["actor"] == id), None)


def _told(values: Row, field: str) -> list[tuple[Any, ...]]:
    """Low, best and high of the figures of a field."""
    rows = [row for row in values.get("figures") or [] if figure_field(row) == field]
    return [tuple(row.get(key) for key in NUMBERS) for row in rows]
