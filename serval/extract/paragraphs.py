"""The paragraphs of a text: navigation and bylines left out, hard-wrapped lines joined, datelines set
apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FULL_STOPS = ".!?”\"'’»:;)"


NAVIGATION = re.compile(
    r"^\W*(\(?\s*(more|photos?|video|read|see also|related|watch|listen|graphic|credit|share|"
    r"tweet|email|print)\b\s*[:|]|"
    r"(share|read later|tweet|follow us|subscribe|sign up|advertisement|copyright|©|all rights "
    r"reserved|click here)\b.{0,60}$)",
    re.IGNORECASE,
)


BYLINE = re.compile(
    r"^(by\s+[A-Z]|[A-Z][A-Z .'’-]{3,}\s*/\s*[\w ]{2,30}$|\(?(reporting|additional reporting|"
    r"editing|writing) by\b)"
)


DATELINE = re.compile(
    r"^\s*(?P<place>[A-ZÉ][A-ZÉÈ' .’-]+(?:[/,] ?[A-ZÉ][\w' .’-]+)*)"
    r"(?:,?\s*(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:,? \d{4})?)?\s*"
    r"(?:\([A-Za-z ./-]{2,30}\)\s*)?(?:[-–—]{1,2})\s+"
)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: `number` counts non-blank lines from 1; `shown` is its text made plain, same length."""

    number: int
    start: int
    end: int
    shown: str
    dateline: str


def split(text: str) -> list[Paragraph]:
    """The paragraphs of a text, in order."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]+", text) if m.group().strip()]
    found = []
    for first, last in _joined(text, lines):
        start, end = lines[first][0], lines[last][1]
        raw = text[start:end]
        if NAVIGATION.match(raw) or BYLINE.match(raw.strip()) or len(raw) > 20_000:
            continue
        shown, dateline = _shown(raw)
        found.append(Paragraph(first + 1, start, end, shown, dateline))
    return found


def _joined(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of lines that make one paragraph: hard-wrapped lines belong together."""
    runs: list[tuple[int, int]] = []
    lengths = [end - start for start, end in lines]
    wrapped = (
        len(lines) > 6 and sorted(lengths)[len(lengths) * 3 // 4] < 100 and "\n\n" in text.replace("\r", "")
    )
    for i, (start, _) in enumerate(lines):
        before = text[lines[i - 1][1] : start] if i else ""
        opens = before.replace("\r", "").count("\n") > 1
        if (wrapped and runs and not opens and text[lines[i - 1][1] - 1] not in FULL_STOPS[:3]) or (
            wrapped and runs and not opens and lengths[i - 1] > 50
        ):
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs


def _shown(raw: str) -> tuple[str, str]:
    table = str.maketrans("’‘“”\n\r\t\u00a0\u202f—–", "''\"\"     --")
    shown = raw.translate(table)
    match = DATELINE.match(raw)
    if match and len(match.group()) < 90:
        shown = " " * match.end() + shown[match.end() :]
        return shown, match["place"].strip()
    bullet = re.match(r"^\s*[*•·▪–—-]+\s+", raw)
    if bullet:
        shown = " " * bullet.end() + shown[bullet.end() :]
    return shown, ""
