"""`/api/v1/crosswalk/{acled,ucdp,hxl}.zip`: a view's events as rows of another data set, and what is lost."""

from __future__ import annotations

import hashlib

from flask import Flask, Response, request

from components.api import asked
from components.context import base_url
from serval.api import ROOT
from serval.export import crosswalk


def register(server: Flask) -> None:
    """A route for each kind."""
    for kind in crosswalk.KINDS:
        server.add_url_rule(
            f"{ROOT}crosswalk/{kind}.zip", f"crosswalk_{kind}", lambda kind=kind: _crosswalk(kind)
        )


def _crosswalk(kind: str) -> Response:
    view = asked()
    data = crosswalk.to_zip(view, kind, base_url())
    response = Response(data, mimetype="application/zip")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="serval-{view.record.version}-{kind}.zip"'
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(hashlib.sha256(data).hexdigest()[:32])
    response.make_conditional(request)
    return response
