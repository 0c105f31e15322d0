"""Every request seen from outside: it gets an id, is counted and can be told in the log.

What is told of a request is in `Seen`; it has nothing of the visitor, nor the path or the values as asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from os import urandom
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, Response, request, request_started

from serval.selection import KEYS
from serving import metrics

SEEN = "serval.seen"
GIVEN = re.compile(r"[0-9a-fA-F-]{16,36}")
STATIC, UNMATCHED = "static", "unmatched"
VIEW = {key.key for key in KEYS}
OWN = {"scope", "panel", "figure", "accessed", "width", "height", "scale", "title", "paper"}
"""Query keys beside those of a view whose names may be told."""
CALLBACKS = "/_dash-update-component"

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass
class Seen:
    """A request: its id, the rule that matched, the names of its query keys, the callback it ran."""

    id: str
    route: str = STATIC
    keys: tuple[str, ...] = ()
    callback: str = ""


class Watch:
    """A WSGI app around another."""

    def __init__(self, app: App) -> None:
        self.app = app

    def __call__(self, wsgi: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        given = wsgi.get("HTTP_X_REQUEST_ID", "")
        seen = wsgi[SEEN] = Seen(given if GIVEN.fullmatch(given) else urandom(8).hex())
        said = [500]

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            said[0] = int(status[:3])
            if seen.route != STATIC:
                headers = [*headers, ("X-Request-Id", seen.id)]
            return start_response(status, headers, *rest)

        started = perf_counter()
        try:
            return self.app(wsgi, start)
        finally:
            method, spent = wsgi["REQUEST_METHOD"], perf_counter() - started
            metrics.answered(seen.route, method, said[0], spent, seen.callback)


def install(server: Flask, catch_all: str, callbacks: Container[str]) -> None:
    """Note what a Flask app, with `Watch` around it, does with a request.

    catch_all: the rule of every unknown path; callbacks: the names there are, which may be found later.
    """

    def matched(*_: Any, **__: Any) -> None:
        seen: Seen | None = request.environ.get(SEEN)
        if seen is not None:
            rule = request.url_rule.rule if request.url_rule else catch_all
            seen.route = UNMATCHED if rule == catch_all else rule
            seen.keys = _keys(request.query_string.decode("latin-1"))

    def done(response: Response) -> Response:
        seen: Seen | None = request.environ.get(SEEN)
        if seen is not None and seen.route == CALLBACKS and response.status_code < 400:
            body = request.get_json(silent=True)  # as it was read for the callback
            output = str(body.get("output")) if isinstance(body, dict) else ""
            seen.callback = output if output in callbacks else "other"
        return response

    request_started.connect(matched, server, weak=False)
    server.after_request(done)


def request_id() -> str:
    """The id of the request that is being answered."""
    seen: Seen | None = request.environ.get(SEEN)
    return seen.id if seen else ""


def _keys(query: str) -> tuple[str, ...]:
    """The names of the keys of a query string; a name that is none of ours is `other`."""
    try:
        keys = [key for key, _ in parse_qsl(query, keep_blank_values=True, max_num_fields=100)]
    except ValueError:
        return ("other",)
    return tuple(sorted({key if key in VIEW | OWN else "other" for key in keys}))
