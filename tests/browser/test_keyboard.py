"""The whole job without a pointer: filter, find, read, cite, close and export, from the keyboard alone."""

import csv
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import open_view, trouble, until, view_of, without_map

pytestmark = pytest.mark.browser

FOCUSED = "() => document.activeElement && document.activeElement.id"
SAVES = "() => document.activeElement.matches('#take-data a[download]')"
OUTLINED = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def tab_to(page: Page, id: str, most: int = 160) -> None:
    """Press Tab until the element is focused; its focus must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == id:
            assert page.evaluate(OUTLINED), f"the focus of #{id} is not seen"
            return
    pytest.fail(f"#{id} is not reached by {most} presses of Tab")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_filter_read_cite_and_export_from_the_keyboard(new_page: Callable[..., Page], record, lang: str):
    page = new_page(locale=lang, permissions=["clipboard-read", "clipboard-write"])
    without_map(page)
    open_view(page)

    page.keyboard.press("/")
    until(page, FOCUSED, want="filter-search")
    page.keyboard.type("tombouctou")
    page.keyboard.press("Enter")
    until(page, "() => location.search", want="?q=tombouctou")

    tab_to(page, "choice-type-town_retaken")
    page.keyboard.press("Enter")
    until(page, "() => location.search", want="?type=town_retaken&q=tombouctou")
    until(page, FOCUSED, want="choice-type-town_retaken")

    tab_to(page, "tab-timeline")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    until(page, "() => new URLSearchParams(location.search).get('tab')", want="events")
    expect(page.locator("#events-table tbody a").first).to_be_visible()

    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("() => !!document.activeElement.closest('#events-table tbody')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#event-card h2")).to_be_visible()
    until(page, "() => document.getElementById('event-card').contains(document.activeElement)")

    tab_to(page, "event-cite")
    page.keyboard.press("Enter")
    until(page, "async () => (await navigator.clipboard.readText()).includes('/event/')")
    expect(page.locator("#toast")).not_to_be_empty()

    page.keyboard.press("Escape")
    expect(page.locator("#event-card")).to_be_hidden()

    page.keyboard.press("d")
    until(page, FOCUSED, want="tab-take-picture")
    page.keyboard.press("ArrowRight")
    until(page, FOCUSED, want="tab-take-data")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate(SAVES):
            break
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    rows = list(csv.DictReader(saved.value.path().read_text("utf-8-sig").splitlines()))
    assert [row["id"] for row in rows] == view_of(record, page.url.partition("?")[2]).events["id"].tolist()
    assert trouble(page) == []
