"""The record's YAML as text: rows in canonical form, put into files whose other bytes stay as they are.

Files are edited as text and never written anew from their values, so that no comment is lost and no line
moves that has not changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from serval import schema

WIDTH, UNWRAPPED = 118, 10_000
_INLINE = ("date", "place", "control")
_ROWS = ("actors", "control", "figures", "evidence")
_KEY = re.compile(r"^  ([a-z][a-z0-9_]*):(.*)$")
EVENT_KEYS = [field.alias or name for name, field in schema.Event.model_fields.items()]
SOURCE_KEYS = [*schema.Source.model_fields]

Values = Mapping[str, Any]
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class FormError(ValueError):
    """A file that cannot be edited as text; the message says why."""


class Block(NamedTuple):
    """A row of a file: its lines `first` to `last`, the last not included, and its values as text."""

    first: int
    last: int
    values: dict[str, Any]


class _Flow(dict[str, Any]):
    pass


class _FlowList(list[Any]):
    pass


class _Dumper(yaml.SafeDumper):
    """As the record writes: a day is plain text."""


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag != "tag:yaml.org,2002:timestamp"]
    for first, forms in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


_Dumper.add_representer(
    _Flow, lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", v.items(), flow_style=True)
)
_Dumper.add_representer(
    _FlowList, lambda d, v: d.represent_sequence("tag:yaml.org,2002:seq", v, flow_style=True)
)


def _flow(value: Any) -> Any:
    if isinstance(value, dict):
        return _Flow({key: _flow(part) for key, part in value.items()})
    return _FlowList(map(_flow, value)) if isinstance(value, list) else value


def _shaped(key: str, value: Any) -> Any:
    if key in _ROWS and isinstance(value, list):
        return [_flow(row) for row in value]
    return _flow(value) if key in _INLINE else value


def _dump(value: Any, width: int) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, width=width, allow_unicode=True, sort_keys=False))


def event(values: Values) -> str:
    """An event as the months' files have it; keys in the order of the schema."""
    return _dump([{k: _shaped(k, values[k]) for k in EVENT_KEYS if k in values}], WIDTH)


def source(values: Values) -> str:
    """A source as `sources.yaml` has it."""
    return _dump([{k: values[k] for k in SOURCE_KEYS if k in values}], UNWRAPPED)


def blocks(text: str) -> list[Block]:
    """The rows of a file, in its order. Comments and blank lines between rows are in none of them."""
    lines = text.split("\n")
    starts = [i for i, line in enumerate(lines) if line.startswith("- ")]
    try:
        rows = yaml.load(text, _Loader) or []
    except yaml.YAMLError as error:
        raise FormError(f"not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(rows, list) or len(rows) != len(starts):
        raise FormError("not a list of rows that each begin with “- ” at the edge")
    ends = [*starts[1:], len(lines)] if starts else []
    found = []
    for first, end, values in zip(starts, ends, rows, strict=True):
        while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        found.append(Block(first, end, values if isinstance(values, dict) else {}))
    return found


def insert_event(text: str, values: Values) -> str:
    """The text of a month's file with an event more, in the order of first day and id."""
    key = (values["date"]["start"], values["id"])
    return _insert(text, event(values), lambda row: (row.get("date", {}).get("start", ""), row["id"]) > key)


def insert_source(text: str, values: Values) -> str:
    """The text of `sources.yaml` with a source more, in the order of ids."""
    return _insert(text, source(values), lambda row: row.get("id", "") > values["id"])


def _insert(text: str, block: str, after: Any) -> str:
    lines = text.split("\n")
    rows = blocks(text) if text.strip() else []
    place = next((row.first for row in rows if after(row.values)), None)
    if place is None:
        return text + ("" if text.endswith("\n") or not text else "\n") + block
    top = rows[0].first  # a comment above the first row is the file's own
    while place > top and lines[place - 1].startswith("#"):
        place -= 1
    return "\n".join([*lines[:place], *block.rstrip("\n").split("\n"), *lines[place:]])


def extend(text: str, id: str, key: str, rows: Sequence[Any]) -> str:
    """The text with rows more at the end of a list of the row `id`; the list is begun where there is none."""
    if not rows:
        return text
    lines, block = text.split("\n"), _block(text, id)
    new = [f"  {line}" for line in _rows(key, rows)]
    span = _key_lines(lines, block, key)
    if span is None:
        place = _place(lines, block, key, EVENT_KEYS)
        return "\n".join([*lines[:place], f"  {key}:", *new, *lines[place:]])
    first, last = span
    inline = (_KEY.match(lines[first]) or ["", "", ""])[2].strip()
    if not inline:
        return "\n".join([*lines[:last], *new, *lines[last:]])
    if any("#" in line for line in lines[first:last]):
        raise FormError(f"{id}: {key} is written in one line with a comment: add to it by hand")
    old = block.values[key] if isinstance(block.values[key], list) else [block.values[key]]
    kept = [f"  {line}" for line in _rows(key, old)]
    return "\n".join([*lines[:first], f"  {key}:", *kept, *new, *lines[last:]])


def add_keys(text: str, id: str, values: Values) -> str:
    """The text with keys more in a row of `sources.yaml`; those that it has stay as they are."""
    for key in (k for k in SOURCE_KEYS if k in values):
        lines, block = text.split("\n"), _block(text, id)
        if key not in block.values:
            place = _place(lines, block, key, SOURCE_KEYS)
            line = f"  {_dump({key: values[key]}, UNWRAPPED).rstrip()}"
            text = "\n".join([*lines[:place], line, *lines[place:]])
    return text


def _rows(key: str, rows: Sequence[Any]) -> list[str]:
    return _dump(_shaped(key, [*rows]), WIDTH - 2).rstrip("\n").split("\n")


def _block(text: str, id: str) -> Block:
    found = next((row for row in blocks(text) if row.values.get("id") == id), None)
    if found is None:
        raise FormError(f"{id} is not in the file any more")
    if text.split("\n")[found.first].startswith("- {"):
        raise FormError(f"{id} is written in one line: add to it by hand")
    return found


def _key_lines(lines: list[str], block: Block, key: str) -> tuple[int, int] | None:
    """First line and line after the last of a key, without the comments that follow it."""
    at = [i for i in range(block.first, block.last) if _KEY.match(lines[i].replace("- ", "  ", 1))]
    for first, last in zip(at, [*at[1:], block.last], strict=True):
        if (_KEY.match(lines[first]) or ["", ""])[1] == key:
            while last > first + 1 and lines[last - 1].lstrip().startswith("#"):
                last -= 1
            return first, last
    return None


def _place(lines: list[str], block: Block, key: str, order: list[str]) -> int:
    """The line before which a key belongs."""
    later = set(order[order.index(key) + 1 :])
    for i in range(block.first, block.last):
        found = _KEY.match(lines[i])
        if found and found[1] in later:
            return i
    return block.last
