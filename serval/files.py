"""Reading the record's files without trusting them: YAML and CSV to plain values that know their lines.

A file is UTF-8 without a byte order mark, with plain line feeds. Every departure is a `Fault`; nothing
here raises on bad content.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 20_000_000
MAX_DEPTH = 12
_INT = re.compile(r"-?(0|[1-9][0-9]{0,99})")
"""Longer than any count is checked as text: Python refuses to read thousands of digits."""
_FLOAT = re.compile(r"-?[0-9]+\.[0-9]+|-?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+|[-+]?\.(nan|NaN|NAN|inf|Inf|INF)")
_STRANGE = {"\r": "a carriage return", "\x00": "a NUL character", "\t": "a tab"}
_STRANGE |= dict.fromkeys("\x85\u2028\u2029", "a line break that is no line feed")
"""YAML counts the last three as lines, editors do not."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Fault:
    """One thing wrong: printed as `file:line: id: field: what is wrong, what was expected`."""

    file: str
    line: int
    id: str
    field: str
    message: str

    def __str__(self) -> str:
        text = f"{self.file}:{self.line}: {self.id or '-'}: {self.field or '-'}: {self.message}"
        # Bad content is quoted in faults: what would break the line or not print is escaped.
        return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


@dataclass
class Raw:
    """A row as read: its values, and the line on which each of its fields stands."""

    file: str
    line: int
    values: dict[str, Any]
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        value = self.values.get("id")
        return value if isinstance(value, str) else ""

    def fault(self, path: tuple[str | int, ...], message: str) -> Fault:
        """A fault at the deepest part of `path` whose line is known."""
        known = (self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines)
        return Fault(self.file, next(known, self.line), self.id, dotted(path), message)


def dotted(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".")


