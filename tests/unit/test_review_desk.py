"""A review decided: what is written, merged, rejected and taken back; on a copy of the made-up record."""

import hashlib
import shutil
from pathlib import Path

import pytest

from serval import origin, record, releases
from serval.review import matches, transaction
from serval.review.desk import Desk
from serval.review.edits import Refused
from serval.review.page import View, pieces

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "record"
TEXT = (
    "Gao, été. Blue jets hit red camps near Gao on Friday, killing at least 12 of them. Later talks failed."
)


def span(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def proposal(id: str, **more: object) -> dict:
    return {
        "id": id,
        "event_type": "airstrike",
        "date_start": "2013-01-18",
        "date_end": "2013-01-18",
        "date_precision": "day",
        "place": "Gao",
        "place_id": "gao",
        "geo_precision": "near",
        "actors": [
            {"actor": "x", "record": "blue_air", "role": "initiator", "rule": "name", **span("Blue jets")},
            {"actor": "x", "record": "red_a", "role": "target", "rule": "name", **span("red camps")},
            {"actor": "x", "record": "nobody_known", "role": "target", "rule": "name", **span("them")},
        ],
        "figures": [
            {"kind": "killed", "of": "red_a", "low": 12, "best": None, "high": None, "rule": "at least",
             **span("at least 12")}
        ],
        "modality": "asserted",
        "status": "confirmed",
        "speaker": None,
        "score": 0.8,
        "frame": "hit",
        **span("Blue jets hit red camps near Gao on Friday"),
        "slots": {
            "type": {"rule": "verb", **span("hit")},
            "date": {"rule": "weekday", **span("Friday")},
            "place": {"rule": "direct: near", **span("near Gao")},
            "modality": {"rule": "plain", **span("hit")},
        },
        **more,
    }  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    home = tmp_path / "data"
    shutil.copytree(FIXTURE, home)
    found = {
        "extractor": "serval-extract@7",
        "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "events": [
            proposal("p02", score=0.3, event_type="diplomatic", **span("Later talks failed")),
            proposal("p01"),
        ],
    }
    source = {
        "publisher": "The Wire (été)",
        "title": "Jets over Gao: what we know",
        "date": "2013-01-19",
        "url": None,
        "language": "en",
        "kind": "news",
        "side": "none",
        "text_sha256": found["text_sha256"],
    }
    return Desk(TEXT, found, home, tmp_path / "journal.jsonl", "A. Curator", source)


def files(desk: Desk) -> dict[str, bytes]:
    return {name: (desk.home / name).read_bytes() for name in [*record.names(desk.home), "CHANGES.md"]}


def kept(event: str, desk: Desk) -> dict:
    return desk.shelf().events[event]


def test_proposals_are_drafts_in_the_words_of_the_record(desk: Desk):
    best = desk.drafts[0]
    assert [draft.id for draft in desk.drafts] == ["p01", "p02"]
    assert best.values["id"] == "2013-01-18-gao-airstrike"
    assert [row["actor"] for row in best.values["actors"]] == ["blue_air", "red_a"]
    assert best.values["status"] == "reported"
    assert best.values["figures"] == [{"kind": "killed", "of": "red_a", "low": 12, "unit": "people"}]
    assert desk.source["id"] == "the-wire-ete-2013-01-19"


def test_an_accepted_event_is_in_the_record_with_its_passages_and_its_source(desk: Desk):
    best = desk.drafts[0]
    values = {**best.values, "title": "Jets near Gao", "actors": best.values["actors"][:1]}
    values["date"] = {"start": "2013-01-17", "end": "2013-01-18", "precision": "days"}
    id = desk.accept(best, values, {"title": "Jets over Gao"})
    assert record.validate(desk.home) == []
    event = kept(id, desk)
    assert (event["title"], event["sources"]) == ("Jets near Gao", ["the-wire-ete-2013-01-19"])
    origins = {origin.parse(row["by"]).field: origin.parse(row["by"]) for row in event["evidence"]}
    assert [*origins] == ["", "type", "date", "place.gao", "actors.blue_air", "figures.killed.red_a"]
    assert origins["date"] == origin.Origin("date", "hand", "")
    assert origins["place.gao"] == origin.Origin("place.gao", "direct: near", "7")
    for row in event["evidence"]:
        words = TEXT[row["start"] : row["end"]]
        assert row["sha256"] == hashlib.sha256(words.encode()).hexdigest()
        assert row["checked_by"] == "A. Curator"
    source = desk.shelf().sources["the-wire-ete-2013-01-19"]
    assert (source["title"], source["text_chars"]) == ("Jets over Gao", len(TEXT))
    assert f"- Added `{id}`, from `the-wire-ete-2013-01-19`." in (desk.home / "CHANGES.md").read_text()
    assert record.changes(desk.home).count("\n## ") == 1


def test_everything_can_be_taken_back_to_the_byte(desk: Desk):
    before = files(desk)
    first, second = desk.drafts
    desk.accept(first, first.values, {})
    middle = files(desk)
    desk.accept(second, {**second.values, "date": {**second.values["date"], "start": "2013-03-01",
                                                   "end": "2013-03-01"}}, {})  # fmt: skip
    assert (desk.home / "events" / "2013-03.yaml").is_file()
    assert desk.undo()["event"] == second.values["id"]
    assert files(desk) == middle
    desk.reject(second, "misread", "  a  note ")
    assert desk.decisions()[second.key]["note"] == "a note"
    assert desk.undo()["what"] == "reject"
    desk.undo()
    assert files(desk) == before
    assert desk.undo() is None
    assert desk.decisions() == {}
    assert [row["what"] for row in transaction.entries(desk.journal)] == [
        "accept", "accept", "undo", "reject", "undo", "undo"
    ]  # fmt: skip


