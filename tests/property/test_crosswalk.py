"""Any view as rows of another data set: no event is lost, the header is theirs, every other loss is told."""

import csv
import io
import re
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serval.export import crosswalk
from serval.export.crosswalk.names import COUNTRIES, SUB_EVENTS
from serval.figure_keys import keyed
from serval.lookup import Lookup, grouped, plain
from serval.selection import Selection
from tests.random_selections import DAYS, ranges, selections

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,"
    "inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,"
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
UCDP = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,"
    "high,low,gwnoa,gwnob"
)
HXL = (
    "event_id_cnty,event_date,event_type,actor1,assoc_actor_1,actor2,assoc_actor_2,region,country,iso,admin1,"
    "admin2,admin3,location,latitude,longitude,source,notes,fatalities"
)
SETTING = settings(deadline=None, max_examples=6)
HEADERS = {"acled": ACLED, "ucdp": UCDP, "hxl": HXL}
ID = {"acled": "tags", "ucdp": "source_article", "hxl": "event_id_cnty"}
THEIRS = {
    "acled": ("event_id_cnty", "timestamp"),
    "ucdp": tuple(n for n in UCDP.split(",") if re.search(r"(^|_)id$|^(rel|conflict|dyad|gwno|prio)", n)),
}


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def told_by_field(losses) -> dict[tuple[str, str], list[str]]:
    told = defaultdict(list)
    for loss in losses:
        told[loss.event, loss.field].append(loss.lost)
    return told


@pytest.mark.parametrize("kind", crosswalk.KINDS)
@given(data=st.data())
@SETTING
def test_every_event_has_a_row_under_their_header(either, kind: str, data):
    view = either.select(data.draw(selections(either)))
    made = crosswalk.make(view, kind)
    rows, losses = (read(content) for content in crosswalk.files(made, kind).values())
    assert ",".join(rows[0]) == HEADERS[kind]
    assert losses[0] == ["event", "field", "lost", "why"]
    body = rows[2:] if kind == "hxl" else rows[1:]
    if kind == "hxl":
        assert all(tag.startswith("#") for tag in rows[1])
    place = rows[0].index(ID[kind])
    ids = view.events["id"].tolist()
    assert len(body) == len(ids)
    for row, id in zip(body, ids, strict=True):
        assert re.search(rf"(^|serval:){id}(;|$)", row[place])
        assert len(row) == len(rows[0])
        assert all(not row[rows[0].index(name)] for name in THEIRS.get(kind, ()))
    assert {loss[0] for loss in losses[1:]} <= set(ids)


@pytest.mark.parametrize("kind", crosswalk.KINDS)
@given(data=st.data())
@SETTING
def test_what_is_dropped_is_told(either, kind: str, data):
    view = either.select(data.draw(selections(either)))
    made, look = crosswalk.make(view, kind), Lookup.of(either)
    known, told = set(view.event_sources["source"]), told_by_field(made.losses)
    changes, places = Counter(either.changes["event"]), Counter(view.event_places["event"])
    roles = grouped(plain(view.event_actors), "event")
    typed = "event_type" if kind == "hxl" else crosswalk.TYPED[kind]
    for row, event in zip(made.rows, plain(view.events), strict=True):
        id = event["id"]
        assert told[id, "status"] == [event["status"]]
        assert told[id, "dispute"] == [text for text in [event["dispute"]] if text]
        assert len(told[id, "control"]) == changes[id]
        assert len(told[id, "place"]) == places[id] - 1
        keys = {text.partition(":")[0] for text in told[id, "figures"]}
        for key, figure in keyed(look.parts["figures"].get(id, [])).items():
            if figure["source"] and figure["source"] not in known:
                assert key not in keys
            elif kind != "ucdp" or figure["kind"] != "killed" or not figure["counts_in_total"]:
                assert key in keys
        named = "; ".join(str(value) for value in row.values())
        for part in roles[id]:
            name = look.actor(part["actor"], "en")
            assert f"{name}: {part['role']}" in told[id, "actors"] or name in named
        if kind != "ucdp":
            assert (event["date_start"] == event["date_end"]) == (not told[id, "date_end"])
        if row[typed] is None:
            assert told[id, "sub_event_type" if kind == "hxl" else typed]


@given(data=st.data())
@SETTING
def test_the_dead_are_those_of_the_totals(either, data):
    view = either.select(data.draw(selections(either)))
    rows = crosswalk.make(view, "ucdp").rows
    total = view.totals[(view.totals["kind"] == "killed") & view.totals["of"].isna()]
    for name in ("low", "high"):
        assert sum(row[name] or 0 for row in rows) == (int(total[name].iloc[0]) if len(total) else 0)
    for row in rows:
        parts = [row[name] for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
        if row["best"] is not None:
            assert sum(n or 0 for n in parts) == row["best"]
            assert row["low"] <= row["best"] <= row["high"]


@given(data=st.data())
@SETTING
def test_codes_are_of_their_lists(either, data):
    view = either.select(Selection(**data.draw(ranges(DAYS))))
    for row in crosswalk.make(view, "acled").rows:
        assert row["sub_event_type"] in {None, *SUB_EVENTS.get(row["event_type"], [])}
        assert {row["inter1"], row["inter2"]} <= {None, 1, 2, 7, 8}
        assert row["time_precision"] in (1, 2, 3)
        assert row["geo_precision"] in (1, 2, 3)
    for row in crosswalk.make(view, "ucdp").rows:
        assert row["type_of_violence"] in (None, 1, 2, 3)
        assert row["event_clarity"] in (1, 2)
        assert row["where_prec"] in (1, 2, 4, 6)
        assert (row["latitude"] is None) == (row["where_prec"] == 6) == (row["geom_wkt"] is None)


def test_every_country_of_the_record_has_its_codes(record):
    assert set(record.places["country"]) <= set(COUNTRIES)


def test_french_and_chadian_troops_are_external_and_the_malian_army_is_the_state(record):
    whole = record.select(Selection(from_="2012-01-01", to="2014-12-31"))
    names = {"france": 8, "chad": 8, "mali_army": 1, "mujao": 2, "civilians": 7}
    look = Lookup.of(record)
    wanted = {look.actor(id, "en"): code for id, code in names.items()}
    seen = set()
    for row in crosswalk.make(whole, "acled").rows:
        for n in "12":
            if row[f"actor{n}"] in wanted:
                assert row[f"inter{n}"] == wanted[row[f"actor{n}"]]
                seen.add(row[f"actor{n}"])
    assert seen == set(wanted)
