"""The record as arrays, made once: what selecting, counting and adding need, by row number.

Days are integers since 1970-01-01. An event's row number is its position in `record.events`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from serval import control
from serval.text import fold

if TYPE_CHECKING:
    from serval.record import Record

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MISSING = -1


def days(iso: Iterable[object]) -> Ints:
    """ISO days as integers; missing ones as the smallest integer."""
    return np.array(["NaT" if d != d or d is None else d for d in iso], "datetime64[D]").astype(np.int64)


def day(iso: str) -> int:
    """An ISO day as an integer."""
    return int(np.datetime64(iso, "D").astype(np.int64))


class Codes:
    """Ids of one list and their positions in it."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = list(ids)
        self.of = {name: i for i, name in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self.ids)

    def get(self, ids: Iterable[object]) -> Ints:
        """Positions; -1 for what is missing or not in the list."""
        return np.array([self.of.get(i, MISSING) if isinstance(i, str) else MISSING for i in ids], np.int64)


class Pairs(NamedTuple):
    """Events (row numbers) and what each has, many to many; every pair once."""

    event: Ints
    code: Ints


class Figures(NamedTuple):
    """The figures frame as arrays; -1 is missing."""

    event: Ints
    kind: Ints
    of: Ints
    low: Ints
    best: Ints
    high: Ints
    counts: Bools
    known: Ints


class Troops(NamedTuple):
    """The troops frame as arrays; -1 is missing."""

    date: Ints
    actor: Ints
    place: Ints
    status: Ints
    known: Ints


