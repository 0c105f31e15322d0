"""The map's template, its fill, and the layout of marks under them."""

import math
import random

import pytest

from serval import columns as columns_file
from serval.figures import layout, map
from serval.figures.basemap import SLOTS, basemap_style
from serval.figures.days import day_number, iso
from serval.figures.scene import BEAD, CITIES, FIXED
from serval.figures.style import THEMES, theme
from serval.record import layer

FAR, NEAR = 5.0, 9.0


@pytest.fixture(scope="module")
def columns(record):
    return columns_file.build(record)


def state(**more):
    plain = {
        "at": day_number("2013-01-30"),
        "known": None,
        "zoom": FAR,
        "lang": "en",
        "theme": "light",
        "event": -1,
    }
    return plain | more


def filled(columns, rows, **more) -> dict[str, dict[str, list]]:
    names = [*FIXED, *(f"marks-{side}" for side in columns["terms"]["sides"])]
    return dict(zip(names, map.fill(columns, rows, state(**more)), strict=True))


def everything(columns) -> list[int]:
    return list(range(len(columns["events"]["id"])))


def rows_at(columns, place: str) -> list[int]:
    index = columns["places"]["id"].index(place)
    country = columns["terms"]["geo"].index("country")
    events = columns["events"]
    return [
        r for r in everything(columns) if events["places"][r][:1] == [index] and events["geo"][r] != country
    ]


def marks_of(traces) -> list[tuple[float, float, str]]:
    return [
        mark
        for name, trace in traces.items()
        if name.startswith("marks-")
        for mark in zip(trace["lat"], trace["lon"], trace["text"], strict=True)
    ]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", THEMES)
def test_template_has_no_rows(columns, name, lang):
    figure = map.template(name, lang, "/style.json", columns["terms"]["sides"])
    traces = map.fill(columns, everything(columns), state(theme=name, lang=lang))
    assert len(figure["data"]) == len(traces)
    for trace, arrays in zip(figure["data"], traces, strict=True):
        assert trace["lat"] == trace["lon"] == []
        for path in arrays:
            head, _, tail = path.partition(".")
            assert head in trace, f"{trace['uid']} has no {path}"
            assert not tail or trace[head][tail] == []
    assert [trace["uid"] for trace in figure["data"][: len(FIXED)]] == list(FIXED)
    assert figure["layout"]["map"]["style"] == "/style.json"
    below = [trace["below"] for trace in figure["data"]]
    assert len(set(below)) == len(below) <= SLOTS, "each trace has a slot of its own"


def test_style_fetches_only_our_own_files_and_has_every_slot():
    for name in THEMES:
        style = basemap_style(name, "fr", lambda path: f"/static/{path}")
        assert not {"glyphs", "sprite"} & set(style)
        urls = [source.get("data") or source["url"] for source in style["sources"].values()]
        assert all(url.startswith("/static/geo/") for url in urls)
        ids = [layer["id"] for layer in style["layers"]]
        assert len(set(ids)) == len(ids)
        assert {map.slot(i) for i in range(SLOTS)} <= set(ids)
        assert {layer["source"] for layer in style["layers"] if "source" in layer} == set(style["sources"])


@pytest.mark.parametrize("zoom", [3.5, FAR, 7.0, 8.49, 8.5, NEAR, 12.0])
def test_arrays_of_a_trace_are_of_one_length(columns, zoom):
    rng = random.Random(3)
    for size in (0, 1, 7, 60, 400):
        rows = rng.sample(everything(columns), min(size, len(everything(columns))))
        for trace in map.fill(columns, rows, state(zoom=zoom)):
            assert len({len(values) for values in trace.values()}) == 1


@pytest.mark.parametrize("zoom", [FAR, 7.0, NEAR, 11.0])
def test_every_event_is_drawn_once_or_named_as_off_the_map(columns, zoom):
    rows = everything(columns)
    drawn = [id for ids in filled(columns, rows, zoom=zoom)["discs"]["customdata"] for id in ids]
    off = map.off_map(columns, rows)
    away = [columns["events"]["id"][row] for row in (*off["country"], *off["beyond"])]
    assert sorted(drawn + away) == sorted(columns["events"]["id"])
    assert len(drawn) > len(away)


