"""What the record rests on, and what it lacks: its sources by voice, and the holes a reader must know."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from serval import cards
from serval.lookup import Lookup

if TYPE_CHECKING:
    import pandas as pd

    from serval.record import Record

PUBLISHERS = 12
"""Publishers that are named, those of most documents."""

Counts = list[tuple[str, int]]
"""What is counted and how many, most first."""


@dataclass(frozen=True)
class Sources:
    """The sources: documents, publishers, and independent voices (see `rules.independent_key`).

    `reprints` are documents that reprint an agency's story, `wires` the agencies; `backing`: events by the
    number of their independent sources, from 1 to 3, which stands for three and more.
    """

    n: int
    publishers: int
    voices: int
    reprints: int
    wires: Counts
    kinds: Counts
    sides: Counts
    languages: Counts
    biggest: Counts
    backing: dict[int, int]


@dataclass(frozen=True)
class Gaps:
    """How many of `events` and `sources` lack what one would wish for."""

    events: int
    no_dead_counted: int
    no_figure: int
    vague_day: int
    near: int
    area: int
    country: int
    reported: int
    disputed: int
    proven: int
    spans: int
    sources: int
    undated: int
    no_address: int
    archived: int
    described: int


@lru_cache(maxsize=4)
def sources(record: Record) -> Sources:
    """The record's sources, counted."""
    rows = record.sources
    backing = record.events["n_independent"].clip(upper=3).value_counts()
    return Sources(
        n=len(rows),
        publishers=int(rows["publisher"].nunique()),
        voices=int(rows["independent"].nunique()),
        reprints=int(rows["wire"].notna().sum()),
        wires=_counts(rows["wire"]),
        kinds=_counts(rows["kind"]),
        sides=_counts(rows["side"]),
        languages=_counts(rows["language"]),
        biggest=_counts(rows["publisher"])[:PUBLISHERS],
        backing={n: int(backing.get(n, 0)) for n in (1, 2, 3)},
    )


@dataclass(frozen=True)
class Machine:
    """Fields of events that a program read, the events, and how many of the fields a person checked."""

    fields: int
    events: int
    checked: int


@lru_cache(maxsize=4)
def machine(record: Record) -> Machine:
    """The work of programs in the record, counted."""
    parts = Lookup.of(record).parts["evidence"]
    found = [rows for rows in map(cards.read, parts.values()) if rows]
    fields = [field for rows in found for field in rows.values()]
    return Machine(len(fields), len(found), sum(bool(field.checked_by) for field in fields))


@lru_cache(maxsize=4)
def gaps(record: Record) -> Gaps:
    """What the record lacks, counted."""
    events, rows, figures = record.events, record.sources, record.figures
    dead = figures[(figures["kind"] == "killed") & figures["counts_in_total"]]
    places, statuses = events["geo_precision"], events["status"]
    return Gaps(
        events=len(events),
        no_dead_counted=len(events) - int(dead["event"].nunique()),
        no_figure=len(events) - int(figures["event"].nunique()),
        vague_day=int((events["date_precision"] != "day").sum()),
        near=int((places == "near").sum()),
        area=int((places == "area").sum()),
        country=int((places == "country").sum()),
        reported=int((statuses == "reported").sum()),
        disputed=int((statuses == "disputed").sum()),
        proven=int(record.evidence["event"].nunique()),
        spans=len(record.evidence),
        sources=len(rows),
        undated=int(rows["date"].isna().sum()),
        no_address=int(rows["url"].isna().sum()),
        archived=int(rows["archive_url"].notna().sum()),
        described=int(rows["title_is_description"].sum()),
    )


def _counts(values: pd.Series[str]) -> Counts:
    counts = values.dropna().value_counts()
    ranked = sorted(counts.items(), key=lambda pair: (-int(pair[1]), str(pair[0])))
    return [(str(name), int(n)) for name, n in ranked]
