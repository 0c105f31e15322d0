"""The words that the reader knows: data/lexicon/*.yaml joined with the record's actors and places.

Names of actors and places are those of the record; the lexicon adds what only news prose uses.
A fault in a file is a LexiconError whose lines say file, entry and what was expected.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from serval.extract import lexcheck
from serval.extract.lexfiles import ActorFile, Frame, FrameFile, PlaceFile, Words
from serval.extract.text import fold

DATA = Path(__file__).resolve().parents[2] / "data"
LATIN = re.compile(r"^[\u0000-\u024f’]+$")
TITLE = re.compile(r"^(Gen|Col|Capt|Adm|Lt|Maj)\. (de )?")
KINDS = {
    "state_force": "rule",
    "mission": "force",
    "insurgent": "armed",
    "militia": "armed",
    "population": "people",
    "person": "person",
    "cover": "armed",
    "company": "org",
    "regional_org": "org",
    "political": "rule",
}


class LexiconError(ValueError):
    """One line per fault: file: entry: what is wrong."""


@dataclass(frozen=True)
class Alias:
    """A name in a text: the actor's id in the record and what kind of actor it is."""

    actor: str
    kind: str
    exact: bool


@dataclass(frozen=True)
class Place:
    """A place: id in places.csv ('' if it is not there), the name given out, kind, region, whether it was
    lost.
    """

    id: str
    name: str
    kind: str
    region: str
    lost: bool
    field: bool = False


@dataclass
class Lexicon:
    """Everything looked up while reading; keys are folded (lower case, no accents)."""

    actors: ActorFile
    places: PlaceFile
    words: Words
    frames: list[Frame]
    alias: dict[str, list[tuple[str, Alias]]] = field(default_factory=dict)
    place: dict[str, list[tuple[str, Place]]] = field(default_factory=dict)
    nation: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, Place] = field(default_factory=dict)
    noun: dict[str, set[str]] = field(default_factory=dict)
    noun_class: dict[str, set[str]] = field(default_factory=dict)
    verbs: dict[str, list[tuple[Frame, tuple[str, ...]]]] = field(default_factory=dict)
    nouns: list[tuple[re.Pattern[str], Frame, str]] = field(default_factory=list)
    actor_names: re.Pattern[str] = re.compile("$^")
    place_names: re.Pattern[str] = re.compile("$^")
    nation_names: re.Pattern[str] = re.compile("$^")
    glued: re.Pattern[str] = re.compile("$^")

    def told(self, actor: str) -> str:
        """The id given out for an actor of the record."""
        return self.actors.told_as.get(actor, actor)

    def side(self, told: str) -> str:
        """'state', 'armed' or ''."""
        if told in self.actors.state_side:
            return "state"
        return "armed" if told in self.actors.armed_side else ""


