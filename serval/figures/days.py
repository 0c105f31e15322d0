"""Days as the event columns count them: whole days since 1970-01-01."""

from __future__ import annotations

from datetime import date

EPOCH = date(1970, 1, 1).toordinal()


def day_number(iso: str) -> int:
    """The day number of a day."""
    return date.fromisoformat(iso).toordinal() - EPOCH


def iso(day: int) -> str:
    """The day of a day number, as YYYY-MM-DD."""
    return date.fromordinal(day + EPOCH).isoformat()
