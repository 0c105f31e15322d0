"""What must hold between rows: words, references, order, holders, lineage, independence.

Each rule is a generator of faults over the parsed tables; `check` runs them all.
"""

from __future__ import annotations

import re
import typing
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from serval import schema
from serval.files import Fault, Raw
from serval.vocabulary import Vocabulary

SCOPE = ("2012-01-01", "2014-12-31")
"""The record's own days: an event outside them is a slip."""
FORCE = 1_000_000
MOST = {
    "people": 30_000_000,
    "votes": 30_000_000,
    "percent": 100,
    "objects": 10_000_000,
    **dict.fromkeys(("military", "police", "personnel", "fighters"), FORCE),
    **dict.fromkeys(("vehicles", "aircraft", "sorties"), 100_000),
}
"""Beyond these a count is a slip: more people than the countries around have, more than all of a whole."""
Where = tuple[str | int, ...]

M = typing.TypeVar("M")
Rows = list[tuple[Raw, M]]


@dataclass
class Tables:
    """The parsed rows of every table, each beside the raw row it came from."""

    vocabulary: Vocabulary
    events: Rows[schema.Event] = field(default_factory=list)
    actors: Rows[schema.Actor] = field(default_factory=list)
    sources: Rows[schema.Source] = field(default_factory=list)
    places: Rows[schema.Place] = field(default_factory=list)
    troops: Rows[schema.Troops] = field(default_factory=list)
    story: Rows[schema.Stop] = field(default_factory=list)
    ids: dict[str, set[str]] = field(default_factory=dict)
    """Ids of each table, those of rows that did not parse among them, so that one fault is told once.

    A table whose file could not be read whole has no entry: what refers to it cannot be judged.
    """
    unsure: set[str] = field(default_factory=set)
    """Towns whose chain of holders has a gap, because an event that changes them did not parse."""

    def all(self) -> Iterator[tuple[str, Rows[Any]]]:
        for name in ("events", "actors", "sources", "places", "troops", "story"):
            yield name, getattr(self, name)


def check(tables: Tables) -> list[Fault]:
    """Every fault of the parsed tables."""
    rules: list[Callable[[Tables], Iterator[Fault]]] = [
        _ids, _words, _scope, _counts, _status, _own_sources, _people, _parents, _lineage, _holders, _order,
    ]  # fmt: skip
    return [fault for rule in rules for fault in rule(tables)]


def _ids(tables: Tables) -> Iterator[Fault]:
    for _, rows in tables.all():
        first: dict[str, Raw] = {}
        for raw, row in rows:
            if row.id in first:
                seen = first[row.id]
                yield raw.fault(("id",), f"stands in {seen.file}:{seen.line} too, expected an id of its own")
            first.setdefault(row.id, raw)


@cache
def worded(model: type[schema.Row]) -> list[tuple[str, str, Any]]:
    """(attribute, key in the file, what it refers to or the nested model) of the fields that need a look."""
    hints = typing.get_type_hints(model, include_extras=True)
    found = []
    for name, info in model.model_fields.items():
        for part in _parts(hints[name]):
            if isinstance(part, schema.Word) or (isinstance(part, type) and issubclass(part, schema.Row)):
                found.append((name, info.alias or name, part))
    return found


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for arg in typing.get_args(hint):
        yield from _parts(arg)


def references(row: schema.Row, path: Where = ()) -> Iterator[tuple[Where, str, str]]:
    """(path, vocabulary list or table, word) for every word of a row."""
    for name, key, part in worded(type(row)):
        value = getattr(row, name)
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        for i, item in items:
            if item is None:
                continue
            here = (*path, key) if i is None else (*path, key, i)
            if isinstance(part, schema.Word):
                if isinstance(item, str):
                    yield here, part.of, item
            elif isinstance(item, schema.Row):
                yield from references(item, here)


