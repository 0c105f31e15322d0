"""README and guides say what is there."""

import re
import tomllib
from pathlib import Path

import pytest

from serval import record as records
from serval.selection import KEYS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_every_dependency_is_named_with_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.match(r"[A-Za-z0-9-]+", line)[0] for line in wanted}
    table = README[README.index("## Dependencies") :]
    stubs = {"pandas-stubs", "types-PyYAML", "types-shapely"}
    assert [name for name in sorted(names - stubs) if name not in table] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page: Path):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_query_key_is_in_the_table():
    table = README[README.index("| key |") : README.index("## Where things are")]
    assert set(re.findall(r"`([a-z0-9]+)`", table)) >= {key.key for key in KEYS}


def test_the_two_commands_are_targets():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    for command in re.findall(r"^make ([a-z]+)", README, re.M):
        assert command in targets


def test_the_counts_are_those_of_the_record(record):
    sizes = {"events": "events", "figures": "figures", "troops": "troop counts", "actors": "actors"}
    text = " ".join(README.split())
    for table, words in {**sizes, "sources": "sources"}.items():
        assert re.search(rf"{len(getattr(record, table))} {words}", text), f"{table} in the README"


def test_the_example_event_is_valid(tmp_path: Path):
    guide = (ROOT / "docs" / "adding-events.md").read_text("utf-8")
    block = re.search(r"```yaml\n(.*?)```", guide, re.S)[1]
    lines = [line.removeprefix("   ") for line in block.splitlines()]
    data = tmp_path / "data"
    data.mkdir()
    for file in records.HOME.rglob("*"):
        if file.suffix in (".yaml", ".csv", ".md"):
            target = data / file.relative_to(records.HOME)
            target.parent.mkdir(exist_ok=True, parents=True)
            target.write_bytes(file.read_bytes())
    month = data / "events" / "2013-01.yaml"
    entries = re.split(r"(?m)^(?=- id: )", month.read_text("utf-8"))
    ours = "\n".join(lines) + "\n"
    entries.insert(next(i for i, entry in enumerate(entries) if _place(entry) > _place(ours)), ours)
    month.write_text("".join(entries), "utf-8")
    assert records.validate(data) == []


def _place(entry: str) -> tuple[str, str]:
    """Where an event stands in its file: by first day and id."""
    day = re.search(r"start: (\S+?),", entry)
    return (day[1] if day else "", entry.split("\n")[0])
