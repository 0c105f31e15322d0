"""A visit of the page: open a view, wait until all of it is shown, compare it with the record's own view."""

import time
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from serval import summary
from serval.record import Record
from serval.selection import Allowed, Selection

SECONDS = 60  # even on a busy machine: a state that is not there by then does not come
expect.set_options(timeout=SECONDS * 1000)

CALLBACKS = "**/_dash-update-component*"  # Dash adds a query to the address

DRAWN = """() => {
  const plot = document.querySelector("#timeline .js-plotly-plot");
  return !!(document.querySelector("#shown-count") && plot && plot.querySelector(".textpoint")
    && document.querySelector("#brush input"));
}"""

NO_WEBGL2 = """(() => {
  const { prototype } = HTMLCanvasElement;
  const whole = prototype.getContext;
  prototype.getContext = function (kind, ...rest) {
    return kind === "webgl2" ? null : whole.call(this, kind, ...rest);
  };
})()"""

MAP_STANDS = """() => {
  const plot = document.querySelector("#map .js-plotly-plot");
  const map = plot && plot._fullLayout && plot._fullLayout.map && plot._fullLayout.map._subplot.map;
  return !!(map && map.loaded() && !map.isMoving());
}"""

SHOWN = """() => {
  const text = (selector) => (document.querySelector(selector) || {}).textContent;
  const plot = document.querySelector("#timeline .js-plotly-plot");
  const marks = plot.data.find((trace) => trace.mode === "text");
  const count = (text("#shown-count") || "").match(/\\d+/g);
  return { query: location.search.slice(1), count, sentence: text("#summary span"),
           events: marks.customdata };
}"""


def without_map(page: Page) -> Page:
    """The page with neither map: address and words are the same, and a map drawn by the CPU is slow."""

    def answer(route: Route) -> None:
        drawing = '"output":"map-print.figure"' in (route.request.post_data or "")
        route.fulfill(status=204) if drawing else route.fallback()

    page.add_init_script(NO_WEBGL2)
    page.route(CALLBACKS, answer)
    return page


def until(page: Page, script: str, arg: Any = None, *, want: Any = True, seconds: float = SECONDS) -> None:
    """Ask the page until the script gives what is wanted; fails with its last answer if it never does."""
    end = time.monotonic() + seconds
    while (found := page.evaluate(script, arg)) != want:
        if time.monotonic() > end:
            pytest.fail(f"{script}\n  is still {found!r}\n  and not  {want!r}")
        page.wait_for_timeout(50)


def open_view(page: Page, query: str = "") -> None:
    """Open the page with this query string and wait for its timeline and words."""
    page.goto(f"/?{query}" if query else "/")
    until(page, DRAWN)


def turn_to(page: Page, query: str = "") -> None:
    """Turn a page that stands to this query string, as Back and Forward do; quicker than opening it."""
    page.evaluate("query => history.pushState(null, '', `/?${query}`)", query)
    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    until(page, "() => serval.state.settled()")


def open_map(page: Page, query: str = "") -> None:
    """As `open_view`, and wait for the map too."""
    open_view(page, query)
    until(page, MAP_STANDS)


def view_of(record: Record, query: str) -> Any:
    """The record's view of a query string, read as the page reads it."""
    return record.select(Selection.read(query, Allowed.of(record))[0])


def expected(record: Record, query: str, lang: str = "en") -> dict[str, Any]:
    """What the page must show for a canonical query string: address, counts, sentence and events."""
    view = view_of(record, query)
    count = [str(view.n), str(view.total)]
    events = view.events["id"].tolist()
    return {"query": query, "count": count, "sentence": summary.sentence(view, lang), "events": events}


def shows(page: Page, record: Record, query: str, lang: str = "en") -> None:
    """Wait until address, count, sentence and timeline are those of this query string."""
    until(page, SHOWN, want=expected(record, query, lang))


def text(page: Page, selector: str) -> str:
    """The text of an element as it is read, blanks made one."""
    return " ".join(page.inner_text(selector).split())


def trouble(page: Page) -> list[str]:
    """Errors, failed requests and requests of other hosts so far; what a reload cut off is none."""
    failed = [line for line in page.failed if not line.startswith("net::ERR_ABORTED")]
    return [*page.errors, *failed, *page.offsite]