def allowed_words(tables: Tables) -> dict[str, set[str]]:
    words = {name: {t.id for t in getattr(tables.vocabulary, name)} for name in Vocabulary.model_fields}
    words |= tables.ids
    if "actors" in words:
        words["holders"] = words["actors"] | {schema.NOBODY, schema.UNKNOWN}
    return words


def _words(tables: Tables) -> Iterator[Fault]:
    words = allowed_words(tables)
    rows: list[tuple[Raw, schema.Row]] = [pair for _, table in tables.all() for pair in table]
    for raw, row in rows:
        for path, of, word in references(row):
            if of in words and word not in words[of]:
                yield raw.fault(path, f"'{word}' is not known, expected {_expected(of, words[of])}")


def _expected(of: str, words: set[str]) -> str:
    return f"one of {', '.join(sorted(words))}" if len(words) <= 25 else f"an id of {of}"


def _scope(tables: Tables) -> Iterator[Fault]:
    for raw, event in tables.events:
        for key, day in (("start", event.date.start), ("end", event.date.end)):
            if not SCOPE[0] <= day <= SCOPE[1]:
                yield raw.fault(
                    ("date", key), f"{day} is outside the record, expected {SCOPE[0]} to {SCOPE[1]}"
                )


def _counts(tables: Tables) -> Iterator[Fault]:
    for raw, event in tables.events:
        for i, figure in enumerate(event.figures):
            yield from _beyond(raw, ("figures", i), figure, MOST.get(figure.unit, schema.MAX_COUNT))
    for raw, actor in tables.actors:
        if actor.strength:
            yield from _beyond(raw, ("strength",), actor.strength, FORCE)
    for raw, troops in tables.troops:
        yield from _beyond(raw, (), troops, FORCE)
        if troops.low is troops.best is troops.high is None:
            yield raw.fault(("low",), "has neither low, best nor high, expected at least one")


def _beyond(raw: Raw, path: Where, counts: schema.Range, most: int) -> Iterator[Fault]:
    for key in ("low", "best", "high"):
        n = getattr(counts, key)
        if n is not None and n > most:
            yield raw.fault((*path, key), f"{n} is a slip, expected at most {most}")


def independent_key(source: schema.Source) -> str:
    """Two sources with one key are one independent voice: reprints of a wire, editions of one publisher."""
    name = re.sub(r"\(.*?\)", "", source.wire or source.publisher)
    name = (
        unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode() or name.casefold()
    )
    return re.sub(r"\b(news|english|french|afrique)\b|[^a-z0-9\u0600-\u06ff]+", "", name)


def is_official(source: schema.Source) -> bool:
    """An official text; an armed movement's own word is a claim, not one."""
    return source.kind == "official" and source.side != "insurgent"


def _status(tables: Tables) -> Iterator[Fault]:
    sources = {row.id: row for _, row in tables.sources}
    rows: list[tuple[Raw, schema.Event | schema.Actor]] = [*tables.events, *tables.actors]
    for raw, row in rows:
        cited = [sources[s] for s in row.sources if s in sources]
        if len(cited) < len(row.sources):
            continue
        voices = {independent_key(s) for s in cited}
        if row.status == "confirmed" and len(voices) < 2 and not any(map(is_official, cited)):
            message = f"confirmed by {len(voices)} independent source, expected two or an official one"
            yield raw.fault(("status",), message)
    for raw, event in tables.events:
        if event.status == "disputed" and not event.dispute:
            yield raw.fault(("dispute",), "missing, expected a sentence that says what is disputed")


def _own_sources(tables: Tables) -> Iterator[Fault]:
    lengths = {row.id: row.text_chars for _, row in tables.sources}
    for raw, event in tables.events:
        for key, ids in (("sources", event.sources), ("place", event.place)):
            for i, word in enumerate(ids):
                if word in ids[:i]:
                    yield raw.fault((key, i), f"'{word}' stands twice, expected once")
        for i, figure in enumerate(event.figures):
            if figure.source is not None and figure.source not in event.sources:
                yield raw.fault(("figures", i, "source"), f"'{figure.source}' is not a source of the event, "
                                "expected one of its sources")  # fmt: skip
        for i, span in enumerate(event.evidence):
            length = lengths.get(span.source)
            if span.source not in event.sources:
                yield raw.fault(("evidence", i, "source"), f"'{span.source}' is not a source of the event, "
                                "expected one of its sources")  # fmt: skip
            elif span.source in lengths and (length is None or span.end > length):
                yield raw.fault(("evidence", i, "end"), f"{span.end} is past the text, expected a source "
                                "whose text_chars covers it")  # fmt: skip


