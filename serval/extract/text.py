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

from serval.extract import paragraphs
from serval.extract.paragraphs import Paragraph

MAX_BYTES = 8_000_000
MAX_CHARS = 120_000
COMMON = {
    "English": [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "by",
        "as",
        "at",
        "from",
        "has",
        "have",
        "it",
        "were",
        "been",
        "after",
        "are",
        "an",
        "be",
        "which",
    ],
    "French": [
        "le",
        "la",
        "les",
        "des",
        "du",
        "de",
        "et",
        "dans",
        "que",
        "qui",
        "est",
        "une",
        "un",
        "par",
        "pour",
        "sur",
        "au",
        "aux",
        "ont",
        "été",
        "avec",
        "ce",
        "cette",
        "selon",
    ],
    "German": [
        "der",
        "die",
        "das",
        "und",
        "in",
        "den",
        "von",
        "zu",
        "mit",
        "ist",
        "auf",
        "des",
        "dem",
        "ein",
        "eine",
        "für",
        "nicht",
        "im",
        "sich",
    ],
    "Spanish": [
        "el",
        "la",
        "los",
        "las",
        "de",
        "que",
        "en",
        "y",
        "por",
        "con",
        "una",
        "un",
        "del",
        "se",
        "para",
        "al",
        "su",
        "como",
        "más",
    ],
    "Italian": [
        "il",
        "la",
        "di",
        "che",
        "e",
        "in",
        "un",
        "per",
        "del",
        "della",
        "con",
        "non",
        "sono",
        "gli",
        "nel",
        "alla",
    ],
    "Portuguese": [
        "o",
        "a",
        "os",
        "as",
        "de",
        "que",
        "em",
        "e",
        "do",
        "da",
        "para",
        "com",
        "uma",
        "um",
        "no",
        "na",
        "não",
        "por",
    ],
}


class Unreadable(ValueError):
    """The file holds no English text to read; the message says why."""


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


def words_of(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


def load(path: Path) -> Document:
    """Read a file of text, HTML or PDF.

    Raises Unreadable for a missing, empty, too large, binary or foreign-language file.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Unreadable(
                f"{path}: {size / 1e6:.1f} MB; an article of at most {MAX_BYTES / 1e6:.0f} MB is read"
            )
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
    return Document(text, digest, kind, tuple(paragraphs.split(text)))


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
    return (
        best if counts[best] > 1.15 * counts["English"] and counts[best] >= 0.08 * len(words) else "English"
    )


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
    odd = sum(
        (unicodedata.category(char) in ("Cc", "Co", "Cn") and char not in "\n\r\t\f") or char == "�"
        for char in text[:20000]
    )
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