@pytest.mark.parametrize("place", ["kidal", "gao", "timbuktu", "bamako"])
def test_a_town_with_many_events_shows_them_all_when_near(columns, place):
    rows = rows_at(columns, place)
    assert len(rows) > 25
    near = filled(columns, rows, zoom=NEAR)
    spots = marks_of(near)
    assert len(spots) == len({(lat, lon) for lat, lon, _ in spots}) == len(rows)
    assert near["counts"]["text"] == []
    far = filled(columns, rows, zoom=FAR)
    assert far["counts"]["text"] == [str(len(rows))]
    assert marks_of(far) == []


def test_marks_of_a_sunflower_do_not_hide_each_other_and_start_inside():
    for count in (2, 3, 10, 35, 60, 200):
        rows = tuple(range(count))
        cluster = layout.Cluster(0, 100.0, 50.0, layout.spread_radius(count), rows, True)
        spots = layout.sunflower(cluster)
        away = [math.dist(spot, (100, 50)) for spot in spots]
        assert away == sorted(away), "the oldest inside"
        nearest = min(math.dist(a, b) for i, a in enumerate(spots) for b in spots[:i])
        assert nearest >= 13.5
        assert max(away) + layout.MARK <= cluster.radius + 1e-9


def test_clusters_hold_each_row_once_whatever_the_order():
    rng = random.Random(5)
    for _ in range(50):
        where = {p: (rng.uniform(0, 400), rng.uniform(0, 400)) for p in range(40)}
        at = {p: [p * 10 + i for i in range(rng.randrange(1, 9))] for p in where}
        shuffled = dict(rng.sample(list(at.items()), len(at)))
        for spread in (False, True):
            clusters = layout.arrange(at, where, spread)
            assert clusters == layout.arrange(shuffled, where, spread)
            rows = sorted(row for cluster in clusters for row in cluster.rows)
            assert rows == sorted(row for group in at.values() for row in group)
            centres = [(c.x, c.y) for c in clusters]
            assert all(math.dist(a, b) >= layout.MERGE for i, a in enumerate(centres) for b in centres[:i])


def test_labels_meet_neither_each_other_nor_marks():
    rng = random.Random(8)
    where = {p: (rng.uniform(0, 600), rng.uniform(0, 400)) for p in range(60)}
    wanted = [(p, "Ménaka"[: rng.randrange(2, 7)] * 2, p % 5 == 0, rng.uniform(3, 20)) for p in where]
    blocked = [(*where[p], clear) for p, _, _, clear in wanted]
    placed = layout.labels(wanted, where, blocked)
    texts = {p: text for p, text, _, _ in wanted}
    boxes = []
    for label in placed:
        size = layout.label_size(label.city)
        across, high = layout.text_width(texts[label.place]) * size / 2, size * layout.LINE / 2
        box = (label.x - across, label.y - high, label.x + across, label.y + high)
        assert not any(layout.meet(box, other) for other in boxes)
        assert not any(layout.touch(box, disc) for disc in blocked)
        boxes.append(box)
    assert 20 < len(placed) < 60


def test_ring_gives_each_side_its_share():
    beads = layout.ring(0, 0, 40, [("a", 3.0), ("b", 1.0)], 2.0)
    share = sum(side == "a" for _, _, side in beads) / len(beads)
    assert share == pytest.approx(0.75, abs=0.02)
    assert all(math.hypot(x, y) == pytest.approx(40) for x, y, _ in beads)


def ring_colours(columns, place: str, day: str) -> set[str]:
    """Colours of the beads around a town on a day, with no event shown."""
    traces = filled(columns, [], at=day_number(day), zoom=NEAR)
    index = columns["places"]["id"].index(place)
    lat, lon = columns["places"]["lat"][index], columns["places"]["lon"][index]
    rings = traces["rings"]
    return {
        colour
        for y, x, colour, size in zip(
            rings["lat"], rings["lon"], rings["marker.color"], rings["marker.size"], strict=True
        )
        if size == BEAD and abs(y - lat) < 0.05 and abs(x - lon) < 0.05
    }


