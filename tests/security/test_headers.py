"""Every URL rule of the server: what protects its visitor stands in its headers, whatever it answers."""

import re

import pytest

import app
from components import responses

VALUES = {
    "event_id": "2013-01-11-french-air-strikes-begin-konna",
    "actor_id": "france",
    "kind": "events.json",
    "panel": "map",
    "form": "json",
    "theme": "light",
    "lang": "en",
    "version": "1.0.0",
    "name": "columns",
    "package_name": "dash",
    "fingerprinted_path": "none.js",
    "filename": "none.js",
    "path": "nothing",
}
DRAWN = ("/report.html", "/report.pdf", "/report.docx")  # made by Chromium; asked with a value they refuse
MORE = ("/figure/map.svg?width=1", "/event/none", "/actor/none", "/nothing", "/api/v1/none", "/embed/none")
SECOND = ["POST /_dash-update-component", "POST /", "GET /cite.txt?from=x", "GET /check?of=%ff"]


def urls() -> list[str]:
    """An address of each rule, those that need Chromium with a value that is refused, and faults."""
    made = []
    for rule in app.server.url_map.iter_rules():
        if "GET" in rule.methods:
            url = re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda match: VALUES[match[1]], rule.rule)
            made.append(f"GET {url}?paper=none" if url in DRAWN else f"GET {url}")
    return sorted({*made, *(f"GET {url}" for url in MORE), *SECOND})


@pytest.fixture(scope="module")
def answers(client) -> dict:
    return {
        url: client.open(url.partition(" ")[2], method=url.partition(" ")[0], buffered=True) for url in urls()
    }


def directives(policy: str) -> dict[str, str]:
    return {part.partition(" ")[0]: part.partition(" ")[2] for part in policy.split("; ")}


def test_no_answer_is_a_fault_of_the_server(answers):
    assert len(answers) > 40
    assert {url: a.status for url, a in answers.items() if a.status_code >= 500} == {}


def test_every_answer_has_a_policy_that_runs_nothing_foreign(answers):
    for url, answer in answers.items():
        policy = directives(answer.headers.get("Content-Security-Policy", ""))
        scripts = policy.get("script-src", policy.get("default-src"))
        assert scripts, url
        for word in ("'unsafe-inline'", "'unsafe-eval'", "*", "data:", "blob:", "http:", "https:"):
            assert word not in scripts.split(), url
        assert policy.get("object-src", policy.get("default-src")) == "'none'", url
        if answer.mimetype == "text/html":
            assert policy["base-uri"] in ("'self'", "'none'"), url
            assert policy["form-action"] in ("'self'", "'none'"), url


def test_only_embedded_panels_may_be_framed(answers):
    framed = [
        url
        for url, answer in answers.items()
        if directives(answer.headers["Content-Security-Policy"])["frame-ancestors"] != "'none'"
    ]
    assert framed == ["GET /embed/map"]


def test_every_answer_is_what_it_says_and_tells_little(answers):
    for url, answer in answers.items():
        assert answer.headers["X-Content-Type-Options"] == "nosniff", url
        assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin", url
        assert answer.headers.get("Content-Type") or answer.status_code in (204, 304), url
        assert "Set-Cookie" not in answer.headers, url
        assert "X-Powered-By" not in answer.headers, url


def test_pages_have_no_powers_and_a_window_of_their_own(answers):
    pages = [url for url, answer in answers.items() if answer.mimetype in ("text/html", "image/svg+xml")]
    assert len(pages) > 10
    for url in pages:
        assert "camera=()" in answers[url].headers["Permissions-Policy"], url
        assert answers[url].headers["Cross-Origin-Opener-Policy"] == "same-origin", url


def test_other_sites_may_use_what_is_meant_for_them_alone(answers):
    for url, answer in answers.items():
        path = url.partition(" ")[2]
        reach = "cross-origin" if path.startswith(responses.OPEN) else "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == reach, url
        assert ("Access-Control-Allow-Origin" in answer.headers) == path.startswith("/api/"), url
        assert "Access-Control-Allow-Credentials" not in answer.headers, url


def test_static_files_have_theirs(client):
    page = client.get("/").text
    found = re.findall(r'(?:src|href)="(/(?:static|_dash)[^"]+)"', page)
    assert len(found) > 20
    for url in found:
        with client.get(url, buffered=True) as answer:
            assert answer.headers["X-Content-Type-Options"] == "nosniff", url
            assert "Cross-Origin-Resource-Policy" in answer.headers, url
            if url.endswith(".svg"):
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_promise_of_tls_is_made_over_tls_alone(client):
    name = "Strict-Transport-Security"
    assert name not in client.get("/healthz").headers
    assert name not in client.get("/healthz", headers={"X-Forwarded-Proto": "https"}).headers
    assert client.get("/healthz", base_url="https://localhost").headers[name] == "max-age=31536000"


def test_a_proxy_is_believed_where_it_is_told_of(monkeypatch: pytest.MonkeyPatch):
    from flask import Flask, request

    def site(**headers: str) -> tuple[str, bool]:
        server = Flask("small")
        server.add_url_rule("/who", "who", lambda: f"{request.remote_addr} {request.scheme}")
        responses.install(server, [], "/none")
        answer = server.test_client().get("/who", headers=headers)
        return answer.text, "Strict-Transport-Security" in answer.headers

    told = {"X-Forwarded-For": "6.6.6.6, 198.51.100.7", "X-Forwarded-Proto": "https"}
    assert site(**told) == ("127.0.0.1 http", False)
    monkeypatch.setenv("TRUSTED_PROXIES", "1")
    assert site(**told) == ("198.51.100.7 https", True)
    monkeypatch.setenv("TRUSTED_PROXIES", "many")
    with pytest.raises(SystemExit, match="TRUSTED_PROXIES=many: expected the number of proxies"):
        responses.trusted_proxies()
