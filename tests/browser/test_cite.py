"""One press on Cite copies: the view, the open chart, an event, one of its figures; by key, said, dated."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import open_view, trouble, turn_to, until, without_map

pytestmark = pytest.mark.browser

EVENT, KEY = "2013-02-22-tigharghar-chadian-battle", "killed.of-chad"
WORDS = {
    "en-GB": (
        "Serval: a curated record",
        "Accessed ",
        {"timeline": "“Timeline of events”", "control": "“Who held"},
    ),
    "fr-FR": (
        "Serval\u202f: un recueil",
        "Consulté le ",
        {"timeline": "Chronologie", "control": "Qui tenait"},
    ),
}
TODAY = "locale => new Date().toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' })"


@pytest.fixture(scope="module", params=WORDS)
def opened(lasting_page: Callable[..., Page], request: pytest.FixtureRequest) -> tuple[Page, str]:
    page = without_map(lasting_page(locale=request.param))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_view(page)
    return page, request.param


def press(page: Page, selector: str) -> str:
    """What is copied when the button is pressed from the keyboard, which is said too."""
    page.evaluate("navigator.clipboard.writeText('')")
    page.evaluate("document.getElementById('toast').textContent = ''")
    page.focus(selector)
    page.keyboard.press("Enter")
    until(page, "() => document.querySelector('#toast[role=status]').textContent !== ''")
    return page.evaluate("navigator.clipboard.readText()")


def test_the_view_and_the_open_chart(opened: tuple[Page, str], record):
    page, locale = opened
    title, accessed, charts = WORDS[locale]
    for tab, name in charts.items():
        turn_to(page, f"actor=mujao&tab={tab}")
        until(page, "name => document.getElementById('chart-citation').textContent.includes(name)", name)
        view, chart = press(page, "#cite"), press(page, "#cite-chart")
        day = page.evaluate(TODAY, locale)
        for text in (view, chart):
            assert "actor=mujao" in text
            assert record.hash[:12] in text
            assert text.split(accessed)[1].replace("1er ", "1 ") == f"{day}."
        assert view.startswith(title)
        assert name in chart


def test_an_event_and_one_of_its_figures(opened: tuple[Page, str]):
    page, _ = opened
    turn_to(page, f"event={EVENT}")
    expect(page.locator("#event-card h2")).to_be_visible()
    assert f"/event/{EVENT}?v=" in press(page, "#event-cite")
    row = page.locator(f"[id='figure-{KEY}']")
    assert f"#figure-{KEY} " in press(page, f"[id='figure-{KEY}'] .claim-cite button")
    assert row.locator("button").get_attribute("aria-label")
    buttons = page.locator(".claim-cite button")
    assert buttons.count() == page.locator(".claims tbody tr").count()
    box = buttons.first.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    assert trouble(page) == []
