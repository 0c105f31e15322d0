"""Machine work is marked: on cards, on plain pages, and counted on the page about the record."""

import shutil
from pathlib import Path

import pytest

from components import context, event_card
from serval import basis, record
from serval.cards import Read, card
from serval.selection import Selection

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "record"
EVENT = "2013-01-10-fight-for-konna"
SHA = "0" * 64
ROWS = [
    ("type/verb of taking@3", "Jo"),
    ("date/weekday@3", None),
    ("place.konna/direct@3", "Jo"),
    ("actors.red_a/name@3", None),
    ("actors.green/name@3", "Jo"),
    ("actors.green/hand", "Jo"),
    ("figures.killed.folk/noun@3", "Jo"),
    ("hit@3", None),
    ("hand", "Jo"),
]


@pytest.fixture
def marked(tmp_path: Path) -> record.Record:
    """The made-up record, one event of which was read in a text."""
    home = tmp_path / "data"
    shutil.copytree(FIXTURE, home)
    sources = home / "sources.yaml"
    first, rest = sources.read_text().split("}\n", 1)
    sources.write_text(f"{first}, text_sha256: '{SHA}', text_chars: 100}}\n{rest}")
    month = home / "events" / "2013-01.yaml"
    spans = "".join(
        f"  - {{source: gazette-2013-01-12, start: {n}, end: {n + 5}, sha256: '{SHA}', by: {by}"
        + (f", checked_by: {who}}}\n" if who else "}\n")
        for n, (by, who) in enumerate(ROWS)
    )
    told = "  sources: [gazette-2013-01-12, courrier-2013-03-01]\n"
    assert told in month.read_text()
    month.write_text(month.read_text().replace(told, f"{told}  evidence:\n{spans}", 1))
    return record.read(home)


def test_a_card_says_what_a_program_read_and_no_person(marked: record.Record):
    shown = card(marked.select(Selection()), EVENT, "en")
    assert shown.read == {
        "type": Read("verb of taking", "3", "Jo"),
        "date": Read("weekday", "3", ""),
        "place.konna": Read("direct", "3", "Jo"),
        "actors.red_a": Read("name", "3", ""),
        "figures.killed.folk": Read("noun", "3", "Jo"),
    }
    assert card(marked.select(Selection()), "2013-01-18-strikes-in-two-towns", "en").read == {}


def test_the_share_that_a_person_checked_is_counted(marked: record.Record, record: object):
    assert basis.machine(marked) == basis.Machine(fields=5, events=1, checked=3)
    assert basis.machine(record).fields == 0


@pytest.fixture
def pages(marked: record.Record, monkeypatch: pytest.MonkeyPatch, client):
    """A client of the app that has this record."""
    monkeypatch.setattr(record, "load", lambda path=None: marked)
    return client


def test_badges_stand_beside_the_fields_on_the_plain_page_and_the_card(pages):
    html = pages.get(f"/event/{EVENT}").text
    assert html.count('class="machine"') == 3
    assert html.count('class="machine unchecked"') == 2
    assert "Read by a program, rule “weekday”, version 3, checked by nobody" in html
    assert "Read by a program, rule “direct”, version 3, checked by Jo" in html
    assert "read by a program: noun, version 3" in html
    page = context.context(f"?event={EVENT}")
    words = event_card.words(page)["event-card"]
    assert words.count('class="machine') == 5
    assert "Lu par un programme" in pages.get(f"/event/{EVENT}?lang=fr").text
    assert 'class="machine' not in pages.get("/event/2013-01-18-strikes-in-two-towns").text


def test_the_page_about_the_record_gives_the_share(pages):
    html = pages.get("/about").text
    assert "5 fields of 1 events were read in a text by a program. 3 of them (60%)" in html


def test_a_record_by_hand_says_so(client):
    assert "No field of this version was read by a program" in client.get("/about").text
