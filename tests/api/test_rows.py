"""The rows over HTTP: the View's, with validators, in every coding, for pages of any site."""

import csv
import gzip
import io
import json

import brotli
import pytest

from serval.export import kinds
from serval.selection import KEYS, Selection

FORMS = ["events.json", "events.csv", "events.geojson", "events.xlsx", "datapackage.zip", "figures.csv"]


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_is_served_as_it_is_made(client, kind: str):
    answer = client.get(f"/api/v1/{kind}?actor=mujao&place=gao")
    assert answer.status_code == 200
    assert answer.content_type == kinds.media(kind)
    assert answer.data


def test_events_are_those_of_the_view(client, record):
    view = record.select(Selection(actor=("france",), place=("gao",)))
    body = client.get("/api/v1/events.json?place=gao&actor=france").json
    assert [row["id"] for row in body["rows"]] == view.events["id"].tolist()
    assert (body["count"], body["total"]) == (view.n, len(record.events))
    assert body["query"] == "actor=france&place=gao"
    assert (body["version"], body["licence"]) == (record.version, "CC-BY-4.0")
    assert body["rows"][0]["url"].startswith("http://localhost/event/")


def test_all_is_the_whole_record(client, record):
    body = client.get("/api/v1/events.json?scope=all&actor=france").json
    assert body["count"] == body["total"] == len(record.events)
    text = client.get("/api/v1/sources.csv?scope=all").data.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == len(record.sources) + 1


@pytest.mark.parametrize("kind", FORMS)
def test_etag_is_strong_and_spares_the_work(client, kind: str, monkeypatch: pytest.MonkeyPatch):
    path = f"/api/v1/{kind}?actor=mujao"
    answer = client.get(path)
    tag = answer.headers["ETag"]
    assert tag.startswith('"')
    monkeypatch.setattr(kinds, "make", lambda *_: pytest.fail("the rows were made"))
    for given in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(path, headers={"If-None-Match": given})
        assert again.status_code == 304
        assert again.headers["ETag"] == tag
        assert not again.data


def test_etag_differs_with_query_form_scope_and_coding(client):
    paths = [
        "events.csv",
        "events.json",
        "events.csv?actor=france",
        "events.csv?scope=all",
        "events.csv?lang=fr",
    ]
    tags = [client.get(f"/api/v1/{path}").headers["ETag"] for path in paths]
    tags += [
        client.get("/api/v1/events.csv", headers={"Accept-Encoding": coding}).headers["ETag"]
        for coding in ("br", "gzip")
    ]
    assert len(set(tags)) == len(tags)
    same = ("place=gao&actor=france", "actor=france&place=gao", "actor=france,france&place=gao&q=")
    assert len({client.get(f"/api/v1/events.csv?{query}").headers["ETag"] for query in same}) == 1


@pytest.mark.parametrize(("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
@pytest.mark.parametrize("kind", ["events.json", "events.csv", "events.geojson"])
def test_texts_are_compressed(client, kind: str, coding: str, unpack):
    plain = client.get(f"/api/v1/{kind}")
    packed = client.get(f"/api/v1/{kind}", headers={"Accept-Encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    assert plain.vary.as_set() == packed.vary.as_set() == {"accept-encoding"}
    assert unpack(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3


@pytest.mark.parametrize("kind", FORMS)
def test_head_says_what_get_says(client, kind: str):
    path = f"/api/v1/{kind}?actor=mujao"
    got, head = client.get(path), client.head(path)
    assert not head.data
    assert _said(head) == _said(got)


def _said(answer) -> dict[str, str]:
    """The headers, but for the number of the request."""
    return {name: value for name, value in answer.headers if name != "X-Request-Id"}


def test_headers_name_file_licence_and_canonical_address(client, record):
    headers = client.get("/api/v1/events.csv?place=gao&actor=france").headers
    version = record.version
    name = f"serval-events-{version}-2012-12-20-to-2013-08-31-filtered.csv"
    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert '</api/v1/events.csv?actor=france&place=gao>; rel="canonical"' in headers["Link"].replace(
        "http://localhost", ""
    )
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in headers["Link"]
    assert headers["Cache-Control"] == "public, no-cache"


def test_the_address_of_the_site_is_the_one_set(client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SERVAL_BASE_URL", "https://serval.example/")
    body = client.get("/api/v1/events.json?place=gao").json
    assert body["rows"][0]["url"] == f"https://serval.example/event/{body['rows'][0]['id']}"


@pytest.mark.parametrize("path", ["", "openapi.json", "events.json", "events.csv?actor=nobody", "none"])
def test_pages_of_any_site_may_read(client, path: str):
    headers = client.get(f"/api/v1/{path}", headers={"Origin": "https://other.example"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers


def test_preflight(client):
    answer = client.options("/api/v1/events.json", headers={"Access-Control-Request-Method": "GET"})
    assert answer.status_code == 200
    assert set(answer.headers["Access-Control-Allow-Methods"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_bad_value_is_named(client):
    answer = client.get("/api/v1/events.json?from=yesterday&actor=france,frnace&wdth=3")
    body = json.loads(answer.data)
    assert answer.status_code == body["status"] == 400
    assert answer.content_type == "application/problem+json"
    assert body["type"] == "http://localhost/api/v1/#bad-parameter"
    assert (body["key"], body["value"]) == ("from", "yesterday")
    assert body["allowed"] == "expected a day as YYYY-MM-DD"
    assert [error["key"] for error in body["errors"]] == ["from", "actor", "wdth"]
    assert body["errors"][1]["value"] == "frnace"
    assert all(f"{key.key}," in body["errors"][2]["allowed"] for key in KEYS)
    assert all(error["key"] in body["detail"] for error in body["errors"])


@pytest.mark.parametrize(
    "query", ["scope=some", "scope=all&scope=shown", "from=2013-05-01&to=2013-04-01", "zoom=99"]
)
def test_other_bad_values(client, query: str):
    answer = client.get(f"/api/v1/events.csv?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["events.xml", "events", "vocabulary.json", "actors.geojson", "a/b.csv", "%00.csv"]
)
def test_what_is_not_there_is_said_in_json(client, path: str):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert json.loads(answer.data)["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client, method: str):
    answer = getattr(client, method)("/api/v1/events.json")
    assert answer.status_code == 405
    assert answer.content_type == "application/problem+json"
    assert "GET" in answer.headers["Allow"]


def test_index_leads_to_everything(client):
    body = client.get("/api/v1/").json
    assert list(body["kinds"]) == list(kinds.KINDS)
    assert client.get(body["description"].removeprefix("http://localhost")).status_code == 200
    for name in ("bad-parameter", "not-offered", "not-found", "method-not-allowed"):
        assert name in body["problems"]
    assert client.get("/api/v1").location.endswith("/api/v1/")


def test_pages_keep_their_own_errors(client):
    assert client.get("/nothing").content_type.startswith("text/html")
