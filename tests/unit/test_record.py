"""The record of data/: whole, valid, and able to answer with its sources."""

import hashlib
import os
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from serval import control
from serval.record import Record, content_hash, home, load, validate

TOWNS = [
    *("gao", "timbuktu", "kidal", "konna", "diabaly", "douentza", "hombori", "ansongo", "bourem"),
    *("lere", "niafunke", "goundam", "menaka", "tessalit", "aguelhok", "anefis", "in_khalil"),
]


def test_the_record_is_valid():
    assert validate() == []


@pytest.mark.parametrize(
    ("table", "least"), [("events", 380), ("actors", 160), ("troops", 200), ("places", 90), ("figures", 600)]
)
def test_nothing_went_missing(record: Record, table: str, least: int):
    assert len(getattr(record, table)) >= least


def test_sources_cited(record: Record):
    assert record.event_sources["source"].nunique() >= 450


def test_every_event_has_its_french(record: Record):
    events = record.events
    assert events[events["title_fr"].isna() | events["summary_fr"].isna()]["id"].tolist() == []
    assert events[events["dispute"].notna() & events["dispute_fr"].isna()]["id"].tolist() == []


@pytest.mark.parametrize(
    ("table", "key"), [("figures", "note"), ("troops", "note"), ("actors", "strength_note")]
)
def test_every_note_has_its_french(record: Record, table: str, key: str):
    rows = getattr(record, table)
    assert (rows[key].notna() == rows[f"{key}_fr"].notna()).all()


def test_every_mark_has_a_place(record: Record):
    drawn = record.events[record.events["geo_precision"] != "country"]
    assert drawn[["lat", "lon"]].notna().all(axis=None)


def test_version_and_hash(record: Record):
    assert record.version.count(".") == 2
    assert date.fromisoformat(record.released)
    assert record.hash == content_hash(home())
    assert len(record.hash) == 64


def test_a_record_is_loaded_once():
    assert load() is load(home())


@pytest.mark.parametrize("town", TOWNS)
def test_a_towns_holders_cover_the_record(record: Record, town: str):
    assert (record.changes["place"] == town).any()
    spells = record.control[record.control["place"] == town]
    first, last = record.events["date_start"].min(), record.events["date_end"].max()
    assert spells["changed_from"].iloc[0] == first
    assert spells["end"].iloc[-1] == last
    for end, begins in zip(spells["end"][:-1], spells["changed_from"][1:], strict=True):
        assert begins == (date.fromisoformat(end) + timedelta(1)).isoformat()
    assert (spells["changed_from"] <= spells["start"]).all()


def test_every_change_of_control_is_by_an_event_with_sources(record: Record):
    events = record.events.set_index("id")
    assert (events.loc[record.changes["event"], "n_sources"] > 0).all()


def holders(record: Record, town: str, day: str) -> pd.Series:
    towns = control.frame_of(control.towns_on(control.chains(record.changes), record.bloc_of, day))
    return towns.set_index("place").loc[town]


@pytest.mark.parametrize(
    ("day", "held", "state", "event"),
    [
        ("2013-01-27", "ansar_dine", "held", "2012-06-07-kidal-ansar-dine-sole"),
        ("2013-01-29", "france;mnla;mia", "changing", "2013-01-29-kidal-airport-secured"),
        ("2013-01-30", "france;mnla;mia", "contested", "2013-01-29-kidal-airport-secured"),
        ("2013-01-31", "france;mnla;mia", "contested", "2013-01-29-kidal-airport-secured"),
    ],
)
def test_who_held_kidal(record: Record, day: str, held: str, state: str, event: str):
    town = holders(record, "kidal", day)
    assert (town["holders"], town["state"], town["event"]) == (held, state, event)
    if state == "changing":
        assert town["before"] == "mnla;mia"
    assert record.events.set_index("id").loc[event, "n_independent"] >= 2


def independent_key_of(record: Record, source: str) -> str:
    return record.sources.set_index("id").loc[source, "independent"]


