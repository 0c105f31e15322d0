"""The page's own reading of a query string against the server's: one record, hundreds of query strings."""

import random
from pathlib import Path
from unicodedata import ucd_3_2_0

import numpy as np
import orjson
import pytest

from serval import columns, readers
from serval.index import day
from serval.selection import KEYS, Allowed, Selection
from serval.text import fold

ROOT = Path(__file__).resolve().parents[2]
MADE_UP = ROOT / "tests" / "fixtures" / "record"
COUNT = 400
DAYS = [str(d) for d in np.arange("2012-01-01", "2014-12-31", 3, dtype="datetime64[D]")]
WORDS = [
    "gao",
    "KIDAL",
    "tombouctou",
    "تمبكتو",
    "أزواد",
    "l'armée",
    "été",
    "army",
    "ß",
    "x²",
    "ﬁn",
    "-",
    "1,4",
    "ΌΔΟΣ ὈΔΥΣΣΕΎΣ",
    "İSTANBUL",
    "e\u0301te\u0301",
    "تُمْبُكْتُو",
    "تـمـبكتة",
    "ⵜⵏⴱⴾⵜ",
    "٢٠١٣",
    "Ⅻ ½ ③",
    "a\u00a0b\u2028c\ufeffd",
    "👩🏽‍🚀 🇲🇱",
    "𝔾𝕒𝕠",
    "हिन्दी",
    "x_y",
]
RUBBISH = [
    "",
    " ",
    ",",
    "%",
    "%zz",
    "%E9",
    "no such",
    "2013-02-30",
    "0000-01-01",
    "é",
    "1e3",
    "-0.00001",
    "&",
    "'",
    "%F0%9F",
    "%C3é",
    "%00",
    "\ufeff2013-01-11",
    "2013-01-11%0A",
    "２０１３-01-11",
    "1000-01-01",
    "2999-12-31",
    "2013-02-29",
    "-0",
    "+5",
    "Infinity",
    "0.00004999999999999999",
    "gao;kidal",
    "a" * 121,
    "é" * 201,
    "😀" * 200,
    ",".join(f"a{i}" for i in range(101)),
]


@pytest.fixture(scope="module", params=["made up", "whole"])
def whole(request):
    from serval.record import load

    return load(MADE_UP if request.param == "made up" else None)


@pytest.fixture(scope="module")
def scripted(browser, whole):
    page = browser.new_page()
    page.set_content("<!doctype html><title>parity</title>")
    page.add_script_tag(path=str(ROOT / "assets" / "select.js"))
    data = orjson.dumps({"columns": columns.build(whole), "search": columns.search(whole)}).decode()
    page.evaluate("text => { Object.assign(window, JSON.parse(text)); }", data)
    yield page
    page.close()


def values_of(record) -> dict[str, list[str]]:
    allowed = Allowed.of(record).ids
    lists = {key: sorted(ids) or ["none"] for key, ids in allowed.items()}
    return {
        **lists,
        **dict.fromkeys((key.key for key in KEYS if key.read is readers.day), DAYS),
        "dates": ["possible", "certain"],
        "family": ["0", "1"],
        "q": WORDS,
        "lat": ["16.27", "-3", "8.125", "0.00005", "89.99999", "90.1"],
        "lon": ["-0.0447", "180", "1.00", "-179.12345"],
        "zoom": ["8.125", "5", "0", "25", "7.005"],
        "tab": ["timeline", "control", "events", "none"],
        "lang": ["en", "fr", "de"],
        "theme": ["light", "dark"],
        "v": ["1.0.0", "a b"],
    }


def random_query(values: dict[str, list[str]], rng: random.Random) -> str:
    parts = []
    for key in rng.sample(sorted(values), rng.choice([1, 1, 2, 2, 3, 4, 6, 9])):
        many = key in ("actor", "role", "type", "place", "region", "status")
        size = rng.choice([1, 2, 3, 8]) if many else 1
        glue = "+" if key == "q" else ","
        text = glue.join(rng.choice(values[key]) for _ in range(rng.choice([1, 2]) if key == "q" else size))
        if rng.random() < 0.12:
            text = glue.join([rng.choice(RUBBISH), text][: rng.choice([1, 2])])
        parts.append(f"{key}={text}")
    if rng.random() < 0.1:
        parts.append(
            rng.choice(["nonsense=1", "actor", "=", "actor=france&actor=mnla", "from=2013-01-01&from=x"])
        )
    return rng.choice(["", "?"]) + "&".join(parts)