def _people(tables: Tables) -> Iterator[Fault]:
    kinds = {row.id: row.kind for _, row in tables.actors}
    for raw, actor in tables.actors:
        if actor.founded and actor.dissolved and _before(actor.dissolved, actor.founded):
            yield raw.fault(("dissolved",), f"{actor.dissolved} is before founded {actor.founded}, "
                            "expected it after")  # fmt: skip
        for i, leader in enumerate(actor.leaders):
            if kinds.get(leader, "person") != "person":
                yield raw.fault(("leaders", i), f"'{leader}' is a {kinds[leader]}, expected a person")


def _before(day: str, other: str) -> bool:
    """Whether a day, month or year is surely before another."""
    n = min(len(day), len(other))
    return day[:n] < other[:n]


def _parents(tables: Tables) -> Iterator[Fault]:
    edges = {row.id: [row.parent] if row.parent else [] for _, row in tables.actors}
    yield from _cycles(tables, edges, "parent")


def lineage_edges(actors: list[schema.Actor]) -> dict[str, list[str]]:
    """Older group -> the groups that came of it."""
    edges: dict[str, list[str]] = defaultdict(list)
    for actor in actors:
        for tie in actor.lineage:
            older, newer = (actor.id, tie.actor) if tie.relation == "merged_into" else (tie.actor, actor.id)
            edges[older].append(newer)
    return dict(edges)


def _lineage(tables: Tables) -> Iterator[Fault]:
    yield from _cycles(tables, lineage_edges([row for _, row in tables.actors]), "lineage")


def _cycles(tables: Tables, edges: Mapping[str, list[str]], field_name: str) -> Iterator[Fault]:
    for raw, actor in tables.actors:
        reached, todo = set[str](), list(edges.get(actor.id, ()))
        while todo:
            nxt = todo.pop()
            if nxt not in reached:
                reached.add(nxt)
                todo += edges.get(nxt, ())
        if actor.id in reached:
            yield raw.fault((field_name,), "leads back to the actor itself, expected no cycle")


def _holders(tables: Tables) -> Iterator[Fault]:
    if "events" not in tables.ids:
        return
    changes = defaultdict(list)
    for raw, event in tables.events:
        for i, change in enumerate(event.control):
            changes[change.place].append((event.date.start, event.date.end, event.id, i, raw, change))
    for town in (chain for place, chain in changes.items() if place not in tables.unsure):
        town.sort(key=lambda c: c[:4])
        before: set[str] = {schema.UNKNOWN}
        for *_, i, raw, change in town:
            claimed = set(change.from_)
            if schema.UNKNOWN not in before and claimed != before:
                message = f"{change.place} was {_names(claimed)}'s before, expected {_names(before)}'s"
                yield raw.fault(("control", i, "from"), f"{message}, by the change before this one")
            before = set(change.to)


def _names(ids: set[str]) -> str:
    return "+".join(sorted(ids))


def _order(tables: Tables) -> Iterator[Fault]:
    before: tuple[str, str, str] = ("", "", "")
    for raw, event in tables.events:
        here = (raw.file, event.date.start, event.id)
        if not raw.file.endswith(f"{event.date.start[:7]}.yaml"):
            yield raw.fault(
                ("date", "start"), f"{event.date.start} is in {raw.file}, expected its month's file"
            )
        if before[0] == here[0] and here < before:
            yield raw.fault(("date", "start"), f"stands after {before[2]}, expected rows by start and id")
        before = here
