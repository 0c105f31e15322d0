"""The annotated texts are well formed: spans, hashes, days, and words of the record's vocabularies."""

import csv
import datetime as dt
import hashlib
import json
import unicodedata
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).resolve().parent / "texts"
GOLD = sorted(TEXTS.glob("*/*.gold.json"))
STYLES = {"wire", "radio", "live", "communique", "ngo", "analysis", "feature", "brief", "qa"}
COVER_ACTORS = {"islamists", "other_ngo", "?"}  # named by a text only collectively, or not at all
AREAS = {"central Mali", "southern Mali", "Ansongo-Menaka road", "Douentza-Gao road"}
SAHEL = {"Burkina Faso", "Chad", "Mauritania", "Niger", "Senegal"}
ABROAD = {"Algeria", "Cameroon", "France", "Nigeria"}


def fold(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.lower().replace("-", " ").replace("’", "'")


def ids(section: str) -> set[str]:
    vocabulary = yaml.safe_load((ROOT / "data/vocabulary.yaml").read_text("utf-8"))
    return {row["id"] for row in vocabulary[section]}


@pytest.fixture(scope="module")
def known() -> dict[str, set[str]]:
    actors = {row["id"] for row in yaml.safe_load((ROOT / "data/actors.yaml").read_text("utf-8"))}
    with (ROOT / "data/places.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    names = {n for row in rows for n in [row["name"], row["name_fr"], *row["alt_names"].split("|")] if n}
    return {
        "actor": actors | COVER_ACTORS,
        "place": {fold(name) for name in names | AREAS | SAHEL | ABROAD},
        "type": ids("event_types"),
        "role": ids("roles"),
        "kind": ids("figure_kinds"),
        "status": ids("statuses"),
        "date_precision": ids("date_precisions"),
        "geo_precision": ids("geo_precisions"),
    }


def read(path: Path) -> tuple[dict, dict, str]:
    base = path.name.removesuffix(".gold.json")
    gold = json.loads(path.read_text("utf-8"))
    meta = json.loads((path.parent / f"{base}.meta.json").read_text("utf-8"))
    return gold, meta, (path.parent / f"{base}.txt").read_bytes().decode("utf-8")


def paragraph_of(text: str, start: int) -> int:
    return sum(1 for line in text[:start].split("\n")[:-1] if line.strip()) + 1


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name[:5])
def test_header_agrees_with_text_and_meta(path: Path) -> None:
    gold, meta, text = read(path)
    assert gold["format"] == "mali-events/1"
    assert path.name == f"{gold['doc_id']}.gold.json"
    assert gold["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert gold["text_chars"] == len(text)
    assert (gold["pub_date"], gold["title"]) == (meta["date"], meta["title"])
    assert meta["style"] in STYLES
    assert meta["language"] == gold["doc_id"][:2]
    assert path.parent.name == ("dev" if int(gold["doc_id"][3:]) % 2 else "test")
    assert 120 <= len(text.split()) <= 350


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name[:5])
def test_spans_prove_the_events(path: Path) -> None:
    gold, _, text = read(path)
    for event in gold["events"]:
        assert text[event["start"] : event["end"]] == event["evidence"]
        for span in [event, *event["other_spans"]]:
            piece = text[span["start"] : span["end"]]
            assert piece, event["id"]
            assert piece == piece.strip(), event["id"]
            assert "\n" not in piece, event["id"]
            assert span["paragraph"] == paragraph_of(text, span["start"]), event["id"]


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name[:5])
def test_slots_use_known_words(path: Path, known: dict[str, set[str]]) -> None:
    for event in read(path)[0]["events"]:
        assert {event["event_type"], *event["alt_types"]} <= known["type"], event["id"]
        assert event["status"] in known["status"], event["id"]
        assert event["date_precision"] in known["date_precision"], event["id"]
        assert event["geo_precision"] in known["geo_precision"] | {None}, event["id"]
        assert event["modality"] in {"asserted", "planned", "possible"}, event["id"]
        places = [p for p in [event["place"], *event["alt_places"]] if p]
        assert {fold(p) for p in places} <= known["place"], event["id"]
        assert {a["actor"] for a in event["actors"]} <= known["actor"], event["id"]
        assert {a["role"] for a in event["actors"]} <= known["role"], event["id"]


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name[:5])
def test_days_and_figures_are_sound(path: Path, known: dict[str, set[str]]) -> None:
    gold, _, _ = read(path)
    published = dt.date.fromisoformat(gold["pub_date"])
    for event in gold["events"]:
        start, end = (dt.date.fromisoformat(event[key]) for key in ("date_start", "date_end"))
        assert start <= end, event["id"]
        assert event["modality"] != "asserted" or end <= published, event["id"]
        for figure in event["figures"]:
            assert figure["kind"] in known["kind"], event["id"]
            assert figure["of"] in known["actor"] | {"ibk"}, event["id"]
            bounds = [b for b in (figure["low"], figure["best"], figure["high"]) if b is not None]
            assert bounds, event["id"]
            assert bounds == sorted(bounds), event["id"]


def test_event_ids_are_numbered_and_halves_are_alike_in_size() -> None:
    halves: dict[str, int] = {"dev": 0, "test": 0}
    for path in GOLD:
        gold = read(path)[0]
        assert [e["id"] for e in gold["events"]] == [
            f"{gold['doc_id']}-{i:02d}" for i in range(1, len(gold["events"]) + 1)
        ]
        halves[path.parent.name] += 1
    assert halves["dev"] == halves["test"]
