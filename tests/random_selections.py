"""Hypothesis strategies: selections as a visitor of a record could make them."""

from collections import Counter
from datetime import date
from functools import lru_cache

from hypothesis import settings
from hypothesis import strategies as st

from serval.selection import DATES, LANGS, TABS, THEMES, Allowed, Selection

SOME = settings(deadline=None, max_examples=60)
FEW = settings(deadline=None, max_examples=20)
"""Examples enough for a quick test, and for one that makes whole views. No deadline: machines get busy."""

DAYS = st.dates(date(2012, 1, 1), date(2014, 9, 30)).map(str)
ANY_DAY = st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(str)
SLUGS = st.sampled_from(["a", "b2", "9", "mali_army", "a-b", "2013-01-26-gao-retaken", "x_y-z", "z" * 120])
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ASKED = st.sampled_from(["gao", "Tombouctou", "تمبكتو", "army", "L'ARMÉE", "kidal mnla", "made up", "x y z"])
LISTS = ("actor", "role", "type", "place", "region", "status")


def ranges(days: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    """The attributes of a range of days."""
    return st.tuples(days, days).map(lambda pair: {"from_": min(pair), "to": max(pair)})


@lru_cache(maxsize=4)
def frequent(record) -> dict[str, list[str]]:
    """List key -> all its ids, those of most events first."""
    region = dict(zip(record.places["id"], record.places["region"], strict=True))
    seen = {
        "actor": record.event_actors["actor"],
        "role": record.event_actors["role"],
        "type": record.events["type"],
        "place": record.event_places["place"],
        "region": record.event_places["place"].map(region).dropna(),
        "status": record.events["status"],
    }
    allowed = Allowed.of(record).ids
    ranked = {key: [id for id, _ in Counter(ids).most_common()] for key, ids in seen.items()}
    return {key: [*ids, *sorted(allowed[key] - set(ids))] for key, ids in ranked.items()}


def chosen(ids: list[str], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    """Some ids of a list; the first ones, and none at all, come up more often."""
    some = st.lists(st.sampled_from(ids[:6]) | st.sampled_from(ids), min_size=1, max_size=4).map(tuple)
    return some if least else st.just(()) | st.just(()) | some


def selections(record, **fixed) -> st.SearchStrategy[Selection]:
    """Selections whose ids the record knows; `fixed` attributes are strategies or values."""
    parts = {key: chosen(ids) for key, ids in frequent(record).items()} | {
        "dates": st.sampled_from(DATES),
        "family": st.booleans(),
        "q": st.just("") | st.just("") | ASKED,
        "at": st.just("") | DAYS,
        "known": st.none() | DAYS,
    }
    for name, value in fixed.items():
        parts[name] = value if isinstance(value, st.SearchStrategy) else st.just(value)
    days = ranges(DAYS) | st.just({"from_": "2012-01-01", "to": "2014-12-31"})
    whole = st.fixed_dictionaries(parts)
    return st.builds(lambda days, rest: Selection(**{**days, **rest}), days, whole)


def any_selections() -> st.SearchStrategy[Selection]:
    """Selections of any well-formed values, whether or not a record knows them."""
    ids = st.lists(SLUGS, max_size=4).map(tuple)
    parts = st.fixed_dictionaries(
        {
            **dict.fromkeys(LISTS, ids),
            "dates": st.sampled_from(DATES),
            "family": st.booleans(),
            "q": WORDS,
            "at": st.just("") | ANY_DAY,
            **dict.fromkeys(("at2", "known"), st.none() | ANY_DAY),
            **dict.fromkeys(("vs", "event", "story"), st.none() | SLUGS),
            "lat": st.none() | st.floats(-90, 90),
            "lon": st.none() | st.floats(-180, 180),
            "zoom": st.none() | st.floats(0, 24),
            "tab": st.sampled_from(TABS),
            "lang": st.none() | st.sampled_from(LANGS),
            "theme": st.none() | st.sampled_from(THEMES),
            "v": st.none() | st.sampled_from(["1.0.0", "0.1", "A_b-c", "." * 40]),
        }
    )
    days = st.just({}) | ranges(ANY_DAY)
    return st.builds(lambda days, rest: Selection(**{**days, **rest}), days, parts)
