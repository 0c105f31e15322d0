"""The validated rows as pandas frames: which columns each has, of which dtype, and what they mean.

`TABLES` is the one list of columns; `docs/data-dictionary.md` is generated from it.
Text is pandas `str` with NaN where missing, days are ISO text, counts are `Int64`, flags are `bool`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from serval import schema
from serval.rules import Tables, independent_key

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Column:
    name: str
    dtype: str
    description: str


def _from(model: type[schema.Row], names: str, **dtypes: str) -> list[Column]:
    """Columns that repeat a model's fields, with the model's own descriptions."""
    fields = model.model_fields
    return [
        Column(n, dtypes.get(n, "str"), fields[n].description or n.replace("_", " ")) for n in names.split()
    ]


def _prefixed(prefix: str, columns: Iterable[Column]) -> list[Column]:
    return [Column(f"{prefix}_{c.name}", c.dtype, f"{prefix}: {c.description}") for c in columns]


_EVENT = Column("event", "str", "event id")
_RANK = Column("rank", "int64", "position as the curator wrote it, from 0")
_RANGE = _from(schema.Range, "low best high", low="Int64", best="Int64", high="Int64")

TABLES: Mapping[str, Sequence[Column]] = {
    "events": [
        *_from(schema.Event, "id"),
        *_prefixed("date", _from(schema.EventDate, "start end precision")),
        Column("place", "str", "place id; the first where there are several"),
        Column("lat", "float64", "latitude of the place, WGS 84; NaN for country-level events"),
        Column("lon", "float64", "longitude of the place, WGS 84; NaN for country-level events"),
        *_from(schema.Event, "geo_precision type"),
        Column("family", "str", "family of the type"),
        Column("side", "str", "side of the first initiator, else of the first actor"),
        *_from(schema.Event, "title title_fr summary summary_fr status dispute dispute_fr"),
        Column("known_from", "str", "day of the earliest dated source"),
        Column("n_sources", "int64", "sources cited"),
        Column("n_independent", "int64", "independent sources among them"),
    ],
    "event_places": [_EVENT, Column("place", "str", "place id"), _RANK],
    "event_actors": [_EVENT, *_from(schema.EventActor, "actor role"), _RANK],
    "event_sources": [_EVENT, Column("source", "str", "source id"), _RANK],
    "figures": [
        _EVENT,
        _RANK,
        *_from(schema.Figure, "kind of"),
        *_RANGE,
        *_from(schema.Figure, "unit source claimed_by counts_in_total note note_fr", counts_in_total="bool"),
    ],
    "evidence": [
        _EVENT,
        *_from(schema.Evidence, "source start end sha256 by checked_by", start="int64", end="int64"),
    ],
    "sources": [
        *_from(
            schema.Source,
            "id publisher title title_is_description date url archive_url language kind side wire",
            title_is_description="bool",
        ),
        Column("independent", "str", "two sources with one key are one independent voice"),
        *_from(schema.Source, "text_sha256 text_chars", text_chars="Int64"),
    ],
    "actors": [
        *_from(schema.Actor, "id name name_fr short short_fr"),
        Column("aliases", "str", "other names, `|` between them"),
        *_from(schema.Actor, "kind side parent"),
        Column("member_of", "str", "actor ids, `;` between them"),
        *_from(schema.Actor, "founded dissolved"),
        Column("leaders", "str", "ids of people, `;` between them"),
        *_from(schema.Actor, "role role_fr"),
        *_prefixed("strength", [*_RANGE, *_from(schema.Strength, "as_of note note_fr")]),
        *_from(schema.Actor, "area description description_fr status note"),
        Column("sources", "str", "source ids, `;` between them"),
    ],
    "lineage": [
        Column("actor", "str", "actor id"),
        *_from(schema.Lineage, "relation"),
        Column("other", "str", "the other actor's id"),
        *_from(schema.Lineage, "date"),
        Column("sources", "str", "source ids, `;` between them"),
    ],
    "alignment": [
        Column("actor", "str", "actor id"),
        *_from(schema.Alignment, "date change change_fr stance toward"),
        Column("sources", "str", "source ids, `;` between them"),
    ],
    "places": _from(
        schema.Place,
        "id name name_fr alt_names lat lon region country kind radius_km source note",
        lat="float64",
        lon="float64",
        radius_km="float64",
    ),
    "troops": [
        *_from(schema.Troops, "id date precision actor kind unit place scope"),
        *_RANGE,
        *_from(schema.Troops, "status note note_fr source"),
    ],
    "changes": [
        Column("place", "str", "town"),
        _EVENT,
        Column("date_start", "str", "first day on which it can have changed hands"),
        Column("date_end", "str", "last day on which it can have changed hands"),
        Column("holders_before", "str", "actor ids, or nobody, or unknown; `;` between them"),
        Column("holders", "str", "actor ids, or nobody, or unknown; `;` between them"),
    ],
}

CONTROL: Sequence[Column] = [
    Column("place", "str", "town"),
    Column("holders", "str", "actor ids, or nobody, or unknown; `;` between them"),
    Column("start", "str", "first day on which they surely had it"),
    Column(
        "end", "str", "last day before the next change may have begun; the day before `start`: none is sure"
    ),
    Column(
        "changed_from", "str", "first day on which they may have taken it; from it to `start` it was changing"
    ),
    Column("event", "str", "event that brought them; empty for the spell before the first change"),
    Column("contested", "bool", "whether the holders are of more than one bloc"),
]
"""Columns of what `serval.control.intervals` derives from `changes`."""


def frame(name: str, rows: Rows) -> pd.DataFrame:
    """Rows as a frame with exactly the columns and dtypes of `TABLES[name]`."""
    data = {c.name: pd.Series([row.get(c.name) for row in rows], dtype=c.dtype) for c in TABLES[name]}
    return pd.DataFrame(data)


def build(tables: Tables) -> dict[str, pd.DataFrame]:
    """All frames but `control`, which `serval.control` derives from `changes`."""
    return {name: frame(name, rows) for name, rows in _rows(tables).items()}


def _rows(tables: Tables) -> dict[str, Rows]:
    events = sorted((e for _, e in tables.events), key=lambda e: (e.date.start, e.id))
    actors = [a for _, a in tables.actors]
    out = {"events": _events(tables, events), **_event_parts(events), **_actor_parts(actors)}
    out["sources"] = [{**s.model_dump(), "independent": independent_key(s)} for _, s in tables.sources]
    out["places"] = [{**p.model_dump(), "alt_names": _join("|", p.alt_names)} for _, p in tables.places]
    out["troops"] = [t.model_dump() for _, t in sorted(tables.troops, key=lambda t: (t[1].date, t[1].id))]
    out["changes"] = sorted(
        _changes(events), key=lambda c: (c["place"], c["date_start"], c["date_end"], c["event"])
    )
    return out


def _join(separator: str, words: Iterable[str]) -> str | None:
    return separator.join(words) or None


def _events(tables: Tables, events: Sequence[schema.Event]) -> Rows:
    families = {t.id: t.family for t in tables.vocabulary.event_types}
    sides = {a.id: a.side for _, a in tables.actors}
    places = {p.id: p for _, p in tables.places}
    sources = {s.id: s for _, s in tables.sources}
    rows = []
    for e in events:
        place = places[e.place[0]]
        drawn = e.geo_precision != "country"
        leading = next((a for a in e.actors if a.role == "initiator"), e.actors[0])
        cited = [sources[s] for s in e.sources]
        rows.append(
            {
                **e.model_dump(
                    exclude={"date", "place", "actors", "control", "figures", "sources", "evidence"}
                ),
                **{f"date_{k}": v for k, v in e.date.model_dump().items()},
                "place": place.id,
                "lat": place.lat if drawn else None,
                "lon": place.lon if drawn else None,
                "family": families[e.type],
                "side": sides[leading.actor],
                "known_from": min((s.date for s in cited if s.date), default=None),
                "n_sources": len(cited),
                "n_independent": len({independent_key(s) for s in cited}),
            }
        )
    return rows


def _event_parts(events: Sequence[schema.Event]) -> dict[str, Rows]:
    parts: dict[str, Rows] = {
        n: [] for n in ("event_places", "event_actors", "event_sources", "figures", "evidence")
    }
    for e in events:
        key = {"event": e.id}
        parts["event_places"] += [{**key, "place": p, "rank": i} for i, p in enumerate(e.place)]
        parts["event_actors"] += [{**key, **a.model_dump(), "rank": i} for i, a in enumerate(e.actors)]
        parts["event_sources"] += [{**key, "source": s, "rank": i} for i, s in enumerate(e.sources)]
        parts["figures"] += [{**key, **f.model_dump(), "rank": i} for i, f in enumerate(e.figures)]
        parts["evidence"] += [{**key, **v.model_dump()} for v in e.evidence]
    return parts


def _actor_parts(actors: Sequence[schema.Actor]) -> dict[str, Rows]:
    rows, lineage, alignment = [], [], []
    for a in actors:
        strength = a.strength.model_dump() if a.strength else {}
        lists = {k: _join(";", getattr(a, k)) for k in ("member_of", "leaders", "sources")}
        rows.append({**a.model_dump(), **lists, "aliases": _join("|", a.aliases),
                     **{f"strength_{k}": v for k, v in strength.items()}})  # fmt: skip
        lineage += [
            {
                "actor": a.id,
                "relation": t.relation,
                "other": t.actor,
                "date": t.date,
                "sources": _join(";", t.sources),
            }
            for t in a.lineage
        ]
        alignment += [
            {"actor": a.id, **t.model_dump(), "sources": _join(";", t.sources)} for t in a.alignment
        ]
    return {"actors": rows, "lineage": lineage, "alignment": alignment}


def _changes(events: Sequence[schema.Event]) -> Rows:
    return [
        {
            "place": c.place,
            "event": e.id,
            "date_start": e.date.start,
            "date_end": e.date.end,
            "holders_before": ";".join(c.from_),
            "holders": ";".join(c.to),
        }
        for e in events
        for c in e.control
    ]
