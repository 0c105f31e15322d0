"""The passages of evidence of an accepted or merged event."""

from __future__ import annotations

import hashlib
from typing import Any

from serval import origin
from serval.review.draft import Draft, Slot, figure_field
from serval.review.entry import NUMBERS
from serval.review.matches import apart
from serval.review.shelf import Row, listed


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


def agreeing(draft: Draft, event: Row, text: str, source: str, version: str, by: str) -> list[Row]:
    """The rows for an event of the record that the draft is merged into: of the slots that say the same,
    and of those that are not there yet."""
    told = {(row["source"], row["start"], row["end"], row["by"]) for row in event.get("evidence") or []}
    rows = []
    for slot in draft.slots:
        if _agrees(slot, draft.values, event):
            row = _row(slot, text, source, origin.written(slot.field, slot.rule, version), by)
            if (row["source"], row["start"], row["end"], row["by"]) not in told:
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


def _agrees(slot: Slot, draft: Row, event: Row) -> bool:
    table, _, id = slot.field.partition(".")
    if table == "type":
        return bool(draft["type"] == event["type"])
    if table == "date":
        return apart(draft["date"], event["date"]) == 0
    if table == "place":
        return id in listed(event["place"])
    if table == "actors":
        return _role(event["actors"], id) is not None
    if table == "figures":
        return any(numbers in _told(draft, slot.field) for numbers in _told(event, slot.field))
    return True


def _role(rows: list[Row], id: str) -> str | None:
    return next((row["role"] for row in rows if row["actor"] == id), None)


def _told(values: Row, field: str) -> list[tuple[Any, ...]]:
    """Low, best and high of the figures of a field."""
    rows = [row for row in values.get("figures") or [] if figure_field(row) == field]
    return [tuple(row.get(key) for key in NUMBERS) for row in rows]
