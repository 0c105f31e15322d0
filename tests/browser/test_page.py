"""The page as a visitor uses it: every act is in the address, every address gives its view."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.visit import CALLBACKS, DRAWN, open_view, shows, trouble, turn_to, until, without_map

pytestmark = pytest.mark.browser

EVENT = "2013-01-26-gao-retaken"
RICH = "from=2013-01-10&to=2013-03-31&dates=certain&actor=france&type=airstrike,ground_combat&at=2013-02-01"


@pytest.fixture(scope="module")
def standing(lasting_page: Callable[..., Page]) -> Page:
    page = without_map(lasting_page())
    open_view(page)
    return page


@pytest.fixture
def page(standing: Page, record) -> Iterator[Page]:
    """The standing page, turned to the default view; nothing may have failed on it in the end."""
    turn_to(standing)
    shows(standing, record, "")
    yield standing
    assert trouble(standing) == []


def choose(page: Page, key: str, id: str) -> int:
    """Press a choice of a filter; gives the number that stood beside it."""
    choice = page.locator(f"#choice-{key}-{id}")
    count = int(choice.locator(".count").inner_text())
    choice.click()
    return count


def write(page: Page, field: str, words: str) -> None:
    page.fill(f"#filter-{field}", words)
    page.press(f"#filter-{field}", "Enter")


def count_steps(page: Page) -> None:
    """From now on `steps` tells how many steps were added for Back; history.length itself ends at 50."""
    page.evaluate(
        """() => {
          window.steps = 0;
          history.pushState = (...step) => {
            window.steps += 1;
            History.prototype.pushState.apply(history, step);
          };
        }"""
    )


def steps(page: Page) -> int:
    return page.evaluate("window.steps")


def address(page: Page) -> str:
    return page.evaluate("location.search.slice(1)")


def test_every_choice_is_in_the_address(page: Page, record):
    shows(page, record, "")
    for key, id in [("type", "airstrike"), ("status", "confirmed")]:
        count = choose(page, key, id)
        shows(page, record, f"{key}={id}")
        expect(page.locator("#shown-count")).to_contain_text(f"{count} of ")
        page.click("#reset")
        shows(page, record, "")
    page.click("summary:has-text('Place')")
    choose(page, "place", "gao")
    shows(page, record, "place=gao")
    choose(page, "place", "kidal")
    shows(page, record, "place=gao,kidal")
    page.click("#active a:has-text('Gao')")
    shows(page, record, "place=kidal")
    page.click("#reset")
    shows(page, record, "")
    page.click("#choice-family-ground")
    shows(page, record, "type=ground_combat,special_operation")


def test_two_quick_presses_both_count(page: Page, record):
    held = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(CALLBACKS, hold)
    choose(page, "type", "airstrike")
    choose(page, "actor", "france")
    page.click("#presets >> text=Drive north")
    until(page, "location.search", want="?from=2013-01-16&to=2013-01-31&actor=france&type=airstrike")
    assert held
    for route in held:
        route.fallback()
    page.unroute(CALLBACKS, hold)
    shows(page, record, "from=2013-01-16&to=2013-01-31&actor=france&type=airstrike")


def test_actor_with_role_and_family(page: Page, record):
    choose(page, "actor", "aqim")
    shows(page, record, "actor=aqim")
    choose(page, "role", "target")
    shows(page, record, "actor=aqim&role=target")
    page.click("text=with their branches and successors")
    shows(page, record, "actor=aqim&role=target&family=1")
    page.click("#filter-dates >> text=only if certain")
    shows(page, record, "dates=certain&actor=aqim&role=target&family=1")


def test_fields_and_periods(page: Page, record):
    write(page, "search", "tombouctou")
    shows(page, record, "q=tombouctou")
    write(page, "search", "")
    shows(page, record, "")
    write(page, "from", "2013-01-10")
    shows(page, record, "from=2013-01-10")
    write(page, "to", "2013-01-1")
    expect(page.locator("#filter-to")).to_have_attribute("aria-invalid", "true")
    shows(page, record, "from=2013-01-10")
    write(page, "to", "2013-01-15")
    expect(page.locator("#filter-to")).to_have_attribute("aria-invalid", "false")
    shows(page, record, "from=2013-01-10&to=2013-01-15")
    page.click("#presets >> text=Drive north")
    shows(page, record, "from=2013-01-16&to=2013-01-31")
    expect(page.locator("#filter-from")).to_have_value("2013-01-16")
    expect(page.locator("#filter-to")).to_have_value("2013-01-31")


def test_reload_and_pasted_link_give_the_same_view(page: Page, record):
    open_view(page, RICH)
    shows(page, record, RICH)
    page.reload()
    until(page, DRAWN)
    shows(page, record, RICH)
    pasted = page.context.new_page()
    open_view(pasted, RICH)
    shows(pasted, record, RICH)


def test_back_and_forward_step_through_views(page: Page, record):
    views = [
        "",
        "type=airstrike",
        "actor=france&type=airstrike",
        f"actor=france&type=airstrike&event={EVENT}",
    ]
    choose(page, "type", "airstrike")
    shows(page, record, views[1])
    choose(page, "actor", "france")
    shows(page, record, views[2])
    page.evaluate("event => serval.state.change({ event })", EVENT)
    expect(page.locator("#event-card h2")).to_be_visible()
    for query in reversed(views[:-1]):
        page.go_back()
        shows(page, record, query)
        expect(page.locator("#event-card")).to_be_hidden()
    for query in views[1:]:
        page.go_forward()
        shows(page, record, query)
    expect(page.locator("#event-card h2")).to_be_visible()


def test_drags_leave_no_step_behind(page: Page, record):
    count_steps(page)
    box = page.locator("#brush").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.32, y, steps=4)
    page.mouse.up()
    assert "from=" in address(page)
    slider = page.locator("#playhead").bounding_box()
    page.mouse.click(slider["x"] + slider["width"] * 0.4, slider["y"] + slider["height"] / 2)
    assert "at=" in address(page)
    for key in ("ArrowRight", "PageUp", "PageDown"):
        page.press("#playhead", key)
    shows(page, record, address(page))
    assert steps(page) == 0


def test_link_with_rubbish_opens_and_names_it(page: Page, record):
    open_view(page, "from=2013-02-30&actor=france,nobody-known&type=airstrike&colour=red&at=2013-01-20")
    alert = page.get_by_role("alert")
    for named in ("from=2013-02-30", "actor=nobody-known", "colour=red"):
        expect(alert).to_contain_text(named)
    until(page, "document.querySelectorAll('#active .chip:not(#reset)').length", want=2)
    choose(page, "status", "confirmed")
    shows(page, record, "actor=france&type=airstrike&status=confirmed&at=2013-01-20")
    expect(alert).to_have_count(0)


def test_link_whose_first_day_is_after_its_last(page: Page, record):
    open_view(page, "from=2013-03-01&to=2013-02-01&actor=chad")
    expect(page.get_by_role("alert")).to_contain_text("from=2013-03-01")
    assert page.input_value("#filter-from") == "2012-12-20"
    page.click("#active a:has-text('Chad')")
    shows(page, record, "")


def test_towns_follow_the_day_of_the_map(page: Page, record):
    turn_to(page, "from=2013-01-20&to=2013-02-05&at=2013-01-28")
    page.click("#tab-towns")
    gao, kidal = page.locator("#town-gao"), page.locator("#town-kidal")
    count_steps(page)
    expect(kidal).not_to_contain_text("France")
    page.click("#step-on")
    expect(page.locator("#playhead-day")).to_have_text("29 January 2013")
    expect(kidal).to_contain_text("changing hands")
    page.press("#playhead", "PageDown")
    expect(page.locator("#towns-title")).to_contain_text("22 January 2013")
    expect(gao).to_contain_text("MUJAO")
    page.click("#step-back")
    shows(page, record, "from=2013-01-20&to=2013-02-05&at=2013-01-21")
    assert steps(page) == 0
    page.click("#tab-actors")


def test_play_goes_day_by_day_to_the_last(page: Page, record):
    turn_to(page, "from=2013-01-10&to=2013-02-10&at=2013-01-11")
    play = page.locator("#play")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "true")
    until(page, "serval.state.selection().at > '2013-01-12'")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("serval.state.selection().at") < "2013-02-10"
    turn_to(page, "from=2013-01-10&to=2013-02-10&at=2013-02-09")
    play.click()
    shows(page, record, "from=2013-01-10&to=2013-02-10")
    expect(play).to_have_attribute("aria-pressed", "false")
