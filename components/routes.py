"""Routes that are not the dashboard: the plain pages, and whether the process and the record are there."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

from components import (
    about,
    api,
    check,
    cite,
    crosswalk,
    embed,
    interactive,
    pages,
    picture,
    report,
    take_away,
    versions,
)
from serval import record as records

SCRATCH = 64 * 1024
"""Bytes of a temporary file that must find room."""


def register(server: Flask) -> None:
    """`/event/<id>`, `/actor/<id>`, `/about`: plain pages.

    `/healthz`: the process answers. `/readyz`: it can do its work, else 503 with what is in the way.
    """
    server.add_url_rule("/event/<event_id>", "event", pages.event)
    server.add_url_rule("/actor/<actor_id>", "actor", pages.actor)
    server.add_url_rule("/about", "about", about.about)
    pages.style()
    api.register(server)
    check.register(server)
    cite.register(server)
    crosswalk.register(server)
    embed.register(server)
    interactive.register(server)
    picture.register(server)
    report.register(server)
    take_away.register(server)
    versions.register(server)

    @server.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return jsonify(status="ok")

    @server.get("/readyz")
    def readyz() -> ResponseReturnValue:
        reasons = [*_in_the_way()]
        if reasons:
            return jsonify(status="not ready", reasons=reasons), 503
        record = records.load()
        return jsonify(status="ready", version=record.version, hash=record.hash, events=len(record.events))


def _in_the_way() -> Iterator[str]:
    try:
        records.load()
    except (records.RecordError, OSError) as error:
        yield f"the record cannot be loaded: {str(error).splitlines()[0]}"
    try:
        with TemporaryFile() as file:
            file.write(bytes(SCRATCH))
            file.flush()
    except OSError as error:
        yield f"there is no room for temporary files: {error.strerror or error}"
