"""Pictures drawn by the warm Chromium: vectors that carry all they need, each its own, whatever dies."""

import io
import os
import re
import signal
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from urllib.request import urlopen

import pypdf
import pytest

from components.static import asset_url
from serval import browser, chromium, drawing
from serval.export import picture, picture_options
from serval.selection import Selection
from tests.conftest import chromium as installed
from tests.conftest import serving

SVG = "{http://www.w3.org/2000/svg}"
BOX = """
  const figure = document.querySelector("svg > svg");
  const at = figure && figure.ownerSVGElement.getScreenCTM();
  const side = (name) => figure[name].baseVal.value;
  const edge = figure && { left: at.a * side("x"), right: at.a * (side("x") + side("width")),
                           top: at.d * side("y"), bottom: at.d * (side("y") + side("height")),
                           height: at.d * side("height") };
"""
OVERLAPS = f"""() => {{ {BOX}
  const frame = document.querySelector("svg").getBoundingClientRect();
  const texts = [...document.querySelectorAll("svg > text, svg > g > text, svg > g > a > text")];
  const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
  if (figure) boxes.push(["the figure", edge]);
  const cut = boxes.filter(([, b]) =>
    b.left < 0 || b.right > frame.width + 1 || b.top < 0 || b.bottom > frame.height + 1);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.3 * Math.min(a.height, b.height);
  const hits = boxes.flatMap(([one, a], i) =>
    boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => `${{one}} / ${{other}}`));
  return [...cut.map(([text]) => `cut: ${{text}}`), ...hits];
}}"""
CUT = f"""() => {{ {BOX}
  const meets = ([, b]) =>
    b.left < edge.right && b.right > edge.left && b.top < edge.bottom && b.bottom > edge.top;
  const within = ([, b]) => b.left > edge.left - 2 && b.right < edge.right + 2 && b.top > edge.top - 2
    && b.bottom < edge.bottom + 2;
  return [...figure.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter((text) => meets(text) && !within(text)).map(([text]) => text);
}}"""


@pytest.fixture(scope="module", autouse=True)
def warm() -> Iterator[None]:
    if installed() is None:
        pytest.skip("no Chromium: install the system's package chromium or set SERVAL_CHROMIUM")
    yield
    browser.stop()


def spec(record, panel: str, query: str = "", **more) -> dict:
    options = {"lang": "en", "base": "https://serval.example", "height": 800, **more}
    return picture.spec(record.select(Selection.parse(query)), panel, **options)


@pytest.mark.parametrize("panel", picture_options.PANELS)
def test_vectors_that_carry_all_they_need(record, panel: str):
    drawn = browser.svg(spec(record, panel, lang="fr"))
    root = ET.fromstring(drawn)
    tags = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert not tags & {"image", "script", "foreignObject", "pattern", "filter", "use"}
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text.startswith(root.find(f"{SVG}title").text)
    assert "font/woff2;base64," in root.find(f"{SVG}defs/{SVG}style").text
    outside = re.findall(r"""(?:href|src)=["']([^#"']+)|url\((?!["']?(?:data:|#))([^)]*)""", drawn)
    link = root.find(f".//{SVG}a").get("href")
    assert {one or other for one, other in outside} == {link.replace("&", "&amp;")}
    assert not re.search("[\ue000-\ue0ff]", drawn)  # marks are paths, for whoever lacks their font
    ids = re.findall(r'\bid="([^"]+)"', drawn)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("panel", picture_options.PANELS)
@pytest.mark.parametrize(("width", "height", "lang"), [(1200, 800, "en"), (640, 700, "fr")])
def test_nothing_is_cut_and_nothing_overlaps(record, page_of, panel: str, width: int, height: int, lang: str):
    long = "Un titre bien plus long que ceux que les images portent d'elles-mêmes, sur deux lignes"
    title = long if lang == "fr" else None
    query = "actor=france,chad,mali_army,mujao,aqim&status=confirmed,reported&known=2013-09-01&at=2013-03-01"
    made = spec(
        record, panel, query, width=width, height=height, lang=lang, title=title if lang == "fr" else None
    )
    page = page_of(browser.svg(made), width, height)
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(CUT) == []


@pytest.fixture
def page_of(request: pytest.FixtureRequest):
    """A page that shows an SVG alone."""
    drawing = request.getfixturevalue("browser").new_page()

    def show(svg: str, width: int, height: int):
        drawing.set_viewport_size({"width": width, "height": height})
        drawing.set_content(f"<style>body {{ margin: 0 }}</style>{svg}")
        drawing.evaluate(chromium.LOADED)
        return drawing

    yield show
    drawing.close()


def test_the_same_picture_has_the_same_bytes(record):
    made = spec(record, "control")
    one, two = browser.svg(made), browser.svg(made)
    assert one == two
    assert browser.png(one, 1200, 800) == browser.png(two, 1200, 800)
    assert browser.pdf(one, 1200, 800) == browser.pdf(two, 1200, 800)


def test_the_png_is_as_sharp_as_asked(record):
    drawn = browser.png(browser.svg(spec(record, "losses", width=800, height=600)), 800, 600, 2.5)
    assert drawn.startswith(b"\x89PNG")
    assert [int.from_bytes(drawn[at : at + 4]) for at in (16, 20)] == [2000, 1500]


@pytest.mark.parametrize("panel", ["map", "control", "timeline"])
def test_the_pdf_is_one_page_of_vectors_and_words(record, panel: str):
    drawn = browser.pdf(browser.svg(spec(record, panel)), 1200, 800)
    read = pypdf.PdfReader(io.BytesIO(drawn))
    (page,) = read.pages
    assert read.metadata.title == spec(record, panel)["title"]
    assert [float(side) for side in page.mediabox[2:]] == [900, 600]  # points
    assert b"/Subtype /Image" not in drawn
    assert len(page.images) == 0
    assert "255 of 411 events" in page.extract_text()


