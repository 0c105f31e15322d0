"""The control strip on the page: the same changes for pointer, keyboard and table, in both languages."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from serval.selection import Selection
from serval.text import format_day
from serval.turns import sum_up, turns
from tests.browser.visit import open_view, text, trouble, turn_to, until, without_map

pytestmark = pytest.mark.browser

DAYS = "from=2013-01-01&to=2013-02-15"
BARS = "document.querySelector('#control .js-plotly-plot').data[3].base.length"
PLAYHEAD = "document.querySelector('#control .js-plotly-plot')._fullLayout.shapes[0].x0"
STANDS = f"""n => document.querySelectorAll('.turn').length === n && {BARS} > 40
  && document.getElementById('event-card').hidden && {PLAYHEAD} === '2013-02-15'"""
NOTE = "document.getElementById('control-note').textContent.includes('Gao, 25–27')"

# The strip is drawn, and the page's own listeners, put within 40 ms of that, are on it.
TAKES_CLICKS = """new Promise((done) => {
  const plot = () => document.querySelector("#control .js-plotly-plot:not(.dash-graph--pending) .bars path");
  serval.plots.soon(plot, () => setTimeout(done, 50));
})"""

# Where the bar of a town's spell is on the screen, by the day after its first.
SPOT = """([town, iso]) => {
  const plot = document.querySelector("#control .js-plotly-plot");
  plot.scrollIntoView({ block: "nearest" });
  const { xaxis, yaxis, _size } = plot._fullLayout;
  const box = plot.getBoundingClientRect();
  return [box.left + _size.l + xaxis.d2p(iso), box.top + _size.t + yaxis.d2p(yaxis.ticktext.indexOf(town))];
}"""


@pytest.fixture(scope="module")
def pages(lasting_page: Callable[..., Page], record) -> Callable[[str], Page]:
    """A page with the strip open, by language; each is opened once and then turned back. It has no WebGL2."""
    found: dict[str, Page] = {}
    n = len(turns(record.select(Selection(from_="2013-01-01", to="2013-02-15")), "en"))

    def page(lang: str) -> Page:
        query = f"{DAYS}&tab=control&lang={lang}"
        if lang in found:
            turn_to(found[lang], query)
        else:
            found[lang] = lasting_page()
            without_map(found[lang])
            open_view(found[lang], query)
        until(found[lang], STANDS, n)
        return found[lang]

    return page


@pytest.fixture
def page(pages: Callable[[str], Page]) -> Iterator[Page]:
    page = pages("en")
    yield page
    assert trouble(page) == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_sum_links_and_table_say_what_the_record_says(pages: Callable[[str], Page], record, lang: str):
    page = pages(lang)
    view = record.select(Selection(from_="2013-01-01", to="2013-02-15", at="2013-02-15"))
    told = turns(view, lang)
    links = page.locator(".turn")
    assert links.count() == len(told)
    assert [told[0].title in links.first.inner_text(), told[-1].title in links.last.inner_text()] == [
        True,
        True,
    ]
    assert page.locator("#control-table tbody tr").count() == sum(not turn.first for turn in told)
    summed = sum_up(view)
    assert format_day("2013-02-15", lang) in text(page, "#control-sum p")
    counts = page.locator("#control-sum li b").all_inner_texts()
    assert counts[: len(summed.held)] == [str(n) for _, n in summed.held]
    assert sum(map(int, counts)) == summed.n
    ticks = page.locator("#control .yaxislayer-above text").all_text_contents()
    assert ("Timbuktu" in ticks, "Tombouctou" in ticks) == (lang == "en", lang == "fr")
    assert trouble(page) == []


def test_pointing_names_event_and_sources_and_a_click_opens_the_card(page: Page):
    x, y = page.evaluate(SPOT, ["Gao", "2013-02-02"])
    page.mouse.move(x, y)
    until(page, NOTE)
    assert "independent" in text(page, "#control-note")
    page.mouse.click(x, y)
    expect(page.locator("#event-card h2")).to_be_visible()
    assert "event=2013-01-26-gao-retaken" in page.url
    page.mouse.move(5, 5)
    until(page, NOTE, want=False)


def test_a_slope_is_pointed_at_like_its_change(page: Page):
    page.mouse.move(*page.evaluate(SPOT, ["Gao", "2013-01-25 12:00"]))
    until(page, NOTE)


def test_the_keyboard_goes_from_change_to_change(page: Page):
    page.focus("#tab-control")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.turn')"):
            break
    assert page.evaluate("document.querySelectorAll('.turn[tabindex=\"0\"]').length") == 1
    row = "Number(document.activeElement.dataset.row)"
    first = page.evaluate(row)
    page.keyboard.press("ArrowDown")
    assert page.evaluate(row) > first
    page.focus("#turn-2013-01-26-gao-retaken-gao")
    until(page, NOTE)
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "turn-2012-06-26-gao-battle-gao"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(outline) == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#event-card h2")).to_be_visible()
    assert "event=2013-01-26-gao-retaken" in page.url


def test_links_lie_on_their_changes(page: Page):
    page.focus("#turn-2013-01-26-gao-retaken-gao")
    box = page.locator("#turn-2013-01-26-gao-retaken-gao").bounding_box()
    left, top = page.evaluate(SPOT, ["Gao", "2013-01-25"])
    right, _ = page.evaluate(SPOT, ["Gao", "2013-01-27"])
    assert box["x"] < left < right < box["x"] + box["width"]
    assert box["y"] < top < box["y"] + box["height"]


def test_the_playhead_is_shared_and_filters_of_place_count(page: Page):
    page.click("#step-back")
    until(page, PLAYHEAD, want="2013-02-14")
    until(page, "document.querySelector('#control-sum p').textContent.includes('14 February 2013')")
    many = page.evaluate(BARS)
    page.evaluate("serval.state.change({ place: ['gao', 'konna'] })")
    until(page, f"{BARS} < {many}")
    until(
        page,
        "[...new Set([...document.querySelectorAll('.turn')].map((t) => t.dataset.row))].join()",
        want="0,1",
    )
    page.evaluate("serval.state.change({ place: ['bamako'] })")
    until(page, f"{BARS}", want=0)
    expect(page.locator("#control-sum")).to_contain_text("history of control")


def test_as_known_on_a_day_later_changes_are_not_drawn(page: Page):
    page.evaluate("serval.state.change({ known: '2013-01-20' })")
    until(page, "document.querySelectorAll('[id^=turn-2013-01-26-gao]').length", want=0)
    ids = "document.querySelector('#control .js-plotly-plot').data[3].customdata.map(([id]) => id)"
    assert "2013-01-26-gao-retaken" not in page.evaluate(ids)


def test_opened_from_another_tab_it_fills_its_panel(page: Page):
    page.click("#tab-timeline")
    page.evaluate("serval.state.change({ to: '2013-06-30' })")
    page.click("#tab-control")
    until(page, "document.querySelector('#control .js-plotly-plot').layout.xaxis.range[1] > '2013-06-30'")
    widths = "['#control .main-svg', '#control-strip'].map((q) => document.querySelector(q).clientWidth)"
    plot, strip = page.evaluate(widths)
    assert abs(plot - strip) <= 1


def test_on_a_phone_rows_are_tall_and_nothing_scrolls_sideways(lasting_page: Callable[..., Page]):
    page = lasting_page(viewport={"width": 390, "height": 844}, has_touch=True)
    without_map(page)
    open_view(page, f"{DAYS}&tab=control")
    until(page, "!!document.querySelector('.turn')")
    page.evaluate(TAKES_CLICKS)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    rows = page.evaluate("document.querySelector('#control .js-plotly-plot')._fullLayout._size.h") / 20
    assert rows >= 24
    page.touchscreen.tap(*page.evaluate(SPOT, ["Gao", "2013-02-02"]))
    expect(page.locator("#event-card h2")).to_be_visible()
    assert trouble(page) == []
