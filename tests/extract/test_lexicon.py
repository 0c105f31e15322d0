"""The lexicon of the project is sound, and faults in it are told by file and entry."""

import shutil
from pathlib import Path

import pytest
import yaml

from serval.extract import lexicon

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "lexicon", tmp_path / "lexicon")
    for name in ("actors.yaml", "places.csv", "vocabulary.yaml"):
        shutil.copy(DATA / name, tmp_path)
    return tmp_path


def test_the_lexicon_loads_and_knows_the_record():
    words = lexicon.load()
    assert {a.actor for _, a in words.alias["hollande"]} == {"france"}
    assert words.place["tombouctou"][0][1].name == "Timbuktu"
    assert words.told("jihadist_groups") == "islamists"


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("frames", lambda d: d["frames"][0].update(type="conquest"), r"frames.yaml: \w+: type: conquest"),
        ("frames", lambda d: d["frames"][0].update(wheight=1), r"frames.yaml: frames.0.wheight"),
        ("frames", lambda d: d["frames"][0].update(weight=3), r"frames.yaml: frames.0.weight"),
        ("frames", lambda d: d["frames"][0].update(require=["object:castle"]), "no class castle"),
        ("frames", lambda d: d["frames"][0].update(require=["thing:town"]), "the slot is"),
        ("frames", lambda d: d["frames"][0].update(roles={"subject": "hero"}), "hero is not a role"),
        ("frames", lambda d: d["frames"].append(d["frames"][0]), "used twice"),
        ("frames", lambda d: d["frames"][0].update(verbs=[], nouns=[]), "neither verbs nor nouns"),
        ("actors", lambda d: d["aliases"].update(atlantis=["Atlantis"]), "aliases: atlantis"),
        ("places", lambda d: d["told_as"].update(atlantis="gao"), "told_as: atlantis"),
        ("words", lambda d: d["respell"].update(word="longer"), "not of the same length"),
        ("words", lambda d: d.pop("negations"), "words.yaml: negations"),
    ],
)
def test_a_fault_is_told(folder: Path, name: str, change, told: str):
    path = folder / "lexicon" / f"{name}.yaml"
    content = yaml.safe_load(path.read_text("utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    with pytest.raises(lexicon.LexiconError, match=told):
        lexicon.load(folder)


def test_broken_yaml_and_a_missing_file_are_told_together(folder: Path):
    (folder / "lexicon" / "frames.yaml").write_text("frames: [", "utf-8")
    (folder / "lexicon" / "words.yaml").unlink()
    with pytest.raises(lexicon.LexiconError) as caught:
        lexicon.load(folder)
    assert {line.split(":")[0] for line in str(caught.value).splitlines()} == {"frames.yaml", "words.yaml"}
