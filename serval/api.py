"""The API without a web framework: what a request asks for, and what is wrong with it."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote_plus

from serval import __version__
from serval.export import citation, kinds
from serval.export.scope import Scope
from serval.readers import Bad, filled
from serval.selection import KEYS, Allowed, Selection

if TYPE_CHECKING:
    from serval.record import Record

Reader = Callable[[str], Any]
"""Text of a value -> the value; raises `serval.readers.Bad` where it is not one (see `serval.readers`)."""
ROOT = "/api/v1/"
PROBLEMS = {
    "bad-parameter": "A parameter has a value that cannot be used, or there is no such parameter.",
    "not-offered": "There is no such table or format.",
    "not-found": "There is nothing at this address.",
    "method-not-allowed": "Only GET, HEAD and OPTIONS are answered.",
    "request-uri-too-long": "The address has more characters than are read.",
    "request-entity-too-large": "The request has more bytes than are read.",
    "too-many-requests": "More work than the server gives to one network; Retry-After says when.",
}
"""Problem -> what it means; the address of a problem's type ends in it."""
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


def not_offered(kind: str) -> Problem:
    """The answer to a table or format that there is none of."""
    near = difflib.get_close_matches(kind, kinds.KINDS, 3)
    fault = Fault("kind", kind, f"expected one of {', '.join(kinds.KINDS)}")
    hint = f"; did you mean {' or '.join(near)}?" if near else f"; see {ROOT}"
    return Problem(404, "not-offered", "No such table or format", f"There is no {kind[:80]}{hint}", fault)


def tag(scope: Scope, kind: str, base: str) -> str:
    """What changes when the rows of a kind do: record, query, form, site and program; made without them."""
    digest = hashlib.sha256(_program())
    for part in (scope.record.version, scope.record.hash, kind, scope.query, base):
        digest.update(f"{part}\0".encode())
    return digest.hexdigest()[:32]


def index(record: Record, base: str) -> dict[str, Any]:
    """What the API offers, and what its problems mean."""
    licence = citation.licence(record)
    address = f"{base}{ROOT}"
    return {
        "title": citation.whole("en"),
        "version": record.version,
        "hash": record.hash,
        "licence": licence.id,
        "licence_url": licence.url,
        "cite": f"{base}/cite.txt",
        "description": f"{address}openapi.json",
        "parameters": [*KNOWN, "scope"],
        "kinds": {kind: f"{address}{kind}" for kind in kinds.KINDS},
        "problems": PROBLEMS,
    }


@cache
def _program() -> bytes:
    """A digest of the code and words that make the rows."""
    here, digest = Path(__file__).parent, hashlib.sha256(__version__.encode())
    for path in sorted(here.rglob("*.py")) + sorted(here.rglob("*.po")):
        digest.update(path.read_bytes())
    return digest.digest()
