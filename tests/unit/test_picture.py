"""What stands in and around a picture."""

import json
import re
import runpy
from collections import Counter
from datetime import date

import pytest

from serval import drawing, summary
from serval.export import picture, picture_options
from serval.readers import Bad
from serval.selection import Selection
from tests.servers import ROOT

QUERY = (
    "from=2013-01-10&to=2013-06-30&actor=france,chad&role=initiator&status=confirmed&place=kidal,tessalit"
    "&known=2013-09-01&family=1"
)


def made(record, panel: str, query: str = "", **more) -> dict:
    options = {"lang": "en", "base": "https://serval.example", "made": date(2026, 11, 26), **more}
    return picture.spec(record.select(Selection.parse(query)), panel, **options)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("panel", picture_options.PANELS)
def test_a_picture_says_what_it_shows(record, panel: str, lang: str):
    spec = made(record, panel, QUERY, lang=lang)
    view = record.select(Selection.parse(QUERY))
    said = "\n".join(spec["subtitle"])
    assert re.search(rf"\b{view.n}\b.*\b{view.total}\b", spec["subtitle"][0])
    for key, _, words in summary.filters(view.selection, record, lang):
        assert key in ("from", "to") or words in said
    foot = "\n".join(spec["footer"])
    for part in (record.version, record.hash[:12], "Creative Commons Attribution 4.0", "26 nov"):
        assert part.lower() in foot.lower()
    assert json.loads(json.dumps(spec)) == spec


@pytest.mark.parametrize("panel", picture_options.PANELS)
@pytest.mark.parametrize("query", ["", QUERY, "q=Tombouctou+prise&dates=certain", "place=gao&lat=16&zoom=7"])
def test_the_link_reopens_the_same_number_of_events(client, record, panel: str, query: str):
    n = record.select(Selection.parse(query)).n
    link = made(record, panel, query)["link"]
    assert link.startswith("https://serval.example/?")
    again = Selection.parse(link.partition("?")[2])
    assert record.select(again).n == n
    rows = client.get(f"/api/v1/events.json?{link.partition('?')[2]}").json
    assert rows["count"] == n


def test_sources_are_counted(record):
    spec = made(record, "timeline", "actor=mujao")
    cited = record.select(Selection.parse("actor=mujao")).event_sources["source"]
    publisher = dict(zip(record.sources["id"], record.sources["publisher"], strict=True))
    (name, times), *_ = sorted(Counter(map(publisher.get, cited)).items(), key=lambda one: (-one[1], one[0]))
    assert f"{cited.nunique()} documents" in spec["footer"][0]
    assert f"{name} ({times})" in spec["footer"][0]


def test_what_has_no_room_is_counted(record):
    whole, small = made(record, "actors", height=3000), made(record, "actors", height=560)
    assert not any("left out" in line for line in whole["footer"])
    (n,) = [int(m[1]) for line in small["footer"] if (m := re.match(r"(\d+) more actors are left out", line))]
    rows = [len(spec["figure"]["layout"]["yaxis"]["ticktext"]) for spec in (small, whole)]
    assert rows[0] + n == rows[1]


def test_events_that_the_map_does_not_show_are_counted(record):
    spec = made(record, "map", "lat=16.27&lon=-0.05&zoom=9", width=900, height=700)
    assert any(re.match(r"\d+ events lie beyond the frame\.", line) for line in spec["footer"])


def test_a_title_of_ones_own(record):
    spec = made(record, "map", title="Kidal & <Gao>")
    assert spec["title"] == "Kidal & <Gao>"
    assert spec["alt"].startswith("Kidal & <Gao>. ")


@pytest.mark.parametrize("panel", picture_options.PANELS)
def test_a_view_without_events(record, panel: str):
    spec = made(record, panel, "from=1999-01-01&to=1999-01-02")
    assert spec["subtitle"][0].endswith(f"0 of {record.select(Selection()).total} events")
    assert (spec["figure"] is None) == (panel in ("timeline", "actors", "troops", "losses"))


@pytest.mark.parametrize("panel", picture_options.PANELS)
@pytest.mark.parametrize("size", [(400, 300), (640, 800), (1200, None), (2400, 1600)])
def test_any_size_has_a_figure(record, panel: str, size: tuple):
    spec = made(record, panel, width=size[0], height=size[1])
    assert spec["width"] == size[0]
    assert picture_options.HEIGHTS[0] <= spec["height"] <= picture_options.HEIGHTS[1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("width", "399"), ("width", "2401"), ("width", "1e3"), ("width", "-800"), ("width", ""),
        ("width", "٩٠٠"), ("height", "99999999999"), ("scale", "0"), ("scale", "nan"), ("scale", "5"),
        ("title", "x" * 141),
    ],
)  # fmt: skip
def test_bad_values_say_what_is_allowed(name: str, text: str):
    with pytest.raises(Bad, match="expected"):
        picture_options.READERS[name](text)


def test_a4_at_300_dots_to_the_inch_is_not_too_large():
    assert picture_options.too_large(794, 1123, 3.125) == ""
    assert "10,000,000" in picture_options.too_large(2400, 1600, 2)


def test_the_marks_of_pictures_are_those_of_the_font():
    tool = runpy.run_path(str(ROOT / "tools" / "build_marks.py"))
    assert (ROOT / "assets" / "marks.js").read_text() == tool["script"]()


def test_files_say_their_size_and_day():
    png = b"\x89PNG\r\n\x1a\n" + bytes(25) + b"rest"
    assert drawing.with_density(png, 3.125)[37:41] == b"pHYs"
    assert int.from_bytes(drawing.with_density(png, 3.125)[41:45]) == 11811  # 300 to the inch
    pdf = b"/CreationDate (D:20261126034301+00'00')\n/ModDate (D:20261126034301+00'00')"
    assert drawing.with_day(pdf) == pdf.replace(b"034301", b"000000")


def test_the_page_for_drawing_names_no_other_file():
    assert "url(" in drawing.faces()
    assert re.findall(r'url\("(?!data:)', drawing.faces()) == []
