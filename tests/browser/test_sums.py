"""Troops and losses on the page, in both languages: drawn for the view, with a table and sources."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from serval import lossrows
from serval.record import Record
from tests.browser.visit import NO_WEBGL2, open_view, trouble, until, view_of

pytestmark = pytest.mark.browser
LANGS = ("en", "fr")

MARKS = """() => {
  const plot = document.querySelector("#troops .js-plotly-plot");
  const marks = ((plot || {}).data || []).filter((trace) => trace.mode === "markers");
  return marks.reduce((n, trace) => n + trace.x.length, 0);
}"""
LINES = """() => {
  const plot = document.querySelector("#losses .js-plotly-plot");
  const axis = ((plot || {}).layout || {}).yaxis;
  return axis ? axis.ticktext.length : 0;
}"""


@pytest.fixture(scope="module")
def visit(lasting_page: Callable[..., Page]) -> Callable[..., Page]:
    """visit(query, lang): the standing page of a language, opened at a query string."""
    pages: dict[str, Page] = {}

    def visit(query: str = "", lang: str = "en") -> Page:
        if lang not in pages:
            pages[lang] = lasting_page(locale=lang)
            pages[lang].add_init_script(NO_WEBGL2)
        open_view(pages[lang], query)
        return pages[lang]

    yield visit
    for page in pages.values():
        assert trouble(page) == []


@pytest.mark.parametrize("lang", LANGS)
def test_troops_are_drawn_and_listed_with_their_sources(visit, record: Record, lang: str):
    query = "from=2013-01-10&to=2013-02-10&actor=france,chad&tab=troops"
    n = len(view_of(record, query).troops)
    page = visit(query, lang)
    until(page, MARKS, want=n)
    page.click("#troops-rows > summary")
    expect(page.locator("#troops-rows tbody tr")).to_have_count(n)
    assert page.locator("#troops-rows tbody cite").count() == n


def test_a_mark_leads_to_its_row(visit, record: Record):
    query = "from=2013-01-10&to=2013-02-10&actor=chad&tab=troops"
    page = visit(query)
    until(page, MARKS, want=len(view_of(record, query).troops))
    mark = page.locator("#troops .points path").first
    mark.hover(force=True)
    mark.click(force=True)
    until(page, "() => (document.activeElement.id || '').startsWith('troop-')")


@pytest.mark.parametrize("lang", LANGS)
def test_losses_are_divided_as_asked(visit, record: Record, lang: str):
    query = "from=2013-01-10&to=2013-04-30&tab=losses"
    view = view_of(record, query)
    page = visit(query, lang)
    for split in lossrows.SPLITS:
        button = page.locator(f"[data-split={split}]")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        until(page, LINES, want=len(lossrows.lines(view, split, lang)))
    page.click("#losses-rows > summary")
    expect(page.locator("#losses-rows tbody tr")).to_have_count(len(lossrows.rows(view, lang)))


def test_tabs_are_walked_with_the_arrow_keys_and_are_in_the_address(visit):
    page = visit()
    page.focus("#tab-timeline")
    for tab in ("control", "troops", "losses", "events"):
        page.keyboard.press("ArrowRight")
        until(page, "() => new URLSearchParams(location.search).get('tab')", want=tab)
        expect(page.locator(f"#panel-{tab}")).to_be_visible()
        expect(page.locator("[role=tabpanel].tab-panel:visible")).to_have_count(1)
