"""Pictures of a view: `/figure/<panel>.{png,svg,pdf,json}`, drawn by the server's own Chromium."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import Literal, cast

import orjson
from flask import Flask, Response, request

from components.api import PROBLEM, asked
from components.context import base_url, language
from serval import api, browser
from serval.export import picture, picture_options

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "json": "application/json",
}
AT_ONCE = 3
"""Requests that may draw at once in a process: one of its threads is left to the page."""
KEPT_BYTES = 24_000_000
_free = threading.BoundedSemaphore(AT_ONCE)


def register(server: Flask) -> None:
    """The route. A picture that cannot be drawn now is a 503 that says why."""
    server.add_url_rule("/figure/<panel>.<form>", "figure", figure)


def figure(panel: str, form: str) -> Response:
    """The picture; or, as JSON, the spec from which a browser makes it with assets/picture.js."""
    if panel not in picture_options.PANELS or form not in TYPES:
        detail = f"panels: {', '.join(picture_options.PANELS)}; formats: {', '.join(TYPES)}"
        raise api.Problem(404, "no-such-picture", "There is no such picture", detail)
    view, own = asked(picture_options.READERS)
    scale = own.pop("scale", 1.0)
    lang, theme = language(view.selection), view.selection.theme or "light"
    base, made = base_url(), date.today()
    what = (view.record.hash, view.selection.query(), panel, form, scale, own, lang, base, made)
    tag = hashlib.sha256(repr(what).encode()).hexdigest()[:32]

    def draw() -> bytes:
        spec = picture.spec(view, panel, lang=lang, theme=theme, base=base, made=made, **own)
        if form == "json":
            return orjson.dumps(spec)
        fault = picture_options.too_large(spec["width"], spec["height"], scale) if form == "png" else ""
        if fault:
            raise api.bad(api.Fault("scale", f"{scale:g}", fault))
        return _in_turn(lambda: browser.picture(spec, cast(Literal["svg", "png", "pdf"], form), scale))

    answer = Response(mimetype=TYPES[form])
    answer.set_etag(tag, weak=form == "json")  # JSON is compressed, and the forms share the tag
    answer.headers["Cache-Control"] = "no-cache"
    if not view.selection.lang:
        answer.vary.add("Accept-Language")
    if request.if_none_match.contains_weak(tag):
        answer.status_code = 304
        return answer
    try:
        answer.set_data(_kept.get(tag, draw))
    except browser.Unavailable as why:
        return _unavailable(why)
    name = f"serval-{panel}-{view.record.version}.{form}"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _in_turn(draw: Callable[[], bytes]) -> bytes:
    if not _free.acquire(blocking=False):
        raise browser.Unavailable("other pictures are being drawn at this moment", after=3)
    try:
        return draw()
    finally:
        _free.release()


def _unavailable(why: browser.Unavailable) -> Response:
    problem = api.Problem(503, "no-picture", "No picture can be drawn now", why.reason)
    answer = Response(json.dumps(problem.document(base_url())) + "\n", 503, mimetype=PROBLEM)
    answer.headers["Retry-After"] = str(why.after)
    return answer


class _Kept:
    """The pictures asked for last, as many as there is room for."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._pictures: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tag: str, draw: Callable[[], bytes]) -> bytes:
        """The picture of a tag; drawn if it is not here."""
        with self._lock:
            if tag in self._pictures:
                self._pictures.move_to_end(tag)
                return self._pictures[tag]
        drawn = draw()
        with self._lock:
            self._size += len(drawn) - len(self._pictures.pop(tag, b""))
            self._pictures[tag] = drawn
            while self._size > self._most:
                self._size -= len(self._pictures.popitem(last=False)[1])
        return drawn


_kept = _Kept(KEPT_BYTES)
