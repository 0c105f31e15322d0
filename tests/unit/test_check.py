"""The counter-check: known lists of matches, and its page. All rows of imports are made up."""

import re
from pathlib import Path

import numpy as np
import pytest

from serval.cli import main
from serval.imports import check, store
from serval.imports.match import Ours, Theirs, match
from serval.index import day
from serval.selection import FROM, TO, Selection
from tests.made_exports import ACLED, GED, acled, ged, table

KONNA, GAO, KIDAL = (14.95, -3.89), (16.27, -0.04), (18.44, 1.41)
NORTH = 1 / 111.195  # degrees of latitude in a km


def near(spot: tuple[float, float], km: float) -> tuple[float, float]:
    return spot[0] + km * NORTH, spot[1]


OURS = [
    (10, 10, [KONNA]),  # 0: the same day and place
    (12, 12, [GAO]),  # 1: two days and 20 km off
    (14, 20, [KIDAL]),  # 2: inside an interval, though another day is nearer in space
    (30, 30, [GAO, KIDAL]),  # 3: at its second place
    (40, 40, [GAO]),  # 4: four days off, so none
    (50, 50, [KONNA]),  # 5: 30 km off, so none
    (60, 60, []),  # 6: in a country, so none
    (70, 70, [GAO]),  # 7: the nearer in time of two
]
THEIRS = [
    (10, 10, KONNA),
    (14, 14, near(GAO, 20)),
    (18, 19, near(KIDAL, 24)),
    (23, 23, KIDAL),
    (31, 31, near(KIDAL, 1)),
    (44, 44, GAO),
    (50, 50, near(KONNA, 30)),
    (60, 60, GAO),
    (71, 71, near(GAO, 10)),
    (72, 72, GAO),
]


def known() -> tuple[Ours, Theirs]:
    ours = Ours(*zip(*OURS, strict=True))
    return ours, Theirs(*np.array([(a, b, *spot) for a, b, spot in THEIRS], float).T)


def test_five_known_pairs_and_three_lists():
    pairs = match(*known(), km=25, days=3)
    assert [(p.ours, p.theirs, p.days, round(p.km)) for p in pairs] == [
        (0, 0, 0, 0),
        (1, 1, 2, 20),
        (2, 2, 0, 24),
        (3, 4, 1, 1),
        (7, 8, 1, 10),
    ]
    assert {*range(8)} - {p.ours for p in pairs} == {4, 5, 6}
    assert {*range(10)} - {p.theirs for p in pairs} == {3, 5, 6, 7, 9}


def test_wider_limits_find_the_other_two():
    assert [(p.ours, p.theirs) for p in match(*known(), km=31, days=4)][4:6] == [(4, 5), (5, 6)]


def test_of_two_events_that_want_one_row_the_nearer_in_time_has_it():
    theirs = Theirs(*np.array([[11.0], [11.0], [GAO[0]], [GAO[1]]]))
    assert [p.ours for p in match(Ours([9, 10], [9, 10], [[GAO], [near(GAO, 20)]]), theirs, 25, 3)] == [1]


def test_one_gives_way_where_it_can_take_another_row():
    """The first would take the row that is the only one within reach of the second."""
    theirs = Theirs(*np.array([(10, 10, *GAO), (12, 12, *GAO)], float).T)
    pairs = match(Ours([10, 7], [10, 7], [[GAO], [GAO]]), theirs, 25, 3)
    assert [(p.ours, p.theirs) for p in pairs] == [(0, 1), (1, 0)]


def test_nothing_matches_nothing():
    empty = Theirs(*np.empty((4, 0)))
    assert match(Ours([], [], []), empty, 25, 3) == []
    assert match(Ours([1], [1], [[GAO]]), empty, 25, 3) == []


@pytest.fixture(scope="module")
def imports(tmp_path_factory: pytest.TempPathFactory):
    """A folder with an import of each dataset, one row of the first at an event of the record."""
    path = tmp_path_factory.mktemp("made")
    rows = list(ged(800))
    at = {"latitude": 16.27, "longitude": -0.05, "date_start": "2013-01-26", "date_end": "2013-01-26"}
    rows[0] |= at | {"where_prec": "1"}
    rows[1] |= {"where_prec": "6", "date_start": "2013-02-01", "date_end": "2013-02-01"}
    script = "<script>alert(1)</script>"
    rows[2] |= {
        "where_coordinates": script,
        "date_start": "2012-12-20",
        "date_end": "2012-12-20",
        "latitude": 22,
    }
    (path / "one.csv").write_text(table(rows, GED))
    (path / "two.csv").write_text(table(acled(60), ACLED))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SERVAL_IMPORTS", str(path / "imports"))
        assert main(["import", "ged", str(path / "one.csv")]) == 0
        assert main(["import", "acled", str(path / "two.csv")]) == 0
    return path / "imports"


