"""What axe-core finds: nothing serious in any tab, theme, language or on any screen, nor on the plain pages.

Each two of tab, theme, language and screen meet in some visit; so does what opens beside the tabs.
"""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from serval.selection import Selection
from tests.browser.visit import open_view, shows, turn_to, without_map

pytestmark = pytest.mark.browser

DESK, TABLET, PHONE = (1440, 900), (1024, 768), (390, 844)
CARD = "event=2013-02-22-tigharghar-chadian-battle"
FEW = "place=diabaly"  # axe looks at every word of the page: some events show as much as all
LIGHT_EN = [
    (DESK, "actor=france&from=nonsense"),
    (TABLET, f"tab=troops&{FEW}"),
    (PHONE, f"tab=events&{FEW}"),
    (PHONE, f"{FEW}&{CARD}"),
]
DARK_EN = [
    (PHONE, f"tab=control&{FEW}"),
    (DESK, "tab=losses&status=disputed"),
    (DESK, f"actor=mnla&vs=mujao&{FEW}"),
    (TABLET, "status=disputed"),
]
LIGHT_FR = [
    (PHONE, FEW),
    (TABLET, f"tab=control&known=2013-02-01&{FEW}"),
    (TABLET, f"{FEW}&{CARD}"),
    (PHONE, f"tab=losses&{FEW}"),
    (DESK, f"at2=2013-01-14&{FEW}"),
]
DARK_FR = [
    (TABLET, f"tab=losses&{FEW}"),
    (DESK, f"tab=events&{FEW}&{CARD}"),
    (DESK, f"tab=control&{FEW}"),
    (PHONE, f"tab=troops&{FEW}"),
    (TABLET, f"tab=events&{FEW}"),
    (DESK, f"tab=troops&story=konna&{FEW}"),
]
VISITS = [
    (lang, theme, *visit)
    for lang, theme, visits in [
        ("en", "light", LIGHT_EN),
        ("en", "dark", DARK_EN),
        ("fr", "light", LIGHT_FR),
        ("fr", "dark", DARK_FR),
    ]
    for visit in visits
]
BESIDE = {"event-card": ["event"], "compare": ["vs", "at2"], "story": ["story"]}
PLAIN = ["/about", "/event/2013-01-26-gao-retaken", "/actor/hcua"]
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
def pages(lasting_page: Callable[..., Page]) -> dict[str, Page]:
    """The page in each language, with the map that the server draws."""
    pages = {lang: lasting_page(locale=lang) for lang in ("en", "fr")}
    for page in pages.values():
        without_map(page)
        open_view(page)
    return pages


@pytest.mark.parametrize(("lang", "theme", "screen", "query"), VISITS)
def test_nothing_serious(pages: dict[str, Page], record, lang, theme, screen, query):
    page = pages[lang]
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    page.emulate_media(color_scheme=theme)
    rubbish = "nonsense" in query
    query = query if rubbish else Selection.parse(query).query()
    turn_to(page, query)
    tab = query.partition("tab=")[2].partition("&")[0] or "timeline"
    expect(page.locator(f"#panel-{tab}")).to_be_visible()
    if not rubbish:
        shows(page, record, query, lang)
    assert page.locator("html").get_attribute("lang") == lang
    for part, keys in BESIDE.items():
        expect(page.locator(f"#{part}")).to_be_visible(visible=any(f"{key}=" in query for key in keys))
    assert _grave(page) == []
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("path", PLAIN)
def test_nothing_serious_on_plain_pages(lasting_page: Callable[..., Page], path):
    for lang, theme in (("en", "dark"), ("fr", "light")):
        page = lasting_page(viewport={"width": PHONE[0], "height": PHONE[1]}, color_scheme=theme)
        page.goto(f"{path}?lang={lang}")
        assert _grave(page) == []
        assert page.evaluate(SMALL) == []


def _grave(page: Page) -> list[tuple]:
    found = Axe().run(page, context=CONTEXT, options=OPTIONS).response["violations"]
    grave = [v for v in found if v["impact"] in GRAVE]
    return [(v["id"], n["target"], n["html"][:120]) for v in grave for n in v["nodes"]]
