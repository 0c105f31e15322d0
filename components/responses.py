"""What every answer made on request gets: security headers, a validator, compression, a real 404."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Sequence
from pathlib import Path

import brotli
from flask import Flask, Response, abort, request, send_file

FRAMED = "embed"  # the endpoint that other sites may show in a frame
DOCUMENTS = ("text/html", "image/svg+xml")  # what a browser can open as a page with scripts
SMALLEST = 600  # bytes; below it compression saves no packet
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/problem+json",
    "application/javascript",
)


def install(server: Flask, script_hashes: Sequence[str], catch_all: str) -> None:
    """Add the headers, compression and 404s to a Flask app.

    script_hashes: CSP sources of the inline scripts; catch_all: the rule that answers every unknown path.
    """
    policy = "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' {' '.join(dict.fromkeys(script_hashes))}",
            "style-src 'self' 'unsafe-inline'",  # Plotly writes its own style sheet
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data:",
            "worker-src 'self' blob:",  # MapLibre starts its worker from a blob
            "object-src 'none'",
            "base-uri 'self'",
            "frame-ancestors ",
        ]
    )

    def real_404() -> None:
        if request.url_rule is not None and request.url_rule.rule == catch_all:
            abort(404)

    def finish(response: Response) -> Response:
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        if response.mimetype in DOCUMENTS:
            frames = "*" if request.endpoint == FRAMED else "'none'"
            response.headers.setdefault("Content-Security-Policy", policy + frames)
            response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
            response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return _validate_and_compress(response)

    server.before_request(real_404)
    server.after_request(finish)


def add_well_known(server: Flask, icon: Path | None) -> None:
    """Add /robots.txt and /favicon.ico (204 without an icon file)."""
    robots = "User-agent: *\nDisallow: /_dash-\nDisallow: /_reload-hash\n"
    server.add_url_rule("/robots.txt", "robots", lambda: Response(robots, mimetype="text/plain"))
    server.add_url_rule("/favicon.ico", "favicon", lambda: send_file(icon) if icon else Response(status=204))


def coding() -> str | None:
    """The content coding that the request would rather have: br, gzip or none."""
    return request.accept_encodings.best_match(["br", "gzip"])


def _validate_and_compress(response: Response) -> Response:
    if response.status_code != 200 or response.is_streamed or response.direct_passthrough:
        return response
    data = response.get_data()
    if request.method in ("GET", "HEAD") and "ETag" not in response.headers:
        # Weak, since the compressed forms share it.
        response.set_etag(hashlib.sha256(data).hexdigest()[:24], weak=True)
        response.headers.setdefault("Cache-Control", "no-cache")
        response.make_conditional(request)
        if response.status_code == 304:
            return response
    if len(data) < SMALLEST or not response.content_type.startswith(COMPRESSIBLE):
        return response
    if "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    encoding = coding()
    if encoding:
        packed = brotli.compress(data, quality=5) if encoding == "br" else gzip.compress(data, 6, mtime=0)
        response.set_data(packed)
        response.headers["Content-Encoding"] = encoding
    return response
