"""`/metrics`: what the server did and what it takes, in Prometheus' text form, over all its processes.

Nothing about visitors: a route is the rule that matched, never the path as asked. Counts lie in a small file
per process (`serving.counts`); without a folder for them they are this process's alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from flask import Flask, Response, abort, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from serval import __version__, processes, tally
from serval import record as records
from serving.counts import FOLDER

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
PROXIED = ("X-Forwarded-For", "Forwarded")

_requests = Counter("serval_requests", "Requests answered", ["route", "method", "status"])
_seconds = Histogram("serval_request_seconds", "Time until an answer was made", ["route"], buckets=SECONDS)
_callbacks = Counter("serval_callbacks", "Callbacks of the page answered", ["callback"])
_things = {
    "jobs": Counter("serval_chromium_jobs", "Work for Chromium: a PNG or PDF is two of them", ["outcome"]),
    "chromium": Counter("serval_chromium", "Chromium started, or stuck and ended", ["event"]),
    "queue": Counter("serval_queue", "Work given to the queue", ["outcome"]),
}
_counting = True


def register(server: Flask) -> None:
    """The route; and from now on what `serval.tally` is told is counted."""
    server.add_url_rule("/metrics", "metrics", _metrics)
    tally.listen(_count)


def answered(route: str, method: str, status: int, seconds: float, callback: str = "") -> None:
    """Count a request. route: the rule that matched; callback: the name of the callback that it ran."""
    if not _counting:
        return
    _requests.labels(route, method if method in METHODS else "other", status).inc()
    _seconds.labels(route).observe(seconds)
    if callback:
        _callbacks.labels(callback).inc()


def silence() -> None:
    """Count nothing in this process: there is no room for it."""
    global _counting
    _counting = False


def _count(kind: str, outcome: str) -> None:
    if _counting:
        _things[kind].labels(outcome).inc()


def _metrics() -> Response:
    # They are for who runs the server: what comes from the world through a proxy finds nothing here.
    if any(name in request.headers for name in PROXIED):
        abort(404)
    registry = REGISTRY
    if os.environ.get(FOLDER):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    facts = CollectorRegistry()
    facts.register(_Facts())  # type: ignore[arg-type]
    answer = Response(generate_latest(registry) + generate_latest(facts), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class _Facts:
    """What is so now: the record and the processes with their memory."""

    def collect(self) -> Iterator[Metric]:
        record = records.load()
        about = GaugeMetricFamily(
            "serval_record_info", "The record that is served", labels=["version", "hash", "program"]
        )
        about.add_metric([record.version, record.hash, __version__], 1)
        yield about
        yield GaugeMetricFamily("serval_record_events", "Events of the record", value=len(record.events))
        number = GaugeMetricFamily("serval_processes", "Processes of the server", labels=["kind"])
        memory = GaugeMetricFamily(
            "serval_memory_bytes", "Memory with its share of what is common (PSS)", labels=["kind"]
        )
        for kind, pids in _family().items():
            number.add_metric([kind], len(pids))
            memory.add_metric([kind], sum(map(processes.memory, pids)))
        yield number
        yield memory


def _family() -> dict[str, list[int]]:
    """The server's processes by kind: master, worker, and what the workers have started (chromium)."""
    if not os.environ.get(FOLDER):
        return {"worker": [os.getpid()]}
    master = os.getppid()
    workers = [*processes.children(master)]
    return {
        "master": [master],
        "worker": workers,
        "chromium": [pid for pid in processes.below(master) if pid not in workers],
    }
