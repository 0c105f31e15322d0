"""What takes seconds to make: few at once in a process, and a word for those who come too many."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Response

from components.api import answered
from serval import api, browser, jobs

AT_ONCE = 3
"""Requests that may draw or wait for a drawing in a process: one of its threads is left to the page."""
_free = threading.BoundedSemaphore(AT_ONCE)


def drawn(key: str, draw: Callable[[], bytes]) -> bytes:
    """What is kept under a key, else what is drawn in turn. Raises `browser.Unavailable`."""
    found = jobs.kept(key)
    if found is not None:
        return found
    if not _free.acquire(blocking=False):
        raise browser.Unavailable("other pictures are being drawn at this moment", after=3)
    try:
        return jobs.once(key, draw)
    finally:
        _free.release()


def unavailable(why: browser.Unavailable, kind: str, title: str) -> Response:
    """The 503 that says why, and when to ask again."""
    return answered(api.Problem(503, kind, title, why.reason), why.after)
