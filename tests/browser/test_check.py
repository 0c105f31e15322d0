"""The counter-check in Chromium, over made-up imports: by hand, without script, accessible."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from serval.cli import main
from tests.browser.conftest import visiting
from tests.browser.test_pages import SMALL, WIDER
from tests.browser.visit import trouble
from tests.conftest import serving
from tests.made_exports import ACLED, GED, acled, ged, table

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visit(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """New pages of a server that has two imports."""
    path: Path = tmp_path_factory.mktemp("made")
    (path / "one.csv").write_text(table(ged(2000), GED))
    (path / "two.csv").write_text(table(acled(200), ACLED))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SERVAL_IMPORTS", str(path / "imports"))
        assert main(["import", "ged", str(path / "one.csv")]) == 0
        assert main(["import", "acled", str(path / "two.csv")]) == 0
    with (
        serving(path / "log", SERVAL_IMPORTS=str(path / "imports")) as server,
        visiting(browser, server) as new_page,
    ):
        yield new_page


@pytest.mark.parametrize(
    ("screen", "theme", "lang"), [((1440, 900), "light", "fr"), ((320, 640), "dark", "en")]
)
def test_accessible_and_fitting(visit, screen, theme, lang):
    width, height = screen
    page = visit(viewport={"width": width, "height": height}, color_scheme=theme, locale=lang)
    for query in ("km=100&days=10", "list=ours&actor=mujao", "list=theirs&of=two"):
        page.goto(f"/check?{query}")
        page.locator("details.more > summary").click()
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(v["id"], n["html"][:120]) for v in found for n in v["nodes"]] == [], query
        assert not page.evaluate(WIDER), query
        assert page.evaluate(SMALL) == [], query
    assert trouble(page) == []


def test_by_hand_and_without_script(visit):
    page = visit(java_script_enabled=False)
    page.goto("/check?actor=mujao&lang=en")
    before = int(page.locator(".check-lists strong").first.text_content())
    page.get_by_label("Within km").fill("200")
    page.get_by_label("and days").fill("10")
    page.get_by_role("button", name="Match").click()
    expect(page.locator("h1")).to_have_text("Counter-check")
    assert int(page.locator(".check-lists strong").first.text_content()) > before
    for part in ("km=200", "days=10", "actor=mujao", "lang=en"):
        assert part in page.url
    page.get_by_role("link", name="Only in UCDP GED").click()
    expect(page.locator("#rows")).to_have_text("Only in UCDP GED")
    expect(page.locator(".check-table tbody tr")).to_have_count(50)
    page.get_by_role("link", name="Later rows").click()
    expect(page.locator(".check-pages")).to_contain_text("51–100 of")
    page.get_by_role("link", name="Français").click()
    expect(page.locator("h1")).to_have_text("Contre-vérification")
    for part in ("km=200", "page=2", "actor=mujao", "lang=fr"):
        assert part in page.url
    assert trouble(page) == []


def test_from_the_dashboard(visit):
    page = visit()
    page.goto("/?actor=mujao&lang=en")
    page.locator("#coverage-details > summary").click(timeout=60_000)
    page.locator("#coverage-details").get_by_role("link", name="Counter-check").click()
    expect(page.locator("h1")).to_have_text("Counter-check")
    assert "actor=mujao" in page.url
    page.get_by_role("link", name="The view on the dashboard").click()
    expect(page.locator(".footer")).to_contain_text("Counter-check", timeout=60_000)
    assert "actor=mujao" in page.url
    assert trouble(page) == []
