"""What every answer made on request gets: security headers, a validator, compression, a real 404."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import brotli
from flask import Flask, Response, abort, request, send_file
from werkzeug.middleware.proxy_fix import ProxyFix

FRAMED = "embed"  # the endpoint that other sites may show in a frame
PAGE, SVG, PDF = "text/html", "image/svg+xml", "application/pdf"
OPEN = ("/api/", "/figure/", "/embed/", "/cite.", "/releases/")  # other sites may show and fetch these
A_YEAR = 31_536_000
EVERY = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
SHOWN = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{power}=()"
        for power in (
            *("accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope"),
            *("magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "usb"),
        )
    ),
}
"""Of what a browser shows as a page of its own. Ours asks for none of the powers."""
SMALLEST = 600  # bytes; below it compression saves no packet
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/problem+json",
    "application/javascript",
)


def install(server: Flask, script_hashes: Sequence[str], catch_all: str) -> None:
    """Add the headers, compression and 404s to a Flask app, and believe the proxies of TRUSTED_PROXIES.

    script_hashes: CSP sources of the inline scripts; catch_all: the rule that answers every unknown path.
    """
    policy = _policy(script_hashes)

    def real_404() -> None:
        if request.url_rule is not None and request.url_rule.rule == catch_all:
            abort(404)

    def finish(response: Response) -> Response:
        kind, frames = response.mimetype, "*" if request.endpoint == FRAMED else "'none'"
        for name, value in always(kind).items():
            response.headers.setdefault(name, value)
        own = f"{policy}; frame-ancestors {frames}" if kind == PAGE else data_policy(kind)
        response.headers.setdefault("Content-Security-Policy", own)
        reach = "cross-origin" if request.path.startswith(OPEN) else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", reach)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
        return _validate_and_compress(response)

    server.before_request(real_404)
    server.after_request(finish)
    proxies = trusted_proxies()
    if proxies:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]


def trusted_proxies() -> int:
    """How many proxies stand before the server (TRUSTED_PROXIES), whose word on the visitor is believed."""
    text = os.environ.get("TRUSTED_PROXIES") or "0"
    if not text.isdecimal() or int(text) > 9:
        raise SystemExit(f"TRUSTED_PROXIES={text}: expected the number of proxies before the server, 0 to 9")
    return int(text)


def always(kind: str) -> dict[str, str]:
    """The headers of every answer of a media type, but for those that depend on the request."""
    return {**EVERY, **SHOWN} if kind in (PAGE, SVG, PDF) else EVERY


def _policy(script_hashes: Sequence[str]) -> str:
    return "; ".join(
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
            "form-action 'self'",
        ]
    )


def data_policy(kind: str) -> str:
    """The policy of an answer that is no page: nothing runs where a browser shows it.

    A PDF only may not be framed: the viewers of browsers are pages that a stricter policy would break.
    """
    drawn = "; style-src 'unsafe-inline'; img-src data:; font-src data:" if kind == SVG else ""
    nothing = "" if kind == PDF else f"default-src 'none'{drawn}; "
    return f"{nothing}frame-ancestors 'none'"


def file_headers(kind: str) -> dict[str, str]:
    """The security headers of a static file, which pages in sandboxed frames ask for too."""
    framed = {"Content-Security-Policy": data_policy(kind)} if kind in (PAGE, SVG) else {}
    return {**always(kind), "Cross-Origin-Resource-Policy": "cross-origin", **framed}


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
