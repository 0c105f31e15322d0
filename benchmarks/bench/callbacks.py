"""Requests a second of the endpoint that gives Serval's page its words, from this machine to this machine."""

from __future__ import annotations

import http.client
import threading
import time
from itertools import count
from statistics import median

import orjson

from benchmarks.bench.servers import Server

SECONDS = 4.0
ALONE = "1 connection, ever another view"
"""The load that shows what one answer takes."""
PATH = "/_dash-update-component"
HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "br, gzip"}


def words(query: str) -> bytes:
    """The request that the page makes for the words of a query string."""
    output = {"id": "words", "property": "data"}
    given = {"id": "query", "property": "data", "value": query}
    return orjson.dumps(
        {"output": "words.data", "outputs": output, "inputs": [given], "changedPropIds": ["query.data"]}
    )


def load(server: Server, queries: list[str], connections: int) -> dict[str, float]:
    """Connections ask for the queries in turn: `rate` a second, `median` ms, `errors`, `kb` each."""
    bodies = [words(query) for query in queries]
    turn, ends = count(), time.monotonic() + SECONDS
    times: list[float] = []
    sizes: list[int] = []
    errors: list[int] = []

    def visitor() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        while time.monotonic() < ends:
            began = time.perf_counter()
            connection.request("POST", PATH, bodies[next(turn) % len(bodies)], HEADERS)
            answer = connection.getresponse()
            size = len(answer.read())
            (times if answer.status == 200 else errors).append(1000 * (time.perf_counter() - began))
            sizes.append(size)
        connection.close()

    threads = [threading.Thread(target=visitor) for _ in range(connections)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(times) / (time.monotonic() - began)
    return {
        "rate": rate,
        "median": median(times) if times else 0.0,
        "errors": len(errors),
        "kb": median(sizes) / 1000,
    }


def distinct(n: int) -> list[str]:
    """Query strings of n views that differ: more than the server keeps."""
    return [f"from=2012-{1 + i % 12:02d}-{1 + i // 12 % 28:02d}&to=2013-{1 + i % 9:02d}-28" for i in range(n)]