@pytest.fixture
def imported(imports: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SERVAL_IMPORTS", str(imports))
    return imports


@pytest.mark.usefixtures("imported")
def test_every_event_and_row_is_in_one_list(record):
    view = record.select(Selection())
    found = check.compare(view, store.load("one"))
    start, end = (store.load("one").places[key] for key in ("start", "end"))
    assert found.count("both") + found.count("ours") == view.n
    assert found.outside + found.theirs == len(start)
    on_days = (start <= day(TO)) & (end >= day(FROM))
    assert found.theirs == on_days.sum()
    for which in check.LISTS:
        n = found.count(which)
        assert len(found.rows(which, 0, n)) == len(set(found.rows(which, 0, n))) == n
    assert sum(m.ours for m in found.months) == view.n
    assert sum(m.theirs for m in found.months) == found.theirs
    assert sum(m.ours_matched for m in found.months) == len(found.pairs)


@pytest.mark.usefixtures("imported")
def test_country_level_is_not_compared_on_either_side(record):
    found = check.compare(record.select(Selection()), store.load("one"), 200, 31)
    precision = record.events["geo_precision"].to_numpy()
    assert {precision[row] for row in found.ours_vague} == {"country"}
    assert "country" not in {precision[p.ours] for p in found.pairs}
    assert [found.imported.row(int(row))["id"] for row in found.theirs_vague] == ["1000001"]


@pytest.mark.usefixtures("imported")
def test_the_page_says_what_matches(client, record):
    answer = client.get("/check?lang=en&from=2013-01-26&to=2013-01-26&place=gao")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in answer.text
    assert "1000000" in answer.text
    assert "/event/2013-01-2" in answer.text
    counts = re.findall(r"<strong>(\d+)</strong> <span>", answer.text)
    found = check.compare(
        record.select(Selection(from_="2013-01-26", to="2013-01-26", place=("gao",))), store.load("one")
    )
    assert counts == [str(found.count(which)) for which in check.LISTS]
    assert counts[0] == "1"


@pytest.mark.usefixtures("imported")
def test_links_of_the_page_keep_the_view_and_the_limits(client):
    text = client.get("/check?of=two&km=60&days=10&list=theirs&actor=mujao&lang=fr").text
    assert '/check?of=two&amp;km=60&amp;days=10&amp;actor=mujao&amp;lang=fr"' in text
    assert 'href="/check?of=two&amp;km=60&amp;days=10&amp;list=theirs&amp;actor=mujao&amp;lang=en"' in text
    assert 'href="/?actor=mujao&amp;lang=fr"' in text
    assert 'name="actor" value="mujao"' in text
    for link in re.findall(r'<a[^>]* href="(/[^"#]*)', text):
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


@pytest.mark.usefixtures("imported")
def test_bad_values_are_named_and_left_out(client):
    text = client.get("/check?of=none&km=900&days=x&list=all&page=0&colour=red&lang=en").text
    for key in ("of", "km", "days", "list", "page", "colour"):
        assert f"<code>{key}=" in text
    assert 'name="km" min="0" max="200" step="any" value="25"' in text
    assert client.get("/check?page=9999&list=theirs").status_code == 200
    for km, days in (("0", "0"), ("0.5", "31")):
        assert client.get(f"/check?km={km}&days={days}").status_code == 200


@pytest.mark.usefixtures("imported")
def test_rows_of_others_are_text_and_nothing_else(client):
    text = client.get("/check?list=theirs&lang=en").text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


def test_without_an_import_the_page_says_how(client, tmp_path, monkeypatch):
    monkeypatch.setenv("SERVAL_IMPORTS", str(tmp_path / "none"))
    answer = client.get("/check?lang=en")
    assert answer.status_code == 404
    assert "serval import ged" in answer.text


def test_an_import_that_cannot_be_read_says_so(client, tmp_path, monkeypatch):
    monkeypatch.setenv("SERVAL_IMPORTS", str(tmp_path))
    (tmp_path / "bad.parquet").write_bytes(b"x" * 50)
    answer = client.get("/check?lang=en")
    assert (answer.status_code, "import it again" in answer.text) == (404, True)


def test_the_dashboard_leads_there_only_where_there_is_an_import(imports, tmp_path, monkeypatch):
    from components import coverage, footer
    from components.context import context
    from serval.record import load
    from serval.text import translator

    def found() -> tuple[bool, bool]:
        words = coverage.words(context("actor=mujao&lang=en"))["coverage-notes"]
        foot = str(footer.footer(translator("en"), load()))
        return '"/check?actor=mujao&amp;lang=en"' in words, "/check" in foot

    monkeypatch.setenv("SERVAL_IMPORTS", str(imports))
    assert found() == (True, True)
    monkeypatch.setenv("SERVAL_IMPORTS", str(tmp_path))
    assert found() == (False, False)


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("query", ["", "of=two&list=theirs", "list=ours&km=100", "of=one&list=theirs&page=2"])
def test_the_french_page_has_no_english(client, query):
    html = client.get(f"/check?lang=fr&{query}").text
    html = re.sub(r"<(\w+)[^>]* lang=\"(?!fr)[\s\S]*?</\1>|<(pre|code|style|script)[\s\S]*?</\2>", "", html)
    texts = [*re.split(r"<[^>]*>", html), *re.findall(r'aria-label="([^"]*)"', html)]
    english = re.compile(r"\b(the|of|and|with|which|is|are|was|were|has|have|not|only|their|rows?)\b")
    assert [text for text in texts if english.search(text)] == []


@pytest.mark.usefixtures("imported")
def test_no_export_has_a_row_of_an_import(client):
    ids = {"1000000", "1000001", "MADE1", "MADE59", "Made-up"}
    for path in ("events.json", "events.csv", "events.geojson", "places.csv", "sources.csv"):
        text = client.get(f"/api/v1/{path}").text
        assert not [id for id in ids if re.search(rf"\b{id}\b", text)], path


def test_discs_grow_with_their_rows_and_sums_stay_in_their_squares():
    from serval.figures import check_map

    drawn, beyond = check_map.discs([(GAO, 4), (KONNA, 1), ((48.9, 2.3), 7)], 4)
    assert ([d.n for d in drawn], beyond) == ([4, 1], 7)
    assert drawn[0].r == 2 * drawn[1].r
    side = check_map.sheet().pixel(check.CELL, 17)[0] - check_map.sheet().pixel(0, 17)[0]
    summed, _ = check_map.discs([(GAO, 900), (KONNA, 1)], 900, check.CELL)
    assert 0 < summed[1].r < summed[0].r <= round(side / 2, 1)
