"""Visitors of a running server: what they ask for, how long it takes, what goes wrong."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from benchmarks.client import Client
from tests.servers import SERVE, free_port, served, started

WORKERS = 2
CALLBACKS = "/_dash-update-component"
ACTORS = ("france", "mali_army", "mujao", "aqim", "ansar_dine", "chad", "mnla")
PLACES = ("gao", "kidal", "konna", "timbuktu", "tessalit", "diabaly")
PICTURES = ("timeline", "control", "troops", "losses", "map")
ACTS = ("page", "filter", "rows", "event", "picture")
"""What a person does; the files and calls between are the page's own."""
FILTERS, NEW, PICTURE, FRESH = 6, 0.2, 0.1, 0.5
"""Filters of a visit; share of visits with an empty cache; share of visits that take a picture; share of
pictures in a size that nobody asked for before."""


@dataclass
class Seen:
    """Milliseconds of every answer by kind, errors in words, pictures that were refused for now (503)."""

    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    refused: int = 0

    @property
    def answers(self) -> int:
        return sum(map(len, self.spent.values()))

    @property
    def acts(self) -> list[float]:
        return [ms for kind in ACTS for ms in self.spent[kind]]


class Visitor:
    """Somebody who looks at the page, filters, reads, takes rows. pause: mean seconds between two acts."""

    def __init__(self, port: int, seen: Seen, pause: float, seed: int) -> None:
        self.client, self.seen, self.pause = Client(port), seen, pause
        self.random = random.Random(seed)
        self.known = False
        self.tags: dict[str, str] = {}

    async def visits(self, until: float) -> None:
        """Visit again and again until a moment of time.monotonic()."""
        await asyncio.sleep(self.random.random() * self.pause)
        while time.monotonic() < until:
            for act in self._visit():
                kind, path, body = act
                await self._ask(kind, path, body)
                if kind in ACTS:
                    await asyncio.sleep(self.random.uniform(0.5, 1.5) * self.pause)
                if time.monotonic() > until:
                    break
        await self.client.close()

    def _visit(self) -> Iterator[tuple[str, str, bytes | None]]:
        yield "page", "/", None
        if not self.known or self.random.random() < NEW:
            yield from (("file", path, None) for path in self.files)
            self.known = True
        yield "start", "/_dash-layout", None
        yield "start", "/_dash-dependencies", None
        for _ in range(FILTERS):
            yield "filter", CALLBACKS, _words(self._query())
        yield "rows", f"/api/v1/events.json?{self._query()}", None
        yield "rows", "/api/v1/events.csv", None  # the same for all: mostly a 304
        yield "event", f"/event/{self.random.choice(self.events)}", None
        if self.random.random() < PICTURE:
            fresh = f"&width={self.random.randint(600, 1400)}" if self.random.random() < FRESH else ""
            yield "picture", f"/figure/{self.random.choice(PICTURES)}.svg?{self._query()}{fresh}", None

    async def _ask(self, kind: str, path: str, body: bytes | None) -> None:
        known = {"If-None-Match": self.tags[path]} if kind == "rows" and path in self.tags else {}
        start = time.monotonic()
        try:
            answer = await self.client.ask(path, body, **known)
        except (OSError, EOFError, TimeoutError) as error:
            await self.client.close()
            self.seen.errors.append(f"{kind}: {type(error).__name__}")
            return
        self.seen.spent[kind].append((time.monotonic() - start) * 1000)
        if kind == "picture" and answer.status == 503 and "retry-after" in answer.headers:
            self.seen.refused += 1
        elif answer.status not in (200, 304):
            self.seen.errors.append(f"{kind}: {answer.status}")
        if "etag" in answer.headers and len(self.tags) < 50:
            self.tags[path] = answer.headers["etag"]

    def _query(self) -> str:
        """A filter; many are asked for again by somebody else."""
        r = self.random
        day = f"2013-0{r.randint(1, 6)}-{r.choice(('01', '11', '21'))}"
        return r.choice(
            (
                f"actor={r.choice(ACTORS)}",
                f"place={r.choice(PLACES)}",
                f"from={day}",
                f"at={day}",
                "status=confirmed",
            )
        )

    files: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


def learn(port: int) -> None:
    """Find out what the page loads and which events there are."""
    with urlopen(f"http://127.0.0.1:{port}/") as page:
        found = re.findall(r'(?:src|href)="(/(?:static|_dash-component-suites)/[^"]+)"', page.read().decode())
    Visitor.files = tuple(dict.fromkeys(found))
    with urlopen(f"http://127.0.0.1:{port}/api/v1/events.json") as rows:
        Visitor.events = tuple(row["id"] for row in json.load(rows)["rows"])


def _words(query: str) -> bytes:
    return json.dumps(
        {
            "output": "words.data",
            "outputs": {"id": "words", "property": "data"},
            "inputs": [{"id": "query", "property": "data", "value": query}],
            "changedPropIds": ["query.data"],
            "state": [],
        }
    ).encode()


async def crowd(port: int, n: int, pause: float, seconds: float, seen: Seen) -> None:
    """So many visitors at once for so long."""
    until = time.monotonic() + seconds
    await asyncio.gather(*(Visitor(port, seen, pause, seed).visits(until) for seed in range(n)))


@contextmanager
def server(log: Path) -> Iterator[tuple[int, int]]:
    """A server as users run it, with two workers and no limit of rates: its port and process id."""
    port = free_port()
    # Nothing is kept from an earlier run.
    own = {
        "RATE_LIMIT": "off",
        "SERVAL_CACHE": str(log.parent / "cache"),
    }
    with started(SERVE, log, port, grace=40, **served(port, WORKERS), **own) as process:
        learn(port)
        yield port, process.pid
