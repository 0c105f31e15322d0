"""The API over HTTP: what was asked, and answers that say what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, overload

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from components.context import base_url
from components.responses import coding
from serval import api, openapi, releases
from serval import record as records
from serval.export import citation, kinds
from serval.export.scope import ALL, SHOWN, Scope
from serval.readers import choice
from serval.record import Record
from serval.selection import Allowed, Selection
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
    """`/api/v1/<kind>`: rows; `/api/v1/`: what there is; `/api/v1/openapi.json`: its description.

    Problems are answered in JSON: those raised anywhere, and every error under the API.
    """
    server.register_error_handler(api.Problem, answered)
    server.register_error_handler(HTTPException, _failure)
    server.add_url_rule(api.ROOT, "api_index", _index)
    server.add_url_rule(f"{api.ROOT}openapi.json", "api_description", _description)
    server.add_url_rule(f"{api.ROOT}<kind>", "api_rows", _rows)
    server.after_request(_for_everyone)


def _rows(kind: str) -> Response:
    """A kind of rows. The ETag is strong and known before the rows are, so that a 304 costs nothing."""
    if kind not in kinds.KINDS:
        raise api.not_offered(kind)
    view, own = asked(own={"scope": choice(SHOWN, ALL)})
    scope, base = Scope.of(view, own.get("scope", SHOWN)), base_url()
    answer = Response(content_type=kinds.media(kind))
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.headers["Content-Disposition"] = f'{_disposition(kind)}; filename="{kinds.file_name(kind, scope)}"'
    answer.headers["Link"] = _links(scope, kind, base)
    tag = api.tag(scope, kind, base)
    if not kind.endswith(kinds.PACKED):
        answer.vary.add("Accept-Encoding")
        tag = "-".join(filter(None, [tag, coding()]))  # a strong tag is of one coding's bytes alone
    answer.set_etag(tag)
    if request.if_none_match.contains_weak(tag):
        answer.status_code = 304
    else:
        answer.set_data(kinds.make(kind, scope, base, records.licence))
    return answer


def _disposition(kind: str) -> str:
    return "inline" if kind.endswith("json") else "attachment"


def _links(scope: Scope, kind: str, base: str) -> str:
    query = f"?{scope.query}" if scope.query else ""
    links = {
        "canonical": f"{base}{api.ROOT}{kind}{query}",
        "license": citation.licence(scope.record).url,
        "service-desc": f"{base}{api.ROOT}openapi.json",
    }
    return ", ".join(f'<{address}>; rel="{rel}"' for rel, address in links.items())


def _index() -> Response:
    return _json(api.index(records.load(), base_url()))


def _description() -> Response:
    record = records.load()
    return _json(openapi.document(record, Allowed.of(record, releases.versions()), base_url()))


def _json(value: Any) -> Response:
    return Response(f"{json.dumps(value, ensure_ascii=False, indent=1)}\n", mimetype="application/json")


def _for_everyone(answer: Response) -> Response:
    """Pages of other sites may read the API; it takes nothing and knows nobody."""
    if request.path.startswith(api.ROOT):
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Expose-Headers"] = "Content-Disposition, ETag, Link"
        if request.method == "OPTIONS":
            answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            answer.headers["Access-Control-Allow-Headers"] = "If-None-Match"
            answer.headers["Access-Control-Max-Age"] = "86400"
    return answer


def answered(problem: api.Problem, after: int | None = None) -> Response:
    """A problem as an answer. after: seconds until another try may succeed."""
    body = json.dumps(problem.document(base_url()), ensure_ascii=False)
    answer = Response(f"{body}\n", problem.status, mimetype=PROBLEM)
    if after is not None:
        answer.headers["Retry-After"] = str(after)
    return answer


def _failure(error: HTTPException) -> Response | HTTPException:
    if not request.path.startswith(api.ROOT):
        return error
    kind = error.name.lower().replace(" ", "-")
    answer = answered(api.Problem(error.code or 500, kind, error.name, error.description or error.name))
    answer.headers.extend((k, v) for k, v in error.get_headers() if k == "Allow")
    return answer


@lru_cache(maxsize=16)
def _view(record: Record, selection: Selection) -> View:
    return record.select(selection)
