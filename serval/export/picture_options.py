"""What may be asked of a picture besides its view: the panel, its size, another title."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from serval import readers
from serval.readers import N_, Bad

Reader = Callable[[str], Any]
PANELS = ("map", "timeline", "actors", "control", "troops", "losses")
WIDTH, WIDTHS, HEIGHTS = 1200, (400, 2400), (300, 3600)
"""CSS pixels: the usual width; from and to."""
SCALES = (1, 4)
MOST_PIXELS = 10_000_000
"""Of a PNG; a page of A4 with 300 dots to the inch has 8,700,000."""
LONGEST_TITLE = 140
"""Characters."""


def _whole(low: int, high: int) -> Reader:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 6 and low <= int(text) <= high):
            raise Bad(N_("expected a whole number from {low} to {high}"), low=low, high=high)
        return int(text)

    return read


def _title(text: str) -> str:
    text = readers.plain(text)
    if len(text) > LONGEST_TITLE:
        given = len(text)
        raise Bad(N_("expected at most {n} characters, got {given}"), n=LONGEST_TITLE, given=given)
    return text


READERS: dict[str, Reader] = {
    "width": _whole(*WIDTHS),
    "height": _whole(*HEIGHTS),
    "scale": readers.number(*SCALES),
    "title": _title,
}
"""What may be asked of a picture besides its view: pixels, device pixels to each, another title."""


def too_large(width: int, height: int, scale: float) -> str:
    """What is wrong with a PNG of so many pixels; empty if nothing is."""
    given = round(width * scale) * round(height * scale)
    if given <= MOST_PIXELS:
        return ""
    return f"expected at most {MOST_PIXELS:,} pixels, got {given:,} (width × height × scale²)"
