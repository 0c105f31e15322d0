"""From a text to accepted events on the curator's page, on a copy of the record."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from serval import record, releases
from serval.review import shelf
from tests.browser.conftest import visiting
from tests.servers import ROOT

pytestmark = pytest.mark.browser
pytest.importorskip("spacy", reason="serval[extract] is not installed")

OWN = ROOT / "tests" / "extraction" / "texts" / "dev" / "en-01.txt"
SHARED = os.environ.get("SERVAL_SHARED")
SEED = Path(SHARED or "") / "seed" / "time-2013-01-31.txt"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the record, to copy from."""
    home = tmp_path_factory.mktemp("whole") / "data"
    shutil.copytree(ROOT / "data", home, ignore=shutil.ignore_patterns("geo", "lexicon"))
    return home


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "data"))


@contextmanager
def reviewing(home: Path, text: Path, day: str, *more: str) -> Iterator[str]:
    """`serval review` as a curator runs it; gives the address it prints."""
    words = [str(text), "--date", day, "--data", str(home), "--journal", str(home.parent / "journal.jsonl")]
    process = subprocess.Popen(
        [sys.executable, "-m", "serval", "review", *words, "--by", "A. Curator", *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = ""
        for line in process.stdout:
            said += line
            if found := re.search(r"http://\S+", line):
                yield found[0]
                return
        pytest.fail(f"no page:\n{said}", pytrace=False)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        process.stdout.close()


def opened(make: Callable[..., Page], address: str, **options: object) -> Page:
    page = make(base_url=address.split("/enter/")[0], **options)
    page.goto(address)
    expect(page.locator(".proposal[aria-current] .body form")).to_be_visible()
    return page


@pytest.fixture
def make(browser: Browser) -> Iterator[Callable[..., Page]]:
    with visiting(browser, "http://127.0.0.1") as make:
        yield make


def chosen(page: Page):
    return page.locator(".proposal[aria-current]")


def choose(page: Page, words: str):
    """The first proposal whose line has the words, reached with the keys."""
    lines = page.locator(".open .what").all_inner_texts()
    wanted = next((i for i, line in enumerate(lines) if words in line), None)
    assert wanted is not None, f"{words} in none of {lines}"
    ids = page.locator(".proposal").evaluate_all("all => all.map(one => one.id)")
    now = ids.index(chosen(page).get_attribute("id"))
    for step in range(abs(wanted - now)):
        page.keyboard.press("j" if wanted > now else "k")
        at = now + (step + 1 if wanted > now else -step - 1)
        expect(page.locator(f"#{ids[at]}[aria-current] .body form")).to_be_visible()
    return page.locator(f"#{ids[wanted]}")


def said(page: Page, words: str) -> None:
    expect(page.locator("#said")).to_contain_text(words, timeout=15_000)


def event_of(home: Path, id: str) -> dict:
    return shelf.load(home).events[id]


def healthy(page: Page) -> None:
    assert page.offsite == []
    # Chromium tells of each refusal.
    assert [error for error in page.errors if "status of 422" not in error] == []


def test_our_own_text_goes_from_proposals_to_accepted_events_with_the_keys(home: Path, make):
    month = (home / "events" / "2013-01.yaml").read_bytes()
    with reviewing(home, OWN, "2013-01-22", "--publisher", "Our Wire") as address:
        page = opened(make, address)
        first = chosen(page)
        scores = [float(t) for t in page.locator(".open .score").all_inner_texts()]
        assert scores == sorted(scores, reverse=True)
        assert page.locator("mark.on").count() > 0

        # j and k, and what a focused slot proves
        id = first.get_attribute("id")
        page.keyboard.press("j")
        expect(page.locator(f"#{id}[aria-current]")).to_have_count(0)
        page.keyboard.press("k")
        expect(page.locator(f"#{id}[aria-current]")).to_have_count(1)
        page.keyboard.press("e")
        expect(first.locator('select[name="type"]')).to_be_focused()
        expect(page.locator("mark.proof").first).to_be_visible()
        page.keyboard.press("Escape")

        # edited in place, refused, mended, accepted
        card = choose(page, "Ouallam")
        page.keyboard.press("e")
        title = card.locator('[name="title"]')
        title.fill("")
        title.press("Control+Enter")
        expect(card.locator(".faults")).to_contain_text("title")
        expect(title).to_be_focused()
        assert (home / "events" / "2013-01.yaml").read_bytes() == month
        title.fill("A Chadian armoured column heads for Ouallam")
        card.locator('[name="summary"]').fill("The column left Niamey for a camp near the Malian border.")
        card.locator('[name="date.end"]').fill("2013-01-22")
        title.press("Control+Enter")
        said(page, "ouallam-deployment")
        accepted = event_of(home, page.locator("#said").inner_text().split(": ")[1])
        assert accepted["title"] == "A Chadian armoured column heads for Ouallam"
        assert accepted["place"] == "ouallam"
        assert {row["checked_by"] for row in accepted["evidence"]} == {"A. Curator"}
        expect(card.locator(".chip.accept")).to_be_visible()

        # a town retaken is in the record: merge
        card = choose(page, "Town retaken, Diabaly")
        into = card.locator(".matches input:checked").get_attribute("value")
        assert into == "2013-01-21-diabaly-retaken"
        page.keyboard.press("m")
        said(page, f"Merged into {into}")
        assert event_of(home, into)["sources"][-1] == "our-wire-2013-01-22"

        # reject with a reason, then take it back
        page.keyboard.press("r")
        card = chosen(page)
        rejected = card.get_attribute("id")
        card.locator(".reason").select_option("too_vague")
        card.locator(".note").fill("no day")
        page.keyboard.press("Enter")
        said(page, "Rejected")
        expect(page.locator(f"#{rejected} .chip.reject")).to_contain_text("too vague")
        page.keyboard.press("u")
        said(page, "Taken back")
        expect(page.locator(f"#{rejected} .chip.reject")).to_have_count(0)
        page.keyboard.press("?")
        expect(page.locator("#help")).to_be_visible()
        page.keyboard.press("Escape")

        # a second reviewer is told; the address is good once
        second = subprocess.run(
            [sys.executable, "-m", "serval", "review", str(OWN), "--date", "2013-01-22", "--data", str(home)],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        assert second.returncode == 1
        assert "has been reviewing" in second.stderr
        stranger = make()
        assert stranger.goto(address).status == 403
        healthy(page)
    assert record.validate(home) == []
    assert releases.differs(home) is None
    rows = [json.loads(line) for line in (home.parent / "journal.jsonl").read_text().splitlines()]
    assert [row["what"] for row in rows] == ["accept", "merge", "reject", "undo"]

    # begun anew: what was decided is there, and all of it can be taken back to the byte
    with reviewing(home, OWN, "2013-01-22", "--publisher", "Our Wire", "--lang", "fr") as address:
        page = opened(make, address)
        expect(page.locator(".chip.state")).to_have_count(2)
        page.keyboard.press("u")
        said(page, "Annulé")
        expect(page.locator(".chip.state")).to_have_count(1)
        page.keyboard.press("u")
        expect(page.locator(".chip.state")).to_have_count(0)
        healthy(page)
    assert (home / "events" / "2013-01.yaml").read_bytes() == month
    assert (home / "CHANGES.md").read_bytes() == (ROOT / "data" / "CHANGES.md").read_bytes()


@pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not here (SERVAL_SHARED)")
def test_the_seed_article_goes_from_text_to_accepted_events(home: Path, make):
    before = shelf.load(home)
    with reviewing(home, SEED, "2013-01-31", "--publisher", "TIME") as address:
        page = opened(make, address)
        expect(page.locator(".source code")).to_have_text("time-2013-01-31")
        for words, title in (
            ("Withdrawal, Mali", "France prepares to leave its task to African troops"),
            ("Visit, Bamako", "Hollande to visit Bamako"),
        ):
            card = choose(page, words)
            card.locator('[name="title"]').fill(title)
            card.press("a")
            said(page, "Written to the record")
            expect(card.locator(".chip.accept")).to_be_visible()
        card = choose(page, "Town retaken, Kidal")
        into = card.locator(".matches input:checked").get_attribute("value")
        card.press("m")
        said(page, f"Merged into {into}")
        healthy(page)
    after = shelf.load(home)
    new = after.events.keys() - before.events.keys()
    assert len(new) == 2
    assert all(after.events[id]["evidence"] for id in new)
    assert after.sources.keys() == before.sources.keys()
    assert record.validate(home) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits(home: Path, make, scheme: str):
    with reviewing(home, OWN, "2013-01-22") as address:
        page = opened(make, address, viewport={"width": 1024, "height": 768}, color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"][:150] for n in v["nodes"]][:4]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        healthy(page)
