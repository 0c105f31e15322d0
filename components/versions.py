"""Versions of the record: `/changes` says what changed, `/releases/…` gives what is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request

from components import data
from components.about import changes
from components.context import Context
from components.pages import Sheet, answer, sheet, whole
from serval import differences, releases
from serval import record as records
from serval.differences import FIELDS, Differences
from serval.lookup import Lookup
from serval.record import Record


@dataclass(frozen=True)
class Version:
    """A version in the list: whether it is what is shown now, and its release, if it is kept."""

    id: str
    current: bool
    release: Path | None
    size: int

    @property
    def file(self) -> str:
        """The name under which the release is saved."""
        return f"serval-{self.id}.zip"


def register(server: Flask) -> None:
    """`/changes`; a release as it is kept, and what the browser draws an old version from."""
    server.add_url_rule("/changes", "changes", page_of_changes)
    server.add_url_rule("/releases/<version>.zip", "release", release)
    server.add_url_rule("/releases/<version>/<any(columns, search):name>.json", "part", part)


def page_of_changes() -> Response:
    """`/changes`: the list of changes, the versions kept, and with `since` what differs since a version."""
    page = whole()
    translate = page._
    since = request.args.get("since", "")
    old = _version(since)
    frame = _frame(page)
    return answer(
        "page_changes.html",
        page,
        frame,
        versions=_versions(),
        since=since,
        old=old,
        found=_between(old, page) if old else None,
        fields={field: translate(name) for field, name in FIELDS.items()},
        tables=_tables(page),
        gone=Lookup.of(old).events if old else {},
        changes=changes(records.changes()),
        hash=records.load().hash,
    )


def release(version: str) -> Response:
    """The zip of a version."""
    path = releases.kept().get(version)
    if path is None:
        abort(404)
    body = path.read_bytes()
    answer = Response(body, mimetype="application/zip")
    answer.set_etag(hashlib.sha256(body).hexdigest()[:32])
    answer.headers["Content-Disposition"] = f'attachment; filename="serval-{version}.zip"'
    return answer.make_conditional(request)


def part(version: str, name: str) -> Response:
    """The event columns or the search text of a version."""
    found = _version(version)
    if found is None:
        abort(404)
    return Response(data.part(found, name), mimetype="application/json")


def _version(version: str) -> Record | None:
    return releases.load(version) if releases.NAME.fullmatch(f"{version}.zip") else None


def _versions() -> list[Version]:
    kept, current = releases.kept(), records.load().version
    sizes = {version: path.stat().st_size for version, path in kept.items()}
    return [Version(v, v == current, kept.get(v), sizes.get(v, 0)) for v in releases.versions()]


def _tables(page: Context) -> dict[str, str]:
    """How the tables beside the events are called."""
    _ = page._
    return {
        "sources": _("Sources"),
        "actors": _("Actors"),
        "places": _("Places"),
        "troops": _("Troop counts"),
    }


def _frame(page: Context) -> Sheet:
    _ = page._
    return sheet(
        page, _("Versions and changes"), _("What changed in the record, and when."), "/changes", None
    )


def _between(old: Record, page: Context) -> Differences:
    return differences.between(old, page.record, page.lang)
