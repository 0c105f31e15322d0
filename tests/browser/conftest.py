"""A real Chromium without a network: every host but the server's is out of reach, and each try is recorded.

It has WebGL for the modules that say WEBGL = True: drawn by the processor, that is slow.

A page has three lists: `offsite` (URLs of other hosts), `errors` (uncaught exceptions and console errors)
and `failed` (answers of 400 and more, broken requests).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import orjson
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from serval import columns as event_columns
from serval.record import load
from tests.conftest import chromium
from tests.servers import ROOT

MADE_UP = ROOT / "tests" / "fixtures" / "record"

FLAGS = [
    "--no-sandbox",  # root has no sandbox; the pages are our own
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # without a graphics card
PLAIN = ["--disable-gpu"]


@pytest.fixture(scope="session")
def browsers() -> Iterator[Callable[[bool], Browser]]:
    """browsers(webgl): the Chromium with WebGL or the one without, started when first asked for."""
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on PATH and no SERVAL_CHROMIUM", pytrace=False)
        pytest.skip("no Chromium: install the system's package chromium or set SERVAL_CHROMIUM")
    started: dict[bool, Browser] = {}
    with sync_playwright() as playwright:

        def browser(webgl: bool) -> Browser:
            if webgl not in started:
                args = [*FLAGS, *(WEBGL if webgl else PLAIN)]
                started[webgl] = playwright.chromium.launch(executable_path=path, args=args)
            return started[webgl]

        yield browser
        for one in started.values():
            one.close()


@pytest.fixture(scope="module")
def browser(browsers: Callable[[bool], Browser], request: pytest.FixtureRequest) -> Browser:
    """The Chromium of the module, with WebGL if it says WEBGL = True."""
    return browsers(getattr(request.module, "WEBGL", False))


@contextmanager
def visiting(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """What `new_page` gives; the profiles it makes are closed at the end."""
    contexts = []

    def make(**options) -> Page:
        options = {
            "base_url": server,
            "viewport": {"width": 1440, "height": 900},
            "locale": "en-GB",
            **options,
        }
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.offsite, page.errors, page.failed = [], [], []
        home = options["base_url"] + "/"
        context.on(
            "request",
            lambda r: page.offsite.append(r.url) if not r.url.startswith((home, "data:", "blob:")) else None,
        )
        context.on(
            "response", lambda r: page.failed.append(f"{r.status} {r.url}") if r.status >= 400 else None
        )
        context.on("requestfailed", lambda r: page.failed.append(f"{r.failure} {r.url}"))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def new_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """new_page(**options of a Playwright context): a page in a fresh profile; URLs may start with /."""
    with visiting(browser, server) as make:
        yield make


@pytest.fixture(scope="module")
def lasting_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """As `new_page`, for pages that the tests of a module share."""
    with visiting(browser, server) as make:
        yield make


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of 1440 by 900, in English, light."""
    return new_page()


@pytest.fixture(scope="module", params=["made up", "whole"])
def columns(request: pytest.FixtureRequest) -> dict:
    """The event columns of the made-up record and of the whole one."""
    return event_columns.build(load(MADE_UP if request.param == "made up" else None))


@pytest.fixture
def scripted(browser: Browser, columns: dict, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page with the module's SCRIPTS of assets/ and the columns as a global."""
    page = browser.new_page()
    page.set_content("<!doctype html><title>parity</title>")
    for script in request.module.SCRIPTS:
        page.add_script_tag(path=str(ROOT / "assets" / script))
    page.evaluate("text => { window.columns = JSON.parse(text); }", orjson.dumps(columns).decode())
    yield page
    page.close()
