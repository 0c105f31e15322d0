"""Without WebGL2 the server draws the map: every mark of the view, drawn anew for each, clickable."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import NO_WEBGL2, open_view, shows, trouble, until, view_of

pytestmark = pytest.mark.browser

DRAWN = """() => {
  const plot = document.querySelector("#map-print .js-plotly-plot");
  const ids = plot && plot.data ? plot.data.flatMap((trace) => (trace.customdata || []).flat()) : [];
  return [...new Set(ids.filter(Boolean))].sort();
}"""

PLACE = """id => {
  const plot = document.querySelector("#map-print .js-plotly-plot");
  const { xaxis, yaxis } = plot._fullLayout;
  const box = plot.getBoundingClientRect();
  const trace = plot.data.find(({ customdata }) => (customdata || []).flat().includes(id));
  const at = trace.customdata.findIndex((ids) => [ids].flat().includes(id));
  const [x, y] = [xaxis.d2p(trace.x[at]), yaxis.d2p(trace.y[at])];
  return [box.left + xaxis._offset + x, box.top + yaxis._offset + y];
}"""


def test_drawn_map_follows_the_view(page: Page, record):
    page.add_init_script(NO_WEBGL2)
    open_view(page)
    assert page.locator("#map").is_hidden()
    until(page, f"({DRAWN})().length > 150")  # what lies far from Mali is off the sheet
    assert set(page.evaluate(DRAWN)) <= set(view_of(record, "").events["id"])
    page.click("#choice-type-town_retaken")
    shows(page, record, "type=town_retaken")
    until(page, DRAWN, want=sorted(view_of(record, "type=town_retaken").events["id"]))
    page.mouse.click(*page.evaluate(PLACE, "2013-01-29-ansongo-retaken"))
    expect(page.locator("#event-card h2")).to_contain_text("Ansongo")
    assert trouble(page) == []


def test_drawn_map_where_the_browser_has_no_webgl(new_page):
    page = new_page(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="fr-FR")
    page.add_init_script(NO_WEBGL2)
    open_view(page, "place=gao")
    until(page, f"({DRAWN})().length > 5")
    box = page.locator("#map-print").bounding_box()
    assert box["width"] == pytest.approx(390, abs=2)
    assert trouble(page) == []
