"""Questions that a visitor must be able to answer from the page alone, each with its sources."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import open_view, shows, text, trouble, turn_to, without_map

pytestmark = pytest.mark.browser

WEB = re.compile("^https?://")


@pytest.fixture(scope="module")
def standing(lasting_page: Callable[..., Page]) -> Page:
    page = without_map(lasting_page())
    open_view(page)
    return page


@pytest.fixture
def visitor(standing: Page, record):
    """visitor(query): the page turned to a view."""

    def visitor(query: str) -> Page:
        turn_to(standing, query)
        shows(standing, record, query)
        return standing

    yield visitor
    assert trouble(standing) == []


def sources_of_card(page: Page) -> list[str]:
    """The addresses that the open card leads to."""
    return [link.get_attribute("href") for link in page.locator(".card-sources a[rel~=external]").all()]


def test_who_held_kidal_at_the_end_of_january(visitor):
    page = visitor("at=2013-01-29")
    page.click("#tab-towns")
    kidal = page.locator("#town-kidal")
    expect(kidal).to_contain_text("MNLA MIA → France MNLA MIA changing hands", use_inner_text=True)
    for day in ("2013-01-30", "2013-01-31"):
        visitor(f"at={day}")
        expect(kidal).to_contain_text("Kidal France MNLA MIA contested", use_inner_text=True)
    page.click("#town-kidal a")
    expect(page.locator("#event-card h2")).to_contain_text("Kidal")
    assert len(sources_of_card(page)) >= 2
    page.keyboard.press("Escape")
    page.click("#tab-actors")


def test_how_many_french_soldiers_on_20_january(visitor):
    page = visitor("from=2013-01-18&to=2013-01-21&actor=france")
    page.click("#troops-france summary")
    rows = [" ".join(row.inner_text().split()) for row in page.locator("#troops-france tbody tr").all()]
    eve = next(row for row in rows if row.startswith("19 Jan 2013 2,000 "))
    assert "defence minister (Le Drian)" in eve
    assert "no count was published for 20 January, the next one is 2,150 on the 21st" in eve
    assert any(row.startswith("21 Jan 2013 2,150 ") and "French staff's daily report" in row for row in rows)
    row = page.locator("#troops-france tbody tr", has_text="no count was published").first
    assert row.locator("a").get_attribute("href").startswith("http")


@pytest.mark.parametrize(
    ("town", "shown", "given"),
    [
        ("gao", "25–27 January 2013", ("26 January", "25th", "27th", "French ministry", "Sahel Blog")),
        ("diabaly", "18–21 January 2013", ("18 January", "19th", "21 January", "AFP", "AP", "Sahel Blog")),
        ("konna", "11–18 January 2013", ("11 January", "12 January", "15th", "17th", "18th", "Reuters")),
    ],
)
def test_which_dates_are_given_for_a_town_retaken(visitor, town: str, shown: str, given: tuple[str, ...]):
    page = visitor("at=2013-01-31")
    page.click("#tab-towns")
    page.click(f"#town-{town} a")
    expect(page.locator(".card-when strong")).to_have_text(shown)
    dispute = text(page, ".card-dispute")
    assert [words for words in given if words not in dispute] == []
    assert len(sources_of_card(page)) >= 2
    page.keyboard.press("Escape")
    page.click("#tab-actors")


def test_what_chad_lost_on_22_february_by_whose_count(visitor):
    page = visitor("from=2013-02-22&to=2013-02-22&actor=chad&event=2013-02-22-tigharghar-chadian-battle")
    expect(page.locator(".card-dispute")).to_contain_text("42 or 46")
    killed = page.locator(".card-figures table", has_text="first toll, on the evening of 22 February")
    expect(killed.locator(".number").first).to_have_text("26 (26–46)")
    for number, by, note in [
        ("13", "Chad", "first toll, on the evening of 22 February"),
        ("23", "Chad", "toll of 24 February, then called final"),
        ("26", "Chad", "26 coffins flown home on 1 March"),
        ("46", None, "unofficial: a Chadian newspaper (Journal du Tchad)"),
    ]:
        row = killed.locator("tr", has_text=note)
        expect(row.locator(".number")).to_have_text(number)
        expect(row.locator("strong")).to_have_text([by] if by else [])
        source = row.locator("sup a").get_attribute("href")
        expect(page.locator(f"{source} a").first).to_have_attribute("href", WEB)
