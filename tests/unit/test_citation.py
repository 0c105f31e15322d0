"""Citations and calls for correction name what was seen: id, version, content, address."""

import pytest

from serval import jsonld
from serval.export import citation
from serval.record import HOME
from serval.selection import Selection

BASE = "http://example.test"
EVENT = "2013-01-26-gao-retaken"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_citation_names_all_that_finds_the_event_again(record, lang: str):
    text = citation.event(record, EVENT, lang, BASE)
    row = record.events.set_index("id").loc[EVENT]
    title = row["title_fr"] if lang == "fr" else row["title"]
    for part in (title, "2013", record.version, record.hash[:12], f"{BASE}/event/{EVENT}"):
        assert part in text
    assert str(row["n_sources"]) in text
    assert "{" not in text


def test_a_call_for_correction_has_id_version_and_fields(record):
    text = citation.correction(record, "event", EVENT, "en", BASE)
    for part in (f"id: {EVENT}", record.version, record.hash[:12], "Field:", "It should say:"):
        assert part in text


def test_the_link_of_a_view_reopens_it_with_its_version_and_language(record):
    chosen = Selection(actor=("mujao",), tab="control", theme="dark")
    link = citation.view_link(record.select(chosen), "fr", BASE)
    assert link.startswith(f"{BASE}/?")
    again = Selection.parse(link.partition("?")[2])
    assert again == chosen.with_(theme=None, lang="fr", v=record.version)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_version_line_has_version_day_and_content(record, lang: str):
    line = citation.version_line(record, lang)
    for part in (record.version, record.released[:4], record.hash[:12]):
        assert part in line


def test_the_licence_is_that_of_the_data_folder(record):
    text = (HOME / "LICENSE").read_text()
    licence = citation.licence(record)
    assert licence.url in text
    assert licence.name in text.replace("\n", " ")


def nodes(found) -> dict[str, dict]:
    assert found["@context"] == "https://schema.org"
    return {node["@type"]: node for node in found["@graph"]}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_event_in_the_words_of_schema_org(record, lang: str):
    for row in record.events.to_dict("records"):
        found = nodes(jsonld.event(record, row["id"], lang, BASE))
        page, event = found["WebPage"], found["Event"]
        assert (event["startDate"], event["endDate"]) == (row["date_start"], row["date_end"])
        assert page["temporalCoverage"].split("/")[0] == row["date_start"]
        assert page["inLanguage"] == lang
        assert page["mainEntity"]["@id"] == event["@id"]
        assert len(page["citation"]) == row["n_sources"]
        kinds = {place["@type"] for place in event["location"]}
        assert kinds == ({"Country"} if row["geo_precision"] == "country" else {"Place"})
        for place in event["location"]:
            exact = row["geo_precision"] == "exact"
            if "geo" in place:
                assert place["geo"]["@type"] == ("GeoCoordinates" if exact else "GeoCircle")


def test_every_actor_in_the_words_of_schema_org(record):
    for row in record.actors.to_dict("records"):
        found = nodes(jsonld.actor(record, row["id"], "en", BASE))
        about = found["Person" if row["kind"] == "person" else "Organization"]
        assert about["name"] == row["name"]
        assert all(about.values())


def test_leaders_and_their_groups_name_one_another(record):
    group = record.actors.dropna(subset="leaders").iloc[0]
    leader = group["leaders"].split(";")[0]
    members = nodes(jsonld.actor(record, group["id"], "en", BASE))["Organization"]["member"]
    assert f"{BASE}/actor/{leader}#actor" in {node["@id"] for node in members}
    person = nodes(jsonld.actor(record, leader, "en", BASE))["Person"]
    assert f"{BASE}/actor/{group['id']}#actor" in {node["@id"] for node in person["memberOf"]}
