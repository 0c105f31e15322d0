"""The plain pages: events, actors, about; in both languages, without script, with addresses that hold."""

import json
import re
from html.parser import HTMLParser

import pytest

EVENT = "2013-01-26-gao-retaken"
PATHS = [f"/event/{EVENT}", "/actor/mujao", "/about", "/changes"]


class Read(HTMLParser):
    """Addresses, ids, language and headings of a page; asserts that its elements are closed in order."""

    VOID = frozenset({"meta", "link", "br", "img", "hr", "input", "circle"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links, self.ids, self.tags, self.open, self.lang = [], [], [], [], ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append((tag, values))
        self.links += [values["href"]] if tag == "a" else []
        self.ids += [values["id"]] if "id" in values else []
        self.lang = values["lang"] if tag == "html" else self.lang
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_in_its_language(client, path: str, lang: str):
    answer = client.get(path, headers={"Accept-Language": lang})
    assert answer.status_code == 200
    assert answer.content_language.as_set() == {lang}
    assert "Accept-Language" in answer.headers["Vary"]
    page = Read(answer.text)
    assert page.lang == lang
    assert len(page.ids) == len(set(page.ids))
    assert sum(tag == "h1" for tag, _ in page.tags) == 1
    other = "fr" if lang == "en" else "en"
    assert f"{path}?lang={other}" in page.links
    assert Read(client.get(f"{path}?lang={other}", headers={"Accept-Language": lang}).text).lang == other


@pytest.mark.parametrize("path", PATHS)
def test_canonical_and_alternate_addresses(client, path: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SERVAL_BASE_URL", "https://serval.example/")
    page = Read(client.get(f"{path}?lang=fr").text)
    links = {(v.get("rel"), v.get("hreflang")): v["href"] for tag, v in page.tags if tag == "link"}
    assert links["canonical", None] == f"https://serval.example{path}?lang=fr"
    assert links["alternate", "en"] == f"https://serval.example{path}?lang=en"
    assert links["alternate", "fr"] == f"https://serval.example{path}?lang=fr"
    assert links["alternate", "x-default"] == f"https://serval.example{path}"


@pytest.mark.parametrize("path", PATHS)
def test_every_link_inside_the_site_is_answered(client, path: str):
    page = Read(client.get(f"{path}?lang=fr").text)
    inside = {link.partition("#")[0] for link in page.links if link.startswith("/")}
    assert len(inside) > 3
    for link in inside:
        assert client.get(link).status_code == 200, link
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids


@pytest.mark.parametrize("kind", ["event", "actor"])
def test_data_for_search_engines_cannot_leave_its_element(client, record, kind: str):
    rows = record.events if kind == "event" else record.actors
    for id in rows["id"][::17]:
        text = client.get(f"/{kind}/{id}").text
        [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
        assert "<" not in block
        data = json.loads(block)
        assert data["@graph"][0]["url"].endswith(f"/{kind}/{id}")


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    "path", ["/event/2013-01-26-gao-retakn", "/actor/mujoa", "/event/x", "/actor/%3Cb%3E"]
)
def test_an_unknown_id_is_a_404_that_helps(client, path: str, lang: str):
    answer = client.get(f"{path}?lang={lang}")
    assert answer.status_code == 404
    page = Read(answer.text)
    assert page.lang == lang
    assert ("meta", {"name": "robots", "content": "noindex"}) in page.tags
    assert not any(v.get("rel") == "canonical" for _, v in page.tags)
    assert any("tab=events" in link for link in page.links)
    if "retakn" in path:
        assert f"/event/{EVENT}?lang={lang}" in page.links
    if "mujoa" in path:
        assert f"/actor/mujao?lang={lang}" in page.links
    assert "<b>" not in answer.text


def test_pages_run_no_script_but_the_one_that_sets_the_theme(client):
    for path in PATHS:
        answer = client.get(path)
        page = Read(answer.text)
        scripts = [values for tag, values in page.tags if tag == "script"]
        assert {values.get("type", "") for values in scripts} <= {"", "application/ld+json"}
        assert not any("src" in values for values in scripts)
        assert not any(name.startswith("on") for _, values in page.tags for name in values)
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_every_event_and_actor_has_its_page(client, record):
    for kind, rows in (("event", record.events), ("actor", record.actors)):
        for id in rows["id"][::5]:
            assert client.get(f"/{kind}/{id}").status_code == 200, id


def test_about_says_what_the_record_is(client, record):
    text = client.get("/about?lang=en").text
    for words in (record.version, record.hash, "CC BY 4.0", "Natural Earth", f"{len(record.events)} events"):
        assert words in text
    from components.about import changes

    releases = changes(
        "# T\n\nx\n\n## 1.1.0 — 2027-01-01\n\nOne\ntwo.\n\n- a\n  b\n- c\n\n## 1.0.0 — 2026-01-01\n"
    )
    assert releases == [("1.1.0 — 2027-01-01", [["One two."], ["a b", "c"]]), ("1.0.0 — 2026-01-01", [])]
