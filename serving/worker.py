"""gunicorn's threaded worker, for a world of slow and leaving visitors.

A thread gets a request only when it is there as a whole, so a visitor who sends it byte by byte holds a few
kilobytes and no thread; and a worker that stops first takes what the kernel has accepted for it.
"""

from __future__ import annotations

import errno
import re
import selectors
import socket
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

SECONDS = 10.0
"""A request may take to arrive, from its first byte on."""
HEAD, BODY = 64 * 1024, 64 * 1024
"""Bytes of a head that are waited for, and of a body; a longer one is read while the app reads it."""
SWEEP = 0.5
LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
CHUNKED = re.compile(rb"^transfer-encoding:", re.IGNORECASE | re.MULTILINE)
EXPECTS = re.compile(rb"^expect:", re.IGNORECASE | re.MULTILINE)
CLOSES = "Connection: close\r\nContent-Length: 0\r\n\r\n"
GONE = (errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED)


def whole(got: bytes) -> bool:
    """Whether a request is there, or as much of it as is waited for."""
    head, end, body = got.partition(b"\r\n\r\n")
    if not end:
        return False
    if EXPECTS.search(head):
        return True  # it sends no body before it is told to
    if CHUNKED.search(head):
        return body.endswith(b"0\r\n\r\n") or len(body) >= BODY
    length = LENGTH.search(head)
    return not length or len(body) >= min(int(length[1]), BODY)


class Arriving:
    """A connection whose next request is on its way: what has come of it, and until when it may take."""

    def __init__(self, got: bytes, until: float) -> None:
        self.got, self.until = got, until


class Worker(ThreadWorker):  # type: ignore[misc]
    """See the module. `arriving` is the main thread's alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arriving: dict[TConn, Arriving] = {}
        self._swept = 0.0

    def accept(self, listener: socket.socket) -> bool:
        """Take a connection of a listener. False if there is none."""
        try:
            sock, address = listener.accept()
        except OSError as error:
            if error.errno in GONE:
                return False
            raise
        self.nr_conns += 1
        self.enqueue_req(TConn(self.cfg, sock, address, listener.getsockname()))
        return True

    def enqueue_req(self, conn: TConn) -> None:
        """Wait for the request of a connection, then give it to a thread."""
        early = conn.parser.unreader.take_buffered() if conn.parser else b""
        conn.sock.setblocking(False)
        patience = SECONDS if early else self.cfg.keepalive
        self.arriving[conn] = Arriving(early, monotonic() + patience)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._read, conn))
        self._read(conn)

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """A connection that was kept has something to say."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.enqueue_req(conn)

    def murder_pending(self) -> None:
        """Close what took too long to arrive; while stopping, also what has not begun."""
        now = monotonic()
        if now - self._swept < SWEEP:
            return
        self._swept = now
        for conn, arriving in [*self.arriving.items()]:
            if not self.alive and not arriving.got:
                arriving.until = min(arriving.until, now + STOP_KEEPALIVE_LINGER)
            if now > arriving.until:
                self._turn_away(conn, "408 Request Timeout" if arriving.got else "")

    def set_accept_enabled(self, enabled: bool) -> None:
        """As its parent's; but a worker that stops takes all connections that wait, then closes the door."""
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for listener in self.sockets:
                while self.accept(listener):
                    pass
                listener.close()

    def _read(self, conn: TConn, _: Any = None) -> None:
        arriving = self.arriving[conn]
        try:
            got = conn.sock.recv(BODY)
        except BlockingIOError:
            got = None
        except OSError:
            got = b""
        if got == b"":
            self._turn_away(conn)
            return
        if got:
            if not arriving.got:
                arriving.until = monotonic() + SECONDS
            arriving.got += got
        if whole(arriving.got):
            self._let_in(conn)
        elif len(arriving.got) > HEAD and b"\r\n\r\n" not in arriving.got:
            self._turn_away(conn, "431 Request Header Fields Too Large")

    def _let_in(self, conn: TConn) -> None:
        arriving = self.arriving.pop(conn)
        self.poller.unregister(conn.sock)
        conn.init()
        conn.parser.unreader.unread(arriving.got)
        super().enqueue_req(conn)

    def _turn_away(self, conn: TConn, status: str = "") -> None:
        del self.arriving[conn]
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        if status:
            with suppress(OSError):  # it may have left
                conn.sock.send(f"HTTP/1.1 {status}\r\n{CLOSES}".encode())
        conn.close()
