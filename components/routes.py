"""Routes that are not the dashboard: the plain pages, and whether the process and the record are there."""

from __future__ import annotations

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


def register(server: Flask) -> None:
    """`/event/<id>`, `/actor/<id>`, `/about`: plain pages.

    `/healthz`: the process answers. `/readyz`: it has the record, with its version and counts.
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
        record = records.load()
        return jsonify(status="ready", version=record.version, hash=record.hash, events=len(record.events))