def test_rings_of_towns_have_the_colours_of_their_holders(columns):
    sides = theme("light").sides
    assert ring_colours(columns, "gao", "2012-09-01") == {sides["jihadist"]}
    assert sides["jihadist"] not in ring_colours(columns, "gao", "2013-03-01")
    assert ring_colours(columns, "kidal", "2012-12-01") == {sides["jihadist"]}


def test_what_was_not_known_yet_changes_no_town(columns):
    early = day_number("2012-01-01")
    towns = map.holders(columns, day_number("2013-06-01"), early)
    assert {town["place"] for town in towns} == set(columns["control"]["place"])
    assert {town["state"] for town in towns} == {"unknown"}


def test_the_open_event_is_marked_near_and_far(columns):
    row = rows_at(columns, "kidal")[3]
    for zoom in (FAR, NEAR):
        traces = filled(columns, rows_at(columns, "kidal"), zoom=zoom, event=row)
        assert len(traces["open"]["lat"]) > 20, "a ring"
    assert filled(columns, rows_at(columns, "kidal"), zoom=NEAR)["open"]["lat"] == []


def test_imprecise_places_are_not_sharp(columns):
    events, geo = columns["events"], columns["terms"]["geo"]
    for name, kind in (("near", "near"), ("areas", "area")):
        at, _, _ = layout.seats(columns, everything(columns))
        vague = {p for p, rows in at.items() if any(geo[events["geo"][r]] == kind for r in rows)}
        assert filled(columns, everything(columns))[name]["lat"].count(None) == len(vague) > 0
    exact = [r for r in everything(columns) if geo[events["geo"][r]] == "exact"]
    sharp = filled(columns, exact)
    assert sharp["near"]["lat"] == sharp["areas"]["lat"] == []


def test_words_are_in_the_language(columns):
    french = filled(columns, everything(columns), lang="fr")
    english = filled(columns, everything(columns))
    assert "Tombouctou" in french["cities"]["text"]
    assert "Timbuktu" in english["cities"]["text"]
    assert any("événements" in text for text in french["discs"]["hovertext"])


def test_the_camera_shows_the_whole_box():
    for width, height in ((1000, 640), (390, 500), (1400, 300)):
        camera = map.view(map.HOME, width, height)
        x, y = map.world(camera["lon"], 0, camera["zoom"])[0], map.world(0, camera["lat"], camera["zoom"])[1]
        west, south, east, north = map.HOME
        left, top = map.world(west, north, camera["zoom"])
        right, bottom = map.world(east, south, camera["zoom"])
        assert right - x <= width / 2 + 1e-6
        assert x - left <= width / 2 + 1e-6
        assert bottom - y <= height / 2 + 1e-6
        assert y - top <= height / 2 + 1e-6


def test_world_and_back():
    for lon, lat in ((-8.0, 12.6), (0, 0), (179, -80), (1.41, 18.44)):
        assert map.unworld(*map.world(lon, lat, 7.3), 7.3) == pytest.approx((lon, lat))


def test_days_and_back():
    assert day_number("1970-01-01") == 0
    assert iso(day_number("2013-01-11")) == "2013-01-11"


def test_the_base_map_names_no_town_that_the_marks_always_name(columns):
    places = columns["places"]
    always = {places["name"][p] for p, kind in enumerate(places["kind"]) if kind in CITIES}
    always |= {places["name"][p] for p in columns["control"]["place"]}
    labels = layer("labels").to_dict("records")
    assert {label["n"] for label in labels if label["kind"] == "town"} & always == set()
    assert {label["kind"] for label in labels} == {"country", "region", "town", "river"}
    assert all(label["n"] and label["n_fr"] for label in labels)
