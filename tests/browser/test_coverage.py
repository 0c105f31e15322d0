"""Coverage on the page: bars on the brush's scale, words and a table, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from serval.coverage import coverage
from serval.selection import Selection
from serval.text import format_day
from tests.browser.visit import open_view, text, trouble, until, without_map

pytestmark = pytest.mark.browser

PLACED = (
    "!!document.querySelector('#coverage-bars path') && !!document.querySelector('#coverage-notes strong')"
)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_coverage_stands_by_the_brush_and_opens_as_a_table(new_page: Callable[..., Page], record, lang: str):
    page = new_page()
    without_map(page)
    open_view(page, f"lang={lang}")
    until(page, PLACED)
    found = coverage(record.select(Selection()))
    words = text(page, "#coverage-details summary")
    assert str(found.sources) in words
    assert str(found.voices) in words
    boxes = [page.locator(id).bounding_box() for id in ("#coverage-bars svg", "#brush svg")]
    assert [(box["x"], box["width"]) for box in boxes] == [(boxes[1]["x"], boxes[1]["width"])] * 2
    scale = "id => document.querySelector(`${id} svg`).getAttribute('viewBox')"
    assert page.evaluate(scale, "#coverage-bars") == page.evaluate(scale, "#brush")

    page.locator("#coverage-details summary").focus()
    page.keyboard.press("Enter")
    rows = page.locator("#coverage-notes tbody tr")
    expect(rows).to_have_count(len(found.months))
    month = next(month for month in found.months if month.start == "2013-01-01")
    cells = [format_day(month.start, lang, "LLLL y"), month.events, month.single, month.sources, month.voices]
    assert rows.nth(found.months.index(month)).locator("th, td").all_inner_texts() == [str(c) for c in cells]

    page.evaluate("serval.state.change({ to: '2012-12-31' })")
    shorter = coverage(record.select(Selection(to="2012-12-31")))
    until(page, f"document.querySelector('#coverage-notes strong').textContent.includes({shorter.sources!s})")
    assert page.locator("#coverage-details").get_attribute("open") is not None, "stays open"
    assert trouble(page) == []
