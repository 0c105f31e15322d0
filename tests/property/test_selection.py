"""A selection and its query string are two forms of one thing, and no query string breaks the reading."""

from urllib.parse import quote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components import context
from serval.selection import KEYS, MAX_LIST, MAX_QUERY, Allowed, BadQuery, Problem, Selection
from tests.random_selections import LISTS, SLUGS, SOME, any_selections

ALLOWED = Allowed({key: frozenset({"one", "two", "three"}) for key in (*LISTS, "vs", "event", "story")})
NAMES = [key.key for key in KEYS]


@SOME
@given(any_selections())
@example(Selection(lat=-0.00001, lon=179.99999, zoom=0.005))
@example(Selection(q="a,b&c=d+e%20f;g #h"))
@example(Selection(q="\u2028 \x00\ufeff \x85"))
@example(Selection(from_="2014-01-01", to="2014-02-01", at="2013-08-31"))
def test_the_query_string_gives_the_selection_back(selection: Selection):
    assert Selection.parse(selection.query()) == selection
    assert Selection.parse(f"?{selection.query()}") == selection
    assert Selection.read(selection.query()) == (selection, [])


@SOME
@given(any_selections())
def test_the_canonical_form_is_a_fixed_point(selection: Selection):
    query = selection.query()
    assert Selection.parse(query).query() == query
    assert query.isascii()
    named = [part.partition("=")[0] for part in query.split("&") if part]
    assert named == [name for name in NAMES if name in named]


