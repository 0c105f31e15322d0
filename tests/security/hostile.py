"""A record whose every text was written by an enemy, and still is valid: made of the small one."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "record"
SUM = "10587703"
"""What a template would make of {{1337*7919}}."""
WORDS = (
    "<script>window.hacked=1</script><img src=x onerror=hacked=1>",
    "\"><svg/onload=hacked=1>'{{1337*7919}}${{1337*7919}}{%x%}<%=1337*7919%>",
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1-HYPERLINK(1)",
    "-2+3",
    "]]></script><!--<script>hacked=1//--></style></title></textarea>",
    "\u200f\u061cمالي\u200e <b onmouseover=hacked=1>\u200d",
    "}, note={x}} @misc{own, title={\\input{/etc/passwd}$^_~#%",
    "TY  - BOOK ER  - ",
    "<a href='javascript:hacked=1'>go</a> [go](javascript:hacked=1)",
    "{0.__class__} {n} {title} %s %(x)s \\1 $& `hacked`",
    "&lt;script&gt; &amp;#60; %3Cscript%3E \\u003cscript\\u003e",
    "W" * 60,
)
ADDRESS = "https://example.org/\"><script>hacked=1</script>?a='b'&c={{1337*7919}}"
LONG = " ".join([*WORDS, "W" * 1200])
SHORT = {"title": 90, "title_fr": 110, "short": 30}
TEXTS = {
    *(
        "title",
        "title_fr",
        "summary",
        "summary_fr",
        "dispute",
        "dispute_fr",
        "note",
        "name",
        "name_fr",
        "short",
    ),
    *(
        "description",
        "description_fr",
        "publisher",
        "wire",
        "label",
        "label_fr",
        "definition",
        "definition_fr",
    ),
}
REFUSED = {
    "a script as address": ("url", "javascript:alert(1)"),
    "data as address": ("url", "data:text/html,<script>alert(1)</script>"),
    "an address that turns": ("url", "https://example.org/\u202egro.elpmaxe"),
    "an override": ("title", "one \u202e two"),
    "an isolate": ("title", "one \u2066 two"),
    "a letter of no width": ("title", "one\u200btwo"),
    "a tag": ("title", "one\U000e0041two"),
    "a character that was lost": ("title", "one\ufffd"),
    "two lines": ("title", "one\ntwo"),
    "a tab": ("title", "one\ttwo"),
    "an escape": ("title", "one\x1b[31mtwo"),
    "a word of 10 kB": ("title", "W" * 10_000),
}
"""What validation refuses: field of a source and value."""


def write(folder: Path) -> Path:
    """The record in a new folder."""
    (folder / "events").mkdir(parents=True)
    turn = itertools.cycle(WORDS)
    number = itertools.count(1)
    for path in sorted(SMALL.rglob("*")):
        target = folder / path.relative_to(SMALL)
        if path.suffix == ".yaml":
            rows = _poisoned(yaml.safe_load(path.read_text("utf-8")), turn, number)
            target.write_text(json.dumps(rows, ensure_ascii=False, default=date.isoformat), "utf-8")
        elif path.suffix == ".csv":
            target.write_text(_table(path, turn), "utf-8")
        elif path.is_file():
            target.write_bytes(path.read_bytes())
    return folder


def _poisoned(value: Any, turn: Iterator[str], number: Iterator[int]) -> Any:
    if isinstance(value, list):
        return [_poisoned(item, turn, number) for item in value]
    if not isinstance(value, dict):
        return value
    done = {
        key: _text(key, turn, number)
        if key in TEXTS and isinstance(item, str)
        else _poisoned(item, turn, number)
        for key, item in value.items()
    }
    if "publisher" in value:
        done["url"] = done["archive_url"] = ADDRESS
    if "aliases" in value:
        done["aliases"] = [word.strip() for word in WORDS]
    return done


def _text(key: str, turn: Iterator[str], number: Iterator[int]) -> str:
    if key in ("summary", "description", "dispute", "definition"):
        return LONG
    word = next(turn)[: SHORT.get(key, 90)].strip()
    # Publishers differ, so that what two of them confirm stays confirmed.
    return (
        f"{word} {'abcdefghijklmnopqrstuvwxyz'[next(number) % 26]}{next(number)}"
        if key == "publisher"
        else word
    )


def _table(path: Path, turn: Iterator[str]) -> str:
    out = io.StringIO()
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    writer = csv.DictWriter(out, [*rows[0]], lineterminator="\n")
    writer.writeheader()
    texts = TEXTS | ({"source"} if path.name == "places.csv" else set())
    for row in rows:
        writer.writerow({k: next(turn).strip() if k in texts and v else v for k, v in row.items()})
    return out.getvalue()


def plain(text: str) -> str:
    """Text with its blanks made one."""
    return re.sub(r"\s+", " ", text)
