"""Who may speak to the page: this machine, by its own name, with the token's cookie, from the page itself."""

from __future__ import annotations

import hmac
import ipaddress
import secrets

from flask import Flask, Response, abort, redirect, request
from werkzeug.wrappers import Response as Answer

COOKIE, ASKED = "serval_review", "X-Serval-Review"
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """The token of the address, good once, and the secret of the cookie that it is exchanged for."""

    def __init__(self, port: int) -> None:
        self.token, self._secret, self._used = secrets.token_urlsafe(32), secrets.token_urlsafe(32), False
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.address = f"http://127.0.0.1:{port}/enter/{self.token}"

    def install(self, app: Flask) -> None:
        """Add the checks, the headers and `/enter/<token>` to the app."""
        app.before_request(self._check)
        app.after_request(_finish)
        app.add_url_rule("/enter/<token>", "enter", self._enter)

    def _check(self) -> None:
        if request.host not in self.hosts or not _is_loopback(request.remote_addr):
            abort(403, "This page answers this machine alone.")
        if request.endpoint == "enter":
            return
        if not hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self._secret.encode()):
            abort(403, "Open the address that serval review printed; it is good once.")
        if request.method not in ("GET", "HEAD"):
            own = {f"http://{host}" for host in self.hosts}
            if request.headers.get(ASKED) != "1" or request.headers.get("Origin", "") not in own:
                abort(403, "Acts come from the page itself.")

    def _enter(self, token: str) -> Answer:
        if self._used or not hmac.compare_digest(token.encode(), self.token.encode()):
            abort(403, "The token is wrong or was used; start serval review anew.")
        self._used = True
        answer = redirect("/", 303)
        answer.set_cookie(COOKIE, self._secret, httponly=True, samesite="Strict", path="/")
        return answer


def _is_loopback(address: str | None) -> bool:
    return address is not None and ipaddress.ip_address(address).is_loopback


def _finish(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response