def test_what_was_edited_elsewhere_in_the_file_stays_when_an_event_is_taken_back(desk: Desk):
    before = files(desk)
    desk.accept(desk.drafts[0], desk.drafts[0].values, {})
    month = desk.home / "events" / "2013-01.yaml"
    month.write_text("# A new comment.\n" + month.read_text())
    desk.undo()
    assert month.read_bytes() == b"# A new comment.\n" + before["events/2013-01.yaml"]
    desk.accept(desk.drafts[0], desk.drafts[0].values, {})
    month.write_text(month.read_text().replace("Air strike: Gao", "Air strike by hand: Gao"))
    now = files(desk)
    with pytest.raises(Refused, match="edited since"):
        desk.undo()
    assert files(desk) == now


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"type": "party"}, "type"),
        ({"title": ""}, "title"),
        ({"title": "x" * 91}, "title"),
        ({"place": ["atlantis"]}, "place[0]"),
        ({"actors": []}, "actors"),
        ({"actors": [{"actor": "blue_air", "role": "cook"}]}, "actors[0].role"),
        ({"status": "confirmed"}, "status"),
        ({"status": "disputed"}, "dispute"),
        ({"date": {"start": "soon", "end": "", "precision": ""}}, "date.start"),
        ({"date": {"start": "2013-01-18", "end": "2013-01-11", "precision": "days"}}, "date"),
        ({"figures": [{"kind": "killed", "unit": "people", "low": "many"}]}, "figures[0].low"),
        ({"figures": [{"kind": "killed", "unit": "people", "low": 9, "high": 3}]}, "figures[0]"),
        ({"id": "2013-01-20-konna-retaken"}, "id"),
        ({"id": "../../etc"}, "id"),
    ],
)
def test_what_would_not_be_valid_is_refused_by_its_field_and_nothing_is_written(desk: Desk, change, field):
    before, best = files(desk), desk.drafts[0]
    with pytest.raises(Refused) as refused:
        desk.accept(best, {**best.values, **change}, {})
    assert field in [fault.field for fault in refused.value.faults]
    assert files(desk) == before
    assert desk.decisions() == {}


def test_the_same_event_is_found_and_gets_what_it_lacks(desk: Desk):
    best = desk.drafts[0]
    into = matches.likely(best.values, desk.shelf())[0]
    assert into.id == "2013-01-18-strikes-in-two-towns"
    assert into.same_place
    assert into.shared == ("blue_air", "red_a")
    month = desk.home / "events" / "2013-01.yaml"
    # The made-up record has its lists in one line; a comment beside them would be lost.
    before = month.read_text()
    desk.merge(best, into.id, best.values, {})
    assert record.validate(desk.home) == []
    event = kept(into.id, desk)
    assert event["sources"] == ["courrier-2013-01-20", "official-2013-02-10", "the-wire-ete-2013-01-19"]
    assert event["figures"][-1] == {
        "kind": "killed", "of": "red_a", "low": 12, "unit": "people", "source": "the-wire-ete-2013-01-19",
    }  # fmt: skip
    assert [row["by"] for row in event["evidence"]] == ["hit@7", "figures.killed.red_a/at least@7"]
    desk.undo()
    assert month.read_text() == before
    month.write_text(before.replace("official-2013-02-10]", "official-2013-02-10]  # both seen"))
    with pytest.raises(Refused, match="by hand"):
        desk.merge(best, into.id, best.values, {})


def test_a_decided_proposal_is_not_decided_twice(desk: Desk):
    desk.reject(desk.drafts[0], "misread", "")
    for again in (lambda: desk.accept(desk.drafts[0], desk.drafts[0].values, {}),
                  lambda: desk.reject(desk.drafts[0], "misread", "")):  # fmt: skip
        with pytest.raises(Refused, match="decided already"):
            again()


def test_a_released_version_gets_a_successor(desk: Desk):
    releases.make(desk.home)
    desk.accept(desk.drafts[0], desk.drafts[0].values, {})
    assert releases.differs(desk.home) is None
    assert record.read(desk.home).version == "0.1.1"
    desk.undo()
    assert record.read(desk.home).version == "0.1.0"


def test_the_record_is_read_anew_where_a_file_was_written_and_only_then(desk: Desk):
    before = desk.shelf()
    assert desk.shelf() is before
    id = desk.accept(desk.drafts[0], desk.drafts[0].values, {})
    assert id not in before.events
    assert id in desk.shelf().events


def test_the_text_in_pieces_is_the_text(desk: Desk):
    found = pieces(TEXT, desk.drafts)
    assert "".join(piece.text for piece in found) == TEXT
    assert [piece.text for piece in found if "p01:figures.killed.red_a" in piece.slots] == ["at least 12"]


def test_a_review_goes_on_where_it_ended(desk: Desk):
    desk.accept(desk.drafts[0], desk.drafts[0].values, {})
    again = Desk(TEXT, desk.found, desk.home, desk.journal, "B", {**desk.source, "id": "other"})
    assert View(again, "en").state(again.drafts[0])["what"] == "accept"


@pytest.mark.parametrize(
    ("by", "parts"),
    [
        ("hand", ("", "hand", "")),
        ("date/hand", ("date", "hand", "")),
        ("date/weekday, in the clause@1", ("date", "weekday, in the clause", "1")),
        ("figures.killed.red_a/noun@1.2", ("figures.killed.red_a", "noun", "1.2")),
        ("rule-name@version", ("", "rule-name", "version")),
        ("@", ("", "@", "")),
    ],
)
def test_origins_are_read(by: str, parts: tuple[str, str, str]):
    assert origin.parse(by) == origin.Origin(*parts)
