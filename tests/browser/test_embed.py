"""Embeds in the frame of another site: drawn, no wider than their frame, used from the keyboard."""

import functools
import http.server
import threading
from collections.abc import Iterator

import pytest

from tests.browser.visit import NO_WEBGL2, trouble, until

DRAWN = {
    "map": "document.querySelectorAll('#map-print .textpoint').length > 20",
    "timeline": "document.querySelectorAll('#timeline .textpoint').length > 20",
    "control": "document.querySelectorAll('#control .bars path').length > 20",
    "troops": "document.querySelectorAll('#troops .point').length > 20",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory, server) -> Iterator[str]:
    """Another site, on another port, with a page that frames an embed: its address."""
    folder = tmp_path_factory.mktemp("site")
    frame = '<iframe title="Serval" style="width:100%;height:560px;border:0"></iframe>'
    (folder / "index.html").write_text(f"<!doctype html><title>Another site</title>{frame}")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def framed(page, site, server, path):
    page.add_init_script(NO_WEBGL2)
    page.goto(f"{site}/index.html")
    page.evaluate("url => { document.querySelector('iframe').src = url; }", f"{server}{path}")
    page.wait_for_selector("iframe")
    return until_framed(page, server)


def until_framed(page, server):
    for _ in range(200):
        found = [frame for frame in page.frames if frame.url.startswith(server)]
        if found:
            return found[0]
        page.wait_for_timeout(50)
    raise AssertionError("the frame shows nothing of ours")


@pytest.mark.parametrize(
    ("panel", "width"), [("map", 320), ("timeline", 320), ("control", 900), ("troops", 320)]
)
def test_an_embed_is_drawn_in_the_frame_of_another_site(new_page, site, server, panel, width):
    page = new_page(viewport={"width": width, "height": 620})
    frame = framed(page, site, server, f"/embed/{panel}?lang=en")
    until(frame_page(page, frame), DRAWN[panel])
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert "Full view" in frame.inner_text("footer")
    assert [line for line in trouble(page) if server in line or "error" in line.lower()] == []


def frame_page(page, frame):
    """A frame with the waiting of a page."""
    frame.wait_for_timeout = page.wait_for_timeout
    return frame


def test_a_pressed_mark_names_its_event_and_keeps_the_hosts_history(new_page, site, server, record):
    page = new_page(viewport={"width": 700, "height": 620})
    frame = frame_page(page, framed(page, site, server, "/embed/timeline?lang=en"))
    until(frame, DRAWN["timeline"])
    before = page.evaluate("history.length")
    event = record.events["id"].iloc[200]
    frame.evaluate("id => serval.state.change({ event: id })", event)
    until(frame, "!document.getElementById('pressed').hidden")
    title = record.events.set_index("id").at[event, "title"]
    assert title in frame.inner_text("#pressed")
    assert f"event={event}" in frame.get_attribute("#full", "href") or frame.evaluate(
        "document.getElementById('full').search"
    ).count(event)
    assert page.evaluate("history.length") == before


def test_single_keys_do_nothing_and_the_tab_key_reaches_everything(new_page, server):
    page = new_page(viewport={"width": 900, "height": 560})
    page.add_init_script(NO_WEBGL2)
    page.goto(f"{server}/embed/control?lang=en")
    until(page, DRAWN["control"])
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.matches('.turn')")
    assert page.inner_text("#control-note")
    page.evaluate("document.getElementById('full').focus()")
    assert page.evaluate("document.activeElement.id") == "full"
