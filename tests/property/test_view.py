"""A View keeps what its selection says and nothing else, on random selections of two records."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from serval.cards import card
from serval.index import Index
from serval.selection import Selection
from serval.text import fold
from tests.naive import bare, naive, rows_of
from tests.random_selections import DAYS, FEW, LISTS, chosen, frequent, selections

WHOLE = Selection(from_="2012-01-01", to="2014-12-31")


def rows(record, selection: Selection) -> set[int]:
    return set(record.select(selection).rows.tolist())


@FEW
@given(st.data())
def test_the_rows_are_those_that_a_plain_loop_keeps(either, data: st.DataObject):
    selection = data.draw(selections(either, q=""))
    view = either.select(selection)
    kept = [event["id"] for event in naive(either).shown(selection)]
    assert view.events["id"].tolist() == kept
    assert (view.n, view.total) == (len(kept), len(either.events))
    assert view.rows.tolist() == [naive(either).events[id]["i"] for id in kept]


@FEW
@given(st.data())
def test_certain_is_within_possible(either, data: st.DataObject):
    selection = data.draw(selections(either))
    certain, possible = selection.with_(dates="certain"), selection.with_(dates="possible")
    assert rows(either, certain) <= rows(either, possible)


def test_a_range_that_cuts_an_interval_keeps_it_as_possible_alone(either):
    events = either.events[either.events["date_start"] < either.events["date_end"]]
    for id, start, end in events[["id", "date_start", "date_end"]].itertuples(index=False):
        cut = Selection(from_="2012-01-01", to=start)
        assert id in set(either.select(cut).events["id"])
        assert id not in set(either.select(cut.with_(dates="certain")).events["id"])
        after = str(date.fromisoformat(end) + timedelta(1))
        assert id not in set(either.select(Selection(from_=after, to="2014-12-31")).events["id"])
        exact = Selection(from_=start, to=end, dates="certain")
        assert id in set(either.select(exact).events["id"])


def narrowed(record, selection: Selection, data: st.DataObject) -> Selection:
    """The selection with one more filter, or a stricter one."""
    name = data.draw(st.sampled_from([*LISTS, "q", "known", "dates", "from_", "to"]))
    own = getattr(selection, name)
    if name in LISTS and own:
        return selection.with_(**{name: own[: data.draw(st.integers(1, len(own)))]})
    if name in LISTS:
        return selection.with_(**{name: data.draw(chosen(frequent(record)[name], least=1))})
    if name == "q":
        return selection.with_(q=f"{own} {data.draw(st.sampled_from(['gao', 'the', 'مالي', 'x', '-']))}")
    if name == "known":
        day = data.draw(DAYS)
        return selection.with_(known=min(own or day, day))
    if name == "dates":
        return selection.with_(dates="certain")
    day = data.draw(DAYS)
    day = max(day, selection.from_) if name == "from_" else min(day, selection.to)
    assume(day <= selection.to if name == "from_" else day >= selection.from_)
    return selection.with_(**{name: day})


@FEW
@given(st.data())
def test_a_filter_more_never_adds_rows(either, data: st.DataObject):
    selection = data.draw(selections(either))
    assert rows(either, narrowed(either, selection, data)) <= rows(either, selection)


@FEW
@given(st.data())
def test_a_choice_more_in_a_list_adds_just_its_own_rows(either, data: st.DataObject):
    selection = data.draw(selections(either))
    key = data.draw(st.sampled_from(LISTS))
    one, other = (data.draw(chosen(frequent(either)[key], least=1)) for _ in "ab")
    both = rows(either, selection.with_(**{key: one + other}))
    assert both == rows(either, selection.with_(**{key: one})) | rows(either, selection.with_(**{key: other}))


@FEW
@given(st.data())
def test_an_id_that_the_record_does_not_know_matches_nothing(either, data: st.DataObject):
    selection = data.draw(selections(either))
    key = data.draw(st.sampled_from(LISTS))
    assert rows(either, selection.with_(**{key: ("no-such-id",)})) == set()
    known = data.draw(chosen(frequent(either)[key], least=1))
    mixed = selection.with_(**{key: (*known, "no-such-id")})
    assert rows(either, mixed) == rows(either, selection.with_(**{key: known}))


@FEW
@given(st.data())
def test_facets_are_what_each_choice_alone_would_keep(either, data: st.DataObject):
    selection = data.draw(selections(either))
    facets = either.select(selection).facets
    assert sorted(facets) == sorted(LISTS)
    for key, counts in facets.items():
        assert set(counts) == set(frequent(either)[key])
        some = data.draw(st.lists(st.sampled_from(frequent(either)[key]), max_size=3))
        for id in {*some, *frequent(either)[key][:2]}:
            assert counts[id] == either.select(selection.with_(**{key: (id,)})).n, (key, id)


@FEW
@given(st.data())
def test_facets_equal_a_recount_row_by_row(either, data: st.DataObject):
    selection = data.draw(selections(either, q=""))
    facets, plain = either.select(selection).facets, naive(either)
    expected = {key: dict.fromkeys(frequent(either)[key], 0) for key in LISTS}
    for key in LISTS:
        for event in plain.shown(selection.with_(**{key: ()})):
            for id in offers(plain, event, key, selection):
                expected[key][id] += 1
    assert facets == expected


def offers(plain, event: dict, key: str, s: Selection) -> set[str]:
    """Under which choices of a key an event that all other filters keep is found."""
    if key in ("type", "status"):
        return {event[key]}
    if key == "place":
        return set(event["places"])
    if key == "region":
        return {plain.places[p]["region"] for p in event["places"]} - {None}
    if key == "role":
        return {role for actor, role in event["cast"] if plain.plays(actor, role, s.with_(role=()))}
    playing = {actor for actor, role in event["cast"] if not s.role or role in s.role}
    if not s.family:
        return playing
    return {head for head in plain.actors if plain.family(head) & playing}


@FEW
@given(st.data())
def test_nothing_rests_on_a_later_source(either, data: st.DataObject):
    day = data.draw(DAYS)
    view, plain = either.select(data.draw(selections(either, known=day))), naive(either)
    out = plain.out
    later = {source for source, first in out.items() if first > day}
    assert not later & set(view.event_sources["source"])
    assert not later & set(view.sources["id"])
    assert not later & set(view.evidence["source"])
    assert not later & set(view.troops["source"])
    assert not later & set(view.figures["source"].dropna())
    unknown = {id for id, event in plain.events.items() if plain.known(event) > day}
    for frame in (view.figures, view.event_sources, view.control, view.holders, view.without_best):
        assert not unknown & set(frame["event"].dropna())
    assert not unknown & set(view.events["id"])
    assert set(view.event_sources["event"]) == set(view.events["id"]), "an event shown has a source of then"
    for row in rows_of(view.events):
        then = {s for s in plain.events[row["id"]]["sources"] if s not in later}
        assert row["n_sources"] == len(then)
        assert 1 <= row["n_independent"] <= len(then)


@FEW
@given(st.data())
def test_a_card_has_no_later_source(either, data: st.DataObject):
    day = data.draw(DAYS)
    event = data.draw(st.sampled_from(either.events["id"].tolist()))
    shown, plain = card(either.select(Selection(known=day)), event, "en"), naive(either)
    then = [s for s in plain.events[event]["sources"] if plain.out[s] <= day]
    assert [source["id"] for source in shown.sources] == then
    for _, _, claims in shown.claims:
        assert all(claim.source is None or 1 <= claim.source <= len(then) for claim in claims)
    figures = [f for f in plain.events[event]["figures"] if f["source"] is None or f["source"] in then]
    assert sum(len(claims) for _, _, claims in shown.claims) == len(figures)
    assert all(1 <= number <= len(then) for number, _ in shown.evidence)


@FEW
@given(st.data())
def test_more_is_known_later(either, data: st.DataObject):
    selection = data.draw(selections(either))
    first, second = sorted((data.draw(DAYS), data.draw(DAYS)))
    early, late = (either.select(selection.with_(known=day)) for day in (first, second))
    every = either.select(selection.with_(known=None))
    for name in ("events", "figures", "event_sources", "troops", "sources", "evidence"):
        a, b, c = (set(getattr(view, name).index) for view in (early, late, every))
        assert a <= b <= c, name


def test_with_every_source_out_all_is_known(either):
    last = max(naive(either).out.values())
    then, now = either.select(WHOLE.with_(known=last)), either.select(WHOLE)
    for name in ("events", "figures", "event_sources", "troops", "control", "holders", "totals", "losses"):
        assert getattr(then, name).equals(getattr(now, name)), name


def test_undated_sources_are_known_from_the_end_of_the_record(either):
    undated = set(either.sources["id"][either.sources["date"].isna()])
    last = max(either.events["date_end"])
    before = either.select(WHOLE.with_(known=str(date.fromisoformat(last) - timedelta(1))))
    on = either.select(WHOLE.with_(known=last))
    cited = undated & set(either.event_sources["source"])
    assert cited
    assert not undated & set(before.sources["id"])
    assert cited <= set(on.sources["id"])


@FEW
@given(st.data())
def test_family_is_the_union_of_what_its_members_keep(either, data: st.DataObject):
    selection = data.draw(selections(either, family=False))
    head = data.draw(st.sampled_from([*either.actors["id"]]))
    family = tuple(naive(either).family(head))
    together = rows(either, selection.with_(actor=(head,), family=True))
    assert together == rows(either, selection.with_(actor=family))
    assert rows(either, selection.with_(actor=(head,))) <= together


def test_families_are_closed(either):
    index = Index.of(either)
    ids = index.codes["actor"].ids
    families = [set(family.tolist()) for family in index.families]
    for head, family in enumerate(families):
        assert head in family
        assert {ids[member] for member in family} == naive(either).family(ids[head])
        assert all(families[member] <= family for member in family)


FORMS = {
    "Timbuktu": ["Timbuktu", "TOMBOUCTOU", "tombouctou", "Tombouctoù", "تمبكتو", "تُمْبُكْتُو", "تـمبكتو"],
    "Adrar des Ifoghas": ["Adrar des Ifoghas", "ADRAR DES IFÔGHAS", "adrar-des-ifoghas"],
    "Kidal": ["Kidal", "kidal", "KÍDAL", "كيدال", "کیدال"],
    "Gao": ["Gawgaw", "gâwgaw"],
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_a_places_name_finds_the_same(either, name: str):
    found = [rows(either, WHOLE.with_(q=form)) for form in FORMS[name]]
    places = either.places
    at = rows(either, WHOLE.with_(place=tuple(places["id"][places["name"] == name])))
    assert at
    assert at <= found[0]
    assert all(others == found[0] for others in found)


@FEW
@given(st.data())
def test_search_is_blind_to_case_accents_and_order(either, data: st.DataObject):
    texts = naive(either).texts
    id = data.draw(st.sampled_from(sorted(texts)))
    words = data.draw(st.lists(st.sampled_from(texts[id].split()), min_size=1, max_size=3))
    found = rows(either, WHOLE.with_(q=" ".join(words)))
    assert naive(either).events[id]["i"] in found
    for other in (" ".join(words).upper(), " ".join(f"{w[0]}\u0301{w[1:]}" for w in reversed(words))):
        assert rows(either, WHOLE.with_(q=other)) == found
    assert rows(either, WHOLE.with_(q=f"  «{words[0]}» ! ")) >= found


@FEW
@given(st.data())
def test_search_finds_whatever_a_plain_search_of_the_text_does(either, data: st.DataObject):
    words = data.draw(
        st.lists(st.sampled_from(["Gao", "red", "the", "KIDAL", "armée", "air", "мали", "200"]))
    )
    found = set(either.select(WHOLE.with_(q=" ".join(words))).events["id"])
    plain = {id for id, text in naive(either).texts.items() if all(bare(word) in text for word in words)}
    assert plain <= found


@FEW
@given(st.text(max_size=40))
@example("ﬁn x² ½ ß İ ı ς ΑΣ")
@example("-- , '")
def test_words_of_any_kind_are_searched_without_an_error(either, words: str):
    asked = fold(words)
    found = either.select(WHOLE.with_(q=words)).events["id"]
    assert asked or len(found) == either.select(WHOLE).n


@FEW
@given(st.data())
def test_the_parts_are_those_of_the_events_shown(either, data: st.DataObject):
    selection = data.draw(selections(either, q=""))
    view, plain = either.select(selection), naive(either)
    events = plain.shown(selection)
    ids = {event["id"] for event in events}
    for name in ("event_places", "event_actors"):
        whole = getattr(either, name)
        assert getattr(view, name).equals(whole[whole["event"].isin(ids)])
    assert set(view.places["id"]) == {place for event in events for place in event["places"]}
    cast = {}
    for event in events:
        for actor in {actor for actor, _ in event["cast"]}:
            roles = {role for a, role in event["cast"] if a == actor}
            n = cast.setdefault(actor, [0, 0, 0, 0])
            parts = ("initiator" in roles, bool(roles & {"target", "victim"}))
            for i, counts in enumerate((True, *parts, not any(parts))):
                n[i] += counts
    columns = ["id", "n", "n_initiator", "n_target", "n_other"]
    assert {row[0]: [*row[1:]] for row in view.actors[columns].itertuples(index=False)} == cast
    assert view.actors["n"].is_monotonic_decreasing


@FEW
@given(st.data())
def test_troops_are_those_of_the_days_actors_places_and_statuses(either, data: st.DataObject):
    selection, plain = data.draw(selections(either)), naive(either)
    wanted = set(selection.actor)
    if selection.family:
        wanted = {member for head in selection.actor for member in plain.family(head)}
    kept = []
    for row in rows_of(either.troops):
        region = plain.places[row["place"]]["region"] if row["place"] else None
        if (
            selection.from_ <= row["date"] <= selection.to
            and (not selection.actor or row["actor"] in wanted)
            and (not selection.status or row["status"] in selection.status)
            and (not selection.place or row["place"] in selection.place)
            and (not selection.region or region in selection.region)
            and (not selection.known or plain.out[row["source"]] <= selection.known)
        ):
            kept.append(row["id"])
    assert either.select(selection).troops["id"].tolist() == kept


def test_frames_keep_their_columns_and_dtypes(either):
    for selection in (WHOLE, WHOLE.with_(q="no such words at all"), WHOLE.with_(known="2012-01-01")):
        view = either.select(selection)
        for name in ("events", "event_places", "event_sources", "figures", "sources", "places", "troops"):
            assert getattr(view, name).dtypes.equals(getattr(either, name).dtypes), name
        assert view.control.dtypes.equals(either.control.dtypes)
