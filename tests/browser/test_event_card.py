"""What the card offers, in both languages: rival figures, histories, what is near, texts to copy, keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from serval.related import related
from tests.browser.visit import open_view, text, trouble, until, view_of, without_map

pytestmark = pytest.mark.browser

RIVALS = "2013-01-10-konna-captured"
PROVEN = "2013-01-30-chadians-called-to-kidal"
SHARED = """() => {
  const button = document.querySelector("#event-share");
  return button && button.dataset.copy.split("/").pop();
}"""


@pytest.fixture(scope="module", params=["en-GB", "fr-FR"])
def page(lasting_page: Callable[..., Page], request) -> Page:
    page = lasting_page(locale=request.param)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    without_map(page)
    open_view(page)
    return page


def lang(page: Page) -> str:
    return page.evaluate("document.querySelector('.page').lang")


def opened(page: Page, event: str, **also) -> None:
    page.evaluate("now => serval.state.change(now)", {"event": event, **also})
    until(page, SHARED, want=event)


def copied(page: Page, button: str) -> str:
    page.click(button)
    expect(page.locator("#toast")).not_to_be_empty()
    return page.evaluate("navigator.clipboard.readText()")


def test_rival_figures_stand_side_by_side_with_who_and_when(page: Page, record):
    opened(page, RIVALS)
    killed = page.locator(".claims").last.locator("tbody tr")
    expect(killed).to_have_count(4)
    expect(page.locator(".claims").last.locator(".span")).to_have_count(4)
    dated = record.sources.set_index("id")["date"]
    figures = record.figures[(record.figures["event"] == RIVALS) & (record.figures["kind"] == "killed")]
    for row, source in zip(killed.all(), figures["source"], strict=True):
        if isinstance(source, str) and isinstance(dated[source], str):
            expect(row).to_contain_text("2013")
        if isinstance(source, str):
            assert page.locator(row.locator("sup a").get_attribute("href")).count() == 1


def test_history_of_the_town_and_what_is_near(page: Page, record):
    opened(page, RIVALS)
    found = related(view_of(record, ""), RIVALS, lang(page))
    history = page.locator("#history-konna")
    expect(history.locator("li")).to_have_count(len(found.histories[0].turns))
    expect(history.locator("[aria-current]")).to_have_count(1)
    for key, around in (("place", found.same_place), ("actors", found.same_actors)):
        links = page.locator(f"#around-{key} li a")
        assert links.count() == len(around.refs)
    page.click("#around-place summary")
    page.locator("#around-place li a").first.click()
    expect(page.locator("#event-title")).to_have_text(found.same_place.refs[0].title)


def test_evidence_says_how_to_check_it(page: Page, record):
    opened(page, PROVEN)
    page.click("#card-evidence > summary")
    page.click("#evidence-help > summary")
    spans = record.evidence[record.evidence["event"] == PROVEN]
    first = spans.iloc[0]
    expect(page.locator("#card-evidence")).to_contain_text(first["sha256"])
    expect(page.locator("#evidence-help pre")).to_contain_text(f"t[{first['start']}:{first['end']}]")
    expect(page.locator("#card-evidence tbody tr")).to_have_count(len(spans))


def test_share_and_cite(page: Page, record):
    opened(page, RIVALS)
    assert copied(page, "#event-share") == page.evaluate(f"`${{location.origin}}/event/{RIVALS}`")
    cited = copied(page, "#event-cite")
    for part in (record.version, record.hash[:12], f"/event/{RIVALS}", text(page, "#event-title")):
        assert part in cited
    page.click("#card-correction summary")
    expect(page.locator("#correction-text")).to_contain_text(f"id: {RIVALS}")


def test_arrow_keys_step_through_the_view(page: Page, record):
    ids = view_of(record, "").events["id"].tolist()
    opened(page, ids[40])
    page.locator("#event-card").focus()
    page.keyboard.press("ArrowRight")
    until(page, "() => serval.state.selection().event", want=ids[41])
    expect(page.locator("#event-number")).to_contain_text("42")
    expect(page.locator("#event-card")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    until(page, "() => serval.state.selection().event", want=ids[40])
    expect(page.locator("#event-number")).to_contain_text("41")
    page.focus("#step-on")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("serval.state.selection().event") == ids[40]


def test_first_and_last_have_one_neighbour(page: Page, record):
    ids = view_of(record, "").events["id"].tolist()
    opened(page, ids[0])
    expect(page.locator("#event-before")).to_have_count(0)
    expect(page.locator("#event-after")).to_have_count(1)
    opened(page, ids[-1])
    expect(page.locator("#event-after")).to_have_count(0)


def test_as_known_on_a_day_nothing_later_is_near(page: Page, record):
    opened(page, RIVALS, known="2013-01-20")
    found = related(view_of(record, "known=2013-01-20"), RIVALS, lang(page))
    until(page, "() => document.querySelectorAll('#around-place li').length", want=len(found.same_place.refs))
    assert page.locator("#history-konna li").count() == len(found.histories[0].turns)
    page.evaluate("serval.state.change({ known: null })")


def test_no_trouble(page: Page):
    assert trouble(page) == []
