"""The API over HTTP: what was asked, and answers that say what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, overload

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from components.context import base_url
from serval import api, releases
from serval.record import Record
from serval.selection import Selection
from serval.view import View

PROBLEM = "application/problem+json"


@overload
def asked() -> View: ...
@overload
def asked(own: Mapping[str, api.Reader] | Sequence[str]) -> tuple[View, dict[str, Any]]: ...
def asked(own: Mapping[str, api.Reader] | Sequence[str] = ()) -> View | tuple[View, dict[str, Any]]:
    """The View of the request's query string; with `own`, and the values given of these parameters.

    own: the route's own parameters with the reader of each (`serval.readers`); by name alone they are text.
    Raises `api.Problem`, which answers 400, for a value or key that cannot be used.
    """
    query = request.query_string.decode(errors="replace")
    record, allowed = releases.pinned(query)
    readers = own if isinstance(own, Mapping) else dict.fromkeys(own, str)
    selection, values = api.read(query, allowed, readers)
    view = _view(record, selection)
    return (view, values) if own else view


def register(server: Flask) -> None:
    """Problems are answered in JSON: those raised anywhere, and every error under the API."""
    server.register_error_handler(api.Problem, _problem)
    server.register_error_handler(HTTPException, _failure)


def _problem(problem: api.Problem) -> Response:
    body = json.dumps(problem.document(base_url()), ensure_ascii=False)
    return Response(f"{body}\n", problem.status, mimetype=PROBLEM)


def _failure(error: HTTPException) -> Response | HTTPException:
    if not request.path.startswith(api.ROOT):
        return error
    kind = error.name.lower().replace(" ", "-")
    answer = _problem(api.Problem(error.code or 500, kind, error.name, error.description or error.name))
    answer.headers.extend((k, v) for k, v in error.get_headers() if k == "Allow")
    return answer


@lru_cache(maxsize=16)
def _view(record: Record, selection: Selection) -> View:
    return record.select(selection)
