"""What a form sends, as rows of the record: blanks left out, numbers as numbers, keys in their order."""

from __future__ import annotations

import re
from typing import Any

from serval.review import form
from serval.review.shelf import Row

NUMBERS = ("low", "best", "high")
FIGURE = ("kind", "of", *NUMBERS, "unit", "source", "claimed_by", "counts_in_total", "note", "note_fr")


def event(sent: Row) -> Row:
    """An event of the form. Whatever was sent, the result is plain values; the record's rules judge them."""
    words = ("id", "geo_precision", "type", "title", "summary", "status", "dispute")
    values: Row = {key: plain(sent.get(key)) for key in (*words, "title_fr", "summary_fr", "dispute_fr")}
    date: Any = sent.get("date")
    values["date"] = {k: plain(date.get(k)) for k in ("start", "end", "precision")} if _is(date) else {}
    values["place"] = [plain(p) for p in _list(sent.get("place")) if plain(p)]
    values["actors"] = [
        {"actor": plain(row.get("actor")), "role": plain(row.get("role"))}
        for row in _list(sent.get("actors"))
        if _is(row) and plain(row.get("actor"))
    ]
    values["figures"] = [f for row in _list(sent.get("figures")) if _is(row) and (f := figure(row))]
    values["control"] = [c for row in _list(sent.get("control")) if _is(row) and (c := _change(row))]
    needed = {"id", "date", "place", "geo_precision", "type", "title", "summary", "actors", "status"}
    return {key: values[key] for key in form.EVENT_KEYS if key in needed or values.get(key)}


def figure(row: Row) -> Row:
    """A figure; empty where there is no number in it."""
    found: Row = {key: _number(row.get(key)) for key in NUMBERS}
    found |= {key: plain(row.get(key)) for key in FIGURE if key not in (*NUMBERS, "counts_in_total")}
    if all(found[key] in ("", None) for key in NUMBERS):
        return {}
    if row.get("counts_in_total") is False:
        found["counts_in_total"] = False
    return {key: found[key] for key in FIGURE if found.get(key) not in ("", None)}


def source(sent: Row, text_sha256: str, text_chars: int) -> Row:
    """A source of the form, with the hash and the length of its text."""
    values: Row = {key: plain(sent.get(key)) for key in form.SOURCE_KEYS if key in sent}
    values |= {"date": values.get("date") or None, "url": values.get("url") or None}
    values |= {"text_sha256": text_sha256, "text_chars": text_chars}
    if sent.get("title_is_description") is True:
        values["title_is_description"] = True
    else:
        values.pop("title_is_description", None)
    kept = {"date", "url"}
    return {key: values[key] for key in form.SOURCE_KEYS if key in kept or values.get(key)}


def place_in_file(values: Row) -> Row:
    """The event as the files have it: one place or change without a list."""
    alone = ("place", "control")
    return {k: v[0] if k in alone and len(v) == 1 else v for k, v in values.items()}


def plain(value: Any) -> str:
    """A text of one line, without blanks at its ends; "" for what is no text."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _number(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = re.sub(r"[\s,]", "", value) if isinstance(value, str) else ""
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else text


def _change(row: Row) -> Row:
    sides = {key: [plain(id) for id in _list(row.get(key)) if plain(id)] for key in ("from", "to")}
    return {"place": plain(row.get("place")), **sides} if plain(row.get("place")) else {}


def _list(value: Any) -> list[Any]:
    return value[:200] if isinstance(value, list) else []


def _is(value: Any) -> bool:
    return isinstance(value, dict)
