"""The event card: rival claims side by side, numbered sources, and what was known by a day."""

from pathlib import Path

import pytest

from serval.cards import Card, card
from serval.record import load
from serval.selection import Selection

KONNA = "2013-01-10-fight-for-konna"
STRIKES = "2013-01-18-strikes-in-two-towns"


@pytest.fixture(scope="module")
def small():
    return load(Path(__file__).resolve().parents[1] / "fixtures" / "record")


def of(record, event: str, lang: str = "en", **changes) -> Card:
    return card(record.select(Selection(**changes)), event, lang)


def claims(card: Card) -> dict[str, list[tuple]]:
    return {
        kind: [
            (row.of_name, row.low, row.best, row.high, row.claimed_by, row.source, row.counts) for row in rows
        ]
        for kind, _, rows in card.claims
    }


def test_rival_claims_stand_side_by_side(small):
    assert claims(of(small, KONNA)) == {
        "killed": [
            ("Green", 5, 11, 20, "", 1, True),
            ("Green", 60, 60, 60, "Red A", None, False),
            ("Red A", 40, None, 100, "", 2, True),
            ("Folk", None, 4, None, "", None, True),
        ],
        "displaced": [("", 5000, 5000, 5000, "", None, True)],
    }


def test_sources_are_numbered_as_the_curator_cited_them(small):
    shown = of(small, KONNA)
    assert [source["id"] for source in shown.sources] == ["gazette-2013-01-12", "courrier-2013-03-01"]
    assert shown.independent == 2
    for _, _, rows in shown.claims:
        for row in rows:
            assert row.source is None or 1 <= row.source <= len(shown.sources)


def test_the_words_of_the_vocabulary(small):
    shown = of(small, KONNA)
    assert (shown.title, shown.type_label) == ("Fight for Konna", "Ground combat")
    assert (shown.status_label, shown.dispute) == ("disputed", "Made up. The day and the dead are disputed.")
    assert shown.status_definition.startswith("Sources contradict one another")
    assert (shown.date_label, shown.geo_label) == ("within some days", "at the place named")
    assert shown.places == [("konna", "Konna")]
    assert [unit for _, unit, _ in shown.claims] == ["people", "people"]
    assert of(small, "2013-01-27-gao-handed-over").dispute == ""


def test_in_french_what_has_no_translation_stays_english(small):
    shown = of(small, KONNA, "fr")
    assert shown.title == "Combats à Konna : l'été n'y fit rien"
    assert (shown.summary, shown.type_label) == ("Made up. Rival figures by two claimants.", "Combat au sol")
    assert list(claims(shown)) == ["tués", "déplacés"]
    assert of(small, "2012-04-02-gold-and-red-in-timbuktu", "fr").places == [("timbuktu", "Tombouctou")]


def test_the_cast_is_grouped_by_role(small):
    assert of(small, STRIKES).roles == [
        ("did it", [("blue_air", "Blue Air Wing", "intervention_coalition")]),
        ("with the one who did it", [("green", "Green Army", "malian_state")]),
        ("was its target", [("red_a", "Red Front", "jihadist")]),
    ]
    twice = dict(of(small, "2013-02-19-clash-in-the-hills").roles)
    assert [actor for actor, _, _ in twice["was its target"]] == ["red_b"]
    assert [actor for actor, _, _ in twice["claimed it"]] == ["red_b"]
    joint = dict(of(small, "2013-01-20-konna-retaken").roles)
    assert [actor for actor, _, _ in joint["did it"]] == ["blue", "green"]


def test_who_held_the_town_before_and_after(small):
    [change] = of(small, "2013-01-20-konna-retaken").changes
    assert (change.name, change.before, change.after) == ("Konna", ["red_a"], ["blue", "green"])
    [change] = of(small, "2013-02-01-timbuktu-left-empty").changes
    assert (change.before, change.after) == (["gold", "red_a"], ["nobody"])
    assert of(small, STRIKES).changes == []


def test_as_known_on_a_day_it_has_the_sources_and_figures_of_then(small):
    early = of(small, KONNA, known="2013-01-31")
    assert [source["id"] for source in early.sources] == ["gazette-2013-01-12"]
    assert early.independent == 1
    assert [row[0] for row in claims(early)["killed"]] == ["Green", "Green", "Folk"]
    numbers = [source["id"] for source in of(small, STRIKES, known="2013-02-01").sources]
    assert numbers == ["courrier-2013-01-20"]


def test_before_any_source_it_has_none(small):
    early = of(small, KONNA, known="2013-01-11")
    assert early.sources == []
    assert early.independent == 0


def test_a_source_left_out_moves_the_numbers_up(small):
    event = "2013-01-20-konna-retaken"
    assert [s["id"] for s in of(small, event).sources] == ["courrier-2013-01-20", "gazette-2013-01-12"]
    assert [s["id"] for s in of(small, event, known="2013-01-12").sources] == ["gazette-2013-01-12"]


def test_an_event_outside_the_view_has_its_card_too(small):
    assert of(small, "2012-04-01-red-takes-gao", place=("kidal",)).title == "Red Front takes Gao"


def test_no_such_event(small):
    with pytest.raises(KeyError):
        of(small, "2013-01-01-nothing")


def test_every_event_of_the_record_has_a_card_in_both_languages(record):
    view = record.select(Selection())
    for lang in ("en", "fr"):
        for event in record.events["id"]:
            shown = card(view, event, lang)
            assert shown.title
            assert shown.summary
            assert shown.places
            assert shown.roles
            assert 1 <= shown.independent <= len(shown.sources)
            assert all(1 <= number <= len(shown.sources) for number, _ in shown.evidence)
            for _, _, rows in shown.claims:
                assert all((row.low, row.best, row.high) != (None, None, None) for row in rows)


def test_every_figures_own_source_is_on_its_card(record):
    figures = record.figures.dropna(subset="source")
    cited = set(record.event_sources[["event", "source"]].itertuples(index=False, name=None))
    assert set(figures[["event", "source"]].itertuples(index=False, name=None)) <= cited
