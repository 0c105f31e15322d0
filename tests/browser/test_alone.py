"""Every other host out of reach: the whole page is drawn, nothing fails, nobody else is asked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from serval.text import translator
from tests.browser.visit import DRAWN, open_map, open_view, shows, trouble, until, without_map

pytestmark = pytest.mark.browser
WEBGL = True

MARKS_ON_MAP = """() => {
  const { map } = document.querySelector("#map .js-plotly-plot")._fullLayout.map._subplot;
  const layers = map.getStyle().layers.map((layer) => layer.id).filter((id) => id.startsWith("plotly-trace"));
  return map.queryRenderedFeatures({ layers }).length > 20;
}"""

BASE_OF_MAP = """() => {
  const { map } = document.querySelector("#map .js-plotly-plot")._fullLayout.map._subplot;
  const kinds = new Set(Object.values(map.getStyle().sources).map((source) => source.type));
  return ["geojson", "image"].every((kind) => kinds.has(kind)) && map.areTilesLoaded();
}"""

FONTS = """() => ["16px Inter", "600 16px 'Source Serif 4'", "16px 'Serval Marks'"].filter(
  (font) => !document.fonts.check(font))"""


def keep_alone(context: BrowserContext, home: str) -> None:
    """Abort every request of another host."""

    def decide(route: Route) -> None:
        own = route.request.url.startswith((home, "data:", "blob:"))
        route.continue_() if own else route.abort()

    context.route("**/*", decide)


@pytest.mark.parametrize(("theme", "locale", "lang"), [("light", "en-GB", "en"), ("dark", "fr-FR", "fr")])
def test_draws_completely(
    new_page: Callable[..., Page], server: str, record, theme: str, locale: str, lang: str
):
    page = new_page(color_scheme=theme, locale=locale)
    keep_alone(page.context, server)
    open_map(page)
    shows(page, record, "", lang)
    until(page, MARKS_ON_MAP)
    until(page, BASE_OF_MAP)
    assert page.evaluate(FONTS) == []
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("#filters h2")).to_have_text(translator(lang)("Filters"))
    expect(page.locator("#actors-list details.actor").first).to_be_visible()
    assert trouble(page) == []


def test_language_of_the_link_comes_before_the_browsers(new_page: Callable[..., Page], record):
    page = without_map(new_page(locale="fr-FR"))
    open_view(page, "place=gao&lang=en")
    shows(page, record, "place=gao&lang=en", "en")
    page.click("#lang")
    page.wait_for_url("**lang=fr**")
    until(page, DRAWN)
    shows(page, record, "place=gao&lang=fr", "fr")
    assert page.locator("html").get_attribute("lang") == "fr"
