"""The copy of a view in one file: what it carries, and that it is made of the page's own scripts."""

import re

import pytest
from markupsafe import escape

from components.interactive import SCRIPTS
from tests.servers import ROOT


@pytest.fixture(scope="module")
def answer(client):
    return client.get("/report-interactive.html?actor=france&q=gao&lang=en")


def test_it_is_a_file_to_keep(answer, record):
    assert answer.status_code == 200
    named = f'attachment; filename="serval-{record.version}-interactive.html"'
    assert answer.headers["Content-Disposition"] == named


def test_it_asks_for_nothing_but_itself(answer):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', answer.text)[1]
    assert policy.startswith("default-src &#39;none&#39;")
    assert "self" not in policy
    assert "http" not in policy
    assert not re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="(?!data:)', answer.text)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_are_the_ones_of_the_page(answer, name):
    assert (ROOT / "assets" / f"{name}.js").read_text() in answer.text


def test_every_event_is_in_it_with_its_sources(answer, record):
    for id in record.events["id"]:
        assert f'id="event-{id}"' in answer.text
    for url in record.sources.set_index("id").loc[record.event_sources["source"].unique(), "url"].dropna():
        assert str(escape(url)) in answer.text


def test_it_says_version_licence_and_the_link_of_the_view(answer, record):
    assert f"Data version {record.version}" in answer.text
    assert "creativecommons.org/licenses/by/4.0/" in answer.text
    assert f"actor=france&amp;q=gao&amp;lang=en&amp;v={record.version}" in answer.text


def test_a_bad_value_is_a_400_that_names_it(client):
    answer = client.get("/report-interactive.html?from=never")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["key"] == "from"


def test_text_of_the_query_cannot_leave_its_place(client):
    page = client.get("/report-interactive.html?q=%3C/script%3E%3Cimg%20src=x%3E").text
    assert "<img src=x" not in page
