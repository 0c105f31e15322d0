"""Troops and losses on the page, in both languages: drawn for the view, with a table and sources."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from serval import lossrows, strength, together
from serval.lookup import plain
from serval.record import Record
from serval.text import format_range
from tests.browser.visit import open_view, trouble, until, view_of, without_map

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
            pages[lang] = without_map(lasting_page(locale=lang))
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


BAR = """([line, kind]) => {
  const plot = document.querySelector("#losses .js-plotly-plot");
  const bars = plot.data.findIndex((trace) => (trace.customdata || []).some((bar) => bar[1] === kind));
  const at = bars < 0 ? -1 : plot.data[bars].customdata.findIndex((bar) => bar[0] === line);
  if (at >= 0) plot.emit("plotly_click", { points: [{ customdata: plot.data[bars].customdata[at] }] });
  return at >= 0;
}"""


@pytest.mark.parametrize("lang", LANGS)
def test_a_bar_and_its_number_in_the_table_lead_to_the_figures_behind_it(visit, record: Record, lang: str):
    query = "from=2013-01-10&to=2013-04-30&tab=losses"
    view = view_of(record, query)
    line = next(line for line in lossrows.lines(view, "month", lang) if "killed" in line.sums)
    n = line.sums["killed"]["rows"]
    page = visit(query, lang)
    page.click("[data-split=month]")
    until(page, BAR, [f"month:{line.id}", "killed"])
    shown = page.locator("#losses-rows tbody tr:visible")
    expect(shown).to_have_count(n)
    assert page.evaluate("document.activeElement.closest('#losses-behind') !== null")
    page.keyboard.press("Enter")
    expect(shown).to_have_count(len(lossrows.rows(view, lang)))
    page.focus("#losses-sums > summary")
    page.keyboard.press("Enter")
    expect(page.locator(".sums-table:visible")).to_have_count(1)
    page.focus(f"[data-behind='month:{line.id}'][data-kind=killed]")
    page.keyboard.press("Enter")
    expect(shown).to_have_count(n)
    expect(page.locator("#losses-behind span")).to_contain_text(line.label)
    expect(shown.first.locator("td a").first).to_have_attribute("href", re.compile("event="))


@pytest.mark.parametrize("lang", LANGS)
def test_what_may_be_added_on_the_day_and_why_the_rest_may_not(visit, record: Record, lang: str):
    query = "at=2013-02-20&tab=troops"
    (total,), left = together.totals(view_of(record, query))
    page = visit(query, lang)
    said = page.locator("#troops-words strong")
    expect(said).to_have_text(format_range(total.low, total.best, total.high, lang))
    page.click("#troops-why > summary")
    names = page.locator("#troops-why li").all_inner_texts()
    assert sum(len(re.split(r"[:\u202f]+ ", name)[0].split(", ")) for name in names) == len(left)
    page.click("#troops-rivals > summary")
    groups = strength.rivals(plain(view_of(record, query).troops))
    expect(page.locator("#troops-rivals li")).to_have_count(sum(map(len, groups)))


def test_a_move_of_the_playhead_moves_the_line_and_asks_for_no_figure(visit, record: Record):
    page = visit("from=2013-01-10&to=2013-02-10&at=2013-01-31&actor=chad&tab=troops")
    until(page, MARKS, want=len(view_of(record, "from=2013-01-10&to=2013-02-10&actor=chad").troops))
    asked: list[str] = []

    def note(request: Request) -> None:
        if "troops.figure" in (request.post_data or ""):
            asked.append(request.url)

    page.on("request", note)
    page.evaluate("serval.state.change({ at: '2013-02-05' })")
    line = "() => document.querySelector('#troops .js-plotly-plot').layout.shapes[0].x0"
    until(page, line, want="2013-02-05")
    expect(page.locator("#troops-words")).to_contain_text("5 February 2013")
    page.remove_listener("request", note)
    assert asked == []


@pytest.mark.parametrize(
    ("size", "theme", "lang"), [((1440, 900), "light", "en"), ((390, 844), "dark", "fr")]
)
@pytest.mark.parametrize("tab", ["troops", "losses"])
def test_nothing_serious_with_all_tables_open_and_no_sideways_scrolling(visit, size, theme, lang, tab):
    page = visit(f"from=2013-01-10&to=2013-01-31&tab={tab}", lang)
    before = page.viewport_size
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme)
    expect(page.locator(f"#{tab}-rows")).to_have_count(1)
    page.evaluate(
        "id => document.querySelectorAll(`#${id} details`).forEach((d) => (d.open = true))", f"panel-{tab}"
    )
    axe = {"include": [[f"#panel-{tab}"]], "exclude": [[".js-plotly-plot"]]}
    found = Axe().run(page, context=axe, options={"resultTypes": ["violations"]}).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.locator(f"#panel-{tab} :is(button, summary):visible").evaluate_all(
        "all => all.filter((t) => t.getBoundingClientRect().height < 24).map((t) => t.outerHTML)"
    )
    assert small == []
    page.set_viewport_size(before)


def test_tabs_are_walked_with_the_arrow_keys_and_are_in_the_address(visit):
    page = visit()
    page.focus("#tab-timeline")
    for tab in ("control", "troops", "losses", "events"):
        page.keyboard.press("ArrowRight")
        until(page, "() => new URLSearchParams(location.search).get('tab')", want=tab)
        expect(page.locator(f"#panel-{tab}")).to_be_visible()
        expect(page.locator("[role=tabpanel].tab-panel:visible")).to_have_count(1)