@SOME
@given(any_selections(), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_means_nothing(selection: Selection, rng):
    parts = selection.query().split("&")
    rng.shuffle(parts)
    assert Selection.parse("&".join(parts)) == selection


@SOME
@given(any_selections(), st.sampled_from(LISTS), st.lists(SLUGS, max_size=5))
def test_queries_are_those_of_the_changed_selection(selection: Selection, key: str, ids: list[str]):
    assert selection.queries(key)(ids) == selection.with_(**{key: tuple(ids)}).query()


@SOME
@given(any_selections(), any_selections(), st.sampled_from(KEYS))
def test_a_link_is_quick_or_not_but_the_same(selection: Selection, other: Selection, key):
    page = context.Context(None, None, selection, (), "en")
    changed = selection.with_(**{key.attribute: other.get(key.key)})
    assert page.link(**{key.attribute: other.get(key.key)}) == context.href(changed)


@SOME
@given(any_selections(), st.sampled_from(KEYS))
def test_a_key_taken_away_leaves_a_selection_with_a_link(selection: Selection, key):
    left = selection.without(key.key)
    assert f"{key.key}=" not in f"&{left.query()}".replace("&", " ").split()
    assert Selection.parse(left.query()) == left
    if key.many:
        for value in selection.get(key.key):
            fewer = selection.without(key.key, value)
            assert set(fewer.get(key.key)) == set(selection.get(key.key)) - {value}


@SOME
@given(any_selections(), any_selections())
def test_the_playhead_follows_the_last_day_only_where_it_stood_there(one: Selection, other: Selection):
    moved = one.with_(from_=other.from_, to=other.to)
    assert moved.at == (other.to if one.at == one.to else one.at)


SCRAPS = [
    *(*NAMES, "one", "two", "=", "&", ",", "?", "%", "%ZZ", "%E9", "%00", "+", " ", ";", "#", "x" * 300),
    *("2013-01-11", "2013-02-30", "1e9", "-1", "NaN", "inf", "é", "\ud800", "\u202e"),
]
JUNK = st.text(max_size=80) | st.lists(st.sampled_from(SCRAPS), max_size=30).map("".join)


@SOME
@given(JUNK)
@example("q=\ud800")
@example("??from=2013-01-20")
@example("=&=&&==")
@example("&".join(f"{name}=%F0%9F" for name in NAMES))
@example("actor=" + "one," * 5000)
def test_junk_is_read_without_an_error(query: str):
    for allowed in (None, ALLOWED):
        selection, problems = Selection.read(query, allowed)
        assert all(isinstance(p, Problem) and p.message for p in problems)
        assert Selection.read(selection.query(), allowed) == (selection, [])


@SOME
@given(JUNK)
def test_what_is_read_with_no_bad_value_is_also_parsed(query: str):
    selection, problems = Selection.read(query, ALLOWED)
    bad = [p for p in problems if not p.message.startswith("unknown key")]
    if not bad:
        assert Selection.parse(query, ALLOWED) == selection
        return
    with pytest.raises(BadQuery) as error:
        Selection.parse(query, ALLOWED)
    assert error.value.problems == bad


BAD = {
    **dict.fromkeys(
        ("from", "to", "at", "at2", "known"),
        (["2013-02-30", "2013-1-1", "yesterday", "0999-01-01", "2013-01-11T00:00", "20130111"], "YYYY-MM-DD"),
    ),
    "dates": (["maybe", "Certain", "0"], "possible or certain"),
    **dict.fromkeys(LISTS, (["nobody-knows", "One", "one two", "é", "-"], "expected ")),
    "family": (["yes", "2", "true"], "0 or 1"),
    "q": (["x" * 201, "é " * 150], "at most 200"),
    **dict.fromkeys(("vs", "event", "story"), (["no-such", "One", "a/b", "one,two"], "expected ")),
    "lat": (["90.1", "-91", "north", "NaN", "1e1", "1,2"], "from -90 to 90"),
    "lon": (["180.5", "inf", "0x10", "--1"], "from -180 to 180"),
    "zoom": (["-1", "25", ".5", "1."], "from 0 to 24"),
    "tab": (["map", "Timeline"], "timeline or control or troops or losses or events"),
    "lang": (["de", "EN"], "en or fr"),
    "theme": (["blue"], "light or dark"),
    "v": (["a b", "1/2", "x" * 41], "version"),
}
GOOD = {
    "from": "2013-01-11",
    "to": "2013-02-01",
    "at": "2013-01-20",
    "at2": "2013-01-25",
    "known": "2013-03-01",
    "dates": "certain",
    "family": "1",
    "q": "gao",
    **dict.fromkeys(("vs", "event", "story"), "one"),
    "lat": "16.2",
    "lon": "-3",
    "zoom": "5.5",
    "tab": "events",
    "lang": "fr",
    "theme": "dark",
    "v": "1.0.0",
    **dict.fromkeys(LISTS, "one,two"),
}


def test_every_key_has_a_bad_value_here():
    assert set(BAD) == set(GOOD) == set(NAMES)


@SOME
@given(st.data())
def test_every_bad_value_is_one_problem_and_the_rest_is_kept(data: st.DataObject):
    wrong = data.draw(st.sets(st.sampled_from(NAMES), max_size=6))
    given_values = {
        name: data.draw(st.sampled_from(BAD[name][0])) if name in wrong else value
        for name, value in GOOD.items()
    }
    query = "&".join(f"{name}={quote_plus(value)}" for name, value in given_values.items())
    selection, problems = Selection.read(query, ALLOWED)
    assert [p.key for p in problems] == [name for name in NAMES if name in wrong]
    for problem in problems:
        assert problem.value == given_values[problem.key]
        assert BAD[problem.key][1] in problem.message
        assert "expected" in problem.message
        assert str(problem).startswith(f"{problem.key}={problem.value[:80]}")
    usual = Selection(**({} if "to" in wrong else {"to": "2013-02-01"}))
    for key in KEYS:
        if key.key in wrong and key.key != "at":
            assert selection.get(key.key) == usual.get(key.key)
        elif key.key not in wrong:
            assert selection.get(key.key) == Selection.parse(f"{key.key}={GOOD[key.key]}").get(key.key)
    if "at" in wrong:
        assert selection.at == selection.to


@SOME
@given(st.lists(st.sampled_from(["one", "two", "bad", "é", "Three"]), min_size=1, max_size=20))
def test_every_bad_id_of_a_list_is_one_problem(ids: list[str]):
    selection, problems = Selection.read("place=" + ",".join(ids), ALLOWED)
    assert [p.value for p in problems] == [id for id in ids if id not in ALLOWED.ids["place"]]
    assert selection.place == tuple(sorted({*ids} & ALLOWED.ids["place"]))
    for problem in problems:
        slug = problem.value == "bad"
        assert problem.message == (
            "not an id of the record, expected one of one, three, two" if slug else "expected an id"
        )


@SOME
@given(st.sampled_from(NAMES), st.integers(2, 4))
def test_a_single_value_given_again_is_a_problem_each_time(name: str, times: int):
    _, problems = Selection.read("&".join([f"{name}={GOOD[name]}"] * times), ALLOWED)
    assert len(problems) == (0 if name in LISTS else times - 1)


@SOME
@given(st.sampled_from(["from=2014-05-01", "to=2012-05-01", "from=2013-02-02&to=2013-02-01"]))
def test_days_the_wrong_way_round_are_one_problem_and_both_ignored(query: str):
    selection, [problem] = Selection.read(query)
    assert (selection.from_, selection.to) == (Selection().from_, Selection().to)
    assert f"{problem.key}={problem.value}" in query
    assert "expected a day not" in problem.message


def test_too_long_a_list_and_too_long_a_query_are_one_problem():
    _, [problem] = Selection.read("actor=" + ",".join(f"a{i}" for i in range(MAX_LIST + 1)))
    assert (problem.key, problem.message) == ("actor", "expected at most 100 ids, got 101")
    selection, [problem] = Selection.read("q=" + "x" * MAX_QUERY)
    assert (selection, problem.key) == (Selection(), "query")
    assert len(str(problem)) < 200
