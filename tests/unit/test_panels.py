"""What the panels list: actors by side, a profile, towns, the events of the whole country."""

from pathlib import Path

import pytest

from serval import panels, strength
from serval.record import load
from serval.selection import Selection

EVERY = Selection(from_="2012-01-01", to="2014-12-31")


@pytest.fixture(scope="module")
def small():
    return load(Path(__file__).resolve().parents[1] / "fixtures" / "record")


@pytest.fixture(scope="module")
def every(small):
    return small.select(EVERY)


def counts(line: panels.ActorLine) -> tuple:
    return (line.id, line.n, line.initiator, line.target, line.other)


def test_actors_by_side_those_of_most_events_first(every):
    lines = panels.actor_lines(every, "en")
    assert [counts(line) for line in lines["jihadist"]] == [
        ("red_a", 6, 3, 3, 0),
        ("red_b", 2, 1, 1, 0),
        ("red_c", 1, 1, 0, 0),
    ]
    assert [counts(line) for line in lines["tuareg_nationalist"]] == [("gold", 4, 2, 0, 2)]
    assert [line.short for line in lines["intervention_coalition"]] == ["Blue", "Blue Air", "Pilots"]
    assert "unseen" not in {line.id for group in lines.values() for line in group}


def test_actors_of_a_view_are_counted_in_it(small):
    lines = panels.actor_lines(small.select(EVERY.with_(place=("konna",))), "fr")
    assert {side: [counts(line) for line in group] for side, group in lines.items()} == {
        "malian_state": [("green", 2, 1, 1, 0)],
        "jihadist": [("red_a", 2, 1, 1, 0)],
        "intervention_coalition": [("blue", 1, 1, 0, 0)],
        "civilian": [("folk", 1, 0, 1, 0)],
    }
    nothing = small.select(EVERY.with_(q="no such words"))
    assert panels.actor_lines(nothing, "en") == {}


def test_profile(every):
    profile = panels.profile(every, "red_a", "en")
    assert (profile.name, profile.initiator, profile.target, profile.other) == ("Red Front", 3, 3, 0)
    assert profile.suffered == [("killed", "40–100"), ("captured", "7")]
    assert ("killed", "12–33") in profile.inflicted
    assert profile.ties == [("2013-02-01", "renamed Red B")]
    assert (profile.strength, profile.strength_note, profile.leaders) == ("", None, [])


def test_a_profile_out_of_the_view_has_no_events(small):
    profile = panels.profile(small.select(EVERY.with_(place=("algiers",))), "red_a", "fr")
    assert (profile.name, profile.initiator, profile.target) == ("Front rouge", 0, 0)
    assert (profile.suffered, profile.inflicted, profile.troops) == ([], [], [])


def test_ties_of_both_ends(every):
    assert [day for day, _ in panels.profile(every, "red_b", "en").ties] == ["2013-02-01", "2013-08-01"]
    words = [words for _, words in panels.profile(every, "red_b", "en").ties]
    assert words == ["formerly Red A", "merged into Red C"]
    assert panels.profile(every, "red_c", "en").ties == [("2013-08-01", "took in Red B")]
    assert panels.profile(every, "blue", "en").ties == []


def test_troops_of_a_profile_are_those_of_the_view(small, every):
    assert [row["id"] for row in panels.profile(every, "blue", "en").troops] == [
        "2013-01-12-blue-deployed",
        "2013-02-01-blue-deployed",
    ]
    then = small.select(EVERY.with_(known="2013-01-31"))
    assert [row["best"] for row in panels.profile(then, "blue", "en").troops] == [None]


def test_a_curve_is_of_one_scope_in_the_country_first(every):
    troops = panels.profile(every, "blue", "en").troops
    assert [row["scope"] for row in strength.strength_curve(troops)] == ["country"]
    towns = [row for row in troops if row["scope"] == "town"]
    assert strength.strength_curve(towns) == towns
    pledged = [{**row, "kind": "pledged"} for row in troops]
    assert strength.strength_curve(pledged) == []
    assert strength.strength_curve(panels.profile(every, "blue_air", "en").troops) == [], "a part is no curve"


def test_towns_of_the_day(small):
    lines = panels.town_lines(small.select(Selection(at="2013-01-26")), "en")
    assert [(line.name, line.state) for line in lines] == [
        ("Gao", "changing"),
        ("Kidal", "unknown"),
        ("Konna", "held"),
        ("Timbuktu", "contested"),
    ]
    gao, kidal, konna, timbuktu = lines
    assert (gao.holders, gao.before, gao.since) == (["blue"], ["red_a"], "2013-01-28")
    assert (kidal.holders, kidal.before, kidal.event, kidal.since) == (["unknown"], [], None, "")
    assert (konna.holders, konna.event) == (["blue", "green"], "2013-01-20-konna-retaken")
    assert (timbuktu.holders, timbuktu.since) == (["gold", "red_a"], "2012-04-10")


def test_towns_in_the_order_of_the_alphabet_of_the_language(record):
    names = [line.name for line in panels.town_lines(record.select(Selection()), "fr")]
    assert "Tombouctou" in names
    assert [name[0] for name in names] == sorted(name[0] for name in names)
    assert names.index("Léré") < names.index("Ménaka") < names.index("Niafunké")


def test_events_of_the_country_as_a_whole(small, every):
    assert panels.country_events(every, "en") == [("2013-08-11-vote", "A vote in the whole country")]
    assert panels.country_events(small.select(EVERY.with_(type=("airstrike",))), "en") == []


def test_sides_of_events_and_of_holders(small):
    quiet = EVERY.with_(q="no such words")
    assert panels.sides(small.select(quiet.with_(at="2012-03-01"))) == set()
    assert panels.sides(small.select(quiet.with_(at="2013-01-01"))) == {"jihadist", "tuareg_nationalist"}
    vote = panels.sides(small.select(EVERY.with_(type=("election",), at="2012-03-01")))
    assert vote == {"civilian"}


def test_every_actor_of_the_record_has_a_profile(record):
    view = record.select(Selection())
    for actor in record.actors["id"]:
        profile = panels.profile(view, actor, "fr")
        assert profile.name
        assert profile.description
        assert all(words for _, words in profile.ties)
