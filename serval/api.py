"""The API without a web framework: what a request asks for, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

from serval.readers import Bad, filled
from serval.selection import KEYS, Allowed, Selection

Reader = Callable[[str], Any]
"""Text of a value -> the value; raises `serval.readers.Bad` where it is not one (see `serval.readers`)."""
ROOT = "/api/v1/"
KNOWN = tuple(key.key for key in KEYS)
LONGEST = 200  # characters of a bad value that an answer repeats


@dataclass(frozen=True)
class Fault:
    """A parameter that cannot be used: its key, the value as given, and what is allowed."""

    key: str
    value: str
    allowed: str

    def document(self) -> dict[str, str]:
        """Its members in an answer."""
        return {"key": self.key, "value": self.value[:LONGEST], "allowed": self.allowed}


class Problem(Exception):
    """Why a request has no answer. `kind` is a word that stays, `faults` the parameters to blame."""

    def __init__(self, status: int, kind: str, title: str, detail: str, *faults: Fault) -> None:
        super().__init__(detail)
        self.status, self.kind, self.title, self.detail, self.faults = status, kind, title, detail, faults

    def document(self, base: str = "") -> dict[str, Any]:
        """As RFC 9457 has it. key, value and allowed are of the first fault, `errors` has all of them."""
        own: dict[str, Any] = {}
        if self.faults:
            own = {**self.faults[0].document(), "errors": [fault.document() for fault in self.faults]}
        kind = f"{base}{ROOT}#{self.kind}"
        return {"type": kind, "title": self.title, "status": self.status, "detail": self.detail, **own}


def bad(*faults: Fault) -> Problem:
    """The answer to parameters that cannot be used."""
    detail = "; ".join(f"{fault.key}={fault.value[:80]}: {fault.allowed}" for fault in faults)
    return Problem(400, "bad-parameter", "A parameter cannot be used", detail, *faults)


def read(
    query: str, allowed: Allowed, own: Mapping[str, Reader] | None = None
) -> tuple[Selection, dict[str, Any]]:
    """The selection of a query string, and the values of the route's own parameters that it gives.

    own: parameter -> reader of its text. Raises `Problem` with every bad value and
    every unknown key: a misspelt filter must not give rows that look filtered.
    """
    own = own or {}
    mine: list[str] = []
    theirs: list[str] = []
    for part in query.removeprefix("?").split("&"):
        (mine if unquote_plus(part.partition("=")[0]) in own else theirs).append(part)
    selection, problems = Selection.read("&".join(theirs), allowed)
    values, faults = _own("&".join(mine), own)
    every = {"names": ", ".join([*KNOWN, *own])}
    for problem in problems:
        fields = problem.fields if problem.key in KNOWN else {**problem.fields, **every}
        faults.append(Fault(problem.key, problem.value, filled(problem.text, fields)))
    if faults:
        raise bad(*faults)
    return selection, values


def _own(query: str, own: Mapping[str, Reader]) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for key, text in parse_qsl(query, errors="replace"):
        if key in values:
            faults.append(Fault(key, text, "given more than once, expected one value"))
            continue
        try:
            values[key] = own[key](text)
        except Bad as error:
            faults.append(Fault(key, text, str(error)))
    return values, faults