def test_every_picture_asked_for_at_once_is_its_own(record):
    """A picture of somebody else's view would be the worst fault there is."""
    queries = [f"from=2013-01-{day:02}&to=2013-0{2 + day % 6}-20" for day in range(1, 13)]
    panels = ("timeline", "losses", "control")
    wanted = [
        spec(record, panel, query, width=500, title=f"{panel} of {query}")
        for query in queries for panel in panels[: 2 + (query < queries[6])]
    ]  # fmt: skip
    alone = {made["title"]: browser.svg(made) for made in wanted[::6]}

    def draw(made: dict) -> tuple[str, bytes]:
        drawn = browser.svg(made)
        return drawn, browser.png(drawn, 100, 100) if made is wanted[0] else b""

    assert len(wanted) >= 24
    with ThreadPoolExecutor(12) as pool:
        drawn = [svg for svg, _ in pool.map(draw, wanted)]
    for made, svg in zip(wanted, drawn, strict=True):
        root = ET.fromstring(svg)
        assert root.find(f"{SVG}title").text == made["title"]
        assert root.find(f".//{SVG}a").get("href") == made["link"]
        assert svg == alone.get(made["title"], svg)
    assert len(set(drawn)) == len(drawn)


def test_a_link_inside_a_picture_reopens_the_same_events(client, record):
    query = "from=2013-01-10&to=2013-03-31&actor=mujao&status=confirmed"
    root = ET.fromstring(browser.svg(spec(record, "map", query)))
    link = root.find(f".//{SVG}a").get("href")
    n = record.select(Selection.parse(query)).n
    assert client.get(f"/api/v1/events.json?{link.partition('?')[2]}").json["count"] == n
    assert f"{n} of 411 events" in "".join(root.itertext())


def test_a_chromium_that_dies_is_followed_by_another(record):
    made = spec(record, "losses", title="After")
    browser.svg(made)
    os.kill(browser._desk()._process, signal.SIGKILL)
    assert "After" in browser.svg(made)
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(browser.svg, {**made, "title": f"Number {i}."}) for i in range(6)]
        os.kill(browser._desk()._process, signal.SIGKILL)
        assert [f"Number {i}." in job.result() for i, job in enumerate(jobs)] == [True] * 6


def test_one_that_hangs_is_ended(record, monkeypatch: pytest.MonkeyPatch):
    made = spec(record, "losses", title="Later")
    browser.svg(made)
    monkeypatch.setattr(chromium, "SECONDS", 1.0)
    monkeypatch.setattr(chromium, "BRIEFLY", 0.5)
    os.kill(browser._desk()._process, signal.SIGSTOP)
    with pytest.raises(browser.Unavailable, match="longer than 1 s"):
        browser.svg(made)
    monkeypatch.undo()
    assert "Later" in browser.svg(made)


def test_too_many_are_turned_away(record, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chromium, "QUEUE", 0)
    with pytest.raises(browser.Unavailable, match="too many") as why:
        browser.svg(spec(record, "losses"))
    assert why.value.after > 0


def test_no_host_is_reached():
    page = '<img src="http://127.0.0.1:9/a.png"><img src="file:///etc/hostname"><p>Words</p>'
    drawn = browser.print_html(f"<!doctype html><title>T</title>{page}", "Letter")
    (page,) = pypdf.PdfReader(io.BytesIO(drawn)).pages
    assert page.extract_text().strip() == "Words"
    assert [float(side) for side in page.mediabox[2:]] == [612, 792]


def test_the_readers_own_browser_draws_the_same(page, record):
    page.goto("/?lang=en")
    page.wait_for_selector("#timeline .main-svg")
    for script in drawing.SCRIPTS:
        page.add_script_tag(url=asset_url(script))
    script = "async (url) => serval.picture.svg(await (await fetch(url)).json())"
    for panel in ("timeline", "control"):
        drawn = page.evaluate(script, f"/figure/{panel}.json?lang=en&height=800")
        root = ET.fromstring(drawn)
        theirs = browser.svg(spec(record, panel, base=page.evaluate("location.origin")))
        counts = [[len(list(ET.fromstring(svg).iter(f"{SVG}{tag}"))) for tag in ("path", "text")]
                  for svg in (drawn, theirs)]  # fmt: skip
        assert counts[0] == counts[1]
        assert "font/woff2;base64," in root.find(f"{SVG}defs/{SVG}style").text
    assert page.offsite == []
    assert page.errors == []


def test_a_server_that_ends_leaves_nothing_behind(tmp_path: Path):
    folder = Path(mkdtemp(prefix="serval-test-"))  # a short name: Chromium keeps a socket in it
    with serving(tmp_path / "log", TMPDIR=str(folder)) as url:
        with urlopen(f"{url}/figure/losses.png?lang=en&width=500", timeout=90) as answer:
            assert answer.read().startswith(b"\x89PNG")
        assert chromiums(folder)
        assert [*folder.iterdir()]
    end = time.monotonic() + 10
    while (chromiums(folder) or [*folder.iterdir()]) and time.monotonic() < end:
        time.sleep(0.2)
    assert chromiums(folder) == []
    assert [path.name for path in folder.iterdir()] == []
    folder.rmdir()


def chromiums(folder: Path) -> list[str]:
    """The Chromiums that have their temporary files in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            name, words = (process / "comm").read_text(), (process / "environ").read_bytes()
            if "chrom" in name and f"TMPDIR={folder}".encode() in words:
                found.append(name)
    return found
