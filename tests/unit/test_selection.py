"""The query string as people meet it."""

from pathlib import Path

import pytest

from serval.record import load
from serval.selection import Allowed, BadQuery, Selection


@pytest.fixture(scope="module")
def allowed():
    return Allowed.of(load(Path(__file__).resolve().parents[1] / "fixtures" / "record"))


def test_what_is_shown_first_has_an_empty_query_string():
    assert Selection().query() == ""
    assert Selection.parse("") == Selection.parse("?") == Selection()
    assert (Selection().from_, Selection().to, Selection().at) == ("2012-12-20", "2013-08-31", "2013-08-31")


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("to=2013-02-01&from=2013-01-11", "from=2013-01-11&to=2013-02-01"),
        ("from=2012-12-20&dates=possible&family=0&tab=timeline", ""),
        ("place=kidal,gao,gao&place=konna", "place=gao,kidal,konna"),
        ("place=,gao,,&actor=,", "place=gao"),
        ("at=2013-02-01&to=2013-02-01", "to=2013-02-01"),
        ("at=2013-08-31&to=2013-02-01", "to=2013-02-01&at=2013-08-31"),
        ("q=+air%20%20strike%0A", "q=air+strike"),
        ("q=a,b%26c%2Bd", "q=a,b%26c%2Bd"),
        ("lat=16.20000&lon=-0.00001&zoom=5.555", "lat=16.2&lon=0&zoom=5.56"),
        ("utm_source=x&theme=dark&", "theme=dark"),
    ],
)
def test_canonical_form(query, canonical):
    assert Selection.parse(query).query() == canonical


def test_bad_values_are_named_together_with_what_is_allowed(allowed):
    with pytest.raises(BadQuery) as error:
        Selection.parse("from=2013-02-30&status=sure,confirmed&dates=some&actor=France&lat=91", allowed)
    assert [str(problem) for problem in error.value.problems] == [
        "from=2013-02-30: expected a day as YYYY-MM-DD",
        "dates=some: expected possible or certain",
        "actor=France: expected an id",
        "status=sure: not an id of the record, expected one of confirmed, disputed, reported",
        "lat=91: expected a number from -90 to 90",
    ]


def test_the_page_keeps_what_it_understands_and_names_the_rest(allowed):
    selection, problems = Selection.read("place=gao,atlantis&day=2013-01-11&known=never", allowed)
    assert selection == Selection(place=("gao",))
    assert [(p.key, p.value) for p in problems] == [
        ("place", "atlantis"),
        ("known", "never"),
        ("day", "2013-01-11"),
    ]
    assert problems[2].message.startswith("unknown key, expected one of from, to, dates, actor")


def test_without_a_record_any_id_will_do():
    assert Selection.parse("actor=someone&event=2013-01-01-x").actor == ("someone",)


def test_a_filter_is_put_in_and_taken_out():
    selection = Selection().with_(place=("kidal", "gao"), to="2013-02-01")
    assert selection.query() == "to=2013-02-01&place=gao,kidal"
    assert selection.without("place", "gao").place == ("kidal",)
    assert selection.without("place").without("to") == Selection()


def test_the_playhead_stays_where_it_was_put():
    put = Selection(at="2013-01-30")
    assert put.with_(to="2013-06-30").at == "2013-01-30"
    assert Selection().with_(to="2013-06-30").at == "2013-06-30"
    assert put.without("at").at == put.to


def test_the_record_says_which_ids_it_knows(allowed):
    assert {"red_a", "unseen"} <= allowed.ids["actor"]
    assert "initiator" in allowed.ids["role"]
    assert "2013-08-11-vote" in allowed.ids["event"]
    assert set(allowed.ids) >= {"actor", "role", "type", "place", "region", "status", "event"}
