"""A small HTTP/1.1 client on asyncio: one kept connection, so that measuring costs little."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What came back; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """A connection to a port of this machine, opened when needed and again when the server closed it."""

    def __init__(self, port: int, seconds: float = 60) -> None:
        self.port, self.seconds = port, seconds
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """GET, or POST of a JSON body. OSError, TimeoutError or EOFError where no whole answer comes."""
        async with asyncio.timeout(self.seconds):
            fresh = self._streams is None
            try:
                return await self._once(path, body, headers)
            except (ConnectionError, EOFError):
                await self.close()
                if fresh:
                    raise
                return await self._once(path, body, headers)  # it had closed the kept connection

    async def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _once(self, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        self._streams = self._streams or await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        head = {"Host": f"127.0.0.1:{self.port}", "Accept-Encoding": "br, gzip", **headers}
        if body is not None:
            head |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in head.items())
        writer.write(
            f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\n{lines}\r\n".encode() + (body or b"")
        )
        got = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        said = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in got[1:])}
        status = int(got[0].split()[1])
        data = b"" if status in (204, 304) else await reader.readexactly(int(said["content-length"]))
        if said.get("connection", "").lower() == "close":
            await self.close()
        return Answer(status, said, data)
