"""The columns of the tables that are given away, typed: what `serval.frames` and `serval.schema` say of them.

The table of events has the record's own columns and the ids of what belongs to each event, joined.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from serval import frames, schema
from serval.frames import Column
from serval.vocabulary import Term, Vocabulary

EVENTS = [
    *frames.TABLES["events"],
    Column("places", "str", "place ids, the one drawn first; `;` between them"),
    Column("actors", "str", "actor ids; `;` between them"),
    Column("roles", "str", "what each of `actors` did or suffered, in their order; `;` between them"),
    Column("sources", "str", "ids of the sources cited; `;` between them"),
    Column("url", "str", "address of the event's own page"),
]
TABLES = {
    "events": EVENTS,
    **{
        name: frames.TABLES[name]
        for name in ("event_places", "event_actors", "event_sources", "figures", "evidence")
    },
    "control": frames.CONTROL,
    **{
        name: frames.TABLES[name]
        for name in ("changes", "troops", "actors", "lineage", "alignment", "places", "sources")
    },
}
"""Table -> its columns, in the order in which sheets and files stand."""

MODELS: dict[str, list[tuple[str, type[schema.Row]]]] = {
    "events": [("", schema.Event), ("date_", schema.EventDate)],
    "event_actors": [("", schema.EventActor)],
    "figures": [("", schema.Figure)],
    "evidence": [("", schema.Evidence)],
    "troops": [("", schema.Troops)],
    "actors": [("", schema.Actor), ("strength_", schema.Strength)],
    "lineage": [("", schema.Lineage)],
    "alignment": [("", schema.Alignment)],
    "places": [("", schema.Place)],
    "sources": [("", schema.Source)],
}
"""Table -> the models whose fields its columns repeat, with what stands before their names."""

JOINED = {
    **dict.fromkeys(("places", "actors", "roles", "sources", "member_of", "leaders"), ";"),
    **dict.fromkeys(("holders", "holders_before"), ";"),
    **dict.fromkeys(("aliases", "alt_names"), "|"),
}
"""Column of several values -> what stands between them."""

DERIVED: dict[str, tuple[str, str | None]] = {
    "event": ("text", "events"),
    "place": ("text", "places"),
    "actor": ("text", "actors"),
    "other": ("text", "actors"),
    "source": ("text", "sources"),
    "url": ("url", None),
    **dict.fromkeys(("known_from", "date_start", "date_end", "start", "end", "changed_from"), ("day", None)),
}
"""Text column that no model has -> its kind, and the table that it names rows of."""

KEYS = {"events": "id", "troops": "id", "actors": "id", "places": "id", "sources": "id"}
KINDS: dict[Any, str] = {
    schema.Day: "day",
    schema.PartialDay: "partial day",
    schema.Url: "url",
    bool: "flag",
    int: "integer",
    float: "number",
    str: "text",
}
LIMITS = ("minimum", "maximum", "minLength", "maxLength", "pattern")
DTYPES = {"Int64": "integer", "int64": "integer", "float64": "number", "bool": "flag"}
_BETWEEN = re.compile(r"[,;] `[;|]` between them| ?`[;|]` between them in the file; ?")


@dataclass(frozen=True)
class Field:
    """A column. `kind`: text, day, partial day, url, integer, number or flag.

    words: the list of the vocabulary that its values are of; refers: the table whose ids they are;
    separator: what stands between several values, which JSON gives as a list; limits: bounds and patterns,
    by their names in JSON Schema.
    """

    name: str
    kind: str
    description: str
    required: bool = False
    words: str | None = None
    refers: str | None = None
    separator: str | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=32)
def of(table: str) -> tuple[Field, ...]:
    """The columns of a table. Raises KeyError where there is no such table."""
    known = dict(_modelled(table))
    return tuple(
        _derived(column, table) if column.name not in known else _field(column, *known[column.name])
        for column in TABLES[table]
    )


def terms(column: Field, vocabulary: Vocabulary) -> list[Term]:
    """The words that a column may have; none where they are not of the vocabulary."""
    return list(getattr(vocabulary, column.words)) if column.words else []


def _field(column: Column, kind: str, of: str | None, required: bool, limits: Mapping[str, Any]) -> Field:
    return Field(
        column.name,
        kind,
        _described(column),
        required or column.dtype == "bool",
        of if of in Vocabulary.model_fields else None,
        of if of in KEYS else None,
        JOINED.get(column.name),
        limits,
    )


def _derived(column: Column, table: str) -> Field:
    kind, refers = DERIVED.get(column.name, ("text", None))
    always = column.dtype in ("int64", "bool") or refers is not None
    required = always and (table, column.name) != ("control", "event")  # none brought the first spell
    kind, separator = DTYPES.get(column.dtype, kind), JOINED.get(column.name)
    return Field(column.name, kind, _described(column), required, refers=refers, separator=separator)


def _described(column: Column) -> str:
    return _BETWEEN.sub("", column.description).strip()


def _modelled(table: str) -> Iterator[tuple[str, tuple[str, str | None, bool, Mapping[str, Any]]]]:
    for prefix, model in MODELS.get(table, []):
        hints = typing.get_type_hints(model, include_extras=True)
        told = model.model_json_schema()["properties"]
        for name, info in model.model_fields.items():
            kind, of = _meant(hints[name])
            of_a_value = told[info.alias or name]
            given = of_a_value.get("anyOf", [of_a_value])[0]
            limits = {key: given[key] for key in LIMITS if key in given}
            yield f"{prefix}{name}", (kind, of, info.is_required() and prefix != "strength_", limits)


def _meant(hint: Any) -> tuple[str, str | None]:
    """The kind of a model's field, and the list or table that its words are of."""
    if hint in KINDS:
        return KINDS[hint], None
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        word = next((part.of for part in args[1:] if isinstance(part, schema.Word)), None)
        kind, inner = _meant(args[0])
        return kind, word or inner
    if origin in (typing.Union, types.UnionType, list):
        return _meant(args[0])
    return "text", None
