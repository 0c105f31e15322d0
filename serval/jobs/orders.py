"""What can be made, as plain words: so that a worker on another machine can make it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from serval import browser
from serval.drawing import ASSETS

if TYPE_CHECKING:
    from serval.view import View

Order = dict[str, Any]


class Other(browser.Unavailable):
    """This process has another record, as workers do for a moment while a new version is rolled out."""


def picture(spec: Mapping[str, Any], form: str, scale: float) -> Order:
    """A picture of a spec in a format of `serval.browser.picture`."""
    return {"kind": "picture", "spec": spec, "form": form, "scale": scale}


def report(view: View, form: str, lang: str, base: str, made: str, paper: str) -> Order:
    """A report of a view, see `serval.report.make`."""
    words = {"form": form, "lang": lang, "base": base, "made": made, "paper": paper}
    return {"kind": "report", "query": view.selection.query(), "hash": view.record.hash, **words}


def make(order: Order) -> bytes:
    """What was ordered. Raises `browser.Unavailable`."""
    if order["kind"] == "picture":
        return browser.picture(order["spec"], order["form"], order["scale"])
    return _report(**{name: value for name, value in order.items() if name != "kind"})


def _report(query: str, hash: str, **words: str) -> bytes:
    from serval import releases
    from serval import report as reports
    from serval.selection import Selection

    record, allowed = releases.pinned(query)
    if record.hash != hash:
        raise Other("another version of the record is being rolled out", after=10)
    return reports.make(record.select(Selection.parse(query, allowed)), **words)


def key(*what: object) -> str:
    """The name of what is made of this by the code and the assets as they are; 32 hexadecimal digits."""
    return hashlib.sha256(repr((_code(), *what)).encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """Of all that draws and writes: a change of a line must show at once, also without a new version."""
    root = Path(__file__).resolve().parents[1]
    told = hashlib.sha256(version("plotly").encode())
    for folder, kinds in ((root, (".py", ".po", ".html", ".css")), (ASSETS, (".js", ".css", ".woff2"))):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in kinds):
            told.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return told.hexdigest()
