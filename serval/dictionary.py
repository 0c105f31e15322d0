"""The data dictionary, made from the models, the list of frame columns and the vocabulary.

`python -m serval.dictionary > docs/data-dictionary.md` renews the page; a test compares the two.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Iterable, Iterator
from typing import Any

from serval import frames, record, schema, vocabulary

FILES: list[tuple[str, str, list[type[schema.Row]]]] = [
    (
        "events/YYYY-MM.yaml",
        "One list of events per month, by first day and id.",
        [schema.Event, schema.EventDate, schema.EventActor, schema.ControlChange, schema.Figure,
         schema.Evidence],
    ),
    (
        "actors.yaml",
        "Groups, forces, bodies, populations and people.",
        [schema.Actor, schema.Lineage, schema.Alignment, schema.Strength],
    ),
    ("sources.yaml", "Every document cited, once.", [schema.Source]),
    ("places.csv", "Every place named by an event or a troop count.", [schema.Place]),
    ("troops.csv", "Counts of troops, one claim a row.", [schema.Troops]),
    ("story.yaml", "The guided tour: its stops in order. A record need not have it.", [schema.Stop]),
]  # fmt: skip

FRAMES = {
    "events": "One row per event, by first day and id.",
    "event_places": "The places of each event.",
    "event_actors": "Who did or suffered what in each event.",
    "event_sources": "The sources of each event.",
    "figures": "Every number of the events. Rival claims are rows of their own.",
    "evidence": "Where in a source's text a fact stands; the text itself is not shipped.",
    "sources": "Every document cited.",
    "actors": "Groups, forces, bodies, populations and people.",
    "lineage": "Splits, mergers and changes of name.",
    "alignment": "Dated changes of alliance.",
    "places": "Places with their coordinates.",
    "troops": "Counts of troops, one claim a row.",
    "changes": "Each change of control, as its event gives it.",
    "control": "Who held which town when, derived from `changes`.",
}

LISTS = {
    "families": "Families of event types. A family has one shape on map and timeline.",
    "event_types": "Types of events, with the ACLED sub-event type and CAMEO code where one is exact.",
    "roles": "What an actor did or suffered in an event.",
    "sides": "Sides, one colour each. Sides of one bloc hold a town jointly; two blocs contest it.",
    "statuses": "How sure the record is of a row.",
    "date_precisions": "How well a day is known; ACLED's time_precision and UCDP GED's date_prec.",
    "geo_precisions": "How well a place is known; ACLED's geo_precision and UCDP GED's where_prec.",
    "figure_kinds": "What a figure counts. `loss`: adds to the losses of the actor in `of`.",
    "units": "What one of a number is.",
    "actor_kinds": "Kinds of actors.",
    "source_kinds": "Kinds of publishers.",
    "source_sides": "Whose voice a source is, if any side's.",
    "troop_kinds": "What a troop count says of the troops.",
    "troop_scopes": "What a troop count covers. Counts of two scopes are never added.",
    "place_kinds": "Kinds of places.",
    "regions": "Regions of Mali as of 2013, with their ISO 3166-2 codes.",
}

HEAD = """# Data dictionary

Every file of `data/` and every frame of the record: what each key and column is called, holds and means.
This page is made from the code: `python -m serval.dictionary > docs/data-dictionary.md`.

- Days are ISO text, `YYYY-MM-DD`. Missing is empty (`NaN` or `<NA>` in a frame), never 0.
- Files are UTF-8 without a byte order mark, with plain line feeds and no tabs.
- YAML is used without tags, anchors, aliases and keys that stand twice.
- Coordinates are degrees, WGS 84. Borders and regions are those of 2013.
- Counts have a `low`, a `best` and a `high`; each may be empty, and those given are in this order.
- `serval validate` checks all of it and tells each fault in a line: file, line, id, field, what was expected.
"""


def text(words: vocabulary.Vocabulary) -> str:
    """The whole page, as Markdown."""
    return "\n".join([HEAD, *_files(), *_frames(), *_words(words)])


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(c.replace('|', chr(92) + '|') for c in line)} |\n" for line in lines)


def _files() -> Iterator[str]:
    yield "## Files\n"
    for name, about, models in FILES:
        yield f"### `{name}`\n\n{about}\n"
        for model in models:
            if model is not models[0]:
                yield f"#### `{model.__name__}`\n"
            yield _table(["key", "holds", "must be given", "meaning"], _keys(model))


def _keys(model: type[schema.Row]) -> Iterator[list[str]]:
    hints = typing.get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        meaning = field.description or f"see `{_holds(hints[name]).removeprefix('list of ')}` below"
        yield [f"`{field.alias or name}`", _holds(hints[name]), "yes" if field.is_required() else "", meaning]


NAMED = {
    schema.Day: "day",
    schema.PartialDay: "day, month or year",
    schema.Url: "address",
    bool: "true or false",
    int: "whole number",
    float: "number",
    str: "text",
}


def _holds(hint: Any) -> str:
    """A field's type in words."""
    if hint in NAMED:
        return NAMED[hint]
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        word = next((part for part in args[1:] if isinstance(part, schema.Word)), None)
        return f"id of `{word.of}`" if word else _holds(args[0])
    if origin in (typing.Union, types.UnionType):
        return _holds(args[0])
    if origin is list:
        return f"list of {_holds(args[0]).replace('id of', 'ids of')}"
    if origin is typing.Literal:
        return " or ".join(f"`{a}`" for a in args)
    return str(hint.__name__)


def _frames() -> Iterator[str]:
    yield "## Frames\n\nThe tables of the record that `serval.record.load()` gives, as pandas frames.\n"
    for name, columns in {**frames.TABLES, "control": frames.CONTROL}.items():
        rows = [[f"`{c.name}`", f"`{c.dtype}`", c.description] for c in columns]
        yield f"### `{name}`\n\n{FRAMES[name]}\n\n{_table(['column', 'dtype', 'meaning'], rows)}"


def _words(words: vocabulary.Vocabulary) -> Iterator[str]:
    yield "## Vocabulary\n\nThe words that the files may use, in `vocabulary.yaml`.\n"
    for name in vocabulary.Vocabulary.model_fields:
        terms = [term.model_dump() for term in getattr(words, name)]
        keys = [key for key in terms[0] if any(term[key] not in (None, "") for term in terms)]
        rows = [[_cell(key, term[key]) for key in keys] for term in terms]
        yield f"### `{name}`\n\n{LISTS[name]}\n\n{_table([key.replace('_', ' ') for key in keys], rows)}"


def _cell(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return f"`{value}`" if key == "id" else "" if value is None else str(value)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(text(record.load().vocabulary))
