"""Links that name a version, over HTTP: the same bytes as long as it is kept, and a word where it is old."""

from pathlib import Path

import pytest

from components.context import context
from components.data import urls
from components.header import words
from serval import record
from tests import versions
from tests.versions import ADDED, CHANGED, NEW, OLD, REMOVED

ROUTES = [
    "/api/v1/events.csv",
    "/api/v1/events.json",
    "/api/v1/events.geojson",
    "/api/v1/events.xlsx",
    "/api/v1/datapackage.zip",
    "/api/v1/figures.csv",
    "/api/v1/sources.json",
    "/cite.txt",
    "/cite.bib",
    "/cite.json",
    "/figure/timeline.json",
]
WHOLE = "from=2012-01-01&to=2014-12-31&lang=en"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = versions.first(tmp_path / "data")
    monkeypatch.setenv("SERVAL_DATA", str(folder))
    return folder


def go_on(home: Path) -> None:
    """The record gets its second version, as a new start of the server reads it."""
    versions.second(home)
    record._load.cache_clear()


@pytest.mark.parametrize("route", ROUTES)
def test_a_link_with_a_version_gives_the_same_bytes_later(client, home: Path, route: str):
    pinned, plain = f"{route}?{WHOLE}&v={OLD}", f"{route}?{WHOLE}"
    before = client.get(pinned)
    assert before.status_code == 200
    go_on(home)
    assert client.get(pinned).data == before.data
    assert client.get(plain).data != before.data


def test_a_version_that_is_not_kept_is_a_fault_that_names_those_that_are(client, home: Path):
    go_on(home)
    answer = client.get("/api/v1/events.json?v=7.0.0")
    assert answer.status_code == 400
    assert answer.get_json()["key"] == "v"
    assert answer.get_json()["allowed"].endswith(f"one of {OLD}, {NEW}")


def test_the_page_of_an_old_version(home: Path):
    go_on(home)
    page = context(f"v={OLD}&{WHOLE}")
    assert REMOVED in page.view.events["id"].tolist()
    said = words(page)["active"]
    assert f"/changes?since={OLD}" in said
    assert f"version {NEW}" in said
    newest = WHOLE.replace("&", "&amp;")
    assert f'href="/?{newest}"' in said, "the link to the newest data"
    assert f'id="reset" href="/?lang=en&amp;v={OLD}"' in said, "a reset keeps the version"
    assert "/changes" not in words(context(f"v={NEW}"))["active"]
    assert "/changes" not in words(context(""))["active"]


def test_the_page_says_that_a_version_is_not_kept(home: Path):
    go_on(home)
    page = context("v=7.0.0")
    assert page.record is record.load()
    assert "not a version that is kept" in words(page)["active"]


def test_the_browser_gets_the_data_of_the_version(client, home: Path):
    go_on(home)
    named = urls(context(f"v={OLD}").record)
    assert named == {name: f"/releases/{OLD}/{name}.json" for name in ("columns", "search")}
    events = client.get(named["columns"]).get_json()["events"]["id"]
    assert REMOVED in events
    assert ADDED not in events
    assert client.get(named["search"]).status_code == 200
    assert client.get("/releases/7.0.0/columns.json").status_code == 404
    assert client.get(f"/releases/{OLD}/other.json").status_code == 404


def test_plain_pages_of_an_old_version(client, home: Path):
    go_on(home)
    assert client.get(f"/event/{REMOVED}").status_code == 404
    old = client.get(f"/event/{REMOVED}?v={OLD}").text
    assert f"/changes?since={OLD}" in old
    assert f"v={OLD}" in client.get(f"/event/{CHANGED}?v={OLD}").text
    assert "not a version that is kept" in client.get("/about?v=7.0.0").text


def test_what_changed(client, home: Path):
    go_on(home)
    page = client.get(f"/changes?since={OLD}&lang=en").text
    for found in (ADDED, "Fight for Konna", "Fighting for Konna", "Talks held abroad", "1 event added"):
        assert found in page
    assert f'href="/releases/{OLD}.zip"' in page
    assert "not yet released" in page
    assert "is not kept" in client.get("/changes?since=7.0.0&lang=en").text
    assert "Nothing differs" in client.get(f"/changes?since={NEW}&lang=en").text
    assert '<h2 id="differences">' not in client.get("/changes?lang=en").text


def test_a_release_is_given_as_it_is_kept(client, home: Path):
    answer = client.get(f"/releases/{OLD}.zip")
    assert answer.data == (home / "releases" / f"{OLD}.zip").read_bytes()
    assert answer.mimetype == "application/zip"
    assert f"serval-{OLD}.zip" in answer.headers["Content-Disposition"]
    known = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(f"/releases/{OLD}.zip", headers=known).status_code == 304
    assert client.get("/releases/..%2Fsecret.zip").status_code == 404
    assert client.get("/releases/7.0.0.zip").status_code == 404
