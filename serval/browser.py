"""A warm Chromium that draws pictures and prints pages: started when first asked for, once per process.

It lives in a thread of its own, so any thread may ask. Nothing that it shows can reach a network. A job has a
page to itself while it works, so that no picture is another's. `Unavailable` says why there is none.
"""

from __future__ import annotations

import atexit
import os
import re
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Literal

from serval import drawing
from serval.chromium import LOADED, Desk, Unavailable, briefly, path, refuse

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

__all__ = ["Unavailable", "path", "pdf", "picture", "png", "print_html", "stop", "svg"]
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"


def svg(spec: Mapping[str, Any]) -> str:
    """The composed SVG of a picture's spec, see `serval.export.picture`."""
    desk = _desk()
    return desk.run(lambda browser: desk.draw(browser, spec))


def png(svg: str, width: int, height: int, scale: float = 1) -> bytes:
    """The PNG of an SVG of so many CSS pixels, `scale` device pixels to each of them."""

    async def job(browser: Browser) -> bytes:
        async with _blank(browser, width, height, scale) as page:
            await _show(page, _sheet(svg, width, height))
            shown = await page.screenshot(type="png", animations="disabled")
        return drawing.with_density(shown, scale)

    return _desk().run(job)


def pdf(svg: str, width: int, height: int) -> bytes:
    """The PDF of an SVG, one page of exactly its size, all vectors."""

    async def job(browser: Browser) -> bytes:
        async with _blank(browser, width, height) as page:
            await _show(page, _sheet(svg, width, height))
            printed = await page.pdf(
                width=f"{width}px", height=f"{height}px", print_background=True, page_ranges="1", tagged=True
            )
        return drawing.with_day(printed)

    return _desk().run(job)


def picture(spec: Mapping[str, Any], form: Literal["svg", "png", "pdf"], scale: float = 1) -> bytes:
    """A picture in a format; `scale` is that of a PNG."""
    drawn = svg(spec)
    if form == "svg":
        return drawn.encode()
    size = int(spec["width"]), int(spec["height"])
    return png(drawn, *size, scale) if form == "png" else pdf(drawn, *size)


def print_html(html: str, paper: Literal["A4", "Letter"] = "A4") -> bytes:
    """The PDF of a whole HTML document that carries all it needs; margins are those of its print CSS."""

    async def job(browser: Browser) -> bytes:
        async with _blank(browser, 1000, 1400) as page:
            await _show(page, html)
            return await page.pdf(
                format=paper, print_background=True, prefer_css_page_size=True, tagged=True, outline=True
            )

    return _desk().run(job)


def stop() -> None:
    """Close this process's Chromium, if it has one; the next job starts another."""
    global _one
    with _lock:
        desk, _one = _one, None
    if desk is not None:
        desk.stop()


@asynccontextmanager
async def _blank(browser: Browser, width: int, height: int, scale: float = 1) -> AsyncIterator[Page]:
    """A page in a profile of its own, gone when it is done with."""
    context = await browser.new_context(
        offline=True, viewport={"width": width, "height": height}, device_scale_factor=scale
    )
    try:
        await context.route("**/*", refuse)
        yield await context.new_page()
    finally:
        await briefly(context.close())


async def _show(page: Page, html: str) -> None:
    await page.set_content(html)
    await page.evaluate(LOADED)


def _sheet(svg: str, width: int, height: int) -> str:
    """A page that shows an SVG and can do nothing else."""
    name = re.search(r"<title[^>]*>([^<]*)", svg)
    return (
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{name[1] if name else 'Serval'}</title>"
        f"<style>@page {{ size: {width}px {height}px; margin: 0 }}"
        f" html, body {{ margin: 0; overflow: hidden }} svg {{ display: block }}</style>{svg}"
    )


_one: Desk | None = None
_lock = threading.Lock()


def _desk() -> Desk:
    global _one
    with _lock:
        if _one is None:
            _one = Desk()
        return _one


def _forget() -> None:
    """After a fork: what was started belongs to the parent."""
    global _one, _lock
    _one, _lock = None, threading.Lock()


os.register_at_fork(after_in_child=_forget)
atexit.register(stop)
