"""README, guides and changelog say what is there."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import serval
from serval import record as records
from serval.record import Record
from serval.selection import KEYS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "adding-events.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
OURS = [page for page in PAGES if page.name not in ("method.md", "data-dictionary.md")]
ROOMS = (
    "assets",
    "benchmarks",
    "components",
    "data",
    "deploy",
    "docs",
    "serval",
    "serving",
    "tests",
    "tools",
)
MADE = ("build/", "imports/", ".venv")
SUFFIXES = "py|js|mjs|cjs|css|html|md|yaml|csv|json|geojson|toml|lock|sh|po|woff2"


def test_every_dependency_is_named_with_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [line for group in (project["dependencies"], *extras.values()) for line in group]
    names = {re.match(r"[A-Za-z0-9-]+", line)[0] for line in wanted} - {project["name"]}
    assert [name for name in sorted(names) if name not in _part("Dependencies")] == []


def test_every_package_of_the_bundle_is_named():
    text = (ROOT / "package.json").read_text("utf-8")
    names = yaml.safe_load(text)["dependencies"]
    assert [name for name in names if name not in _part("Dependencies")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page: Path):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", OURS, ids=lambda page: page.name)
def test_every_path_named_is_there(page: Path):
    files = {path.name for room in ROOMS for path in (ROOT / room).rglob("*")}
    named = set(re.findall(rf"`([\w.*/-]+(?:/|\.(?:{SUFFIXES})))`", page.read_text("utf-8")))
    named = {path for path in named if not path.startswith("/")}  # addresses of the site
    named -= set(
        re.findall(r"^## .*`(.+)`$", page.read_text("utf-8"), re.M)
    )  # files that a guide has you make
    missing = [path for path in named if not any(ROOT.glob(path)) and path not in files]
    assert [
        path for path in missing if not path.startswith(MADE) and "YYYY" not in path and path != "article.txt"
    ] == []


def test_every_query_key_is_in_the_table():
    table = _part("What you can do")
    rows = re.findall(r"^\| (`[^|]+`) \|", table, re.M)
    named = [key for row in rows for key in re.findall(r"`([a-z0-9]+)`", row)]
    assert sorted(named) == sorted(key.key for key in KEYS)


def test_defaults_of_the_days_are_those_of_the_selection():
    days = {key.key: key.default for key in KEYS if key.key in ("from", "to")}
    assert f"| {days['from']}, {days['to']} |" in README


def test_the_two_commands_are_targets():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    commands = re.findall(r"^make ([a-z]+)", README, re.M)
    assert commands == ["run", "test"]
    assert set(commands) <= set(targets)


def test_every_setting_is_named():
    code = [
        *ROOT.glob("*.py"),
        *(p for room in ("serval", "components", "serving", "tests") for p in ROOT.glob(f"{room}/**/*.py")),
    ]
    read = {
        name
        for path in code
        for name in re.findall(r"os\.environ(?:\.get\(|\[)[\"']([A-Z_]+)", path.read_text("utf-8"))
    }
    named = set(re.findall(r"`([A-Z_]+)`", _part("Settings")))
    assert sorted(read - named) == ["CI"]  # set by the machine that integrates, not by people


def test_the_counts_are_those_of_the_record(record: Record):
    sizes = {"events": "events", "figures": "figures", "troops": "troop counts", "actors": "actors"}
    text = " ".join(README.split())
    for table, words in {**sizes, "sources": "sources"}.items():
        assert re.search(rf"{len(getattr(record, table))} {words}", text), f"{table} in the README"


def test_the_first_release_of_the_changelog_is_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(r"^## (\d+\.\d+\.\d+) - \d{4}-\d{2}-\d{2}$", changelog, re.M)[1] == serval.__version__


def test_examples_of_the_guide_are_in_the_record():
    source, event = (yaml.safe_load(block) for block in _examples() if block.startswith("- id"))
    assert source[0] in yaml.safe_load((records.HOME / "sources.yaml").read_text("utf-8"))
    assert event[0] in yaml.safe_load(_month().read_text("utf-8"))
    evidence = yaml.safe_load(_examples()[2])["evidence"]
    months = [yaml.safe_load(path.read_text("utf-8")) for path in records.HOME.glob("events/2013-01.yaml")]
    assert any(evidence[0] in found.get("evidence", []) for month in months for found in month)


def test_the_event_of_the_guide_is_valid_as_it_is_printed(tmp_path: Path):
    data = tmp_path / "data"
    for file in _read_files():
        target = data / file.relative_to(records.HOME)
        target.parent.mkdir(exist_ok=True, parents=True)
        target.write_bytes(file.read_bytes())
    month = data / "events" / _month().name
    head = _examples()[1].split("\n")[0]
    entries = re.split(r"(?m)^(?=- id: )", month.read_text("utf-8"))
    ours = [_examples()[1] if entry.startswith(f"{head}\n") else entry for entry in entries]
    assert ours.count(_examples()[1]) == 1
    month.write_text("".join(ours), "utf-8")
    assert records.validate(data) == []


def _part(heading: str) -> str:
    """The README from a heading that begins so to the next of its rank."""
    return re.search(rf"^## {heading}.*?(?=^## |\Z)", README, re.M | re.S)[0]


def _examples() -> list[str]:
    """The YAML of the guide: a source, an event, evidence."""
    return re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)


def _month() -> Path:
    return records.HOME / "events" / f"{_examples()[1][6:13]}.yaml"


def _read_files() -> Iterator[Path]:
    return (file for file in records.HOME.rglob("*") if file.suffix in (".yaml", ".csv", ".md"))