@pytest.fixture(scope="module")
def queries(whole) -> list[str]:
    rng = random.Random(20130111)
    values = values_of(whole)
    return ["", *(random_query(values, rng) for _ in range(COUNT))]


@pytest.mark.browser
def test_canonical_query_is_the_same(scripted, queries):
    ours = [Selection.read(query)[0].query() for query in queries]
    theirs = scripted.evaluate("all => all.map(q => serval.select.query(serval.select.parse(q)))", queries)
    assert dict(zip(queries, theirs, strict=True)) == dict(zip(queries, ours, strict=True))


@pytest.mark.browser
def test_selection_has_the_same_values(scripted, queries):
    read = [Selection.read(query)[0] for query in queries]
    ours = [{k.key: s.get(k.key) for k in KEYS} for s in read]
    ours = [{k: list(v) if isinstance(v, tuple) else v for k, v in one.items()} for one in ours]
    assert scripted.evaluate("all => all.map(serval.select.parse)", queries) == ours


@pytest.mark.browser
def test_rows_are_the_same(scripted, whole, queries):
    allowed = Allowed.of(whole)
    ours = [whole.select(Selection.read(query, allowed)[0]).rows.tolist() for query in queries]
    script = "all => all.map(q => serval.select.rows(columns, serval.select.parse(q), search))"
    theirs = scripted.evaluate(script, queries)
    assert dict(zip(queries, theirs, strict=True)) == dict(zip(queries, ours, strict=True))
    assert len({tuple(rows) for rows in ours}) > COUNT / 12, "the queries are too alike to prove much"


@pytest.mark.browser
def test_holders_are_the_same(scripted, whole):
    rng = random.Random(1)
    asked = [(rng.choice(DAYS), rng.choice([None, *DAYS[::9]])) for _ in range(200)]
    script = "all => all.map(([on, known]) => serval.select.holders(columns, on, known))"
    theirs = scripted.evaluate(script, [[day(on), day(known) if known else None] for on, known in asked])
    for (on, known), towns in zip(asked, theirs, strict=True):
        frame = whole.select(Selection(at=on, known=known)).holders
        assert [_named(whole, town) for town in towns] == frame.fillna("").to_dict("records"), (on, known)


def _named(record, town: dict) -> dict[str, str]:
    actors = {-1: "nobody", -2: "unknown", **dict(enumerate(record.actors["id"]))}
    return {
        "place": record.places["id"][town["place"]],
        "holders": ";".join(actors[i] for i in town["holders"]),
        "before": ";".join(actors[i] for i in town["before"]),
        "state": town["state"],
        "event": record.events["id"][town["event"]] if town["event"] >= 0 else "",
    }


ODD = [
    "??from=2013-01-20",
    "?",
    "&&==&=",
    "#from=2013-01-20",
    "from=2013-03-01&to=2013-02-01&at=2013-02-10",
    "to=2012-01-01",
    "from=2014-01-01",
    "from=2013-01-20;to=2013-01-21",
    "FROM=2013-01-20&%66rom=2013-01-21",
    "q=%ef%bb%bfgao&q=kidal",
    "q=" + "x" * 15_998,
    "q=" + "x" * 15_999,
    "actor=,,&place=+,+&q=++&at=+",
]


@pytest.mark.browser
def test_odd_query_strings_are_read_the_same(scripted, whole):
    read = [Selection.read(query, Allowed.of(whole))[0] for query in ODD]
    ours = [[selection.query(), whole.select(selection).rows.tolist()] for selection in read]
    script = "serval.select.query(s), serval.select.rows(columns, s, search)"
    theirs = scripted.evaluate(f"all => all.map(serval.select.parse).map(s => [{script}])", ODD)
    assert dict(zip(ODD, theirs, strict=True)) == dict(zip(ODD, ours, strict=True))


@pytest.mark.browser
def test_folding_is_the_same(scripted, whole):
    texts = [
        *WORDS,
        *whole.events["summary_fr"].dropna()[:40],
        *whole.places["alt_names"].dropna(),
        "تُمْبُكْتـو إيفوغاس ؤئى",
        *RUBBISH,
        *anything(random.Random(3)),
    ]
    assert scripted.evaluate("all => all.map(serval.select.fold)", texts) == [fold(text) for text in texts]


def anything(rng: random.Random) -> list[str]:
    """Texts of any characters long in Unicode: of newer ones, Python and Chromium may differ."""
    old = [chr(c) for c in range(0x20, 0x1F000) if ucd_3_2_0.category(chr(c)) not in ("Cn", "Cs", "Co")]
    return ["".join(rng.choices(old, k=12)) for _ in range(500)]
