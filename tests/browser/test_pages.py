"""The plain pages in Chromium: without script, under the policy, accessible, in both themes and languages."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.visit import trouble

pytestmark = pytest.mark.browser

PATHS = ["/event/2013-01-30-chadians-called-to-kidal", "/actor/mujao", "/about"]
VISITS = [((1024, 768), "light", "fr"), ((320, 640), "dark", "en")]
WIDER = "() => document.documentElement.scrollWidth > innerWidth"
SMALL = """() => [...document.querySelectorAll("a, button, summary")].filter((target) => {
  const { width, height } = target.getBoundingClientRect();
  return width && getComputedStyle(target).display !== "inline" && !target.closest(".skip")
    && Math.min(width, height) < 24;
}).map((target) => target.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("screen", "theme", "lang"), VISITS)
def test_accessible_and_fitting(new_page: Callable[..., Page], screen, theme, lang):
    width, height = screen
    page = new_page(viewport={"width": width, "height": height}, color_scheme=theme, locale=lang)
    for path in PATHS:
        page.goto(path)
        for more in page.locator("details:not([open]) > summary").all():
            if more.is_visible():
                more.click()
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        faults = [(v["id"], v["impact"], n["html"][:120]) for v in found for n in v["nodes"]]
        assert faults == [], path
        assert not page.evaluate(WIDER), path
        assert page.evaluate(SMALL) == [], path
    assert trouble(page) == []


def test_without_script(new_page: Callable[..., Page], record):
    page = new_page(java_script_enabled=False, locale="fr-FR")
    page.goto("/event/2013-01-10-konna-captured")
    row = record.events.set_index("id").loc["2013-01-10-konna-captured"]
    expect(page.get_by_role("heading", level=1)).to_have_text(row["title_fr"])
    expect(page.locator(".card-sources li")).to_have_count(int(row["n_sources"]))
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(row["title"])
    page.locator(".roles a").first.click()
    expect(page.locator(".sheet-events tbody tr").first).to_be_visible()
    page.locator("header nav a").first.click()
    expect(page.locator("#marks")).to_be_visible()
    assert trouble(page) == []


def test_from_the_dashboard_and_back(page: Page):
    page.goto("/event/2013-01-10-konna-captured?lang=en")
    page.get_by_role("link", name="See it on the map").click()
    expect(page.locator("#event-title")).to_be_visible(timeout=20_000)
    page.click("#event-page")
    expect(page).to_have_url("/event/2013-01-10-konna-captured?lang=en")
    page.go_back()
    expect(page.locator("#event-title")).to_be_visible(timeout=20_000)
    page.click("#about")
    expect(page.locator("h1")).to_be_visible()
    assert "/about" in page.url


def test_the_marks_of_the_legend_are_the_real_ones(page: Page):
    page.goto("/about")
    mark = page.locator("#marks ~ dl .glyph-flag").first
    assert mark.evaluate("e => getComputedStyle(e, '::before').content") == '"\ue000"'
    assert "Serval Marks" in mark.evaluate("e => getComputedStyle(e).fontFamily")
    assert page.locator("svg.sample circle").count() > 40


def test_data_blocks_are_let_through_by_the_policy(page: Page):
    page.goto(PATHS[0])
    block = page.locator('script[type="application/ld+json"]')
    assert '"@graph"' in block.text_content()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.errors == []


def test_an_unknown_id(page: Page):
    answer = page.goto("/event/2013-01-10-konna-capturd")
    assert answer.status == 404
    page.get_by_role("link", name="Islamist column").click()
    expect(page.locator(".card-sources")).to_be_visible()
