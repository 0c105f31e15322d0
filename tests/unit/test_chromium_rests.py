"""A Chromium that nobody needs is ended, and there again when somebody does."""

import time

import pytest

from serval import chromium


class Browser:
    """What the desk needs to know of one."""

    def __init__(self) -> None:
        self.closed = False

    def is_connected(self) -> bool:
        return not self.closed

    async def close(self) -> None:
        self.closed = True


def test_it_is_ended_after_a_while_and_started_anew(monkeypatch: pytest.MonkeyPatch):
    started: list[Browser] = []

    async def start(_: chromium.Desk) -> Browser:
        started.append(Browser())
        return started[-1]

    async def job(browser: Browser) -> Browser:
        return browser

    monkeypatch.setattr(chromium, "IDLE", 0.3)
    monkeypatch.setattr(chromium, "path", lambda: "chromium")
    monkeypatch.setattr(chromium.Desk, "_start", start)
    desk = chromium.Desk()
    try:
        assert desk.run(job) is started[0]
        end = time.monotonic() + 30
        while not started[0].closed and time.monotonic() < end:
            time.sleep(0.05)
        assert started[0].closed
        assert desk.run(job) is started[1]
    finally:
        desk.stop()
