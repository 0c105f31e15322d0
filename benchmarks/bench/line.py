"""A line between browser and server that counts what passes and can be as slow as a telephone's.

Chromium's own throttling leaves WebSockets and workers alone, through which the peers send all they draw:
this slows every byte of every page alike.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

REQUEST = re.compile(rb"(?:^|\r\n)(?:GET|POST|PUT|HEAD|OPTIONS) \S+ HTTP/1\.1\r\n")
RATE, DELAY = 9e6 / 8, 0.085
"""Bytes a second and seconds one way of the slow line: 9 Mbit/s and 170 ms there and back, like 4G."""


@dataclass
class Line:
    """Where to reach the server through it; what passed so far: bytes to the browser, from it, requests."""

    url: str = ""
    down: int = 0
    up: int = 0
    requests: int = 0
    slow: bool = False
    free: dict[str, float] = field(default_factory=lambda: {"down": 0.0, "up": 0.0})

    def passed(self) -> tuple[int, int, int]:
        return self.down, self.up, self.requests


@contextmanager
def line(port: int, slow: bool = False) -> Iterator[Line]:
    """A line to a port of this machine, while it is needed."""
    made, ready = Line(slow=slow), threading.Event()
    ends: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def serve() -> None:
        server = await asyncio.start_server(lambda r, w: _connected(made, port, r, w), "127.0.0.1", 0)
        made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ends.append((asyncio.get_running_loop(), asyncio.Event()))
        ready.set()
        await ends[0][1].wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    ready.wait()
    yield made
    loop, stop = ends[0]
    loop.call_soon_threadsafe(stop.set)
    thread.join()


async def _connected(of: Line, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, asyncio.CancelledError):
        if of.slow:
            await asyncio.sleep(2 * DELAY)  # what it takes to shake hands
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_carry(of, "up", reader, back), _carry(of, "down", there, writer))


async def _carry(of: Line, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Bytes in their order, each as late as the line makes it."""
    late: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    sending = asyncio.create_task(_deliver(late, writer))
    try:
        while chunk := await reader.read(16384):
            setattr(of, way, getattr(of, way) + len(chunk))
            if way == "up":
                of.requests += len(REQUEST.findall(chunk))
            await late.put((_due(of, way, len(chunk)), chunk))
    except OSError:
        pass
    await late.put((0.0, b""))
    await sending


def _due(of: Line, way: str, size: int) -> float:
    """When so many bytes arrive at the other end; all connections share the line."""
    now = asyncio.get_running_loop().time()
    if not of.slow:
        return now
    of.free[way] = max(of.free[way], now) + size / RATE
    return of.free[way] + DELAY


async def _deliver(late: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
    loop = asyncio.get_running_loop()
    try:
        while (found := await late.get())[1]:
            if (wait := found[0] - loop.time()) > 0:
                await asyncio.sleep(wait)
            writer.write(found[1])
            await writer.drain()
        writer.close()
    except OSError:
        writer.close()
