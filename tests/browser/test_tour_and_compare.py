"""The guided tour, comparing, the record as known on a day, and playback, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from serval.record import Record
from tests.browser.visit import open_view, text, trouble, until, without_map

pytestmark = pytest.mark.browser
LANGS = ("en", "fr")


@pytest.fixture(scope="module")
def visit(lasting_page: Callable[..., Page]) -> Callable[..., Page]:
    """visit(query, lang): the standing page of a language, opened at a query string."""
    pages: dict[str, Page] = {}

    def visit(query: str = "", lang: str = "en") -> Page:
        if lang not in pages:
            pages[lang] = lasting_page(locale=lang)
            without_map(pages[lang])
        open_view(pages[lang], query)
        return pages[lang]

    yield visit
    for page in pages.values():
        assert trouble(page) == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_tour_goes_from_stop_to_stop(visit, record: Record, lang: str):
    page = visit(lang=lang)
    page.click("#story-start a")
    for stop in record.story[:3]:
        expect(page.locator("#story h2")).to_have_text(stop.title if lang == "en" else stop.title_fr)
        expect(page.locator("#story-sources li")).to_have_count(len(stop.sources))
        until(page, "() => new URLSearchParams(location.search).get('story')", want=stop.id)
        page.click("#story-next")
    page.go_back()
    expect(page.locator("#story h2")).to_have_text(
        record.story[2].title if lang == "en" else record.story[2].title_fr
    )
    page.click("#story-close")
    expect(page.locator("#story")).to_be_hidden()


@pytest.mark.parametrize("lang", LANGS)
def test_two_days_are_compared_from_one_link(visit, lang: str):
    page = visit("at=2013-02-01&at2=2013-01-10", lang)
    day = {"en": "1 February 2013", "fr": "1er février 2013"}[lang]
    expect(page.locator("#playhead-day")).to_have_text(day)
    row = page.locator("#compare tr.differs", has_text="Gao")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("MUJAO")
    expect(row).to_contain_text("France")
    page.click("#compare-close")
    expect(page.locator("#compare")).to_be_hidden()
    until(page, "() => location.search", want="?at=2013-02-01")


def test_the_day_is_kept_by_a_press(visit):
    page = visit("at=2013-01-31")
    page.click("#pin")
    expect(page.locator("#compare table")).to_be_visible()
    page.click("#step-back")
    until(page, "() => location.search", want="?at=2013-01-30&at2=2013-01-31")
    expect(page.locator("#compare thead")).to_contain_text("30 Jan 2013")


@pytest.mark.parametrize("lang", LANGS)
def test_two_actors_are_compared_from_one_link(visit, lang: str):
    page = visit("actor=france&vs=mujao", lang)
    expect(page.locator("#compare thead")).to_contain_text("France")
    expect(page.locator("#compare thead")).to_contain_text("MUJAO")
    assert page.locator("#compare tbody tr").count() > 6


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_not_yet_published_is_absent_and_the_page_says_so(visit, record: Record, lang: str):
    page = visit("known=2013-02-05", lang)
    expect(page.locator(".banner")).to_contain_text("5 February 2013" if lang == "en" else "5 février 2013")
    count = int(text(page, "#shown-count").split()[0])
    assert 0 < count < 255
    page.fill("#filter-known", "")
    page.press("#filter-known", "Enter")
    expect(page.locator(".banner")).to_have_count(0)
    until(page, "() => location.search", want="")


@pytest.mark.parametrize("lang", LANGS)
def test_playback_says_how_many_events_the_map_shows(visit, record: Record, lang: str):
    page = visit("from=2013-01-10&to=2013-01-31&at=2013-01-26", lang)
    rows = record.events
    shown = rows[(rows["date_start"] <= "2013-01-31") & (rows["date_end"] >= "2013-01-10")]
    on = shown[(shown["date_start"] <= "2013-01-26") & (shown["date_end"] >= "2013-01-26")]
    page.select_option("#play-mode", "day")
    expect(page.locator("#play-note")).to_contain_text(str(len(on)))
    page.select_option("#play-mode", "sofar")
    until_then = shown[shown["date_start"] <= "2013-01-26"]
    expect(page.locator("#play-note")).to_contain_text(str(len(until_then)))
    page.select_option("#play-mode", "all")
    expect(page.locator("#play-note")).to_have_text("")


def test_play_goes_on_day_by_day_and_faster_when_asked(visit):
    page = visit("from=2013-01-10&to=2013-01-31&at=2013-01-12")
    page.select_option("#play-speed", "4")
    page.click("#play")
    day = "() => new URLSearchParams(location.search).get('at') >= '2013-01-15'"
    until(page, day)
    page.click("#play")
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")
