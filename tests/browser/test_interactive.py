"""The copy of a view in one file, opened from a disk without a network."""

from urllib.request import urlopen

import pytest

from tests.browser.visit import NO_WEBGL2, until, view_of

WEBGL = True
QUERY = "actor=france&q=gao"
SHOWN = "document.querySelectorAll('#copy-list > li:not([hidden])').length"
QUERIES = [
    "from=2013-01-11&to=2013-01-31",
    "actor=mujao,france&role=initiator",
    "actor=aqim&family=1&dates=certain",
    "place=gao,kidal&status=disputed",
    "type=suicide_attack&from=2012-01-01&to=2014-12-31",
    "q=gao&region=tombouctou,kidal",
    "q=تمبكتو&from=2012-01-01&to=2014-12-31",
    "known=2013-02-01",
    "q=nosuchword",
]


@pytest.fixture(scope="module")
def copy(server, browser, tmp_path_factory):
    path = tmp_path_factory.mktemp("stick") / "copy.html"
    with urlopen(f"{server}/report-interactive.html?{QUERY}&lang=en") as answer:
        path.write_bytes(answer.read())
    context = browser.new_context(offline=True, viewport={"width": 1200, "height": 1400})
    page = context.new_page()
    page.add_init_script(NO_WEBGL2)
    page.trouble = []
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("console", lambda m: page.trouble.append(m.text) if m.type in ("error", "warning") else None)
    page.on("requestfailed", lambda r: page.trouble.append(r.url))
    page.goto(path.as_uri())
    until(page, "document.documentElement.dataset.ready === '1'")
    yield page
    context.close()


def n_of(record, query):
    return view_of(record, query).n


def test_it_opens_on_the_view_that_was_taken(copy, record):
    n = n_of(record, QUERY)
    until(copy, SHOWN, want=n)
    assert copy.inner_text("#copy-count") == f"{n} of {len(record.events)} events"
    assert copy.input_value("#copy-q") == "gao"
    assert copy.evaluate("document.querySelectorAll('#timeline .textpoint text').length") == n
    until(copy, "document.querySelectorAll('#map-print .textpoint').length > 5")


@pytest.mark.parametrize("query", QUERIES)
def test_it_shows_what_python_shows(copy, record, query):
    copy.evaluate("query => serval.state.change(serval.select.parse(query))", query)
    until(copy, SHOWN, want=n_of(record, query))


def test_its_filters_filter(copy, record):
    copy.click("#copy-all")
    until(copy, SHOWN, want=len(record.events))
    copy.fill("#copy-from", "2013-01-11")
    copy.fill("#copy-to", "2013-02-28")
    copy.locator('input[name="actor"][value="chad"]').evaluate("box => box.click()")
    copy.fill("#copy-q", "Ifoghas")
    copy.press("#copy-q", "Enter")
    until(copy, SHOWN, want=n_of(record, "from=2013-01-11&to=2013-02-28&actor=chad&q=Ifoghas"))
    copy.fill("#copy-at", "2013-01-20")
    until(copy, "document.querySelector('[data-at]').textContent", want="20 January 2013")
    copy.click("#copy-reset")
    until(copy, SHOWN, want=n_of(record, QUERY))


def test_a_mark_opens_its_event_with_its_sources(copy, record):
    copy.click("#copy-reset")
    event = view_of(record, QUERY).events["id"].iloc[3]
    copy.evaluate("id => serval.state.change({ event: id })", event)
    until(copy, "id => document.getElementById(`event-${id}`).open", event)
    sources = record.event_sources[record.event_sources["event"] == event]
    assert copy.locator(f"#event-{event} ol li").count() == len(sources)


def test_nothing_went_wrong_and_nothing_was_asked_for(copy):
    assert copy.trouble == []
