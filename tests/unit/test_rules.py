"""The rules' own parts; what they say of broken records is in test_broken_records."""

from pathlib import Path

import pytest

from serval import record, rules, schema
from serval.schema import Lineage, Source

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "record"


def source(publisher: str, wire: str | None = None, kind: str = "news", side: str = "none") -> Source:
    return Source(id="x", publisher=publisher, title="x", language="en", kind=kind, side=side, wire=wire)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (source("BBC News"), source("BBC"), True),
        (source("Al Jazeera English"), source("Al Jazeera"), True),
        (source("Le Monde (blog)"), source("Le Monde"), True),
        (source("Jeune Afrique"), source("Jeune"), True),
        (source("Le Monde"), source("Le Figaro"), False),
        (source("The Guardian", wire="AFP"), source("Le Figaro", wire="AFP"), True),
        (source("The Guardian", wire="AFP"), source("AFP"), True),
        (source("The Guardian", wire="AFP"), source("The Guardian"), False),
        (source("Libération"), source("Liberation"), True),
        (source("الجزيرة"), source("العربية"), False),
    ],
)
def test_independent_voices(one: Source, other: Source, same: bool):
    assert (rules.independent_key(one) == rules.independent_key(other)) is same


def test_a_publisher_in_another_script_has_a_voice_of_its_own():
    assert rules.independent_key(source("الجزيرة")) != ""


@pytest.mark.parametrize(
    ("kind", "side", "official"),
    [("official", "french", True), ("official", "un", True), ("official", "insurgent", False),
     ("news", "french", False)],
)  # fmt: skip
def test_official_texts(kind: str, side: str, official: bool):
    assert rules.is_official(source("x", kind=kind, side=side)) is official


def actor(id: str, *lineage: Lineage) -> schema.Actor:
    return schema.Actor(
        id=id, name=id, name_fr=id, short=id, kind="insurgent", side="jihadist", description="x",
        lineage=list(lineage),
    )  # fmt: skip


def test_lineage_runs_from_the_older_to_the_newer():
    merged = actor("b", Lineage(relation="merged_into", actor="c"))
    split = actor("b2", Lineage(relation="split_from", actor="a"))
    renamed = actor("c2", Lineage(relation="renamed_from", actor="c"))
    assert rules.lineage_edges([merged, split, renamed]) == {"b": ["c"], "a": ["b2"], "c": ["c2"]}


def test_every_word_of_a_row_is_found():
    event = schema.Event.model_validate(
        {
            "id": "2013-01-01-x", "date": {"start": "2013-01-01", "end": "2013-01-01", "precision": "day"},
            "place": "gao", "geo_precision": "exact", "type": "visit", "title": "x", "summary": "x",
            "actors": [{"actor": "france", "role": "party"}], "status": "reported", "sources": ["s"],
            "control": {"place": "gao", "from": ["nobody"], "to": ["france"]},
            "figures": [{"kind": "killed", "low": 1, "unit": "people", "of": "mnla", "claimed_by": "mujao"}],
        }
    )  # fmt: skip
    assert {(".".join(map(str, path)), of, word) for path, of, word in rules.references(event)} == {
        ("date.precision", "date_precisions", "day"), ("place.0", "places", "gao"),
        ("geo_precision", "geo_precisions", "exact"), ("type", "event_types", "visit"),
        ("actors.0.actor", "actors", "france"), ("actors.0.role", "roles", "party"),
        ("control.0.place", "places", "gao"), ("control.0.from.0", "holders", "nobody"),
        ("control.0.to.0", "holders", "france"), ("figures.0.kind", "figure_kinds", "killed"),
        ("figures.0.of", "actors", "mnla"), ("figures.0.claimed_by", "actors", "mujao"),
        ("figures.0.unit", "units", "people"), ("status", "statuses", "reported"),
        ("sources.0", "sources", "s"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("founded", "dissolved", "wrong"),
    [("2012", "2012", False), ("2012-05", "2012", False), ("2012", "2012-05-01", False),
     ("2013", "2012-12-31", True), ("2012-05-02", "2012-05-01", True), ("2012-05", "2012-04", True)],
)  # fmt: skip
def test_founded_and_dissolved_to_the_day_month_or_year(
    tmp_path: Path, founded: str, dissolved: str, wrong: bool
):
    for path in SMALL.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(SMALL)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes())
    actors = (tmp_path / "actors.yaml").read_text("utf-8")
    added = f"  founded: {founded}\n  dissolved: {dissolved}\n"
    (tmp_path / "actors.yaml").write_text(actors + added, "utf-8")
    assert bool(record.validate(tmp_path)) is wrong
