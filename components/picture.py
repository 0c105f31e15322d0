"""Pictures of a view: `/figure/<panel>.{png,svg,pdf,json}`, drawn by the server's own Chromium."""

from __future__ import annotations

from datetime import date

import orjson
from flask import Flask, Response, request

from components.api import asked
from components.context import base_url, language
from components.drawn import drawn, unavailable
from serval import api, browser, jobs
from serval.export import picture, picture_options

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "json": "application/json",
}


def register(server: Flask) -> None:
    """The route. A picture that cannot be drawn now is a 503 that says why."""
    server.add_url_rule("/figure/<panel>.<form>", "figure", figure)


def figure(panel: str, form: str) -> Response:
    """The picture; or, as JSON, the spec from which a browser makes it with assets/picture.js."""
    if panel not in picture_options.PANELS or form not in TYPES:
        detail = f"panels: {', '.join(picture_options.PANELS)}; formats: {', '.join(TYPES)}"
        raise api.Problem(404, "no-such-picture", "There is no such picture", detail)
    view, own = asked(picture_options.READERS)
    scale = own.pop("scale", 1.0)
    lang, theme = language(view.selection), view.selection.theme or "light"
    base, made = base_url(), date.today()
    tag = jobs.key(
        "picture", view.record.hash, view.selection.query(), panel, form, scale, own, lang, base, made
    )

    def draw() -> bytes:
        spec = picture.spec(view, panel, lang=lang, theme=theme, base=base, made=made, **own)
        if form == "json":
            return orjson.dumps(spec)
        fault = picture_options.too_large(spec["width"], spec["height"], scale) if form == "png" else ""
        if fault:
            raise api.bad(api.Fault("scale", f"{scale:g}", fault))
        return jobs.made(jobs.picture(spec, form, scale))

    answer = Response(mimetype=TYPES[form])
    answer.set_etag(tag, weak=form == "json")  # JSON is compressed, and the forms share the tag
    answer.headers["Cache-Control"] = "no-cache"
    if not view.selection.lang:
        answer.vary.add("Accept-Language")
    if request.if_none_match.contains_weak(tag):
        answer.status_code = 304
        return answer
    try:
        answer.set_data(jobs.once(tag, draw) if form == "json" else drawn(tag, draw))
    except browser.Unavailable as why:
        return unavailable(why, "no-picture", "No picture can be drawn now")
    name = f"serval-{panel}-{view.record.version}.{form}"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