def test_french_soldiers_in_mali_around_20_january(record: Record):
    troops = record.troops.merge(record.sources, left_on="source", right_on="id", suffixes=("", "_source"))
    french = troops[(troops["actor"] == "france") & (troops["kind"] == "deployed")]
    around = french[french["date"].between("2013-01-19", "2013-01-21")]
    here = around[around["scope"] == "country"]
    assert set(zip(here["date"], here["best"], strict=True)) == {("2013-01-19", 2000), ("2013-01-21", 2150)}
    staff = here[here["independent"] == independent_key_of(record, "french-ministry-of-defence-2013-01-19")]
    assert set(staff["date"]) == {"2013-01-19", "2013-01-21"}
    assert set(staff["kind_source"]) == {"official"}
    assert staff["url"].notna().all()
    # Those at bases around Mali stand apart, so that 2,000 is never read as 2,900 or the other way round.
    wider = around[around["scope"] == "theatre"]
    assert set(wider["best"]) >= {2800, 2900}


@pytest.mark.parametrize(
    ("event", "start", "end", "days"),
    [
        ("2013-01-26-gao-retaken", "2013-01-25", "2013-01-27", ["25th", "26 January", "27th"]),
        ("2013-01-21-diabaly-retaken", "2013-01-18", "2013-01-21", ["18 January", "19th", "21 January"]),
        (
            "2013-01-18-konna-retaken",
            "2013-01-11",
            "2013-01-18",
            ["11 January", "12 January", "17th", "18th"],
        ),
    ],
)
def test_dates_given_for_three_towns(record: Record, event: str, start: str, end: str, days: list[str]):
    row = record.events.set_index("id").loc[event]
    assert (row["date_start"], row["date_end"]) == (start, end)
    assert all(day in row["dispute"] for day in days)
    assert row["n_independent"] >= 2


def test_what_chad_lost_on_22_february_and_by_whose_count(record: Record):
    rows = record.figures[record.figures["event"] == "2013-02-22-tigharghar-chadian-battle"]
    dead = rows[(rows["kind"] == "killed") & (rows["of"] == "chad")]
    (total,) = dead[dead["counts_in_total"]][["low", "best", "high"]].to_numpy().tolist()
    assert total == [26, 26, 46]
    claims = dead[~dead["counts_in_total"]]
    official = claims[claims["claimed_by"] == "chad"]
    assert official["best"].tolist() == [13, 23, 25, 26]
    assert {42, 46} <= set(claims[claims["claimed_by"].isna()]["best"])
    assert claims["source"].notna().all()
    assert set(claims["source"]) <= set(record.sources["id"])


def test_the_1400_chadians_have_rival_rows(record: Record):
    rows = record.figures[record.figures["event"] == "2013-01-30-chadians-called-to-kidal"]
    rivals = rows[rows["best"] == 1400]
    assert rivals["source"].tolist() == ["time-2013-01-31", "french-ministry-of-defence-2013-01-29"]
    assert rivals["note"].str.contains("Kidal").tolist() == [True, False]
    assert not rows["counts_in_total"].any()
    in_troops = record.troops[(record.troops["actor"] == "chad") & (record.troops["best"] == 1400)]
    assert dict(zip(in_troops["scope"], in_troops["source"], strict=True)) == {
        "theatre": "french-ministry-of-defence-2013-01-29", "town": "time-2013-01-31",
    }  # fmt: skip


def test_rival_rows_of_a_counted_total_are_not_counted_twice(record: Record):
    losses = record.figures[record.figures["kind"].isin(["killed", "wounded", "captured"])]
    counted = losses[losses["counts_in_total"] & losses["of"].notna()]
    same = counted[counted.duplicated(["event", "kind", "of"], keep=False)]
    # Several counted rows of one actor must be of different people, which their notes say.
    assert same[same["note"].isna()]["event"].unique().tolist() == []


def test_evidence_is_of_the_seed_article(record: Record):
    assert set(record.evidence["source"]) == {"time-2013-01-31"}
    assert len(record.evidence) >= 30
    source = record.sources.set_index("id").loc["time-2013-01-31"]
    assert source["text_chars"] == 7102


def test_evidence_spans_against_the_text(record: Record):
    shared = os.environ.get("SERVAL_SHARED")
    if not shared:
        pytest.skip("SERVAL_SHARED is not set: the article's text is not shipped")
    text = (Path(shared) / "seed" / "time-2013-01-31.txt").read_bytes()
    source = record.sources.set_index("id").loc["time-2013-01-31"]
    assert hashlib.sha256(text).hexdigest() == source["text_sha256"]
    chars = text.decode("utf-8")
    assert len(chars) == source["text_chars"]
    for start, end, sha256 in record.evidence[["start", "end", "sha256"]].itertuples(index=False):
        assert hashlib.sha256(chars[start:end].encode()).hexdigest() == sha256
