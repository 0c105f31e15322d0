"""/figure over HTTP: what it refuses, validators, and what it says when it cannot draw."""

import pytest

from serval import browser
from serval.export import picture_options


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list:
    """The pictures that were drawn, each in place of a real one."""
    asked = []

    def draw(spec, form, scale):
        asked.append((spec["panel"], form, scale, spec["title"]))
        return f"{spec['panel']} {form} {scale} {spec['title']}".encode()

    monkeypatch.setattr(browser, "picture", draw)
    return asked


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_a_picture(client, record, drawn: list, form: str):
    url = f"/figure/troops.{form}?lang=en&actor=chad&title=Form+{form}"
    answer = client.get(url)
    assert (answer.status_code, len(drawn)) == (200, 1)
    assert answer.mimetype == {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}[form]
    named = f'inline; filename="serval-troops-{record.version}.{form}"'
    assert answer.headers["Content-Disposition"] == named
    tag = answer.headers["ETag"]
    assert tag.startswith('"')
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    head = client.head(url)
    assert (head.status_code, head.headers["ETag"], head.data) == (200, tag, b"")
    assert client.get(url).data == answer.data
    assert len(drawn) == 1  # kept


def test_every_word_of_the_address_counts(client, drawn: list):
    urls = [
        "/figure/timeline.svg?lang=en&title=Every",
        "/figure/timeline.svg?lang=fr&title=Every",
        "/figure/timeline.svg?lang=en&theme=dark&title=Every",
        "/figure/timeline.svg?lang=en&width=900&title=Every",
        "/figure/timeline.png?lang=en&title=Every",
        "/figure/timeline.png?lang=en&title=Every&scale=2",
        "/figure/losses.svg?lang=en&title=Every",
        "/figure/timeline.svg?lang=en&place=gao&title=Every",
    ]
    assert len({client.get(url).headers["ETag"] for url in urls}) == len(urls) == len(drawn)
    one = client.get("/figure/timeline.svg?title=Every&lang=en").headers["ETag"]
    assert one == client.get(urls[0]).headers["ETag"]  # in any order


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("width=10", "width"), ("height=1e9", "height"), ("scale=9", "scale"),
        ("title=" + "x" * 141, "title"), ("width=2400&height=1600&scale=3", "scale"),
        ("width=800&width=900", "width"), ("colour=red", "colour"), ("lang=de", "lang"),
        ("theme=sepia", "theme"), ("actor=nobody-at-all", "actor"), ("from=yesterday", "from"),
    ],
)  # fmt: skip
def test_bad_values_are_named(client, drawn: list, query: str, key: str):
    answer = client.get(f"/figure/losses.png?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert (answer.json["key"], answer.json["status"]) == (key, 400)
    assert answer.json["allowed"]
    assert drawn == []


@pytest.mark.parametrize("path", ["map.gif", "nothing.png", "map.png.png"])
def test_what_there_is_not(client, path: str):
    assert client.get(f"/figure/{path}").status_code == 404


def test_without_a_chromium_the_answer_says_so(client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SERVAL_CHROMIUM", "/nowhere/chromium")
    answer = client.get("/figure/losses.png?title=Without&lang=en")
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert int(answer.headers["Retry-After"]) > 0
    assert "SERVAL_CHROMIUM" in answer.json["detail"]
    assert client.get("/figure/losses.json?lang=en").status_code == 200  # for the reader's own browser


def test_a_busy_server_leaves_a_thread_to_the_page(client, monkeypatch: pytest.MonkeyPatch):
    from components import drawn as route

    monkeypatch.setattr(route, "_free", type("None free", (), {"acquire": lambda self, blocking: False})())
    answer = client.get("/figure/losses.png?title=Busy&lang=en")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")


@pytest.mark.parametrize("panel", picture_options.PANELS)
def test_the_spec_for_the_readers_own_browser(client, panel: str):
    answer = client.get(f"/figure/{panel}.json?lang=fr&theme=dark&width=640&height=700")
    spec = answer.json
    assert (spec["panel"], spec["lang"], spec["theme"], spec["width"]) == (panel, "fr", "dark", 640)
    assert spec["link"].startswith("http://localhost/?")
    again = client.get(answer.request.full_path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_language_is_the_browsers_own_where_none_is_asked_for(client):
    answers = [
        client.get("/figure/losses.json", headers={"Accept-Language": lang})
        for lang in ("fr", "en-GB,en;q=0.8")
    ]
    assert [answer.json["lang"] for answer in answers] == ["fr", "en"]
    assert all("Accept-Language" in answer.headers["Vary"] for answer in answers)
    assert answers[0].headers["ETag"] != answers[1].headers["ETag"]
