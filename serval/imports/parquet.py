"""Parquet files of flat tables, written a group of rows at a time and read by column.

A package that does this weighs more than all else that the dashboard installs, and changes how pandas keeps
text. These files are plain ones that any reader of Parquet opens; of others `read` says that it cannot.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from serval.imports import thrift
from serval.imports.thrift import I32, I64, LIST, STRUCT, TEXT, Field, Garbled

MAGIC = b"PAR1"
GZIP, PLAIN, RLE, OPTIONAL = 2, 0, 3, 1
Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Kind:
    """A kind of column: Parquet's physical type, what it stands for, and numpy's type of a value."""

    type: int
    means: int | None = None
    dtype: str = ""


KINDS = {
    "text": Kind(6, means=0),
    "day": Kind(1, means=6, dtype="<i4"),
    "count": Kind(2, dtype="<i8"),
    "number": Kind(5, dtype="<f8"),
}
"""Days are days since 1970-01-01."""


class NotOurs(ValueError):
    """The file is no Parquet file that `Writer` wrote, or it is cut short."""


@dataclass
class Writer:
    """A file that grows by groups of rows. `kinds`: column -> a name of `KINDS`."""

    file: BinaryIO
    kinds: Mapping[str, str]
    rows: int = 0
    groups: list[list[Field]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.file.write(MAGIC)

    def write(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add rows: for every column its values, None where missing."""
        n = len(next(iter(columns.values())))
        start = self.file.tell()
        chunks = [self._chunk(name, KINDS[kind], columns[name]) for name, kind in self.kinds.items()]
        size = self.file.tell() - start
        self.groups.append([(1, LIST, (STRUCT, chunks)), (2, I64, size), (3, I64, n)])
        self.rows += n

    def close(self, notes: Mapping[str, str]) -> None:
        """Write the footer with these notes. The file itself stays open."""
        schema = [[(4, TEXT, "rows"), (5, I32, len(self.kinds))], *map(_element, self.kinds.items())]
        footer = thrift.write(
            [
                (1, I32, 1),
                (2, LIST, (STRUCT, schema)),
                (3, I64, self.rows),
                (4, LIST, (STRUCT, self.groups)),
                (5, LIST, (STRUCT, [[(1, TEXT, key), (2, TEXT, text)] for key, text in notes.items()])),
                (6, TEXT, "serval"),
            ]
        )
        self.file.write(footer + struct.pack("<I", len(footer)) + MAGIC)

    def _chunk(self, name: str, kind: Kind, values: Sequence[Any]) -> list[Field]:
        given = [value for value in values if value is not None]
        there = np.fromiter((value is not None for value in values), bool, len(values))
        plain = _levels(there) + (np.array(given, kind.dtype).tobytes() if kind.dtype else _texts(given))
        packer = zlib.compressobj(1, wbits=31)
        packed = packer.compress(plain) + packer.flush()
        page = [(1, I32, len(values)), (2, I32, PLAIN), (3, I32, RLE), (4, I32, RLE)]
        head = thrift.write([(1, I32, 0), (2, I32, len(plain)), (3, I32, len(packed)), (5, STRUCT, page)])
        at = self.file.tell()
        self.file.write(head + packed)
        about: list[Field] = [
            (1, I32, kind.type),
            (2, LIST, (I32, [PLAIN, RLE])),
            (3, LIST, (TEXT, [name])),
            (4, I32, GZIP),
            (5, I64, len(values)),
            (6, I64, len(head) + len(plain)),
            (7, I64, len(head) + len(packed)),
            (9, I64, at),
        ]
        return [(2, I64, at), (3, STRUCT, about)]


def notes(path: Path) -> dict[str, str]:
    """The notes in a file's footer. Raises `NotOurs`."""
    with path.open("rb") as file:
        return {pair[1].decode(): pair[2].decode() for pair in _footer(file).get(5, [])}


def read(path: Path, columns: Sequence[str]) -> dict[str, Array]:
    """Columns as arrays: text as objects, None where missing; all others as float64, NaN where missing.

    Equal texts are one object. Raises `NotOurs`.
    """
    with path.open("rb") as file:
        footer = _footer(file)
        try:
            return {name: _column(file, footer, name) for name in columns}
        except (KeyError, IndexError, ValueError, zlib.error, struct.error) as error:
            raise NotOurs(f"{path.name}: not readable: {error!r}") from error


def _element(column: tuple[str, str]) -> list[Field]:
    name, kind = column[0], KINDS[column[1]]
    means = [] if kind.means is None else [(6, I32, kind.means)]
    return [(1, I32, kind.type), (3, I32, OPTIONAL), (4, TEXT, name), *means]


def _levels(there: Array) -> bytes:
    """Which values are there, as one run of bits."""
    packed = np.packbits(there, bitorder="little").tobytes()
    run = thrift.varint(len(packed) << 1 | 1) + packed
    return struct.pack("<I", len(run)) + run


def _texts(texts: Sequence[str]) -> bytes:
    coded: dict[str, bytes] = {}
    for text in texts:
        if text not in coded:
            data = text.encode()
            coded[text] = struct.pack("<I", len(data)) + data
    return b"".join(map(coded.__getitem__, texts))


def _footer(file: BinaryIO) -> dict[int, Any]:
    name = Path(str(file.name)).name
    end = file.seek(0, 2)
    file.seek(max(0, end - 8))
    tail = file.read()
    if end < 12 or tail[4:] != MAGIC:
        raise NotOurs(f"{name}: not a Parquet file, or cut short")
    size: int = struct.unpack("<I", tail[:4])[0]
    file.seek(max(4, end - 8 - size))
    try:
        footer, _ = thrift.read(file.read(size))
    except Garbled as error:
        raise NotOurs(f"{name}: its footer is garbled: {error}") from error
    if footer.get(6) != b"serval":
        raise NotOurs(f"{name}: not written by serval import")
    return footer


def _column(file: BinaryIO, footer: Mapping[int, Any], name: str) -> Array:
    at = [element[4].decode() for element in footer[2][1:]].index(name)
    kind = next(k for k in KINDS.values() if k.type == footer[2][1 + at][1])
    memo: dict[bytes, str] = {}
    groups = [_page(file, group[1][at][3], kind, memo) for group in footer[4]]
    empty = np.empty(0, float if kind.dtype else object)
    return np.concatenate([empty, *groups])


def _page(file: BinaryIO, about: Mapping[int, Any], kind: Kind, memo: dict[bytes, str]) -> Array:
    file.seek(about[9])
    data = file.read(about[7])
    head, start = thrift.read(data)
    plain = zlib.decompress(data[start : start + head[3]], wbits=31)
    n = head[5][1]
    size = struct.unpack_from("<I", plain)[0]
    bits = np.frombuffer(plain, np.uint8, (n + 7) // 8, 4 + size - (n + 7) // 8)
    there = np.unpackbits(bits, count=n, bitorder="little").astype(bool)
    body = plain[4 + size :]
    if kind.dtype:
        out: Array = np.full(n, np.nan)
        out[there] = np.frombuffer(body, kind.dtype)
        return out
    out = np.empty(n, object)
    out[there] = np.array([*_split(body, int(there.sum()), memo), None], object)[:-1]
    return out


def _split(body: bytes, n: int, memo: dict[bytes, str]) -> list[str]:
    texts, at = [], 0
    for _ in range(n):
        size = int.from_bytes(body[at : at + 4], "little")
        data = body[at + 4 : at + 4 + size]
        at += 4 + size
        text = memo.get(data)
        if text is None:
            text = memo[data] = data.decode()
        texts.append(text)
    return texts
