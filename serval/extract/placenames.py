"""Where a paragraph names: every place name, how wide it is meant, whether it only tells the way."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Span

from serval.extract.lexicon import Lexicon, Place
from serval.extract.parse import Mention, Page
from serval.extract.text import fold, words_of

PLACE_HINTS = words_of(
    """
    in at of near from to towards toward around between and town village
    """
)


def cased(written: str, name: str) -> bool:
    """Whether a text's spelling has the capitals that a name must have."""
    if name.isupper() and len(name) <= 5:
        return written.isupper()
    return not name[:1].isupper() or written[:1].isupper()


def find(page: Page, lexicon: Lexicon, names: Iterable[Mention]) -> None:
    """Fill page.places; names that stand inside an actor's name are not places."""
    inside = {
        i
        for m in names
        if m.end - m.start > 1 and m.record[:1] != ("mali_gov",)
        for i in range(m.start, m.end)
    }
    for match in lexicon.place_names.finditer(page.folded):
        written = page.doc.text[match.start() : match.end()]
        place = next((p for name, p in lexicon.place[match.group()] if cased(written, name)), None)
        span = page.doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if (
            place is None
            or span is None
            or any(t.i in inside for t in span)
            or not _plausible(match, page, span, lexicon, place)
        ):
            continue
        before = page.folded[max(0, match.start() - 28) : match.start()].rstrip()
        way = any(before.endswith(w) for w in lexicon.places.way_words)
        near = way or any(before.endswith(w) for w in lexicon.places.near_words)
        after = page.folded[match.end() : match.end() + 10].split()[:1]
        wide = place.kind == "town" and bool(
            (after and after[0].strip(".,") in lexicon.places.wide_words)
            or re.search(r"(region|province|area|district) of$", before)
        )
        root = (
            span.root.i
            if span.root.pos_ in ("PROPN", "NOUN", "ADJ") and span.root.i >= span.start
            else span.end - 1
        )
        mention = Mention(
            span.start,
            span.end,
            root,
            "area" if wide else place.kind,
            (place.name,),
            "name",
            (place.id,),
            place,
            near,
            way,
        )
        page.places[root] = mention


def _plausible(match: re.Match[str], page: Page, span: Span, lexicon: Lexicon, place: Place) -> bool:
    extra = lexicon.places.extra.get(place.name)
    after = page.folded[match.end() : match.end() + 12].split()[:1]
    if extra and after and after[0] in extra.not_before:
        return False
    if match.group() in {fold(n) for n in lexicon.places.cautious}:
        before = page.folded[: match.start()].split()[-1:]
        return bool(before) and before[0] in PLACE_HINTS
    return bool(span)
