"""A cited work as plain text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from serval.text import format_day, translator

AUTHOR = "The Serval contributors"
_UNSEEN = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")  # not the blanks of French punctuation
_TEX = {
    **{c: f"\\{c}" for c in "&%$#_"},
    # Braces are counted even behind a backslash, so that one alone would swallow the next entries.
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
    "|": "\\textbar{}",
}
_RIS_TYPES = {"dataset": "DATA", "map": "MAP", "figure": "FIGURE"}
_LANGUAGES = {"en": "english", "fr": "french"}


@dataclass(frozen=True)
class Work:
    """What is cited. `kind`: its CSL type; `part_of`: the title of the whole, empty where it is that itself;
    `details`: what of it, in words; `happened`: first and last day of an event; days are ISO text."""

    id: str
    kind: str
    title: str
    part_of: str
    details: str
    version_line: str
    version: str
    released: str
    hash: str
    url: str
    lang: str
    happened: tuple[str, str] | None = None
    accessed: str | None = None

    @property
    def note(self) -> str:
        """Details, version and the whole content hash: what the fields of a form have no place for."""
        return plain(f"{self.details}. {self.version_line}. sha256:{self.hash}.")


def plain(text: str) -> str:
    """Text on one line: line breaks and control characters are blanks."""
    return _UNSEEN.sub(" ", text).strip()


def accessed(lang: str, day: str) -> str:
    """When it was seen: the reader's own day, in words."""
    _ = translator(lang)
    return _("Accessed {day}.").format(day=day)


def text(work: Work) -> str:
    """One paragraph in the work's language."""
    _ = translator(work.lang)
    title = plain(work.title)
    if work.part_of:
        told = _("“{title}”, {details}. In: {whole}. {version}. {url}")
    else:
        told = _("{title}. {details}. {version}. {url}")
    words = told.format(
        title=title,
        details=plain(work.details),
        whole=work.part_of,
        version=work.version_line,
        url=work.url,
    )
    seen = work.accessed
    return f"{words} {accessed(work.lang, format_day(seen, work.lang))}" if seen else words


def bibtex(work: Work) -> str:
    """One `@misc` entry, UTF-8. `version` and `urldate` are of biblatex, others leave them out."""
    fields = {
        "title": f"{{{tex(work.title)}}}",
        "author": f"{{{tex(AUTHOR)}}}",
        "year": work.released[:4],
        "howpublished": tex(work.part_of),
        "version": tex(work.version),
        "url": work.url,
        "urldate": work.accessed or "",
        "language": _LANGUAGES[work.lang],
        "note": tex(work.note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{work.id},", *lines, "}", ""])


def tex(text: str) -> str:
    """Text on one line with TeX's own characters as commands."""
    return "".join(_TEX.get(c, c) for c in plain(text))


def ris(work: Work) -> str:
    """One reference, UTF-8, lines ended as RIS has them."""
    fields = [
        ("TY", _RIS_TYPES[work.kind]),
        ("ID", work.id),
        ("TI", work.title),
        ("T2", work.part_of),
        ("AU", AUTHOR),
        ("PY", work.released[:4]),
        ("DA", work.released.replace("-", "/")),
        ("ET", work.version),
        ("UR", work.url),
        ("Y2", (work.accessed or "").replace("-", "/")),
        ("LA", work.lang),
        ("N1", work.note),
    ]
    lines = [f"{tag}  - {plain(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(work: Work) -> str:
    """An array of one item, as citeproc reads it."""
    item: dict[str, Any] = {
        "id": work.id,
        "type": work.kind,
        "title": plain(work.title),
        "container-title": work.part_of,
        "author": [{"literal": AUTHOR}],
        "issued": _date(work.released),
        "event-date": _date(*work.happened) if work.happened else None,
        "accessed": _date(work.accessed) if work.accessed else None,
        "version": work.version,
        "URL": work.url,
        "language": work.lang,
        "note": work.note,
    }
    return json.dumps([{k: v for k, v in item.items() if v}], ensure_ascii=False, indent=2) + "\n"


def _date(first: str, last: str | None = None) -> dict[str, list[list[int]]]:
    days = [first] if last in (None, first) else [first, str(last)]
    return {"date-parts": [[int(part) for part in day.split("-")] for day in days]}


FORMS: dict[str, Callable[[Work], str]] = {"txt": text, "bib": bibtex, "ris": ris, "json": csl_json}
"""Form -> its writer."""
