"""One panel in the frame of another site: what may be framed, what it says, what it loads."""

import re

import pytest

from serval.selection import Selection

PANELS = ("map", "timeline", "control", "troops")


@pytest.mark.parametrize("panel", PANELS)
def test_embeds_may_be_framed_by_any_site(client, panel):
    policy = client.get(f"/embed/{panel}").headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors *")


@pytest.mark.parametrize(
    "path", ["/", "/about", "/event/x", "/embed/losses", "/changes", "/report-interactive.html"]
)
def test_nothing_else_may_be_framed(client, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "frame-ancestors *" not in policy


def test_a_panel_that_cannot_be_embedded_is_not_found(client):
    assert client.get("/embed/losses").status_code == 404


@pytest.mark.parametrize("panel", PANELS)
def test_an_embed_says_its_source_count_licence_and_way_back(client, record, panel):
    query = "actor=france&from=2013-01-11&to=2013-02-01"
    page = client.get(f"/embed/{panel}?{query}&lang=en").text
    view = record.select(Selection.parse(query))
    assert f"{view.n} of {view.total} events" in page
    assert f"Data version {record.version}" in page
    assert "CC-BY-4.0" in page
    back = re.search(r'id="full" class="full" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert Selection.parse(back.partition("?")[2]).actor == ("france",)


def test_an_embed_speaks_the_language_of_its_query_or_of_the_browser(client):
    assert '<html lang="fr"' in client.get("/embed/map?lang=fr").text
    asked = client.get("/embed/map", headers={"Accept-Language": "fr"})
    assert '<html lang="fr"' in asked.text
    assert "Accept-Language" in asked.headers["Vary"]


def test_a_bad_value_is_left_out_and_named(client):
    answer = client.get("/embed/timeline?actor=nobody-knows&lang=en")
    assert answer.status_code == 200
    assert "actor=nobody-knows" in answer.text


def test_a_theme_is_fixed_by_the_query(client):
    assert 'data-theme="dark"' in client.get("/embed/map?theme=dark").text


@pytest.mark.parametrize("panel", PANELS)
def test_an_embed_has_neither_dash_nor_the_shortcuts_of_the_page(client, panel):
    page = client.get(f"/embed/{panel}").text
    loaded = re.findall(r'<script defer src="([^"]+)"', page)
    assert loaded[0].startswith("/static/plotly")
    assert not [url for url in loaded if re.search(r"dash|/(page|playhead|brush|events)\.", url)]
    assert "_dash" not in page


def test_text_of_the_query_cannot_leave_its_place(client):
    page = client.get("/embed/map?q=%3C/script%3E%3Cimg%20src=x%3E").text
    assert "<img src=x" not in page
