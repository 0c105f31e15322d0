"""A file of rows as its records, whatever program saved it: coding, separator, where the header is."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from serval.imports.faults import Unusable

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
SOUGHT = 20  # lines among which the header must be
LONGEST = (
    1 << 20
)  # characters of a field; a quotation mark that does not close would take the rest of the file
SAMPLE = 1 << 16
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class Line(NamedTuple):
    """A record and the lines of the file that it takes, from 1; without fields: it could not be read."""

    first: int
    last: int
    fields: list[str] | None


@dataclass(frozen=True)
class Sheet:
    """How a file is written. `columns`: lower-case name -> position; `header`: the header's line."""

    path: Path
    coding: str
    separator: str
    header: int
    names: tuple[str, ...]
    columns: Mapping[str, int]

    def lines(self) -> Iterator[Line]:
        """The records below the header. Blank lines and a row of HXL tags are none."""
        with _text(_open(self.path), self.coding) as text:
            rows = _rows(text, self.separator)
            below = (line for line in rows if line.first > self.header)
            for i, line in enumerate(below):
                if line.fields is None or (any(line.fields) and not (i == 0 and _tags(line.fields))):
                    yield line


def open_sheet(path: Path, known: Sequence[str]) -> Sheet:
    """How the file is written: its header is the line that has the most of the known column names.

    Raises `Unusable` for what is no text, has no such line, or names a known column twice.
    """
    try:
        with closing(_open(path)) as file:
            coding = _coding(path, file)
        found = max((_header(path, coding, sign, known) for sign in SEPARATORS), key=lambda h: h[0])
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unusable(f"{path}: cannot read: {reason}") from error
    n, separator, line, fields = found
    if n < 2:
        raise Unusable(
            f"{path}: no header: none of the first {SOUGHT} lines names columns such as {known[0]}"
        )
    names = tuple(name.strip().strip("\ufeff").strip('"').lower() for name in fields)
    twice = sorted({name for name in known if names.count(name) > 1})
    if twice:
        raise Unusable(f"{path}: line {line}: {', '.join(twice)}: named twice in the header")
    return Sheet(path, coding, separator, line, names, {name: i for i, name in enumerate(names)})


def _open(path: Path) -> BinaryIO:
    """The file's bytes; of a zip, those of the one table in it."""
    if path.is_dir():
        raise Unusable(f"{path}: a folder; name a file")
    if not zipfile.is_zipfile(path):
        return path.open("rb")
    packed = zipfile.ZipFile(path)
    names = [name for name in packed.namelist() if not name.startswith("__MACOSX")]
    if "[Content_Types].xml" in names:
        raise Unusable(f"{path}: a workbook; save its sheet as CSV (UTF-8) and import that")
    tables = [name for name in names if name.lower().endswith((".csv", ".tsv", ".txt"))]
    if len(tables) != 1:
        raise Unusable(f"{path}: a zip with {len(tables)} CSV files; unpack it and name one")
    return cast(BinaryIO, packed.open(tables[0]))


def _coding(path: Path, file: BinaryIO) -> str:
    start = file.read(SAMPLE)
    if not start.strip():
        raise Unusable(f"{path}: empty")
    for mark, coding in BOMS.items():
        if start.startswith(mark):
            return coding
    if b"\0" in start:
        raise Unusable(f"{path}: not text; export it as CSV (UTF-8)")
    return "utf-8"


def _text(file: BinaryIO, coding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        file, coding, errors="replace" if coding == "utf-16" else "serval-western", newline=""
    )


def _western(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 as Windows writes them in Western Europe, such as the é of an old export."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("serval-western", _western)


def _rows(text: io.TextIOWrapper, separator: str) -> Iterator[Line]:
    usual = csv.field_size_limit(LONGEST)  # of the whole process: the record's files keep theirs
    try:
        yield from _lines(csv.reader(text, delimiter=separator))
    finally:
        csv.field_size_limit(usual)


def _lines(reader: Any) -> Iterator[Line]:
    while True:
        before = reader.line_num
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Line(before + 1, reader.line_num, None)
        else:
            yield Line(before + 1, reader.line_num, fields)


def _header(path: Path, coding: str, separator: str, known: Sequence[str]) -> tuple[int, str, int, list[str]]:
    """How many of the known names the likeliest header has, with this separator."""
    wanted, best = set(known), (0, separator, 1, [""])
    with _text(_open(path), coding) as text:
        for line in islice(_rows(text, separator), SOUGHT):
            fields = line.fields or []
            n = len(wanted & {name.strip().strip("\ufeff").lower() for name in fields})
            if n > best[0]:
                best = (n, separator, line.first, fields)
    return best


def _tags(fields: Sequence[str]) -> bool:
    given = [field for field in fields if field]
    return all(field.startswith("#") for field in given)
