"""What axe-core finds on the page: nothing serious, in both themes and languages, on three screens."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visit import NO_WEBGL2, open_view

pytestmark = pytest.mark.browser

CARD = "event=2013-02-22-tigharghar-chadian-battle"
VISITS = [  # screen, theme, language, drawn map, view
    ((1440, 900), "light", "en-GB", True, "actor=france&from=nonsense"),
    ((1440, 900), "dark", "fr-FR", False, f"tab=events&{CARD}"),
    ((1024, 768), "light", "fr-FR", True, CARD),
    ((1024, 768), "dark", "en-GB", True, "status=disputed"),
    ((390, 844), "light", "fr-FR", False, "type=airstrike"),
    ((390, 844), "dark", "en-GB", True, CARD),
]
GRAVE = ("serious", "critical")
OPTIONS = {"resultTypes": ["violations"]}
# Text of Plotly's drawings has colours that tests/unit/test_style.py measures; axe finds no ground behind it.
CONTEXT = {"exclude": [[".js-plotly-plot"]]}

SMALL = """() => [...document.querySelectorAll("a, button, summary, input")].filter((target) => {
  const { width, height } = target.getBoundingClientRect();
  const running = getComputedStyle(target).display === "inline";
  const apart = target.closest(".unseen, .skip, .js-plotly-plot");
  return width && !running && !apart && Math.min(width, height) < 24;
}).map((target) => target.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("screen", "theme", "locale", "printed", "query"), VISITS)
def test_nothing_serious(new_page: Callable[..., Page], screen, theme, locale, printed, query):
    width, height = screen
    page = new_page(viewport={"width": width, "height": height}, color_scheme=theme, locale=locale)
    if printed:
        page.add_init_script(NO_WEBGL2)
    open_view(page, query)
    assert page.locator("#event-card").is_visible() == ("event=" in query)
    found = Axe().run(page, context=CONTEXT, options=OPTIONS).response["violations"]
    grave = [v for v in found if v["impact"] in GRAVE]
    assert [(v["id"], n["target"], n["html"][:120]) for v in grave for n in v["nodes"]] == []
    assert page.evaluate(SMALL) == []
