"""The sentence of a view and the words of its filters."""

from pathlib import Path

import pytest

from serval import summary
from serval.record import load
from serval.selection import KEYS, Selection


@pytest.fixture(scope="module")
def small():
    return load(Path(__file__).resolve().parents[1] / "fixtures" / "record")


def sentence(record, lang: str = "en", **changes) -> str:
    return summary.sentence(record.select(Selection(**changes)), lang)


def test_sentence(small):
    assert sentence(small) == (
        "20 December 2012 – 31 August 2013, most often towns changing hands (4), most at Gao (3). "
        "Killed, all sides: 61–169; 7 of 10 events give no number."
    )


def test_mostly_is_said_of_more_than_half(small):
    january = sentence(small, from_="2013-01-11", to="2013-01-31")
    assert january.startswith("11–31 January 2013, mostly towns changing hands (3), most at Gao (3).")


def test_a_total_without_doubt_or_silence_is_one_number(small):
    assert sentence(small, type=("airstrike",)).endswith("2013. Killed, all sides: 16 (11–31).")


def test_no_event_and_no_death_are_said(small):
    nothing = sentence(small, place=("algiers",), from_="2013-01-01")
    assert nothing == "No event of 1 January – 31 August 2013 meets these filters."
    assert sentence(small, type=("election",)).endswith(" No death is counted.")


def test_the_day_of_knowledge_is_said(small):
    assert "as known on 1 March 2013" in sentence(small, known="2013-03-01")


def test_french_days_numbers_and_names(small):
    words = sentence(small, "fr")
    assert words.startswith("20 décembre 2012 – 31 août 2013, ")
    assert "villes prises ou perdues (4)" in words
    assert "Gao (3)" in words


def test_every_filter_is_named_in_the_order_of_the_keys(small):
    chosen = Selection(
        from_="2013-01-01",
        to="2013-03-01",
        dates="certain",
        actor=("red_a", "blue"),
        role=("target",),
        family=True,
        type=("airstrike",),
        place=("timbuktu",),
        region=("gao",),
        status=("confirmed",),
        q="l'été",
        known="2013-04-01",
    )
    named = summary.filters(chosen, small, "en")
    assert [(key, words) for key, _, words in named] == [
        ("from", "from 1 January 2013"),
        ("to", "to 1 March 2013"),
        ("dates", "only if certainly in these days"),
        ("actor", "Blue"),
        ("actor", "Red A"),
        ("role", "was its target"),
        ("type", "Air strike"),
        ("place", "Timbuktu"),
        ("region", "Gao"),
        ("status", "confirmed"),
        ("family", "with branches and successors"),
        ("q", "“l'été”"),
        ("known", "as known on 1 April 2013"),
    ]
    assert ("place", "timbuktu", "Tombouctou") in summary.filters(chosen, small, "fr")
    for key, value, _ in named:
        chosen = chosen.without(key, value)
    assert chosen == Selection()


def test_what_only_moves_the_view_is_no_filter(small):
    moved = "at=2013-01-30&event=2013-08-11-vote&lat=16&lon=-3&zoom=6&tab=events&lang=fr&theme=dark&v=1.0.0"
    assert summary.filters(Selection.parse(moved), small, "en") == []
    assert {key.key for key in KEYS} >= {part.split("=")[0] for part in moved.split("&")}
