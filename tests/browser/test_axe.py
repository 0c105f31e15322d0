"""What axe-core finds on the page: nothing serious, in both themes and languages, on three screens."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visit import NO_WEBGL2, open_view

pytestmark = pytest.mark.browser

CARD = "event=2013-02-22-tigharghar-chadian-battle"
VISITS = [  # screen, theme, language, whether the server draws the map, view
    ((1440, 900), "light", "en", True, "actor=france&from=nonsense"),
    ((1440, 900), "dark", "fr", False, f"tab=events&{CARD}"),
    ((1024, 768), "light", "fr", True, CARD),
    ((1024, 768), "dark", "en", True, "status=disputed"),
    ((390, 844), "light", "fr", False, "type=airstrike"),
    ((390, 844), "dark", "fr", True, "tab=control"),
    ((390, 844), "dark", "en", True, CARD),
]
GRAVE = ("serious", "critical")
OPTIONS = {"resultTypes": ["violations"]}
# Text of Plotly's drawings has colours that tests/unit/test_style.py measures; axe finds no ground behind it.
CONTEXT = {"exclude": [[".js-plotly-plot"]]}

SMALL = """() => [...document.querySelectorAll("a, button, summary, input")].filter((target) => {
  const { width, height } = target.getBoundingClientRect();
  const { display, pointerEvents } = getComputedStyle(target);
  const running = display === "inline" || pointerEvents === "none"; // the latter is of the keyboard alone
  const apart = target.closest(".unseen, .skip, .js-plotly-plot");
  return width && !running && !apart && Math.min(width, height) < 24;
}).map((target) => target.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def pages(lasting_page: Callable[..., Page]) -> dict[bool, Page]:
    """A page with the map of the browser (False) and one with that of the server (True)."""
    pages = {False: lasting_page(), True: lasting_page()}
    pages[True].add_init_script(NO_WEBGL2)
    return pages


@pytest.mark.parametrize(("screen", "theme", "lang", "printed", "query"), VISITS)
def test_nothing_serious(pages: dict[bool, Page], screen, theme, lang, printed, query):
    page = pages[printed]
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    page.emulate_media(color_scheme=theme)
    open_view(page, f"{query}&lang={lang}")
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("#event-card").is_visible() == ("event=" in query)
    found = Axe().run(page, context=CONTEXT, options=OPTIONS).response["violations"]
    grave = [v for v in found if v["impact"] in GRAVE]
    assert [(v["id"], n["target"], n["html"][:120]) for v in grave for n in v["nodes"]] == []
    assert page.evaluate(SMALL) == []
