"""Narrow screens: nothing to scroll sideways, filters behind one button, the card as a sheet from below."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import open_view, shows, trouble, without_map

pytestmark = pytest.mark.browser

CARD = "event=2013-02-22-tigharghar-chadian-battle"
WIDER = """() => [document.documentElement, document.body]
  .filter((root) => root.scrollWidth > root.clientWidth)
  .map((root) => `${root.tagName} ${root.scrollWidth} > ${root.clientWidth}`)"""


@pytest.fixture(params=[(390, 844), (320, 640)], ids=["390", "320"])
def phone(new_page: Callable[..., Page], request) -> Page:
    width, height = request.param
    return without_map(new_page(viewport={"width": width, "height": height}, has_touch=True, is_mobile=True))


def test_everything_fits(phone: Page, record):
    open_view(phone, "type=airstrike&actor=france")
    assert phone.evaluate(WIDER) == []
    assert phone.locator("#timeline").bounding_box()["height"] >= 44
    assert phone.locator(".stage").bounding_box()["y"] < phone.locator("#timeline").bounding_box()["y"]

    expect(phone.locator("#filters")).to_be_hidden()
    expect(phone.locator("#filter-count")).to_have_text("2")
    phone.tap("#filter-open")
    expect(phone.locator("#filters")).to_be_visible()
    expect(phone.locator("#filter-open")).to_have_attribute("aria-expanded", "true")
    phone.tap("#choice-status-confirmed")
    phone.tap("#filter-close")
    expect(phone.locator("#filters")).to_be_hidden()
    shows(phone, record, "actor=france&type=airstrike&status=confirmed")
    expect(phone.locator("#filter-count")).to_have_text("3")

    phone.evaluate("query => serval.state.change({ event: query.split('=')[1] })", CARD)
    card = phone.locator("#event-card")
    expect(card.locator("h2")).to_be_visible()
    box, screen = card.bounding_box(), phone.viewport_size
    assert box["x"] == 0
    assert box["width"] == screen["width"]
    assert box["y"] + box["height"] == pytest.approx(screen["height"], abs=1)
    assert screen["height"] * 0.2 < box["y"]
    assert phone.evaluate(WIDER) == []
    phone.tap("#event-close")
    expect(card).to_be_hidden()
    assert trouble(phone) == []
