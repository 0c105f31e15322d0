"""Reading the record's files without trusting them: YAML and CSV to plain values that know their lines.

A file is UTF-8 without a byte order mark, with plain line feeds. Every departure is a `Fault`; nothing
here raises on bad content.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 20_000_000
MAX_DEPTH = 12
_INT = re.compile(r"-?(0|[1-9]\d*)")
_FLOAT = re.compile(r"-?\d+\.\d+|-?\d+(\.\d+)?[eE][+-]?\d+|[-+]?\.(nan|NaN|NAN|inf|Inf|INF)")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS = {f"tag:yaml.org,2002:{t}" for t in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")}


@dataclass(frozen=True)
class Fault:
    """One thing wrong: printed as `file:line: id: field: what is wrong, what was expected`."""

    file: str
    line: int
    id: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.id or '-'}: {self.field or '-'}: {self.message}"


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
        return data[: error.start].count(
            b"\n"
        ) + 1, f"byte 0x{data[error.start]:02x} is not UTF-8, expected UTF-8"
    for bad, what in (("\r", "a carriage return"), ("\x00", "a NUL character"), ("\t", "a tab")):
        if bad in text:
            return text[: text.index(bad)].count("\n") + 1, f"holds {what}, expected plain lines and spaces"
    return None if text.strip() else (1, "is empty, expected at least one row")


def read_yaml(path: Path, name: str, faults: list[Fault]) -> tuple[Any, dict[tuple[str | int, ...], int]]:
    """The value of a YAML file and the line of each of its parts; (None, {}) with faults added when bad.

    Only what JSON has: no tags, anchors or aliases; a date stays text; a key may stand once.
    """
    text = read_text(path, name, faults)
    if text is None:
        return None, {}
    try:
        node = yaml.compose(text, Loader=_Loader)
        reader = _YamlReader()
        return reader.value(node, ()), reader.lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.append(
            Fault(name, mark.line + 1 if mark else 1, "", "", f"not YAML: {error.problem or error.context}")
        )
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        faults.append(Fault(name, 1, "", "", f"not YAML: {' '.join(str(error).split())}"))
    except _Refused as error:
        faults.append(Fault(name, error.line, "", dotted(error.path), str(error)))
    return None, {}


class _Refused(Exception):
    def __init__(self, node: Any, path: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.line, self.path = node.start_mark.line + 1, path


class _YamlReader:
    def __init__(self) -> None:
        self.lines: dict[tuple[str | int, ...], int] = {}
        self._seen: set[int] = set()

    def value(self, node: Any, path: tuple[str | int, ...]) -> Any:
        if node is None:
            return None
        self.lines[path] = node.start_mark.line + 1
        if node.tag not in _TAGS:
            raise _Refused(node, path, f"tag {node.tag}, expected a plain value")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self._seen:
            raise _Refused(node, path, "an alias, expected the value written out")
        self._seen.add(id(node))
        if len(path) > MAX_DEPTH:
            raise _Refused(node, path, f"nested deeper than {MAX_DEPTH}, expected a flat row")
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: Any, path: tuple[str | int, ...]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if not key:
                raise _Refused(key_node, path, "a key that is not a word, expected a word")
            if key in out:
                raise _Refused(key_node, (*path, key), "stands twice, expected once")
            out[key] = self.value(value_node, (*path, key))
            self.lines[(*path, key)] = key_node.start_mark.line + 1
        return out


def _scalar(node: Any) -> Any:
    text, kind = node.value, node.tag.rsplit(":", 1)[1]
    if node.style in ("'", '"', "|", ">"):
        return text
    if kind == "null":
        return None
    if kind == "bool" and text in ("true", "false"):
        return text == "true"
    if _INT.fullmatch(text) and len(text) < 20:
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text.replace(".nan", "nan").replace(".inf", "inf").lower().lstrip("."))
    return text


def rows_of(path: Path, name: str, faults: list[Fault]) -> Iterator[Raw]:
    """The rows of a YAML file that holds a list of mappings."""
    value, lines = read_yaml(path, name, faults)
    if value is None:
        return
    if not isinstance(value, list):
        faults.append(Fault(name, 1, "", "", f"holds a {_kind(value)}, expected a list of rows"))
        return
    by_row: dict[int, dict[tuple[str | int, ...], int]] = {}
    for where, line in lines.items():
        if where:
            by_row.setdefault(int(where[0]), {})[where[1:]] = line
    for i, item in enumerate(value):
        if isinstance(item, dict):
            yield Raw(name, by_row[i][()], item, by_row[i])
        else:
            faults.append(
                Fault(name, by_row[i][()], "", f"[{i}]", f"is a {_kind(item)}, expected a row of keys")
            )


def _kind(value: Any) -> str:
    return {dict: "mapping", list: "list", str: "text", type(None): "nothing"}.get(
        type(value), type(value).__name__
    )


def csv_rows(path: Path, name: str, columns: list[str], faults: list[Fault]) -> Iterator[Raw]:
    """The rows of a CSV file with exactly `columns`; empty cells are left out, all others are text."""
    text = read_text(path, name, faults)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader)
        if header != columns:
            expected = ",".join(columns)
            faults.append(Fault(name, 1, "", "", f"header is {','.join(header)}, expected {expected}"))
            return
        for cells in reader:
            if len(cells) != len(columns):
                message = f"{len(cells)} cells, expected {len(columns)}"
                faults.append(Fault(name, reader.line_num, cells[0] if cells else "", "", message))
                continue
            yield Raw(name, reader.line_num, {c: v for c, v in zip(columns, cells, strict=True) if v != ""})
    except csv.Error as error:
        faults.append(Fault(name, reader.line_num, "", "", f"not CSV: {error}"))