@lru_cache(maxsize=4)
def load(data: Path = DATA) -> Lexicon:
    """The lexicon of a data folder. Raises LexiconError with every fault found."""
    folder, faults = data / "lexicon", []
    parts: dict[str, Any] = {}
    for name, model in (
        ("actors", ActorFile),
        ("places", PlaceFile),
        ("words", Words),
        ("frames", FrameFile),
    ):
        try:
            parts[name] = model.model_validate(_yaml(folder / f"{name}.yaml"))
        except ValidationError as error:
            faults += [f"{name}.yaml: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
            faults.append(f"{name}.yaml: {' '.join(str(error).split())}")
    if faults:
        raise LexiconError("\n".join(faults))
    lexicon = Lexicon(parts["actors"], parts["places"], parts["words"], parts["frames"].frames)
    record = _yaml(data / "actors.yaml")
    with (data / "places.csv").open(encoding="utf-8", newline="") as rows:
        places = list(csv.DictReader(rows))
    vocabulary = _yaml(data / "vocabulary.yaml")
    faults = lexcheck.unknown(lexicon, record, places, vocabulary)
    if faults:
        raise LexiconError("\n".join(faults))
    _add_actors(lexicon, record)
    _add_places(lexicon, places)
    _add_words(lexicon)
    return lexicon


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _add_actors(lexicon: Lexicon, record: Iterable[dict[str, Any]]) -> None:
    drop = {fold(name) for name in lexicon.actors.drop}
    kinds = {a["id"]: a["kind"] for a in record}
    found: list[tuple[str, Alias]] = []
    for actor in record:
        person = actor["kind"] == "person"
        leads = [actor.get("parent"), *(actor.get("member_of") or [])]
        target = next((a for a in leads if a), None) if person else actor["id"]
        if target is None:
            continue
        kind = KINDS.get(actor["kind"], "org")
        if actor["kind"] == "cover" and actor["id"] == "african_forces":
            kind = "force"
        if actor["id"] in ("mali_army", "red_berets", "afisma", "minusma"):
            kind = "force"
        names = [actor["name"], actor.get("short") or "", *(actor.get("aliases") or [])]
        if person:
            names += [TITLE.sub("", n) for n in names if TITLE.match(n)]
        names = [re.sub(r" \(.*\)", "", n) for n in names]
        found += [
            (n, Alias(target, kind, True))
            for n in names
            if len(n) > 1 and fold(n) not in drop and LATIN.match(n)
        ]
    for actor_id, names in lexicon.actors.aliases.items():
        kind = KINDS.get(kinds.get(actor_id, ""), "org")
        kind = "force" if actor_id in ("mali_army", "red_berets", "cnrdre") else kind
        found += [(n, Alias(actor_id, kind, True)) for n in names]
    for name, alias in found:
        lexicon.alias.setdefault(fold(name), []).append((name, alias))
    lexicon.actor_names = _any_of(lexicon.alias)
    for nation, entry in lexicon.actors.nations.items():
        for word in entry.words:
            lexicon.nation[fold(word)] = nation
    lexicon.nation_names = _any_of(lexicon.nation)


def _add_places(lexicon: Lexicon, rows: Iterable[dict[str, str]]) -> None:
    file = lexicon.places
    drop = {fold(name) for name in file.drop}
    by_id = {row["id"]: row for row in rows}
    for row in by_id.values():
        told = by_id[file.told_as.get(row["id"], row["id"])]
        kind = {
            "country": "country",
            "area": "area",
            "region": "area",
            "massif": "area",
            "valley": "area",
            "road": "area",
        }.get(row["kind"], "town")
        lost = row["region"] in ("kidal", "gao", "tombouctou") or row["id"] in file.once_held
        field = bool(row["region"]) or row["id"] in file.fields_abroad
        place = Place(row["id"], file.names.get(told["id"], told["name"]), kind, row["region"], lost, field)
        lexicon.by_id[row["id"]] = place
        names = [row["name"], row["name_fr"], *row["alt_names"].split("|"), *file.aliases.get(row["id"], [])]
        for name in names:
            if len(name) > 1 and LATIN.match(name) and (fold(name) not in drop or name == row["name"]):
                lexicon.place.setdefault(fold(name), []).append((name, place))
    for name, extra in file.extra.items():
        kind = "town" if extra.kind == "city" else extra.kind
        for alias in extra.names:
            lexicon.place.setdefault(fold(alias), []).append((alias, Place("", name, kind, "", False)))
    split = [
        n
        for named in lexicon.place.values()
        for n, _ in named
        if re.match(r"(I-n|In|Tin|Ti-n|Ti|Raz|El)[ -]", n)
    ]
    lexicon.glued = re.compile(
        r"\b(?:" + "|".join(map(re.escape, sorted(split, key=len, reverse=True))) + r")\b"
    )
    lexicon.place_names = _any_of(
        lexicon.place, bare=("north", "south", "half", "part", "parts", "east", "west")
    )


def _add_words(lexicon: Lexicon) -> None:
    for kind, words in lexicon.actors.nouns.items():
        for word in words:
            lexicon.noun.setdefault(fold(word), set()).add(kind)
    for name, words in lexicon.words.classes.items():
        for word in words:
            lexicon.noun_class.setdefault(fold(word), set()).add(name)
    for frame in lexicon.frames:
        for pattern in frame.verbs:
            verb, *rest = pattern.lower().split()
            lexicon.verbs.setdefault(verb, []).append((frame, tuple(rest)))
        for phrase in sorted(frame.nouns, key=len, reverse=True):
            joined = r"[ -]".join(re.escape(word) for word in re.split(r"[ -]", fold(phrase)))
            plural = re.sub(r"y$", "(?:y|ies)", joined) if joined.endswith("y") else joined + r"(?:s|es)?"
            lexicon.nouns.append((re.compile(rf"(?<![\w-]){plural}(?![\w])"), frame, phrase))


def _any_of(names: Mapping[str, object], bare: tuple[str, ...] = ()) -> re.Pattern[str]:
    """The longest of some names; one that ends in a `bare` word is not it where "of" follows."""
    longest = sorted(names, key=len, reverse=True)
    told = [re.escape(n) + (r"(?! of\b)" if n.endswith(bare) and bare else "") for n in longest]
    return re.compile(r"(?<![\w])(?:" + "|".join(told) + r")(?!\w)")
