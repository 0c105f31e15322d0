"""The rules that keep the house in order."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(
    [
        *ROOT.glob("*.py"),
        *(p for d in ("serval", "components", "serving", "tools") for p in ROOT.glob(f"{d}/**/*.py")),
    ]
)
BROWSER_CODE = sorted(p for ext in ("js", "css") for p in ROOT.glob(f"assets/**/*.{ext}"))
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".lock",
    ".json",
    ".yaml",
    ".yml",
    ".cff",
    ".js",
    ".mjs",
    ".cjs",
    ".css",
    ".sh",
    ".csv",
    "",
}
MADE = {".git", ".venv", "node_modules", "build", "__pycache__"}

# Addresses that are names or plain links: nothing is fetched from them.
NAMES = ("http://www.w3.org/", "https://schema.org", "https://creativecommons.org/licenses/")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """First parts of the names of all modules that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        ("serval", {"dash", "components", "serving", "app", "flask"}),
        ("components", {"pandas", "geopandas", "numpy", "serving", "app"}),
        ("serving", {"pandas", "geopandas", "numpy", "app"}),
    ],
)
def test_rooms_import_no_further_than_they_may(folder: str, forbidden: set[str]):
    # The curator's page is an app of its own, which the public one never mounts: it may have Flask.
    own = {"serval/review/": {"flask"}}
    wrong = {
        name(p): imported(p)
        & forbidden - next((may for at, may in own.items() if name(p).startswith(at)), set())
        for p in CODE
        if name(p).startswith(f"{folder}/")
    }
    assert {path: modules for path, modules in wrong.items() if modules} == {}


def test_no_file_is_longer_than_350_lines():
    lengths = {name(p): len(p.read_text().splitlines()) for p in [*CODE, *BROWSER_CODE]}
    assert {path: lines for path, lines in lengths.items() if lines > 350} == {}


def test_code_of_the_page_names_no_other_host():
    wrong = []
    for path in [
        *BROWSER_CODE,
        *ROOT.glob("components/**/*.py"),
        *ROOT.glob("serving/*.py"),
        ROOT / "app.py",
    ]:
        if path.is_file():
            urls = re.findall(r"""(?:https?:)?//[\w-]+\.[\w.-]+[^\s"'`)]*""", path.read_text())
            wrong += [f"{name(path)}: {url}" for url in urls if not url.startswith(NAMES)]
    assert wrong == []


def test_assets_name_only_files_that_exist():
    wrong = []
    for path in [*BROWSER_CODE, *ROOT.glob("assets/**/*.json")]:
        named = re.findall(r"/assets/([\w./-]*\w)", path.read_text())
        wrong += [f"{name(path)}: {n}" for n in named if not (ROOT / "assets" / n).is_file()]
    assert wrong == []


def test_no_file_names_a_package_registry():
    hosts = ["py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "deb." + "debian.org"]
    wrong = []
    for path in ROOT.rglob("*"):
        if path.suffix in TEXT and path.is_file() and not MADE & set(path.relative_to(ROOT).parts):
            text = path.read_text(errors="replace")
            wrong += [f"{name(path)}: {host}" for host in hosts if host in text]
    assert wrong == []


def test_readme_names_only_make_targets_that_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    pages = [p for p in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")] if p.is_file()]
    wrong = []
    for page in pages:
        named = re.findall(r"(?:`|^\s*\$?\s*)make ([a-z]+)", page.read_text(), re.M)
        wrong += [f"{name(page)}: make {target}" for target in named if target not in targets]
    assert wrong == []


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements", ["build"]), ("requirements-dev", ["build", "dev", "extract"])]
)
def test_lock_files_hold_every_dependency_with_its_hash(lock: str, extras: list[str]):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    more = [d for e in extras for d in project["optional-dependencies"][e] if not d.startswith("serval[")]
    wanted = project["dependencies"] + more
    text = (ROOT / f"{lock}.lock").read_text().lower()
    pinned = set(re.findall(r"^([\w.-]+)==\S+(?: ; [^\\]+)? \\\n    --hash=sha256:", text, re.M))
    assert {re.split(r"[<>=]", d)[0].lower() for d in wanted} - pinned == set()
