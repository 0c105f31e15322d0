"""The print map: the same scene on a flat sheet, vector all through."""

import json
import math

import pytest

from serval import columns as columns_file
from serval import record as records
from serval.figures import layout, print_ground, print_map
from serval.figures.days import day_number
from serval.figures.map import HOME
from serval.figures.print_ground import Room, Sheet
from serval.figures.scene import FIXED
from serval.figures.style import THEMES

KIDAL = (0.9, 18.1, 1.9, 18.8)


@pytest.fixture(scope="module")
def columns(record):
    return columns_file.build(record)


@pytest.fixture(scope="module")
def layers():
    return {name: records.layer(name) for name in print_ground.LAYERS}


@pytest.fixture(scope="module")
def drawn(columns, layers):
    def draw(rows=None, box=HOME, size=(1000, 640), **more):
        state = {"at": day_number("2013-01-30"), "known": None, "lang": "en", "theme": "light", "event": -1}
        chosen = range(len(columns["events"]["id"])) if rows is None else rows
        return print_map.figure(columns, list(chosen), state | more, layers, box, size)

    return draw


def named(figure) -> dict[str, dict]:
    return {trace["uid"]: trace for trace in figure["data"] if "uid" in trace}


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_plain_and_vector(drawn, theme):
    figure = drawn(theme=theme, lang="fr")
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure
    assert {trace["type"] for trace in figure["data"]} == {"scatter"}
    assert "images" not in figure["layout"]
    for trace in figure["data"]:
        assert len(trace["x"]) == len(trace["y"])
        for part in ("text", "customdata", "hovertext"):
            assert len(trace.get(part, trace["x"])) == len(trace["x"])


def test_every_event_is_drawn_once_or_named_as_off_the_map(columns, drawn):
    rows = list(range(len(columns["events"]["id"])))
    _, vague, beyond = layout.seats(columns, rows)
    away = [columns["events"]["id"][row] for row in (*vague, *beyond)]
    for box in (HOME, KIDAL):
        ids = [id for group in named(drawn(box=box))["discs"]["customdata"] for id in group]
        assert sorted(ids + away) == sorted(columns["events"]["id"])


def test_near_a_town_every_event_has_a_mark(columns, drawn):
    index = columns["places"]["id"].index("kidal")
    rows = [r for r, places in enumerate(columns["events"]["places"]) if places[:1] == [index]]
    _, vague, _ = layout.seats(columns, rows)
    traces = named(drawn(rows, box=KIDAL))
    marks = [t for uid, trace in traces.items() if uid.startswith("marks-") for t in trace["text"]]
    assert len(marks) == len(rows) - len(vague) > 25
    assert all("\ue000" <= mark < "\ue100" for mark in marks), "the characters placed for SVG"


def test_the_ground_is_whole(drawn):
    figure = drawn()
    ground = [trace for trace in figure["data"] if "uid" not in trace]
    assert all(trace["x"] for trace in ground)
    assert list(named(figure))[: len(FIXED)] == list(FIXED)


def test_the_plane_is_true_to_area_and_length():
    sheet = Sheet.of(HOME, 1000, 640)
    gao, timbuktu = sheet.pixel(-0.0447, 16.2717), sheet.pixel(-3.0074, 16.7735)
    assert math.dist(gao, timbuktu) / sheet.scale == pytest.approx(320.9, rel=0.01)  # km on the great circle
    west, south, east, north = HOME
    corners = [sheet.pixel(lon, lat) for lon in (west, east) for lat in (south, north)]
    assert all(-1 <= x <= 1001 and -1 <= y <= 641 for x, y in corners)
    assert sheet.from_km(*sheet.km(12.5, 600)) == pytest.approx((12.5, 600))


def test_the_scale_bar_is_as_long_as_it_says(drawn):
    for box in (HOME, KIDAL):
        frame = drawn(box=box)["layout"]
        ends = [shape[side] for shape in frame["shapes"] for side in ("x0", "x1")]
        [label] = [note["text"] for note in frame["annotations"] if note["text"].endswith(" km")]
        assert max(ends) - min(ends) == pytest.approx(float(label.removesuffix(" km")))
        left, right = frame["xaxis"]["range"]
        assert 0.04 < (max(ends) - min(ends)) / (right - left) <= 0.12 + 1e-9


def test_names_are_in_the_language_and_the_makers_are_named(drawn):
    for lang, words in (("en", {"MAURITANIA", "Niger"}), ("fr", {"MAURITANIE", "Niger"})):
        notes = {n["text"].replace("\u200a", "") for n in drawn(lang=lang)["layout"]["annotations"]}
        assert words <= notes
        assert any("GeoNames" in note and "OpenStreetMap" in note for note in notes)


@pytest.mark.parametrize("size", [(1000, 640), (390, 500), (1600, 900)])
def test_names_meet_neither_each_other_nor_marks(drawn, size):
    figure = drawn(size=size)
    sheet = Sheet.of(HOME, *size)
    traces = named(figure)
    boxes = []
    for uid, city in (("cities", True), ("names", False)):
        trace = traces[uid]
        for x, y, text in zip(trace["x"], trace["y"], trace["text"], strict=True):
            px, py = sheet.from_km(x, y)
            across, high = layout.text_width(text) * layout.label_size(city) / 2, layout.label_size(city) / 2
            boxes.append((px - across, py - high, px + across, py + high))
    for note in figure["layout"]["annotations"]:
        if note["font"].get("weight") == 600:
            px, py = sheet.from_km(note["x"], note["y"])
            across = 0.4 * note["font"]["size"] * len(note["text"].replace("\u200a", ""))
            boxes.append((px - across, py - 5, px + across, py + 5))
    assert len(boxes) > 15
    assert not any(layout.meet(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
    discs = traces["discs"]
    circles = [
        (*sheet.from_km(x, y), size / 2)
        for x, y, size in zip(discs["x"], discs["y"], discs["marker"]["size"], strict=True)
    ]
    assert not any(layout.touch(box, circle) for box in boxes for circle in circles)


def test_room_is_taken_once():
    room = Room()
    room.block(100, 100, 20)
    assert not room.take(125, 100, 30, 10)
    assert room.take(160, 100, 30, 10)
    assert not room.take(160, 104, 30, 10)
