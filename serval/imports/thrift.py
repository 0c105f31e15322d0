"""Thrift's compact protocol, as much of it as the headers and the footer of a Parquet file need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

I32, I64, TEXT, LIST, STRUCT = 5, 6, 8, 9, 12
Field = tuple[int, int, Any]
"""Number, type, value of a field. A list's value is (type of its items, items), a structure's its fields."""


class Garbled(ValueError):
    """The bytes are no structure of this protocol."""


def write(fields: Sequence[Field]) -> bytes:
    """A structure as bytes; its fields in the order of their numbers, which lie less than 16 apart."""
    out, last = bytearray(), 0
    for number, kind, value in fields:
        out.append((number - last) << 4 | kind)
        out += _value(kind, value)
        last = number
    return bytes(out) + b"\0"


def read(data: bytes, at: int = 0) -> tuple[dict[int, Any], int]:
    """The structure that begins at a byte, by field numbers, and where it ends. Raises `Garbled`."""
    try:
        return _struct(data, at)
    except (IndexError, RecursionError) as error:
        raise Garbled("the bytes end too early") from error


def _value(kind: int, value: Any) -> bytes:
    if kind in (I32, I64):
        return varint(value << 1 ^ value >> 63)
    if kind == TEXT:
        data = value if isinstance(value, bytes) else str(value).encode()
        return varint(len(data)) + data
    if kind == STRUCT:
        return write(value)
    inner, items = value
    head = bytes([len(items) << 4 | inner]) if len(items) < 15 else bytes([0xF0 | inner]) + varint(len(items))
    return head + b"".join(_value(inner, item) for item in items)


def varint(n: int) -> bytes:
    """A whole number, not negative, in groups of seven bits."""
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)


def _number(data: bytes, at: int) -> tuple[int, int]:
    n = shift = 0
    while True:
        n |= (data[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 128:
            return n, at


def _read(kind: int, data: bytes, at: int) -> tuple[Any, int]:
    if kind in (1, 2):
        return kind == 1, at
    if kind == 3:
        return data[at], at + 1
    if kind in (4, I32, I64):
        n, at = _number(data, at)
        return n >> 1 ^ -(n & 1), at
    if kind == TEXT:
        n, at = _number(data, at)
        return data[at : at + n], at + n
    if kind == LIST:
        return _list(data, at)
    if kind == STRUCT:
        return _struct(data, at)
    raise Garbled(f"a field of type {kind}")


def _list(data: bytes, at: int) -> tuple[list[Any], int]:
    n, inner, at, items = data[at] >> 4, data[at] & 15, at + 1, []
    if n == 15:
        n, at = _number(data, at)
    for _ in range(n):
        item, at = _read(inner, data, at)
        items.append(item)
    return items, at


def _struct(data: bytes, at: int) -> tuple[dict[int, Any], int]:
    fields: dict[int, Any] = {}
    number = 0
    while data[at]:
        step, kind, at = data[at] >> 4, data[at] & 15, at + 1
        if step:
            number += step
        else:
            n, at = _number(data, at)
            number = n >> 1 ^ -(n & 1)
        fields[number], at = _read(kind, data, at)
    return fields, at + 1