@dataclass(frozen=True, eq=False)
class Index:
    """Arrays over one record. `codes` is by query key, `kind` and `source` added."""

    record: Record
    codes: Mapping[str, Codes]
    first: str
    last: str

    @staticmethod
    @lru_cache(maxsize=4)
    def of(record: Record) -> Index:
        """The index of a record, made once."""
        words = record.vocabulary
        ids: dict[str, Iterable[str]] = {
            "event": record.events["id"],
            "type": [t.id for t in words.event_types],
            "status": [t.id for t in words.statuses],
            "role": [t.id for t in words.roles],
            "region": [t.id for t in words.regions],
            "kind": [t.id for t in words.figure_kinds],
            "side": [t.id for t in words.sides],
            "actor": record.actors["id"],
            "place": record.places["id"],
            "source": record.sources["id"],
        }
        first, last = str(record.events["date_start"].min()), str(record.events["date_end"].max())
        return Index(record, {key: Codes(of) for key, of in ids.items()}, first, last)

    @cached_property
    def n(self) -> int:
        return len(self.record.events)

    @cached_property
    def start(self) -> Ints:
        return days(self.record.events["date_start"])

    @cached_property
    def end(self) -> Ints:
        return days(self.record.events["date_end"])

    @cached_property
    def type(self) -> Ints:
        return self.codes["type"].get(self.record.events["type"])

    @cached_property
    def status(self) -> Ints:
        return self.codes["status"].get(self.record.events["status"])

    @cached_property
    def source_known(self) -> Ints:
        """Per source, the day from which it counts: its date; undated, the last day of the record."""
        given = days(self.record.sources["date"])
        return np.where(given == np.iinfo(np.int64).min, day(self.last), given)

    @cached_property
    def sources(self) -> Pairs:
        """Rows of `event_sources`, in its order."""
        frame = self.record.event_sources
        return Pairs(self.codes["event"].get(frame["event"]), self.codes["source"].get(frame["source"]))

    @cached_property
    def known(self) -> Ints:
        """Per event, the day from which it is known: that of its earliest source."""
        known = np.full(self.n, np.iinfo(np.int64).max)
        np.minimum.at(known, self.sources.event, self.source_known[self.sources.code])
        return known

    @cached_property
    def places(self) -> Pairs:
        frame = self.record.event_places
        return Pairs(self.codes["event"].get(frame["event"]), self.codes["place"].get(frame["place"]))

    @cached_property
    def regions(self) -> Pairs:
        """Events and the regions of their places; places outside the regions are left out."""
        of_place = self.codes["region"].get(self.record.places["region"])
        region = of_place[self.places.code]
        inside = region != MISSING
        return self._once(self.places.event[inside], region[inside], len(self.codes["region"]))

    @cached_property
    def actors(self) -> Pairs:
        """Rows of `event_actors`, in its order; `roles` has their roles."""
        frame = self.record.event_actors
        return Pairs(self.codes["event"].get(frame["event"]), self.codes["actor"].get(frame["actor"]))

    @cached_property
    def roles(self) -> Ints:
        return self.codes["role"].get(self.record.event_actors["role"])

    @cached_property
    def troops(self) -> Troops:
        """Rows of `troops`, in its order."""
        frame, codes = self.record.troops, self.codes
        actor, place, status = (codes[key].get(frame[key]) for key in ("actor", "place", "status"))
        known = self.source_known[codes["source"].get(frame["source"])]
        return Troops(days(frame["date"]), actor, place, status, known)

    @cached_property
    def actor_side(self) -> Ints:
        return self.codes["side"].get(self.record.actors["side"])

    @cached_property
    def families(self) -> list[Ints]:
        """Per actor: itself, its parts and its successors, and theirs in turn (parent and lineage).

        `member_of` is not followed: members of an organisation act for themselves.
        """
        edges: dict[int, set[int]] = {}
        actors, codes = self.record.actors, self.codes["actor"].of
        for part, whole in zip(actors["id"], actors["parent"], strict=True):
            if whole in codes:
                edges.setdefault(codes[whole], set()).add(codes[part])
        ties = self.record.lineage
        for actor, relation, other in zip(ties["actor"], ties["relation"], ties["other"], strict=True):
            older, newer = (actor, other) if relation == "merged_into" else (other, actor)
            edges.setdefault(codes[older], set()).add(codes[newer])
        return [_reached(edges, start) for start in range(len(codes))]

    @cached_property
    def kin(self) -> tuple[Ints, Ints]:
        """Every (row of `event_actors`, actor in whose family that row's actor is)."""
        above: list[list[int]] = [[] for _ in self.families]
        for head, family in enumerate(self.families):
            for member in family:
                above[member].append(head)
        heads = [above[code] for code in self.actors.code]
        rows = np.repeat(np.arange(len(heads)), [len(h) for h in heads])
        return rows, np.array([head for h in heads for head in h], np.int64)

    @cached_property
    def figures(self) -> Figures:
        """The figures; `known` is the day from which each counts: its own source's, else its event's."""
        frame = self.record.figures
        event = self.codes["event"].get(frame["event"])
        source = self.codes["source"].get(frame["source"])
        own = self.source_known[source] if len(self.source_known) else source
        return Figures(
            event,
            self.codes["kind"].get(frame["kind"]),
            self.codes["actor"].get(frame["of"]),
            *_ranges(frame),
            frame["counts_in_total"].to_numpy(bool),
            np.where(source == MISSING, self.known[event], own),
        )

    @cached_property
    def chains(self) -> dict[str, list[control.Change]]:
        return control.chains(self.record.changes)

    @cached_property
    def haystacks(self) -> list[str]:
        """Per event, the folded text that search looks through: titles, summaries, places, actors.

        Of every place that they name, all forms of the name are in it, so that each form finds the same.
        """
        actors, places = self.record.actors, self.record.places
        texts = _texts(self.record.events, ["title", "title_fr", "summary", "summary_fr"])
        names_of_places = _texts(places, ["name", "name_fr", "alt_names"])
        for pairs, names in (
            (self.places, names_of_places),
            (self.actors, _texts(actors, ["name", "name_fr", "short", "aliases"])),
        ):
            for event, code in zip(*pairs, strict=True):
                texts[event] += f" {names[code]}"
        forms = zip(_texts(places, ["name"]), _texts(places, ["name_fr"]), names_of_places, strict=True)
        named: dict[str, list[tuple[str, str]]] = {}
        for *names, every in forms:
            for name in dict.fromkeys(filter(None, map(fold, names))):
                named.setdefault(name.split()[0], []).append((name, fold(every)))
        return [_with_forms(fold(text), named) for text in texts]

    def _once(self, event: Ints, code: Ints, width: int) -> Pairs:
        keys = np.unique(event * width + code)
        return Pairs(keys // width, keys % width)


def _ranges(frame: pd.DataFrame) -> tuple[Ints, Ints, Ints]:
    low, best, high = (frame[c].to_numpy(np.int64, na_value=MISSING) for c in ("low", "best", "high"))
    return low, best, high


def _reached(edges: Mapping[int, set[int]], start: int) -> Ints:
    found, todo = {start}, [start]
    while todo:
        new = edges.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return np.array(sorted(found), np.int64)


def _texts(frame: pd.DataFrame, columns: list[str]) -> list[str]:
    rows = zip(*(frame[c] for c in columns), strict=True)
    return [" ".join(text for text in row if isinstance(text, str)) for row in rows]


def _with_forms(text: str, named: Mapping[str, list[tuple[str, str]]]) -> str:
    """A text and all forms of the names in it. `named`: first word -> the names with it, and their forms."""
    apart = f" {text} "
    begun = [pair for word in dict.fromkeys(text.split()) for pair in named.get(word, ())]
    found = dict.fromkeys(forms for name, forms in begun if f" {name} " in apart)
    return " ".join([text, *(forms for forms in found if forms not in text)])
