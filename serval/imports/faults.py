"""What can be wrong with a file that is to be imported: with all of it, or with a row."""

from __future__ import annotations

from typing import NamedTuple


class Unusable(ValueError):
    """The file cannot be imported at all; the message names file, place, and what to do."""


class Fault(NamedTuple):
    """What is wrong with a row: an id of `KINDS`, the column, and the value that it has."""

    kind: str
    column: str = ""
    value: str = ""


KINDS = {
    "fields": "another number of fields than the header has",
    "unclosed": "a quotation mark that opens and does not close",
    "no_id": "no id",
    "repeated": "an id that an earlier row has: the earlier one was kept",
    "no_date": "no day",
    "bad_date": "a day that is none",
    "turned": "an end before its start",
    "no_place": "no coordinates",
    "bad_place": "coordinates that are none",
    "bad_number": "a number that is none; kept without it",
    "bad_code": "a code that is not known; kept without it",
}
"""Why a row was left out or, the last two, kept without a value."""
KEPT = ("bad_number", "bad_code")
