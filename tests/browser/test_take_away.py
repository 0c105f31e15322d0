"""The take-away dialog: keys and focus, links that follow its choices and the view, files, what happens when
the server cannot draw; and the page of an older version of the record."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests import versions
from tests.browser.test_axe import GRAVE, OPTIONS
from tests.browser.visit import open_view, text, trouble, turn_to, until, without_map
from tests.conftest import serving
from tests.servers import ROOT
from tests.versions import NEW, OLD, REMOVED

pytestmark = pytest.mark.browser

VIEW = "from=2013-01-10&to=2013-02-10&place=gao,kidal"
DIALOG = "#take-away-dialog"
FOCUSED = "() => document.activeElement && document.activeElement.id"
OPEN = "() => document.getElementById('take-away-dialog').open"
INSIDE = {"include": [[DIALOG]]}
LATE = ("take_away", "take_jobs", "picture", "vectors", "marks.")
SIZE = """() => {
  const { naturalWidth: width, naturalHeight: height } = document.querySelector("[data-preview]");
  return [width, height];
}"""
MARKS = """() => document.querySelector("#timeline .js-plotly-plot").data
  .find((trace) => trace.mode === "text").customdata"""
# A choice is pressed on its label; links in running text may be as high as it is.
FAULTS = """() => {
  const body = document.getElementById("take-away-body");
  const targets = body.closest("dialog").querySelectorAll(
    "a, button, select, textarea, .take-choice, input:not(.take-choice input)");
  const small = [...targets].filter((target) => {
    const { width, height } = target.getBoundingClientRect();
    return width && getComputedStyle(target).display !== "inline" && Math.min(width, height) < 24;
  });
  return [...small.map((target) => target.outerHTML.slice(0, 120)), body.scrollWidth - body.clientWidth];
}"""
PICTURE = ROOT / "docs" / "page.png"
NO_PICTURE = {"status": 503, "detail": "no Chromium here"}


@pytest.fixture(scope="module")
def shared(lasting_page: Callable[..., Page]) -> Page:
    """A page whose server gives one picture for all, since drawing takes its time."""
    page = without_map(lasting_page(permissions=["clipboard-read", "clipboard-write"]))
    page.route("**/figure/**", lambda route: route.fulfill(path=PICTURE))
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    open_view(page, VIEW)
    return page


@pytest.fixture
def page(shared: Page) -> Iterator[Page]:
    yield shared
    if shared.evaluate(OPEN):
        shared.keyboard.press("Escape")


def open_dialog(page: Page, part: str = "picture") -> None:
    page.click("#take-away")
    page.click(f"#tab-take-{part}")
    expect(page.locator(f"#take-{part}")).to_be_visible()


def href(page: Page, part: str) -> str:
    return page.locator(f"#take-{part} [data-link]").get_attribute("href")


def choose(page: Page, part: str, name: str, value: str) -> None:
    page.check(f"#take-{part} [name={name}][value={value}]")


def test_nothing_of_it_comes_before_it_is_opened(page: Page):
    late = [url for url in page.asked if any(f"/static/{name}" in url for name in LATE)]
    assert late == []
    open_dialog(page, "data")
    assert any("/static/take_away" in url for url in page.asked)


def test_keys_and_focus(page: Page):
    open_dialog(page, "picture")
    page.keyboard.press("Escape")
    turn_to(page, f"{VIEW}&event=2013-01-26-gao-retaken")
    expect(page.locator("#event-card h2")).to_be_visible()
    page.focus("#take-away")
    page.keyboard.press("Enter")
    until(page, "() => (document.activeElement || {}).role", want="tab")
    page.keyboard.press("ArrowRight")
    until(page, FOCUSED, want="tab-take-data")
    expect(page.locator("#take-data")).to_be_visible()
    expect(page.locator("#take-picture")).to_be_hidden()
    inside = "() => document.getElementById('take-away-dialog').contains(document.activeElement)"
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    until(page, OPEN, want=False)
    until(page, FOCUSED, want="take-away")
    assert "event=" in page.url, "Escape closes the dialog and not the card behind it"
    turn_to(page, VIEW)


def test_a_single_key_opens_it_unless_single_keys_are_off(page: Page):
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("d")
    until(page, OPEN)
    expect(page.locator("#single-keys")).to_be_checked()
    page.uncheck("#single-keys")
    page.keyboard.press("Escape")
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("d")
    page.keyboard.press("/")
    page.wait_for_timeout(200)
    assert not page.evaluate(OPEN)
    assert page.evaluate(FOCUSED) != "filter-search"
    open_dialog(page)
    page.check("#single-keys")
    page.keyboard.press("Escape")
    page.focus("#filter-search")
    page.keyboard.type("d")
    assert not page.evaluate(OPEN)
    page.fill("#filter-search", "")


def test_links_follow_the_choices(page: Page):
    open_dialog(page, "data")
    assert href(page, "data") == f"/api/v1/events.csv?{VIEW}&lang=en"
    choose(page, "data", "table", "figures")
    choose(page, "data", "format", "json")
    assert href(page, "data") == f"/api/v1/figures.json?{VIEW}&lang=en"
    choose(page, "data", "format", "xlsx")
    assert href(page, "data") == f"/api/v1/events.xlsx?{VIEW}&lang=en"
    expect(page.locator("#take-data [name=table]").first).to_be_hidden()
    choose(page, "data", "rows", "all")
    assert href(page, "data") == "/api/v1/events.xlsx?scope=all&lang=en"
    page.click("#tab-take-picture")
    choose(page, "picture", "size", "a4")
    choose(page, "picture", "panel", "control")
    choose(page, "picture", "theme", "dark")
    picture = f"{VIEW}&lang=en&theme=dark&width=1123&height=794"
    assert href(page, "picture") == f"/figure/control.png?{picture}&scale=3.125"
    choose(page, "picture", "format", "pdf")
    assert href(page, "picture") == f"/figure/control.pdf?{picture}"
    page.click("#tab-take-report")
    choose(page, "report", "paper", "Letter")
    choose(page, "report", "lang", "fr")
    assert href(page, "report") == f"/report.pdf?{VIEW}&lang=fr&paper=Letter"
    choose(page, "report", "format", "html")
    link = page.locator("#take-report [data-link]")
    assert (link.get_attribute("target"), link.get_attribute("download")) == ("_blank", None)
    choose(page, "report", "format", "interactive")
    assert href(page, "report") == f"/report-interactive.html?{VIEW}&lang=fr"
    assert link.get_attribute("download") == ""
    choose(page, "report", "format", "pdf")
    assert trouble(page) == []


def test_links_follow_the_view_and_choices_stay(page: Page):
    open_dialog(page, "data")
    choose(page, "data", "rows", "shown")
    choose(page, "data", "format", "geojson")
    page.keyboard.press("Escape")
    turn_to(page, "place=gao")
    page.click("#take-away")
    until(
        page,
        "() => document.querySelector('#take-data [data-link]').getAttribute('href')",
        want="/api/v1/events.geojson?place=gao&lang=en",
    )
    expect(page.locator("#take-data")).to_be_visible()
    page.keyboard.press("Escape")
    turn_to(page, VIEW)


def test_the_rows_saved_are_those_that_are_counted(page: Page):
    open_dialog(page, "data")
    choose(page, "data", "rows", "shown")
    choose(page, "data", "format", "csv")
    choose(page, "data", "table", "events")
    with page.expect_download() as file:
        page.click("#take-data [data-link]")
    assert file.value.suggested_filename.endswith(".csv")
    rows = [*csv.DictReader(io.StringIO(Path(file.value.path()).read_text("utf-8-sig")))]
    assert str(len(rows)) == text(page, "#shown-count").split()[0]
    expect(page.locator("#take-data [data-status]")).to_contain_text("Saved")
    expect(page.locator("#take-data [data-cancel]")).to_be_hidden()


def test_long_work_is_cancelled(page: Page):
    held: list[Route] = []
    page.route("**/report.pdf?**", lambda route: held.append(route))
    open_dialog(page, "report")
    page.click("#take-report [data-link]")
    expect(page.locator("#take-report [data-status]")).to_have_text("Being made…")
    page.focus("#take-report [data-cancel]")
    page.keyboard.press("Enter")
    expect(page.locator("#take-report [data-status]")).to_have_text("Cancelled.")
    expect(page.locator("#take-report [data-cancel]")).to_be_hidden()
    assert page.evaluate("() => document.activeElement.matches('#take-report [data-link]')")
    page.unroute("**/report.pdf?**")
    page.failed[:] = [line for line in page.failed if "report.pdf" not in line]


def test_a_fault_is_told_in_the_words_of_the_server(page: Page):
    page.route("**/report.docx?**", lambda route: route.fulfill(status=400, json={"detail": "no such thing"}))
    open_dialog(page, "report")
    choose(page, "report", "format", "docx")
    page.click("#take-report [data-link]")
    expect(page.locator("#take-report [data-status]")).to_have_text("That did not work: no such thing")
    choose(page, "report", "format", "pdf")
    forget(page, "400")


def forget(page: Page, *words: str) -> None:
    """What a test provokes is no trouble."""
    page.failed[:] = [line for line in page.failed if not any(word in line for word in words)]
    page.errors[:] = [line for line in page.errors if not any(word in line for word in words)]


def test_citation_and_link_are_copied_in_one_press(page: Page):
    open_dialog(page, "cite")
    expect(page.locator("#take-cite pre")).to_contain_text("Serval")
    page.click("#take-cite [data-copy-of]")
    expect(page.locator(f"{DIALOG} .toast")).to_have_text("Copied.")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.locator("#take-cite pre").text_content()
    choose(page, "cite", "format", "bib")
    expect(page.locator("#take-cite pre")).to_contain_text("@")

    page.click("#tab-take-share")
    here = page.evaluate("() => location.origin")
    assert page.input_value("#take-share [data-address]") == f"{here}/?{VIEW}"
    page.check("#take-share [name=pin]")
    choose(page, "share", "lang", "fr")
    page.click("#take-share [data-copy-of='[data-address]']")
    version = page.locator("#take-share form").get_attribute("data-version")
    until(page, "() => navigator.clipboard.readText()", want=f"{here}/?{VIEW}&lang=fr&v={version}")
    choose(page, "share", "panel", "control")
    code = page.input_value("#take-share [data-code]")
    assert f'src="{here}/embed/control?{VIEW.replace("&", "&amp;")}&amp;lang=fr&amp;v={version}"' in code
    assert "<iframe" in code
    page.uncheck("#take-share [name=pin]")


def test_where_the_server_cannot_draw_the_browser_does(page: Page):
    spec = page.context.request.get(f"/figure/timeline.json?{VIEW}&width=600&lang=en")
    assert spec.ok
    page.unroute("**/figure/**")
    page.route("**/figure/*.p*", lambda route: route.fulfill(status=503, json=NO_PICTURE))
    page.route("**/figure/*.svg?**", lambda route: route.fulfill(status=503, json=NO_PICTURE))
    open_dialog(page)
    choose(page, "picture", "panel", "timeline")
    choose(page, "picture", "size", "slide")
    expect(page.locator("#take-picture [data-preview-words]")).to_contain_text("your browser has drawn this")
    until(page, SIZE, want=[1280, 720])
    choose(page, "picture", "format", "svg")
    with page.expect_download() as file:
        page.click("#take-picture [data-link]")
    assert file.value.suggested_filename == "serval-timeline.svg"
    assert Path(file.value.path()).read_text("utf-8").startswith("<svg")
    expect(page.locator("#take-picture [data-status]")).to_contain_text("no Chromium here")
    choose(page, "picture", "format", "pdf")
    page.click("#take-picture [data-link]")
    expect(page.locator("#take-picture [data-status]")).to_contain_text("A PDF needs the server")
    forget(page, "503")
    assert trouble(page) == []


PARTS = ("picture", "data", "cite", "share", "report")
SHEETS = [  # screen, theme, language, which parts axe looks at
    ((1440, 900), "light", "en", ("data", "share", "report")),
    ((390, 844), "dark", "fr", ("picture", "cite")),
    ((320, 640), "light", "fr", ()),
]


@pytest.mark.parametrize(("screen", "theme", "lang", "looked"), SHEETS)
def test_nothing_serious_and_no_small_target(page: Page, screen, theme, lang, looked):
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    page.emulate_media(color_scheme=theme)
    open_view(page, f"lang={lang}")
    for part in PARTS:
        if not page.evaluate(OPEN):
            open_dialog(page, part)
        page.click(f"#tab-take-{part}")
        assert page.evaluate(FAULTS) == [0]
        if part in looked:
            found = Axe().run(page, context=INSIDE, options=OPTIONS).response["violations"]
            grave = [v for v in found if v["impact"] in GRAVE]
            assert [(v["id"], n["target"], n["html"][:120]) for v in grave for n in v["nodes"]] == []
    if screen[0] < 760:
        box = page.locator(DIALOG).bounding_box()
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *screen)


def test_the_page_of_an_older_version(lasting_page: Callable[..., Page], tmp_path_factory):
    folder = versions.second(versions.first(tmp_path_factory.mktemp("versions") / "data"))
    whole = "from=2012-01-01&to=2014-12-31"
    with serving(folder.parent / "log", SERVAL_DATA=str(folder)) as url:
        page = without_map(lasting_page(base_url=url))
        open_view(page, f"{whole}&v={OLD}")
        assert REMOVED in page.evaluate(MARKS)
        expect(page.locator(".banner")).to_contain_text(f"Newer data are there: version {NEW}")
        page.click(".banner a >> nth=1")
        until(page, "() => location.search", want=f"?{whole}")
        open_view(page, whole)
        assert REMOVED not in page.evaluate(MARKS)
        expect(page.locator(".banner")).to_have_count(0)
        page.go_back()
        until(page, "() => location.search", want=f"?{whole}&v={OLD}")
        expect(page.locator(".banner")).to_be_visible()
        assert trouble(page) == []
