"""The curator's page: whom it answers, what it allows, and that the public app does not know it."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from serval import cli
from serval.review.guard import Guard
from serval.review.web import create
from tests.unit.test_review_desk import desk  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
PORT = 4321
OWN = f"127.0.0.1:{PORT}"
ASKED = {"X-Serval-Review": "1", "Origin": f"http://{OWN}"}


@pytest.fixture
def guard() -> Guard:
    return Guard(PORT)


@pytest.fixture(params=["en"])
def fresh(desk, guard: Guard, request) -> FlaskClient:  # noqa: F811
    """A browser that has not been let in."""
    client = create(desk, guard, request.param).test_client()
    client.environ_base["HTTP_HOST"] = OWN
    return client


@pytest.fixture
def client(fresh: FlaskClient, guard: Guard) -> FlaskClient:
    answer = fresh.get(f"/enter/{guard.token}", base_url=f"http://{OWN}")
    assert (answer.status_code, answer.location) == (303, "/")
    return fresh


def get(client: FlaskClient, path: str, **more):
    return client.get(path, base_url=f"http://{OWN}", **more)


def post(client: FlaskClient, path: str, headers=ASKED, json=None, **more):
    return client.post(path, base_url=f"http://{OWN}", headers=headers, json=json or {}, **more)


def test_the_token_is_good_once_and_sets_a_cookie_that_only_the_page_gets(fresh: FlaskClient, guard: Guard):
    assert get(fresh, "/enter/wrong").status_code == 403
    first = get(fresh, f"/enter/{guard.token}")
    cookie = first.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert guard.token not in cookie
    assert get(fresh, f"/enter/{guard.token}").status_code == 403
    assert get(fresh, "/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/card/p01", "/static/review.js", "/assets/tokens.css", "/favicon.ico"]
)
def test_without_the_cookie_there_is_nothing(fresh: FlaskClient, path: str):
    assert get(fresh, path).status_code == 403
    fresh.set_cookie("serval_review", "guessed")
    assert get(fresh, path).status_code == 403


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (OWN, 200),
        (f"localhost:{PORT}", 403),  # its cookie is another's
        ("evil.example", 403),
        (f"evil.example:{PORT}", 403),
        ("127.0.0.1:80", 403),
        (f"[::1]:{PORT}", 403),
    ],
)
def test_another_name_is_refused(client: FlaskClient, host: str, status: int):
    assert client.get("/", base_url=f"http://{host}").status_code == status


def test_another_machine_is_refused(client: FlaskClient):
    assert get(client, "/", environ_overrides={"REMOTE_ADDR": "192.0.2.1"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Serval-Review": "1"},
        {"Origin": f"http://{OWN}"},
        {**ASKED, "Origin": "http://evil.example"},
        {**ASKED, "Origin": "null"},
    ],
)
def test_an_act_from_elsewhere_is_refused(client: FlaskClient, headers, desk):  # noqa: F811
    assert post(client, "/undo", headers=headers).status_code == 403
    assert post(client, "/act/reject/p01", headers=headers, json={"reason": "misread"}).status_code == 403
    assert desk.decisions() == {}


def test_headers_allow_the_pages_own_files_alone(client: FlaskClient):
    page = get(client, "/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not re.search(r"<script(?![^>]* src=)|\son\w+=|\sstyle=", page.text)
    for path in re.findall(r'(?:src|href)="(/[^"]+)"', page.text):
        with get(client, path) as answer:
            assert answer.status_code == 200


@pytest.mark.parametrize(
    "path", ["/assets/state.js", "/assets/../app.py", "/assets/fonts/../../app.py", "/card/p99"]
)
def test_no_other_file_is_given(client: FlaskClient, path: str):
    assert get(client, path).status_code == 404


def test_what_is_sent_is_not_trusted(client: FlaskClient):
    assert post(client, "/act/explode/p01").status_code == 404
    assert post(client, "/act/reject/p01", json={"reason": "because"}).status_code == 400
    assert client.post("/undo", base_url=f"http://{OWN}", headers=ASKED).status_code == 200
    assert post(client, "/act/merge/p01", json={"into": "nowhere"}).status_code == 422
    odd = {
        "event": {"date": [], "place": "x", "actors": [1], "figures": [{"low": {}}], "control": 3, "id": 7}
    }
    assert post(client, "/act/accept/p01", json=odd).status_code == 422
    assert post(client, "/act/accept/p01", json={"event": {"title": "x" * 1_000_001}}).status_code in (
        400,
        413,
    )


def test_the_text_cannot_put_anything_into_the_page(client: FlaskClient, desk):  # noqa: F811
    desk.source["title"] = "<script>alert(1)</script>"
    assert "<script>alert" not in get(client, "/").text


@pytest.mark.parametrize("fresh", ["fr"], indirect=True)
def test_the_page_speaks_french(client: FlaskClient):
    page = get(client, "/")
    assert '<html lang="fr">' in page.text
    assert "2 propositions à décider" in page.text
    assert "Accepter" in get(client, "/card/p01").text


def test_the_public_app_knows_nothing_of_the_review():
    code = [ROOT / "app.py", *ROOT.glob("components/**/*.py"), *ROOT.glob("serval/**/*.py")]
    own = {"serval/review", "serval/cli/review.py"}
    naming = {
        p.relative_to(ROOT).as_posix()
        for p in code
        if re.search(r"serval\.review|serval import .*\breview\b", p.read_text())
    }
    assert {name for name in naming if not any(name.startswith(o) for o in own)} == set()


@pytest.mark.parametrize("words", [("--date", "yesterday"), ("--date", "2013-01-01", "--port", "99999"), ()])
def test_wrong_usage_is_2(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stop:
        cli.main(["review", "a.txt", *words])
    assert stop.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_no_folder_and_no_file_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    wanted = ["review", str(tmp_path / "a.txt"), "--date", "2013-01-01", "--data"]
    assert cli.main([*wanted, str(tmp_path / "none")]) == 1
    assert "no such folder" in capsys.readouterr().err
