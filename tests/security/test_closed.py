"""What stays inside: secrets, stack traces, the curator's page."""

import re
import subprocess
from pathlib import Path

import pytest

import app
from serval.review.guard import Guard

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a cloud key": r"\b(AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token": r"\b(ghp|gho|ghs|glpat|xox[bap]|sk|npm|pypi)[-_][A-Za-z0-9_-]{30,}",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{20,200}\.eyJ[A-Za-z0-9_-]{20,200}\.",
    "a password in an address": r"\b(https?|redis|rediss|amqp|postgres(ql)?)://[^\s/:@{}$<>\"']{1,64}:[^\s/:@{}$<>\"']{1,64}@",
    "a password": r"(?i)\b(password|passwd|secret|api_?key)\s*[:=]\s*[\"'][^\"'\s{}<$]{8,}[\"']",
}
LARGEST = 200_000  # bytes; what is larger is data
WORDS = {".py", ".sh", ".js", ".mjs", ".toml", ".yaml", ".yml", ".json", ".md", ".cff", ".html", ""}


def files() -> list[Path]:
    """Every file of the project that is kept, but for the lock files and those of the tests' texts."""
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    told = [path for path in paths if path.suffix in WORDS and path.is_file() and "lock" not in path.name]
    return [path for path in told if path.stat().st_size < LARGEST]


def test_no_file_holds_a_secret():
    found = []
    for path in files():
        text = path.read_text("utf-8", errors="replace")
        found += [
            f"{path.relative_to(ROOT)}: {what}" for what, form in SECRETS.items() if re.search(form, text)
        ]
    assert found == []


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_would_be_found(name: str):
    planted = {
        "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
        "a cloud key": "AKIA" + "Q" * 16,
        "a token": "ghp_" + "a1" * 18,
        "a signed token": "eyJ" + "a" * 30 + ".eyJ" + "b" * 30 + ".c",
        "a password in an address": "redis://user" + ":hunter2@host",
        "a password": "pass" + 'word = "hunter2hunter2"',
    }
    assert re.search(SECRETS[name], planted[name])


def test_the_public_app_has_nothing_of_the_curators_page(client):
    code = [ROOT / "app.py", *(ROOT / "components").glob("*.py")]
    named = [path.name for path in code if re.search(r"serval\.review|import .*review", path.read_text())]
    assert named == []
    rules = {rule.rule for rule in app.server.url_map.iter_rules()}
    assert not [rule for rule in rules if re.search(r"review|enter|accept|propos", rule)]
    for path in ("/review", "/enter/x", f"/enter/{Guard(1).token}", "/api/v1/review"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_fault_of_ours_shows_no_trace(client, monkeypatch: pytest.MonkeyPatch, accept: str):
    def broken(**_: object) -> None:
        raise RuntimeError("hidden words of /a/path.py")

    monkeypatch.setitem(app.server.view_functions, "about", broken)
    monkeypatch.setitem(app.server.view_functions, "api_rows", broken)
    for path in ("/about", "/api/v1/events.json"):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.status_code == 500
        assert not re.search(r"Traceback|RuntimeError|hidden|path\.py|line \d", answer.text)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_nobody_can_ask_for_the_debugger():
    assert not app.server.debug
    assert app.server.config.get("PROPAGATE_EXCEPTIONS") is None
