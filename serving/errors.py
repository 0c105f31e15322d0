"""What a visitor sees when the server fails: a plain page, or a problem in JSON, with the request's id.

The trace goes to the log under the same id, with the view that was asked for; the visitor never sees it.
"""

from __future__ import annotations

import errno
import logging
import os
from types import TracebackType
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import InternalServerError

from components.api import answered
from components.pages import style
from components.words import ENV
from serval import api, releases, text
from serval.selection import LANGS, Selection
from serving.watch import CALLBACKS, SEEN, Seen, request_id

FULL = (errno.ENOSPC, errno.EDQUOT)
PAGES = ("", ".html")
"""What the path of a page ends in; anything else is a file or a call, whose errors are read by programs."""

_log = logging.getLogger("serval")
_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def register(server: Flask) -> None:
    """Answer failures of a Flask app, and log them."""
    server.log_exception = _tell  # type: ignore[method-assign]
    server.register_error_handler(InternalServerError, _failed)
    server.register_error_handler(OSError, _full)


def _failed(_: InternalServerError) -> Response:
    return _answer(500, "failed", None)


def _full(error: OSError) -> Response:
    """A disk without room is no fault of the program: it is said, and passes."""
    if error.errno not in FULL:
        raise error
    _log.error("The disk is full: %s", error, extra=_about())
    return _answer(503, "no-room", 60)


def _answer(status: int, kind: str, after: int | None) -> Response:
    named = request.args.get("lang", "")
    lang = named if named in LANGS else request.accept_languages.best_match(LANGS) or LANGS[0]
    _ = text.translator(lang)
    title, detail = {
        "failed": (
            _("The server failed"),
            _("Something went wrong here, not in what you asked. Another try may work."),
        ),
        "no-room": (
            _("The server has no room left"),
            _("What you asked for needs room on the server's disk, which is full. The dashboard works."),
        ),
    }[kind]
    if _is_page():
        html = ENV.get_template("page_failed.html").render(
            _=_, lang=lang, title=title, detail=detail, id=request_id(), style=style()
        )
        answer = Response(html, status, mimetype="text/html")
    else:
        said = f"{detail} {_('Request')}: {request_id()}"
        answer = answered(api.Problem(status, kind, title, said))
    if after:
        answer.headers["Retry-After"] = str(after)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _is_page() -> bool:
    end = os.path.splitext(request.path)[1]
    return request.method in ("GET", "HEAD") and end in PAGES and not request.path.startswith(api.ROOT)


def _tell(raised: _Raised) -> None:
    _log.error("A request failed", exc_info=raised, extra=_about())


def _about() -> dict[str, Any]:
    """What the log says of a request that failed: the view, without the words of a search."""
    seen: Seen = request.environ.get(SEEN) or Seen("")
    view = Selection.read(_query(), releases.pinned("")[1])[0]  # what the record does not know is left out
    return {"request": seen.id, "route": seen.route, "query": view.with_(q="").query()}


def _query() -> str:
    """The query string of the view: that of the address, or the one that a callback was given."""
    if request.path != CALLBACKS:
        return request.query_string.decode(errors="replace")
    body = request.get_json(silent=True)
    given = body.get("inputs") if isinstance(body, dict) else None
    values = [one.get("value") for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return next((value.lstrip("?") for value in values if isinstance(value, str)), "")
