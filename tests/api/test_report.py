"""`/report.{html,pdf,docx}` over HTTP: bad values, and what is said where nothing can be drawn."""

import pytest

from serval import browser


@pytest.fixture
def undrawn(monkeypatch):
    def svg(spec):
        raise browser.Unavailable("no Chromium is installed")

    monkeypatch.setattr(browser, "svg", svg)


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
@pytest.mark.parametrize(
    ("query", "key"), [("paper=A3", "paper"), ("from=x", "from"), ("colour=red", "colour")]
)
def test_a_bad_value_is_a_400_that_names_it(client, form, query, key):
    answer = client.get(f"/report.{form}?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["key"] == key


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_without_chromium_the_answer_is_a_503_with_the_reason(client, undrawn, form):
    answer = client.get(f"/report.{form}?place=konna&lang=en")
    assert answer.status_code == 503
    assert "no Chromium" in answer.json["detail"]
    assert answer.headers["Retry-After"]


def test_without_chromium_the_readers_browser_draws_the_html(client, undrawn):
    answer = client.get("/report.html?place=konna&lang=en")
    assert answer.status_code == 200
    assert "The server could not draw this picture: no Chromium is installed." in answer.text
    assert answer.text.count('data-spec="spec-') == 5
    assert "/static/alone/report." in answer.text
