"""The event list: the twin of the map, which does the whole job from the keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from serval.listing import Order, listing
from tests.browser.visit import NO_WEBGL2, open_map, open_view, shows, trouble, turn_to, until, view_of

pytestmark = pytest.mark.browser
WEBGL = True

LISTED = "() => [...document.querySelectorAll('#events tbody tr')].map((row) => row.dataset.row)"
RINGED = """() => {
  const plot = document.querySelector("#map .js-plotly-plot");
  return plot.data.find((trace) => trace.uid === "open").lat[0] !== null;
}"""
IN_SIGHT = """() => {
  const row = document.querySelector("#events [aria-current]");
  const boxes = [document.getElementById("events-scroll"), row].map((part) => part.getBoundingClientRect());
  const [outer, inner] = boxes;
  const head = document.querySelector("#events thead").offsetHeight;
  return inner.top >= outer.top + head - 1 && inner.bottom <= outer.bottom + 1;
}"""


@pytest.fixture(scope="module")
def page(lasting_page: Callable[..., Page]) -> Page:
    page = lasting_page()
    open_map(page, "tab=events")
    return page


def lists(page: Page, record, query: str, lang: str = "en", **order) -> None:
    """Wait until the list is the one of this query string and order."""
    view = view_of(record, query)
    shown = listing(view, Order(**order), lang)
    until(page, LISTED, want=[line.event["id"] for line in shown.lines])


def test_the_list_is_the_view(page: Page, record):
    turn_to(page, "tab=events&actor=chad")
    lists(page, record, "tab=events&actor=chad")
    rows = page.locator("#events tbody tr")
    assert rows.count() == view_of(record, "actor=chad").n
    expect(page.locator("#events-count")).to_have_text(f"1 to {rows.count()} of {rows.count()} events")
    first = listing(view_of(record, "actor=chad"), Order(), "en").lines[0]
    expect(rows.first.get_by_role("rowheader")).to_have_text(first.title)
    for words in (*first.places, first.type_label, first.status_label, *first.did):
        expect(rows.first).to_contain_text(words)
    turn_to(page, "tab=events&q=nowhere")
    expect(page.locator("#events-count")).to_have_text("No event meets these filters.")


def test_events_of_the_whole_country_are_in_it(page: Page, record):
    turn_to(page, "tab=events&type=resolution")
    lists(page, record, "type=resolution")
    country = record.events[record.events["geo_precision"] == "country"]["id"]
    turn_to(page, "tab=events&place=mali")
    lists(page, record, "place=mali")
    assert set(page.evaluate(LISTED)) & set(country)


def test_sorting(page: Page, record):
    turn_to(page, "tab=events&place=gao")
    lists(page, record, "place=gao")
    page.click("#events-by-killed")
    lists(page, record, "place=gao", by="killed", down=True)
    expect(page.get_by_role("columnheader", name="Killed")).to_have_attribute("aria-sort", "descending")
    expect(page.locator("#events-by-killed")).to_be_focused()
    page.keyboard.press("Enter")
    lists(page, record, "place=gao", by="killed")
    expect(page.locator("#events [aria-sort]")).to_have_count(1)
    for by in ("type", "place", "status", "sources", "date"):
        page.click(f"#events-by-{by}")
        lists(page, record, "place=gao", by=by, down=by == "sources")


def test_pages_and_the_page_of_an_open_event(page: Page, record):
    turn_to(page, "tab=events")
    lists(page, record, "")
    view = view_of(record, "")
    ids = view.events["id"].tolist()
    page.click("#events-after")
    until(page, LISTED, want=ids[50:100])
    expect(page.locator("#events-page")).to_have_text(f"page 2 of {-(-view.n // 50)}")
    assert page.evaluate("document.getElementById('events-scroll').scrollTop") == 0

    page.evaluate("event => serval.state.change({ event })", ids[237])
    until(page, LISTED, want=ids[200:250])
    expect(page.locator("#events [aria-current]")).to_have_attribute("data-row", ids[237])
    until(page, IN_SIGHT)
    page.keyboard.press("Escape")
    until(page, LISTED, want=ids[50:100])


def test_a_row_points_at_the_map(page: Page, record):
    turn_to(page, "tab=events&place=gao")
    lists(page, record, "place=gao")
    until(page, RINGED, want=False)
    page.locator("#events tbody tr a").nth(2).focus()
    until(page, RINGED)
    page.focus("#step-on")
    until(page, RINGED, want=False)
    page.locator("#events tbody tr").nth(1).hover()
    until(page, RINGED)
    page.locator(".header h1").hover()
    until(page, RINGED, want=False)


def test_the_whole_job_from_the_keyboard(page: Page, record):
    turn_to(page, "")
    page.locator(".skip").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#events tbody tr").first).to_be_visible()
    expect(page.locator("#events")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("konna")
    page.keyboard.press("Enter")
    lists(page, record, "q=konna")
    page.locator("#events tbody tr a").first.focus()
    page.keyboard.press("ArrowDown")
    event = page.evaluate(LISTED)[1]
    expect(page.locator(f"#open-{event}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#event-title")).to_be_visible()
    expect(page.locator("#event-card")).to_be_focused()
    assert f"event={event}" in page.url
    page.keyboard.press("Escape")
    expect(page.locator("#event-card")).to_be_hidden()
    expect(page.locator(f"#open-{event}")).to_be_focused()
    assert trouble(page) == []


def test_in_french_on_a_phone(new_page: Callable[..., Page], record):
    page = new_page(viewport={"width": 390, "height": 844}, locale="fr-FR", color_scheme="dark")
    page.add_init_script(NO_WEBGL2)
    open_view(page, "tab=events&place=gao")
    lists(page, record, "place=gao", "fr")
    line = listing(view_of(record, "place=gao"), Order(), "fr").lines[0]
    expect(page.locator("#events tbody tr").first).to_contain_text(line.title)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("#events-by-sources")
    lists(page, record, "place=gao", "fr", by="sources", down=True)
    page.locator("#events tbody tr a").first.click()
    expect(page.locator("#event-title")).to_be_visible()
    assert trouble(page) == []


def test_filters_keep_the_list_in_step(page: Page, record):
    turn_to(page, "tab=events&place=gao")
    lists(page, record, "place=gao")
    page.click("#choice-status-disputed")
    shows(page, record, "place=gao&status=disputed&tab=events")
    lists(page, record, "place=gao&status=disputed")
    page.locator("#events tbody tr a").first.click()
    event = page.evaluate(LISTED)[0]
    shows(page, record, f"place=gao&status=disputed&event={event}&tab=events")
