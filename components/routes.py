"""Routes that are not the page: is the process alive, and is the record there."""

from __future__ import annotations

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

from serval import record as records


def register(server: Flask) -> None:
    """`/healthz`: the process answers. `/readyz`: it has the record, with its version and counts."""

    @server.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return jsonify(status="ok")

    @server.get("/readyz")
    def readyz() -> ResponseReturnValue:
        record = records.load()
        return jsonify(status="ready", version=record.version, hash=record.hash, events=len(record.events))