def read_text(path: Path, name: str, faults: list[Fault]) -> str | None:
    """The text of a file, or None with its fault added."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        reason = "missing" if isinstance(error, FileNotFoundError) else error.strerror or "cannot be read"
        faults.append(Fault(name, 1, "", "", f"{reason}, expected a readable file"))
        return None
    problem = _encoding_problem(data, size)
    if problem:
        faults.append(Fault(name, problem[0], "", "", problem[1]))
        return None
    return data.decode("utf-8")


def _encoding_problem(data: bytes, size: int) -> tuple[int, str] | None:
    if size > MAX_BYTES:
        return 1, f"{size} bytes, expected at most {MAX_BYTES}"
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return 1, "starts with a byte order mark, expected plain UTF-8"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return line, f"byte 0x{data[error.start]:02x} is not UTF-8, expected UTF-8"
    for bad, what in _STRANGE.items():
        if bad in text:
            return text[: text.index(bad)].count("\n") + 1, f"holds {what}, expected plain lines and spaces"
    return None if text.strip() else (1, "is empty, expected at least one row")


def read_yaml(path: Path, name: str, faults: list[Fault]) -> tuple[Any, Lines]:
    """The value of a YAML file and the line of each of its parts; (None, {}) when it cannot be read.

    Only what JSON has: no tags, anchors or aliases; a date stays text; a key may stand once. Every
    departure is added to `faults`, and what stands beside it is still read.
    """
    value, lines, refused = _parse_yaml(path, name, faults)
    faults += [Fault(name, line, "", dotted(where), message) for line, where, message in refused]
    return value, lines


Lines = dict[tuple[str | int, ...], int]
Refused = list[tuple[int, tuple[str | int, ...], str]]


def _parse_yaml(path: Path, name: str, faults: list[Fault]) -> tuple[Any, Lines, Refused]:
    text = read_text(path, name, faults)
    if text is None:
        return None, {}, []
    reader = _YamlReader(text)
    try:
        return reader.document(), reader.lines, reader.refused
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, problem = (mark.line + 1 if mark else 1), error.problem or error.context
    except (yaml.YAMLError, ValueError) as error:
        line, problem = 1, " ".join(str(error).split())
    faults.append(Fault(name, line, "", "", f"not YAML: {problem}, expected a list of rows"))
    return None, {}, reader.refused


class _YamlReader:
    """Builds plain values from the parser's events, so that nothing is resolved, shared or constructed."""

    def __init__(self, text: str) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
        self.lines: Lines = {}
        self.refused: Refused = []

    def document(self) -> Any:
        value, documents = None, 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 1:
                    value = self._value(next(self._events), ())
                else:
                    self._refuse(event, (), "a second document, expected one")
                    self._skip()
        if value is None and not self.refused:
            self.refused.append((1, (), "holds nothing, expected at least one row"))
        return value

    def _refuse(self, event: Any, path: tuple[str | int, ...], message: str) -> None:
        self.refused.append((event.start_mark.line + 1, path, message))

    def _skip(self) -> None:
        """Reads past the open collection or document."""
        depth = 1
        while depth:
            event = next(self._events)
            if isinstance(event, (yaml.CollectionStartEvent, yaml.DocumentStartEvent)):
                depth += 1
            elif isinstance(event, (yaml.CollectionEndEvent, yaml.DocumentEndEvent)):
                depth -= 1

    def _value(self, event: Any, path: tuple[str | int, ...]) -> Any:
        self.lines[path] = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            return self._refuse(event, path, f"*{event.anchor} is an alias, expected the value written out")
        self._plain(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if len(path) > MAX_DEPTH:
            self._skip()
            return self._refuse(event, path, f"nested deeper than {MAX_DEPTH}, expected a flat row")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _plain(self, event: Any, path: tuple[str | int, ...]) -> None:
        if event.anchor:
            self._refuse(event, path, f"&{event.anchor} is an anchor, expected a plain value")
        if event.tag:
            self._refuse(event, path, f"tag {event.tag}, expected a plain value")

    def _sequence(self, path: tuple[str | int, ...]) -> list[Any]:
        out: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            out.append(self._value(event, (*path, len(out))))
        return out

    def _mapping(self, path: tuple[str | int, ...]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key, line = self._key(event, path), event.start_mark.line + 1
            if key in out:
                self._refuse(event, (*path, key), "stands twice, expected once")
            value = self._value(next(self._events), (*path, key))
            if key:
                out.setdefault(key, value)
                self.lines[(*path, key)] = line
        return out

    def _key(self, event: Any, path: tuple[str | int, ...]) -> str:
        if isinstance(event, yaml.ScalarEvent) and event.value:
            self._plain(event, path)
            return str(event.value)
        if isinstance(event, yaml.CollectionStartEvent):
            self._skip()
        self._refuse(event, path, "a key that is not a word, expected a word")
        return ""


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.style in ("'", '"', "|", ">"):
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text.lower().replace(".nan", "nan").replace(".inf", "inf"))
    return text


def rows_of(path: Path, name: str, faults: list[Fault]) -> Iterator[Raw]:
    """The rows of a YAML file that holds a list of mappings."""
    value, lines, refused = _parse_yaml(path, name, faults)
    rows = value if isinstance(value, list) else []
    for line, where, message in refused:
        row = rows[where[0]] if where and isinstance(where[0], int) and where[0] < len(rows) else {}
        owner = Raw(name, line, row if isinstance(row, dict) else {})
        faults.append(Fault(name, line, owner.id, dotted(where[1:] if owner.id else where), message))
    if not rows and value is not None:
        what = "an empty list" if value == [] else f"a {_kind(value)}"
        faults.append(Fault(name, 1, "", "", f"holds {what}, expected a list of rows"))
    if not rows:
        return
    by_row: dict[int, Lines] = {}
    for where, line in lines.items():
        if where:
            by_row.setdefault(int(where[0]), {})[where[1:]] = line
    for i, item in enumerate(rows):
        if isinstance(item, dict):
            yield Raw(name, by_row[i][()], item, by_row[i])
        elif item is not None or not any(where[:1] == (i,) for _, where, _ in refused):
            message = f"is a {_kind(item)}, expected a row of keys"
            faults.append(Fault(name, by_row[i][()], "", f"[{i}]", message))


def _kind(value: Any) -> str:
    names = {dict: "mapping", list: "list", str: "text", int: "number", float: "number", bool: "flag"}
    return names.get(type(value), "blank")


def csv_rows(
    path: Path, name: str, columns: list[str], faults: list[Fault], optional: Collection[str] = ()
) -> Iterator[Raw]:
    """The rows of a CSV file with exactly `columns`; empty cells are left out, all others are text.

    optional: columns of these that it may lack.
    """
    text = read_text(path, name, faults)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader)
        if header != [c for c in columns if c in header or c not in optional]:
            message = f"header is {','.join(header)[:300]}, expected {','.join(columns)}"
            faults.append(Fault(name, 1, "", "", message))
            return
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                values = {c: v for c, v in zip(header, cells, strict=True) if v != ""}
                yield Raw(name, line, values)
            else:
                message = f"{len(cells)} cells, expected {len(header)}"
                faults.append(Fault(name, line, cells[0][:100] if cells else "", "", message))
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(name, line, "", "", f"not CSV: {error}, expected {len(columns)} cells"))
