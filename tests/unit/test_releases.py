"""Versions that are kept: how a release is made, loaded and named, and what differs between two."""

import zipfile
from pathlib import Path

import pytest

from serval import cli, differences, record, releases
from serval.selection import BadQuery, Selection
from tests import versions
from tests.versions import ADDED, CHANGED, NEW, OLD, REMOVED


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of two versions, the first released, the second what is there."""
    folder = versions.second(versions.first(tmp_path / "data"))
    monkeypatch.setenv("SERVAL_DATA", str(folder))
    return folder


def test_every_release_of_the_record_loads_and_the_current_one_is_what_data_holds():
    assert record.load().version in releases.kept(), "`make release` keeps the version of data/CHANGES.md"
    assert releases.differs(record.HOME) is None
    for version in releases.kept(record.HOME):
        loaded = releases.load(version)
        assert loaded is not None
        assert loaded.version == version


def test_a_release_is_the_same_bytes_for_the_same_files(tmp_path: Path):
    one, two = (releases.make(versions.first(tmp_path / name)) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert one.name == f"{OLD}.zip"


def test_a_release_holds_the_record_and_no_more(tmp_path: Path):
    folder = versions.first(tmp_path / "data")
    (folder / "notes.txt").write_text("private")
    (folder / "releases" / f"{OLD}.zip").unlink()
    with zipfile.ZipFile(releases.make(folder)) as archive:
        assert set(archive.namelist()) == {"CHANGES.md", *record.names(folder)}


def test_a_version_is_released_once(tmp_path: Path):
    folder = versions.first(tmp_path / "data")
    made = releases.make(folder)
    before = made.read_bytes()
    places = folder / "places.csv"
    places.write_text(places.read_text("utf-8").replace("Gao", "Gawgaw", 1), "utf-8")
    with pytest.raises(releases.ReleaseError, match=r"^0\.1\.0 is released with other content"):
        releases.make(folder)
    assert made.read_bytes() == before
    assert releases.differs(folder) == (
        "CHANGES.md:3: -: version: 0.1.0 is released with other content, expected a new version above it"
    )
    versions.begin(folder)
    assert releases.differs(folder) is None
    assert releases.make(folder).name == f"{NEW}.zip"


def test_versions_go_up(home: Path):
    releases.make(home)
    changes = home / "CHANGES.md"
    changes.write_text(changes.read_text("utf-8").replace(f"## {NEW}", "## 0.1.9", 1), "utf-8")
    with pytest.raises(releases.ReleaseError, match=r"^0\.1\.9 is older than 0\.2\.0"):
        releases.make(home)


def test_ten_comes_after_nine(tmp_path: Path):
    (tmp_path / "releases").mkdir()
    for name in ("1.9.0.zip", "1.10.0.zip", "1.2.0.zip", "latest.zip", "1.3.0.txt"):
        (tmp_path / "releases" / name).touch()
    assert [*releases.kept(tmp_path)] == ["1.10.0", "1.9.0", "1.2.0"]


def test_an_old_version_is_what_it_was(home: Path):
    old, first = releases.load(OLD), record.load(versions.MADE_UP)
    assert old is not None
    assert (old.version, old.hash) == (OLD, first.hash)
    assert old.events.equals(first.events)
    assert old is releases.load(OLD)
    assert releases.load("9.9.9") is None


def test_the_current_version_is_one_record(home: Path):
    assert releases.load(NEW) is record.load()
    releases.make(home)
    assert releases.load(NEW) is record.load()
    assert releases.versions() == [NEW, OLD]


@pytest.mark.parametrize("query", [f"v={OLD}", f"?v={OLD}", f"q=gao&v={OLD}", f"%76={OLD}"])
def test_a_query_names_its_record(home: Path, query: str):
    found, allowed = releases.pinned(query)
    assert found.version == OLD
    assert REMOVED in allowed.ids["event"]
    assert Selection.parse(query, allowed).v == OLD


def test_without_a_version_the_record_is_the_current_one(home: Path):
    for query in ("", "q=v", "actor=green&place=gao", "q=%26v%3D0.1.0"):
        found, allowed = releases.pinned(query)
        assert found is record.load()
        assert ADDED in allowed.ids["event"]


def test_a_version_that_is_not_kept_is_named(home: Path):
    found, allowed = releases.pinned("v=3.0.0")
    assert found is record.load()
    with pytest.raises(
        BadQuery, match=r"^v=3\.0\.0: not a version that is kept, expected one of 0\.1\.0, 0\.2\.0$"
    ):
        Selection.parse("v=3.0.0", allowed)


def test_what_differs_between_two_versions(home: Path):
    old, new = releases.load(OLD), record.load()
    assert old is not None
    found = differences.between(old, new, "en")
    assert (found.added, found.removed, [*found.changed]) == ((ADDED,), (REMOVED,), [CHANGED])
    changes = {change.field: change for change in found.changed[CHANGED]}
    assert [*changes] == ["title", "figures"]
    assert (changes["title"].gone, changes["title"].come) == (("Fight for Konna",), ("Fighting for Konna",))
    assert "11 (5–20)" in changes["figures"].gone[0]
    assert "12 (5–20)" in changes["figures"].come[0]
    assert len(changes["figures"].come) == 1
    assert not differences.between(new, new, "fr")


def test_other_tables_are_counted(home: Path):
    places = home / "places.csv"
    places.write_text(places.read_text("utf-8").replace("Gao", "Gawgaw", 1), "utf-8")
    old = releases.load(OLD)
    assert old is not None
    found = differences.between(old, record.read(home), "en")
    assert found.others["places"] == differences.Count(added=0, removed=0, changed=1)
    assert found.others["actors"] == differences.Count(0, 0, 0)


def test_the_command_keeps_a_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = versions.second(versions.first(tmp_path / "data"))
    assert cli.main(["release", str(folder)]) == 0
    assert capsys.readouterr().out == f"{folder / 'releases' / NEW}.zip\n"
    (folder / "events" / "2013-02.yaml").unlink()
    assert cli.main(["validate", str(folder)]) == 1
    assert f"{NEW} is released with other content" in capsys.readouterr().err
    assert cli.main(["release", str(tmp_path / "nowhere")]) == 1


def test_a_record_with_a_fault_is_not_released(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = versions.second(versions.first(tmp_path / "data"))
    (folder / "actors.yaml").write_text("[]\n")
    assert cli.main(["release", str(folder)]) == 1
    assert "actors.yaml" in capsys.readouterr().err
    assert [*releases.kept(folder)] == [OLD]
