"""/cite over HTTP: media types, file names, validators, and what it refuses."""

import json

import pytest

EVENT = "2013-02-22-tigharghar-chadian-battle"
TYPES = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}


@pytest.mark.parametrize(("form", "media"), TYPES.items())
def test_each_form(client, record, form: str, media: str):
    answer = client.get(f"/cite.{form}?actor=mujao&lang=fr&accessed=2027-05-03")
    assert (answer.status_code, answer.content_type) == (200, media)
    assert f'filename="serval-{record.version}-view.{form}"' in answer.headers["Content-Disposition"]
    assert record.hash[:12] in answer.text
    again = client.get(answer.request.full_path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert client.head(f"/cite.{form}").status_code == 200


def test_what_is_cited(client, record):
    view, event, figure, chart = (
        client.get("/cite.txt", query_string={"lang": "en", **given}).text.rstrip()
        for given in (
            {},
            {"event": EVENT},
            {"event": EVENT, "figure": "killed.of-chad"},
            {"panel": "troops"},
        )
    )
    assert view.startswith("Serval: a curated record")
    assert f"/event/{EVENT}?v={record.version} " in f"{event} "
    assert figure.endswith("#figure-killed.of-chad")
    assert chart.startswith("“Troops over time”")


def test_the_language_is_the_browsers_where_none_is_chosen(client):
    answer = client.get("/cite.txt", headers={"Accept-Language": "fr"})
    assert "événements" in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("actor=nobody_known", "actor"),
        ("figure=killed", "figure"),
        (f"event={EVENT}&figure=killed.of-x", "figure"),
        ("panel=none", "panel"),
        ("accessed=today", "accessed"),
        ("accessed=2027-02-30", "accessed"),
        ("form=apa", "form"),
    ],
)
def test_what_cannot_be_used_is_refused_and_named(client, query: str, key: str):
    answer = client.get(f"/cite.json?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    problem = json.loads(answer.text)
    assert problem["key"] == key
    assert problem["allowed"]
