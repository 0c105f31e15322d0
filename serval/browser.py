"""A warm Chromium that draws pictures and prints pages: started when first asked for, once per process.

It lives in a thread of its own, so any thread may ask. Nothing that it shows can reach a network. A job has a
page to itself while it works, so that no picture is another's. `Unavailable` says why there is none.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from typing import Any, Literal, TypeVar

from playwright.async_api import Browser, Error, Page, Playwright, Route, ViewportSize, async_playwright

from serval import drawing

SLOTS = 2
"""Jobs at once: a Chromium of more pages is no quicker on the machines this runs on."""
QUEUE = 32
"""Jobs at work and waiting; one more is told to come again."""
SECONDS, PATIENCE, START = 30.0, 60.0, 20.0
"""A job may take, a job may wait and take, Chromium may take to start."""
USES = 200
"""Jobs after which a page makes room for a fresh one."""
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",  # root has no sandbox; the pages are our own and have no network
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",  # letters as wide in a picture of any size
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
LOADED = "() => Promise.all([...document.fonts].map((face) => face.load())).then(() => document.fonts.ready)"

T = TypeVar("T")
Job = Callable[[Browser], Awaitable[T]]


class Unavailable(Exception):
    """There is no picture now; `reason` says why, in English. `after`: seconds after which to ask again."""

    def __init__(self, reason: str, after: int = 30) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


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


def path() -> str:
    """The Chromium to drive: SERVAL_CHROMIUM or one on PATH. Raises `Unavailable`."""
    named = os.environ.get("SERVAL_CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    if named:
        raise Unavailable(f"SERVAL_CHROMIUM is {named}, which is no program")
    raise Unavailable("no Chromium is installed: there is none on PATH and SERVAL_CHROMIUM is not set")


class _Desk:
    """Chromium, its pages and the thread they live in."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._idle: list[tuple[Page, int]] = []
        self._jobs = 0
        self._loop = asyncio.new_event_loop()
        self._slots, self._starting = asyncio.Semaphore(SLOTS), asyncio.Lock()
        self._thread = threading.Thread(target=self._loop.run_forever, name="chromium", daemon=True)
        self._thread.start()

    def run(self, job: Job[T]) -> T:
        """Do a job and wait for it. Raises `Unavailable`."""
        path()
        return self._submit(self._queued(job)).result()

    def _submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _queued(self, job: Job[T]) -> T:
        if self._jobs >= QUEUE:
            raise Unavailable("too many pictures are being drawn at this moment", after=5)
        self._jobs += 1
        try:
            async with asyncio.timeout(PATIENCE), self._slots:
                return await self._tried(job)
        except TimeoutError:
            raise Unavailable(
                f"too many pictures are waited for: none was free within {PATIENCE:g} s"
            ) from None
        finally:
            self._jobs -= 1

    async def _tried(self, job: Job[T]) -> T:
        """A job fails with the browser that dies under it: it gets a second try, with a new one."""
        said = ""
        for _ in range(2):
            try:
                async with asyncio.timeout(SECONDS):
                    return await job(await self._ready())
            except TimeoutError:
                raise Unavailable(f"the picture took longer than {SECONDS:g} s") from None
            except Error as error:
                said = error.message.strip().splitlines()[0]
        raise Unavailable(f"Chromium failed: {said}")

    async def _ready(self) -> Browser:
        """The running browser; started where there is none."""
        async with self._starting:
            if self._browser is not None and self._browser.is_connected():
                return self._browser
            await self._close()
            self._playwright = await async_playwright().start()
            chromium = self._playwright.chromium
            self._browser = await chromium.launch(executable_path=path(), args=FLAGS, timeout=1000 * START)
            return self._browser

    async def draw(self, browser: Browser, spec: Mapping[str, Any]) -> str:
        """One picture, on a page that has the drawing's scripts and that nobody else has meanwhile."""
        page, uses = self._idle.pop() if self._idle else (await _drawing_page(browser), 0)
        try:
            drawn = await page.evaluate("(spec) => serval.picture.svg(spec)", spec)
        except BaseException:
            await _closed(page)  # whatever it still does must not touch the next picture
            raise
        if uses + 1 < USES:
            self._idle.append((page, uses + 1))
        else:
            await _closed(page)
        return str(drawn)

    async def _close(self) -> None:
        self._idle.clear()
        browser, self._browser = self._browser, None
        playwright, self._playwright = self._playwright, None
        with suppress(Error, OSError):
            if browser is not None:
                await browser.close()
        with suppress(Error, OSError):
            if playwright is not None:
                await playwright.stop()

    def stop(self) -> None:
        with suppress(Exception):
            self._submit(self._close()).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)


async def _drawing_page(browser: Browser) -> Page:
    page = await (await browser.new_context(offline=True)).new_page()
    await page.route("**/*", _refuse)
    await page.set_content(drawing.page())
    for script in drawing.scripts():
        await page.add_script_tag(content=script)
    await page.evaluate(LOADED)
    return page


@asynccontextmanager
async def _blank(browser: Browser, width: int, height: int, scale: float = 1) -> AsyncIterator[Page]:
    """A page in a profile of its own, gone when it is done with."""
    size = ViewportSize(width=width, height=height)
    async with await browser.new_context(offline=True, viewport=size, device_scale_factor=scale) as context:
        await context.route("**/*", _refuse)
        yield await context.new_page()


async def _show(page: Page, html: str) -> None:
    await page.set_content(html)
    await page.evaluate(LOADED)


async def _refuse(route: Route) -> None:
    await route.abort()


async def _closed(page: Page) -> None:
    with suppress(Error):
        await page.context.close()


def _sheet(svg: str, width: int, height: int) -> str:
    """A page that shows an SVG and can do nothing else."""
    name = svg.partition("<title>")[2].partition("</title>")[0]
    return (
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{name or 'Serval'}</title><style>@page {{ size: {width}px {height}px; margin: 0 }}"
        f" html, body {{ margin: 0; overflow: hidden }} svg {{ display: block }}</style>{svg}"
    )


_one: _Desk | None = None
_lock = threading.Lock()


def _desk() -> _Desk:
    global _one
    with _lock:
        if _one is None:
            _one = _Desk()
        return _one


def _forget() -> None:
    """After a fork: what was started belongs to the parent."""
    global _one, _lock
    _one, _lock = None, threading.Lock()


os.register_at_fork(after_in_child=_forget)
atexit.register(stop)
