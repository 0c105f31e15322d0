"""The event card: opened from timeline and map, closed by key, cited to the last figure; focus stays put."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from serval.cards import card
from tests.browser.visit import MAP_STANDS, open_map, shows, trouble, turn_to, until, view_of

pytestmark = pytest.mark.browser
WEBGL = True

EVENT = "2013-01-26-gao-retaken"
ALONE = "type=town_retaken&place=gao"

ON_TIMELINE = """id => {
  const plot = document.querySelector("#timeline .js-plotly-plot");
  const { x, y, customdata } = plot.data.find((trace) => trace.mode === "text");
  const { xaxis, yaxis } = plot._fullLayout;
  const box = plot.getBoundingClientRect();
  const at = customdata.indexOf(id);
  return [box.left + xaxis._offset + xaxis.d2p(x[at]), box.top + yaxis._offset + yaxis.d2p(y[at])];
}"""

ON_MAP = """id => {
  const plot = document.querySelector("#map .js-plotly-plot");
  const map = plot._fullLayout.map._subplot.map;
  const box = map.getContainer().getBoundingClientRect();
  for (const { customdata, lat, lon } of plot.data) {
    const at = (customdata || []).findIndex((ids) => [ids].flat().join() === id);
    if (at < 0) continue;
    const { x, y } = map.project([lon[at], lat[at]]);
    return [box.left + x, box.top + y];
  }
  return null;
}"""

CAMERA = """() => {
  const { map } = document.querySelector("#map .js-plotly-plot")._fullLayout.map._subplot;
  const { lat, lng } = map.getCenter();
  return [lat, lng, map.getZoom()].map((n) => Math.round(n * 1e4) / 1e4);
}"""


@pytest.fixture(scope="module")
def standing(lasting_page: Callable[..., Page]) -> Page:
    page = lasting_page()
    open_map(page, ALONE)
    return page


@pytest.fixture
def page(standing: Page) -> Iterator[Page]:
    """A page whose map stands; nothing may have failed on it in the end."""
    yield standing
    assert trouble(standing) == []


def test_card_from_the_timeline(page: Page, record):
    shows(page, record, ALONE)
    page.mouse.click(*page.evaluate(ON_TIMELINE, EVENT))
    shows(page, record, f"{ALONE}&event={EVENT}")
    says_all_of(page, record)
    expect(page.locator("#event-card")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#event-card")).to_be_hidden()
    shows(page, record, ALONE)


def says_all_of(page: Page, record) -> None:
    """Title, figures, actors, dispute and numbered sources with links, as the record has them."""
    shown, box = card(view_of(record, ALONE), EVENT, "en"), page.locator("#event-card")
    expect(box.get_by_role("heading", level=2)).to_have_text(shown.title)
    expect(box.locator(".card-dispute")).to_contain_text(shown.dispute)
    expect(box.locator(".card-figures tbody tr")).to_have_count(
        sum(len(claims) for *_, claims in shown.claims)
    )
    names = [name for _, actors in shown.roles for _, name, _ in actors]
    assert [link.inner_text() for link in box.locator(".roles a").all()] == names
    sources = box.locator(".card-sources li")
    expect(sources).to_have_count(len(shown.sources))
    with_url = [s["url"] for s in shown.sources if s["url"]]
    links = box.locator(".card-sources a[rel~=external]")
    assert [link.get_attribute("href") for link in links.all()] == with_url
    for number in box.locator(".card-figures sup a").all():
        assert box.locator(number.get_attribute("href")).count() == 1


def test_card_from_the_map(page: Page, record):
    turn_to(page, f"{ALONE}&lat=16.27&lon=-0.05&zoom=9.2")
    until(page, CAMERA, want=[16.27, -0.05, 9.2])
    until(page, f"!!({ON_MAP})({EVENT!r})")
    until(page, MAP_STANDS)
    x, y = page.evaluate(ON_MAP, EVENT)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    expect(page.locator("#event-card h2")).to_be_visible()
    shows(page, record, f"{ALONE}&event={EVENT}&lat=16.27&lon=-0.05&zoom=9.2")
    page.click("#event-close")
    expect(page.locator("#event-card")).to_be_hidden()


def test_focus_stays_on_a_pressed_filter(page: Page, record):
    turn_to(page)
    shows(page, record, "")
    page.focus("#choice-status-disputed")
    page.keyboard.press("Enter")
    shows(page, record, "status=disputed")
    expect(page.locator("#choice-status-disputed")).to_be_focused()
    page.keyboard.press("Enter")
    shows(page, record, "")
    expect(page.locator("#choice-status-disputed")).to_be_focused()
