"""A real browser on the hostile record: no script of the data runs in the page, in files or in pictures."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import lxml.etree
import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import open_view, trouble, without_map
from tests.conftest import chromium, serving
from tests.security import hostile

pytestmark = pytest.mark.browser

EVENT, ACTOR = "2013-01-10-fight-for-konna", "red_a"
QUERY = f"from=2012-01-01&to=2014-12-31&event={EVENT}&tab=events&actor={ACTOR}"
BAD = """() => {
  const runs = ({ name, value }) => /^on/.test(name)
    || (/^(href|src|action)$/.test(name) && /^\\s*javascript:/i.test(value));
  const made = [...document.querySelectorAll("img[src=x], svg[onload], b[onmouseover]")];
  return [...made, ...[...document.querySelectorAll("*")].filter((e) => [...e.attributes].some(runs))].length;
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the hostile record."""
    folder = hostile.write(tmp_path_factory.mktemp("seen") / "data")
    with serving(folder.parent / "log", SERVAL_DATA=str(folder)) as url:
        yield url


def unharmed(page: Page) -> None:
    assert page.evaluate("() => window.hacked") is None
    assert page.evaluate(BAD) == 0
    assert hostile.SUM not in page.inner_text("body")


def test_nothing_of_the_data_runs(lasting_page: Callable[..., Page], server: str, tmp_path: Path):
    page = without_map(lasting_page())
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_view(page, QUERY)
    expect(page.locator("#event-card")).to_contain_text("<script>window.hacked=1</script>")
    expect(page.locator("#events")).to_contain_text("{{1337*7919}}")
    unharmed(page)
    assert page.evaluate(TOO_WIDE) <= 0
    page.goto(f"/event/{EVENT}")
    unharmed(page)
    assert page.evaluate(TOO_WIDE) <= 0
    page.goto(f"/embed/timeline?{QUERY}")
    expect(page.locator("#timeline .textpoint").first).to_be_visible()
    unharmed(page)
    assert trouble(page) == []
    file = tmp_path / "interactive.html"
    with urlopen(f"{server}/report-interactive.html?{QUERY}", timeout=60) as answer:
        file.write_bytes(answer.read())
    page.goto(file.as_uri())
    expect(page.locator("#timeline .textpoint").first).to_be_visible()
    unharmed(page)
    assert dialogs == []
    assert page.errors == []


@pytest.mark.parametrize("panel", ["map", "losses"])
def test_a_picture_is_drawn_of_text(server: str, panel: str):
    if chromium() is None:
        pytest.skip("no Chromium")
    with urlopen(f"{server}/figure/{panel}.svg?from=2012-01-01&to=2014-12-31", timeout=120) as answer:
        tree = lxml.etree.fromstring(answer.read())
    names = {lxml.etree.QName(node).localname for node in tree.iter(lxml.etree.Element)}
    assert not names & {"script", "foreignObject", "iframe"}
    for node in tree.iter(lxml.etree.Element):
        for name, value in node.attrib.items():
            assert not re.match(r"on[a-z]+$", name), name
            if name.endswith("href"):
                assert re.match(r"(#|data:image/|https?://)", value), value
    words = "".join(tree.itertext())
    assert hostile.SUM not in words
    assert "{{1337*7919}}" in words or "</script>" in words or "onload" in words
