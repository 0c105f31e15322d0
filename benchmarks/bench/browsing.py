"""A real Chromium that visits the pages: what a visit costs, and how long a filter takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.bench.apps import App
from benchmarks.bench.plan import Plan
from benchmarks.bench.servers import Server
from serval.chromium import path
from serval.selection import Selection

PROBE = Path(__file__).with_name("probe.js").read_text("utf-8")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--use-angle=swiftshader",  # WebGL without a graphics card
    "--enable-unsafe-swiftshader",
]
SIZE = {"width": 1440, "height": 900}
PATIENCE = 90_000
"""Milliseconds until a page that does not show what it must is given up."""
QUIET = 0.3
"""Seconds after the last mark until the server's work counts as done."""


@dataclass(frozen=True)
class Filtered:
    """One filter on one page. `timeline`: ms until it is drawn, `marks`: until the map is too, `all`: until
    the words are there as well; `cpu`: ms of the server's processor."""

    app: str
    kind: str
    line: str
    rows: int
    timeline: float
    marks: float
    all: float
    cpu: float


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """A profile with an empty cache."""
    context = browser.new_context(viewport=SIZE, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    context.add_init_script(PROBE)
    yield context
    context.close()


def visit(context: BrowserContext, plan: Plan, app: App, url: str) -> tuple[Page, dict[str, float]]:
    """Open the page: `paint`, `marks` and `all`, in ms since the address was asked for."""
    page = context.new_page()
    page.goto(url, wait_until="commit")
    page.evaluate("(wanted) => { bench.expect(wanted, true); }", plan.expected(app.name, plan.first()))
    times = _done(page, app, "a first view")
    return page, {"paint": page.evaluate("() => bench.paint()"), **times}


def filters(
    page: Page, plan: Plan, app: App, server: Server, turn: int, slow: bool = False
) -> Iterator[Filtered]:
    """Every act of a turn on an open page, from the whole record and back; on a slow line every other."""
    line, size = "4G" if slow else "none", len(plan.record.events)
    now = plan.first()
    for before, act in islice(plan.acts(turn), None, None, 2 if slow else 1):
        now = _moved(page, plan, app, now, before)
        wanted = plan.expected(app.name, plan.after(before, act))
        page.evaluate("(wanted) => { bench.expect(wanted, false); }", wanted)
        used = server.cpu()
        app.do(page, act)
        times = _done(page, app, f"{act.kind} {act.value}")
        time.sleep(QUIET)
        yield Filtered(app.name, act.kind, line, size, cpu=1000 * (server.cpu() - used), **times)
        app.undo(page, act)
        _settled(page, app, plan.count(before))


def _moved(page: Page, plan: Plan, app: App, now: Selection, wanted: Selection) -> Selection:
    """The days of the page set to others, one after the other."""
    for which, old, new in (("from", now.from_, wanted.from_), ("to", now.to, wanted.to)):
        if old != new:
            app.day(page, which, new)
            now = now.with_(**{"from_" if which == "from" else which: new})
            _settled(page, app, plan.count(now))
    return now


def visit_any(context: BrowserContext, app: App, url: str) -> tuple[Page, dict[str, float]]:
    """As `visit`, for rows of which no plan knows how many marks they give: any marks count."""
    page = context.new_page()
    page.goto(url, wait_until="commit")
    page.evaluate("() => { bench.expect(null, true); }")
    return page, _done(page, app, "a first view")


def filter_any(page: Page, app: App, server: Server) -> dict[str, float]:
    """The first day moved twice: `marks`, ms until map and timeline show other marks, and `cpu`: means."""
    marks, cpu = [], []
    for day in ("2013-01-15", "2013-03-15"):
        time.sleep(QUIET)
        page.evaluate("() => { bench.expect(null, false); }")
        used = server.cpu()
        app.day(page, "from", day)
        marks.append(_done(page, app, f"from {day}")["marks"])
        time.sleep(QUIET)
        cpu.append(1000 * (server.cpu() - used))
    return {"marks": sum(marks) / 2, "cpu": sum(cpu) / 2}


def _settled(page: Page, app: App, n: int) -> None:
    try:
        _awaited(page, f"bench.settled({n})")
    except TimeoutError:
        _stuck(page, app, f"{n} events")
    time.sleep(QUIET)


def _done(page: Page, app: App, what: str) -> dict[str, float]:
    try:
        return _awaited(page, "bench.done")
    except TimeoutError:
        _stuck(page, app, what)
        raise


def _stuck(page: Page, app: App, what: str) -> None:
    shot = f"build/bench/{app.name}-stuck.png"
    page.screenshot(path=shot)
    state = page.evaluate("() => bench.state()")
    raise SystemExit(f"{app.name}: {what}: not shown in {PATIENCE / 1000:g} s, see {shot}: {state}")


def _awaited(page: Page, promise: str) -> Any:
    script = (
        f"""() => Promise.race([{promise}, new Promise((late) => setTimeout(late, {PATIENCE}, "late"))])"""
    )
    told = page.evaluate(script)
    if told == "late":
        raise TimeoutError
    return told
