"""The control strip: its template, its arrays on chosen days, and its words."""

import pytest

from serval import columns as columns_file
from serval.figures import axis, control
from serval.figures.days import day_number, iso
from serval.figures.style import THEMES, contrast, theme
from serval.selection import Selection
from serval.turns import sum_up, turns


@pytest.fixture(scope="module")
def columns(record):
    return columns_file.build(record)


def state(**more):
    plain = {
        "from": day_number("2012-12-20"),
        "to": day_number("2013-08-31"),
        "known": None,
        "places": None,
        "lang": "en",
        "theme": "light",
    }
    return plain | more


def at(columns, *places: str) -> list[int]:
    return [columns["places"]["id"].index(place) for place in places]


def arrays(columns, **more) -> dict[str, dict[str, list]]:
    names = [*control.FIXED, *columns["terms"]["sides"]]
    return dict(zip(names, control.fill(columns, state(**more)), strict=True))


def bars(columns, trace: dict[str, list]) -> list[tuple[str, str, float, float]]:
    """(first day, day after the last, top, bottom) of each bar."""
    rows = zip(*(trace[key] for key in ("base", "x", "y", "offset", "width")), strict=True)
    return [
        (base, iso(day_number(base) + x // control.DAY), round(y + offset, 3), round(y + offset + width, 3))
        for base, x, y, offset, width in rows
    ]


def test_every_array_has_a_trace_that_is_empty_in_the_template(columns):
    traces = control.template("light", columns["terms"]["sides"])["data"]
    filled = control.fill(columns, state())
    assert len(traces) == len(filled)
    for trace, arrays in zip(traces, filled, strict=True):
        for path in arrays:
            part = trace
            for key in path.split("."):
                part = part[key]
            assert part == [], path


@pytest.mark.parametrize("name", THEMES)
def test_names_on_a_side_can_be_read(name):
    look = theme(name)
    assert all(contrast(look.on(side), look.side(side)) >= 4.5 for side in look.sides)


def test_towns_stand_by_region_from_the_north(columns):
    rows = control.lanes(columns, state())["ticktext"]
    assert rows[0] == "In Khalil"
    assert rows.index("Kidal") < rows.index("Gao") < rows.index("Timbuktu") < rows.index("Konna")
    assert rows[-1] == "Diabaly"
    french = control.lanes(columns, state(lang="fr", places=at(columns, "timbuktu")))
    assert french == {"range": [0.5, -0.5], "tickvals": [0], "ticktext": ["Tombouctou"]}


def test_two_sides_of_one_bloc_are_halves_and_a_change_slopes_between(columns):
    found = arrays(columns, places=at(columns, "gao"))
    first, last = (iso(day) for day in axis.span(state()["from"], state()["to"]))
    assert bars(columns, found["held"]) == [
        (first, "2013-01-25", -0.4, 0.4),
        ("2013-01-27", last, -0.4, 0.0),
        ("2013-01-27", last, 0.0, 0.4),
    ]
    look = theme("light")
    jihadist, france, mali = (look.side(s) for s in ("jihadist", "intervention_coalition", "malian_state"))
    assert found["held"]["marker.color"] == [jihadist, france, mali]
    assert found["contested"]["base"] == found["empty"]["base"] == []
    before = found["jihadist"]
    assert before["x"] == [
        "2013-01-25T00:00",
        "2013-01-25T00:00",
        "2013-01-27T00:00",
        "2013-01-25T00:00",
        None,
    ]
    assert before["y"] == [-0.4, -0.4, 0.4, 0.4, None]
    after = found["malian_state"]
    assert after["x"] == [
        "2013-01-26T00:00",
        "2013-01-27T00:00",
        "2013-01-27T00:00",
        "2013-01-27T00:00",
        None,
    ]


def test_a_contested_town_is_striped_with_the_colours_of_both(columns):
    striped = arrays(columns, places=at(columns, "kidal"))["contested"]
    look = theme("light")
    assert set(striped["marker.pattern.fgcolor"]) == {look.side("tuareg_nationalist")}
    assert look.side("intervention_coalition") in striped["marker.pattern.bgcolor"]


def test_unknown_is_a_line_and_nobody_an_outline(columns):
    found = arrays(columns, places=at(columns, "ber"))
    assert bars(columns, found["held"])[0][2:] == (-0.06, 0.06)
    assert [bar[0] for bar in bars(columns, found["empty"])] == ["2013-05-05"]


def test_a_name_stands_where_one_colour_lies_under_it(columns):
    names = arrays(columns, places=at(columns, "gao", "timbuktu"), lang="fr")["words"]
    assert names["text"] == ["Ansar Dine + Aqmi", "MUJAO"]
    assert names["insidetextfont.color"] == [theme("light").on("jihadist")] * 2


def test_a_change_not_yet_known_is_not_drawn(columns):
    found = arrays(columns, places=at(columns, "gao"), known=day_number("2013-01-20"))
    assert [what[0] for what in found["touch"]["customdata"]][-1] == "2012-06-26-gao-battle"


def test_turns_begin_with_what_was_so_before(record):
    view = record.select(Selection(place=("gao",)))
    first, second = turns(view, "en")
    assert (first.event, first.first) == ("2012-06-26-gao-battle", True)
    assert (second.event, second.start, second.end) == ("2013-01-26-gao-retaken", "2013-01-25", "2013-01-27")
    assert (second.before, second.after, second.row) == (["mujao"], ["france", "mali_army"], 0)
    assert second.sources >= second.independent >= 1
    assert len(second.publishers) == len(set(second.publishers)) <= second.sources


def test_turns_know_no_source_of_later(record):
    view = record.select(Selection(place=("gao",), known="2013-01-28"))
    late = list(record.sources["date"][record.sources["date"] > "2013-01-28"])
    assert late
    assert turns(view, "en")[-1].sources < turns(record.select(Selection(place=("gao",))), "en")[-1].sources


def test_the_sum_counts_every_town_once(record):
    for day in ("2012-01-10", "2012-06-27", "2013-01-26", "2014-08-31"):
        summed = sum_up(record.select(Selection(at=day)))
        counts = [n for _, n in summed.held]
        assert sum(counts) + summed.contested + summed.changing + summed.nobody + summed.unknown == summed.n
        assert counts == sorted(counts, reverse=True)
    assert sum_up(record.select(Selection(place=("bamako",)))).n == 0
