"""A file becomes a document: its text untouched, and the paragraphs in which a story is told.

Offsets everywhere in this package are Unicode code points into `Document.text`, end exclusive.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MAX_BYTES = 8_000_000
MAX_CHARS = 120_000
FULL_STOPS = ".!?”\"'’»:;)"
NAVIGATION = re.compile(
    r"^\W*(\(?\s*(more|photos?|video|read|see also|related|watch|listen|graphic|credit|share|tweet|email|print)\b\s*[:|]|"
    r"(share|read later|tweet|follow us|subscribe|sign up|advertisement|copyright|©|all rights reserved|click here)\b.{0,60}$)",
    re.IGNORECASE,
)
BYLINE = re.compile(r"^(by\s+[A-Z]|[A-Z][A-Z .'’-]{3,}\s*/\s*[\w ]{2,30}$|\(?(reporting|additional reporting|editing|writing) by\b)")
DATELINE = re.compile(
    r"^\s*(?P<place>[A-ZÉ][A-ZÉÈ' .’-]+(?:[/,] ?[A-ZÉ][\w' .’-]+)*)"
    r"(?:,?\s*(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:,? \d{4})?)?\s*"
    r"(?:\([A-Za-z ./-]{2,30}\)\s*)?(?:[-–—]{1,2})\s+"
)
COMMON = {
    "English": "the of and to in that is was for on with by as at from has have it were been after are an be which".split(),
    "French": "le la les des du de et dans que qui est une un par pour sur au aux ont été avec ce cette selon".split(),
    "German": "der die das und in den von zu mit ist auf des dem ein eine für nicht im sich".split(),
    "Spanish": "el la los las de que en y por con una un del se para al su como más".split(),
    "Italian": "il la di che e in un per del della con non sono gli nel alla".split(),
    "Portuguese": "o a os as de que em e do da para com uma um no na não por".split(),
}


class Unreadable(ValueError):
    """The file holds no English text to read; the message says why."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: `number` counts non-blank lines from 1; `shown` is its text made plain, same length."""

    number: int
    start: int
    end: int
    shown: str
    dateline: str


@dataclass(frozen=True)
class Document:
    """The text that offsets point into, its hash, how it was got (text, html, pdf) and its paragraphs."""

    text: str
    sha256: str
    kind: str
    paragraphs: tuple[Paragraph, ...]
    title: str = ""


@cache
def fold_char(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    return base if len(base) == 1 else char


def fold(text: str) -> str:
    """Lower case without accents, character by character: the length never changes."""
    return "".join(map(fold_char, text.replace("’", "'").replace("‘", "'")))


def load(path: Path) -> Document:
    """Read a file of text, HTML or PDF.

    Raises Unreadable for a missing, empty, too large, binary or foreign-language file.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Unreadable(f"{path}: {size / 1e6:.1f} MB; an article of at most {MAX_BYTES / 1e6:.0f} MB is read")
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from error
    if not data.strip():
        raise Unreadable(f"{path}: the file is empty")
    try:
        return from_bytes(data)
    except Unreadable as error:
        raise Unreadable(f"{path}: {error}") from error


def from_bytes(data: bytes) -> Document:
    """Document of a file's bytes: PDF and HTML are told by their content."""
    if data[:1024].lstrip().startswith(b"%PDF"):
        return from_text(_pdf(data), kind="pdf")
    text = _decode(data)
    if re.search(r"<!doctype html|<html[\s>]|<body[\s>]|<article[\s>]", text[:4000], re.IGNORECASE):
        return from_text(_html(text), kind="html")
    return from_text(text, sha256=hashlib.sha256(data).hexdigest())


def from_text(text: str, kind: str = "text", sha256: str = "") -> Document:
    """Document of a text that is already at hand. Raises Unreadable where it cannot be read."""
    if not text.strip():
        raise Unreadable("there is no text in it")
    if len(text) > MAX_CHARS:
        raise Unreadable(f"{len(text):,} characters; an article of at most {MAX_CHARS:,} is read")
    language = language_of(text)
    if language != "English":
        raise Unreadable(f"the text looks {language}; only English is read so far")
    digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(text, digest, kind, tuple(_paragraphs(text)))


def language_of(text: str) -> str:
    """Name of the language a text looks to be in: English when it is too short to tell."""
    letters = [char for char in text if char.isalpha()]
    latin = sum("a" <= fold_char(char) <= "z" for char in letters)
    if letters and latin < 0.6 * len(letters):
        return "not to be written in Latin letters"
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < 12:
        return "English"
    counts = {name: sum(word in known for word in words) for name, known in COMMON.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > 1.15 * counts["English"] and counts[best] >= 0.08 * len(words) else "English"


def _decode(data: bytes) -> str:
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _plain(data.decode(name, "replace"))
    if b"\x00" in data:
        raise Unreadable("not a text: it holds binary data")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return _plain(text)


def _plain(text: str) -> str:
    odd = sum(unicodedata.category(char) in ("Cc", "Co", "Cn") and char not in "\n\r\t\f" or char == "�" for char in text[:20000])
    if odd > 0.02 * min(len(text), 20000):
        raise Unreadable("not a text: it holds binary data")
    return text


def _html(text: str) -> str:
    import trafilatura

    found = trafilatura.extract(text, include_comments=False, include_tables=False, favor_precision=True)
    found = found or trafilatura.extract(text, include_comments=False)
    if not found:
        raise Unreadable("no article was found in the web page")
    return str(found)


def _pdf(data: bytes) -> str:
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        pages = [page.extract_text() or "" for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise Unreadable(f"the PDF cannot be read ({type(error).__name__})") from error
    text = "\n\n".join(pages)
    if not text.strip():
        raise Unreadable("the PDF holds no text (a scan?)")
    return text


def _paragraphs(text: str) -> list[Paragraph]:
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
    wrapped = len(lines) > 6 and sorted(lengths)[len(lengths) * 3 // 4] < 100 and "\n\n" in text.replace("\r", "")
    for i, (start, _) in enumerate(lines):
        before = text[lines[i - 1][1] : start] if i else ""
        opens = before.replace("\r", "").count("\n") > 1
        if wrapped and runs and not opens and text[lines[i - 1][1] - 1] not in FULL_STOPS[:3]:
            runs[-1] = (runs[-1][0], i)
        elif wrapped and runs and not opens and lengths[i - 1] > 50:
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
