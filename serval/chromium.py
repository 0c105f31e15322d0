"""Chromium in a thread of its own: started when needed, started again when it dies, bounded in all it does.

`serval.browser` says what it is asked to do. Playwright is imported late: most processes never draw.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from serval import drawing, tally
from serval.scratch import Scratch

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Playwright, Route

SLOTS = 2
"""Jobs at once: a Chromium of more pages is no quicker on the machines this runs on."""
QUEUE = 32
"""Jobs at work and waiting; one more is told to come again."""
SECONDS, PATIENCE, START, BRIEFLY = 40.0, 90.0, 30.0, 5.0
"""A job may take, a job may wait and take, Chromium may take to start, and anything to close."""
IDLE = 300.0
"""Seconds without a job after which Chromium is ended: it takes more memory than its server."""
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
LOADED = "() => Promise.all([...document.fonts].map((face) => face.load())).then(() => document.fonts.ready)"
"""Waits in a page until all its letters are there."""

T = TypeVar("T")
Job = Callable[["Browser"], Awaitable[T]]


class Unavailable(Exception):
    """There is no picture now; `reason` says why, in English. `after`: seconds after which to ask again."""

    def __init__(self, reason: str, after: int = 30) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


def path() -> str:
    """The Chromium to drive: SERVAL_CHROMIUM or one on PATH. Raises `Unavailable`."""
    named = os.environ.get("SERVAL_CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    if named:
        raise Unavailable(f"SERVAL_CHROMIUM is {named}, which is no program")
    raise Unavailable("no Chromium is installed: there is none on PATH and SERVAL_CHROMIUM is not set")


class Desk:
    """Chromium, its pages and the thread they live in."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._process, self._page = 0, ""
        self._folder: Scratch | None = None
        self._idle: list[tuple[Page, int]] = []
        self._jobs, self._done = 0, 0
        self._loop = asyncio.new_event_loop()
        self._slots, self._starting = asyncio.Semaphore(SLOTS), asyncio.Lock()
        self._thread = threading.Thread(target=self._loop.run_forever, name="chromium", daemon=True)
        self._thread.start()

    def run(self, job: Job[T]) -> T:
        """Do a job and wait for it. Raises `Unavailable`."""
        try:
            path()
            done = self._submit(self._queued(job)).result()
        except CancelledError:
            raise Unavailable("the server is about to stop") from None
        except Unavailable:
            tally.count("jobs", "refused")
            raise
        tally.count("jobs", "done")
        return done

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
            raise Unavailable(f"too many pictures are waited for: no turn within {PATIENCE:g} s") from None
        finally:
            self._jobs -= 1
            self._done += 1
            self._loop.call_later(IDLE, self._tire, self._done)

    def _tire(self, done: int) -> None:
        if done == self._done and not self._jobs:
            self._loop.create_task(self._rest())

    async def _rest(self) -> None:
        async with self._starting:
            if not self._jobs:
                await self._close()

    async def _tried(self, job: Job[T]) -> T:
        """A job fails with the browser that dies under it: it gets a second try, with a new one."""
        from playwright.async_api import Error

        said = ""
        for _ in range(2):
            try:
                browser = await self._ready()
                async with asyncio.timeout(SECONDS):
                    return await job(browser)
            except TimeoutError:
                tally.count("chromium", "stuck")
                self._kill()  # whatever keeps it busy would keep the next job waiting too
                raise Unavailable(f"the picture took longer than {SECONDS:g} s") from None
            except (Error, OSError) as error:
                said = str(error).strip().splitlines()[0]
                tally.count("jobs", "failed")
        raise Unavailable(f"Chromium failed: {said}")

    async def _ready(self) -> Browser:
        """The running browser; started where there is none."""
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                try:
                    self._browser = await self._start()
                except BaseException:
                    await self._close()
                    raise
            return self._browser

    async def _start(self) -> Browser:
        from playwright.async_api import async_playwright

        self._idle.clear()
        # Playwright itself goes on when a browser dies: it still has to clear away what that one left.
        self._playwright = self._playwright or await async_playwright().start()
        self._folder = self._folder or Scratch()
        self._page = drawing.lay_out(self._folder.path)
        environment: dict[str, str | float | bool] = {**os.environ, "TMPDIR": str(self._folder.path)}
        browser = await self._playwright.chromium.launch(
            executable_path=path(), args=FLAGS, env=environment, timeout=1000 * START
        )
        session = await browser.new_browser_cdp_session()
        processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
        self._process = next(int(found["id"]) for found in processes if found["type"] == "browser")
        tally.count("chromium", "started")
        return browser

    def _kill(self) -> None:
        if self._process and self._browser is not None and self._browser.is_connected():
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)

    async def draw(self, browser: Browser, spec: Mapping[str, Any]) -> str:
        """One picture, on a page that has the drawing's scripts and that nobody else has meanwhile."""
        page, uses = self._idle.pop() if self._idle else (await _drawing_page(browser, self._page), 0)
        try:
            drawn = await page.evaluate("(spec) => serval.picture.svg(spec)", spec)
        except BaseException:
            await briefly(page.context.close())  # whatever it still does must not touch the next picture
            raise
        if uses + 1 < USES:
            self._idle.append((page, uses + 1))
        else:
            await briefly(page.context.close())
        return str(drawn)

    async def _close(self) -> None:
        self._idle.clear()
        browser, self._browser = self._browser, None
        playwright, self._playwright = self._playwright, None
        if browser is not None:
            await briefly(browser.close())
        if playwright is not None:
            await briefly(playwright.stop())
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    async def _end(self) -> None:
        await self._close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    def stop(self) -> None:
        """End Chromium, the jobs at work and the thread."""
        with suppress(Exception):
            self._submit(self._end()).result(3 * BRIEFLY)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(BRIEFLY)
        if not self._thread.is_alive():
            self._loop.close()


async def briefly(work: Awaitable[None]) -> None:
    """Await the end of something that may be dead already, but not for long."""
    from playwright.async_api import Error

    with suppress(Error, OSError, TimeoutError):
        await asyncio.wait_for(work, BRIEFLY)


async def _drawing_page(browser: Browser, url: str) -> Page:
    context = await browser.new_context(offline=True)
    folder = url.rpartition("/")[0]
    await context.route(lambda asked: not asked.startswith(folder), refuse)
    page = await context.new_page()
    await page.goto(url)
    await page.evaluate(LOADED)
    return page


async def refuse(route: Route) -> None:
    """No page reaches anything."""
    await route.abort()
