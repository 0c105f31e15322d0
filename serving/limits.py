"""How much one visitor may ask for: the sizes of a request, and how often for what costs the server seconds.

Work is counted in points per address and window of time. One address may be a class of thirty, so the usual
limit is wide; it stops a program that asks without end. Counters are in Redis where REDIS_URL names one,
else in each process. An address is counted under its digest and written to no log.
"""

from __future__ import annotations

import hashlib
import importlib
import ipaddress
import logging
import os
import re
import threading
import time
from typing import Any

from flask import Flask, Response, abort, request

from components.api import answered
from serval import api
from serving.callbacks import MOST_BYTES

LONGEST_URL = 7_500
"""Bytes of path and query. The limit in gunicorn.conf.py is a little above, so that ours speaks."""
USUAL = "900/600"
COSTS = {
    **dict.fromkeys(("report_html", "report_pdf", "report_docx"), 10),
    **dict.fromkeys(("figure", "interactive"), 2),
    **dict.fromkeys(("crosswalk_acled", "crosswalk_hxl", "crosswalk_ucdp", "check"), 2),
}
"""Endpoint -> its points, a quarter of a second of a core each; all others are free."""
PACKED_KINDS = {"events.xlsx": 4, "datapackage.zip": 4}
"""Kind of rows -> its points."""
MOST_ADDRESSES = 20_000
"""Addresses that a process counts apart in a window; those that come later share one counter."""
PAUSE = 30.0
"""Seconds for which a Redis that does not answer is left alone."""
_RATE = re.compile(r"([1-9][0-9]{0,6})/([1-9][0-9]{0,4})")
_log = logging.getLogger(__name__)


def install(server: Flask) -> None:
    """Add the limits to a Flask app, by RATE_LIMIT and REDIS_URL. SystemExit where a setting is wrong."""
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    server.before_request(_sizes)
    rate = allowed()
    if rate:
        _Rate(*rate, counters()).install(server)


def allowed() -> tuple[int, int] | None:
    """(points, seconds) of RATE_LIMIT, such as 900/600; None where it is off."""
    text = os.environ.get("RATE_LIMIT") or USUAL
    if text == "off":
        return None
    found = _RATE.fullmatch(text)
    if not found:
        raise SystemExit(f"RATE_LIMIT={text}: expected points/seconds such as {USUAL}, or off")
    return int(found[1]), int(found[2])


def _sizes() -> None:
    length = len(request.environ.get("PATH_INFO", "")) + len(request.query_string)
    if length > LONGEST_URL:
        abort(414, f"The address has {length} characters; at most {LONGEST_URL} are read.")
    if (request.content_length or 0) > MOST_BYTES:
        abort(413, f"The request has {request.content_length} bytes; at most {MOST_BYTES} are read.")


def cost() -> int:
    """The points of the request."""
    if request.endpoint == "api_rows":
        return PACKED_KINDS.get((request.view_args or {}).get("kind", ""), 0)
    return COSTS.get(request.endpoint or "", 0)


class _Rate:
    def __init__(self, points: int, seconds: int, store: Memory | Shared) -> None:
        self.points, self.seconds, self.store = points, seconds, store

    def install(self, server: Flask) -> None:
        server.before_request(self._refuse)
        server.after_request(self._count)

    def _key(self) -> tuple[str, int, float]:
        """Name of the counter, number of the window, seconds until it ends."""
        now = time.time()
        window = int(now // self.seconds)
        return visitor(request.remote_addr or ""), window, (window + 1) * self.seconds - now

    def _refuse(self) -> Response | None:
        if not cost():
            return None
        key, window, left = self._key()
        if self.store.add(key, window, 0, self.seconds) + cost() <= self.points:
            return None
        return _too_many(max(1, round(left)))

    def _count(self, answer: Response) -> Response:
        # What was not made anew costs nothing: a 304, a refusal, a fault.
        if cost() and answer.status_code == 200:
            key, window, _ = self._key()
            self.store.add(key, window, cost(), self.seconds)
        return answer


def visitor(address: str) -> str:
    """A digest of an address; those of one IPv6 network of 64 bits have the same, since one person has it."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        known = ipaddress.ip_address("::")
    if known.version == 6:
        known = known.ipv4_mapped or ipaddress.ip_network((int(known), 64), strict=False).network_address
    return hashlib.sha256(known.packed).hexdigest()[:24]


def _too_many(seconds: int) -> Response:
    detail = (
        "Pictures, reports and packages take the server seconds each, and more of them were asked for "
        f"from your network than it gives at once. Try again in {seconds} seconds."
    )
    problem = api.Problem(429, "too-many-requests", "Too many requests", detail)
    answer = answered(problem, seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class Memory:
    """Counters of the window that it is, in this process."""

    def __init__(self) -> None:
        self._window, self._used = -1, dict[str, int]()
        self._lock = threading.Lock()

    def add(self, key: str, window: int, points: int, seconds: int) -> int:
        """The points of a key in a window, with these added."""
        with self._lock:
            if window != self._window:
                self._window, self._used = window, {}
            if key not in self._used and len(self._used) >= MOST_ADDRESSES:
                key = "others"
            used = self._used.get(key, 0) + points
            if points:
                self._used[key] = used
            return used


class Shared:
    """Counters of all processes and machines, in Redis. While it does not answer, this process counts."""

    def __init__(self, redis: Any) -> None:
        self._redis, self._own, self._silent_until = redis, Memory(), 0.0

    def add(self, key: str, window: int, points: int, seconds: int) -> int:
        """As `Memory.add`."""
        if time.monotonic() >= self._silent_until:
            try:
                pipe = self._redis.pipeline()
                name = f"serval:rate:{window}:{key}"
                pipe.incrby(name, points)
                pipe.expire(name, seconds)
                return int(pipe.execute()[0])
            except Exception as error:  # whatever the client raises, a visitor is answered
                self._silent_until = time.monotonic() + PAUSE
                _log.warning("Redis does not count requests, this process does: %s", type(error).__name__)
        return self._own.add(key, window, points, seconds)


def counters() -> Memory | Shared:
    """Where points are counted, by REDIS_URL."""
    url = os.environ.get("REDIS_URL")
    if not url:
        return Memory()
    try:
        redis = importlib.import_module("redis")
    except ImportError:
        raise SystemExit("REDIS_URL is set, but the package redis is not installed") from None
    return Shared(redis.Redis.from_url(url, socket_timeout=0.25, socket_connect_timeout=0.25))
