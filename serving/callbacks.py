"""What a browser asks of Dash's own routes, checked before Dash sees it: a bad body is a 400 saying why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dash.exceptions import DependencyException
from flask import Flask, Response, abort, request
from werkzeug.exceptions import NotFound

from serval.lossrows import SPLITS
from serval.selection import MAX_QUERY

PATH = "/_dash-update-component"
MOST_BYTES = 64_000
"""Of a body: callbacks send the query string and little else, 1 to 3 kB."""
WIDEST = 10_000
"""CSS pixels of a drawn map."""
MOST_OPENED = 1000
Shape = Callable[[Any], bool]


def _text(most: int) -> Shape:
    return lambda value: value is None or (isinstance(value, str) and len(value) <= most)


def _size(value: Any) -> bool:
    sides = value or []
    if not isinstance(sides, list) or len(sides) not in (0, 2):
        return False
    return all(_is_number(side) and 0 <= side <= WIDEST for side in sides)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _opened(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("actors"), list):
        return False
    texts = [value.get("query", ""), *value["actors"]]
    return len(texts) <= MOST_OPENED and all(map(_text(MAX_QUERY), texts)) and None not in texts


def _order(value: Any) -> bool:
    return isinstance(value, dict | None) and all(map(_scalar, (value or {}).values()))


def _scalar(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float) or _text(100)(value)


SHAPES: Mapping[str, Shape] = {
    "query": _text(MAX_QUERY),
    **{f"asked-{part}": _text(MAX_QUERY) for part in ("events", "troops", "losses", "print")},
    "print-size": _size,
    "losses-split": lambda value: value in SPLITS,
    "events-order": _order,
    "opened": _opened,
}
"""Element id -> whether this is a value that the page gives it."""


def install(server: Flask, known: Mapping[str, Any]) -> None:
    """Refuse bodies that no page of ours sends. `known`: Dash's map of callbacks, by output."""

    def check() -> None:
        if request.path == PATH and request.method == "POST":
            try:
                fault = _fault(request.get_json(), known)
            except RecursionError:
                fault = "it is nested too deep"
            if fault:
                abort(400, f"The body is not one of this page: {fault}.")

    def no_such_file(_: DependencyException) -> Response:
        return server.make_response(NotFound().get_response())

    server.before_request(check)
    server.register_error_handler(DependencyException, no_such_file)


def _fault(body: Any, known: Mapping[str, Any]) -> str:
    """What is wrong with a body; empty where nothing is."""
    if not isinstance(body, dict):
        return "it is no object"
    found = known.get(output) if isinstance(output := body.get("output"), str) else None
    if found is None or "callback" not in found:
        return "there is no such output"
    if not isinstance(body.get("changedPropIds", []), list):
        return "changedPropIds is no list"
    if _targets(body.get("outputs")) != output.strip(".").split("..."):
        return "outputs are not those of the callback"
    for part, own in (("inputs", found["inputs"]), ("state", found["state"])):
        fault = _fault_of(part, body.get(part, []), own)
        if fault:
            return fault
    return ""


def _targets(outputs: Any) -> list[str]:
    listed = outputs if isinstance(outputs, list) else [outputs]
    return [f"{o.get('id')}.{o.get('property')}" if isinstance(o, dict) else "" for o in listed]


def _fault_of(part: str, given: Any, own: list[dict[str, str]]) -> str:
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        return f"{part} is no list of objects"
    if [(one.get("id"), one.get("property")) for one in given] != [(o["id"], o["property"]) for o in own]:
        return f"{part} are not those of the callback"
    return next((f"the value of {o['id']}" for o in given if not SHAPES[o["id"]](o.get("value"))), "")
