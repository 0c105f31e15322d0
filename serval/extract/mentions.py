"""Who and where a paragraph names: aliases, a nation's adjective with a noun of force or rule, place
names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Span, Token

from serval.extract import placenames
from serval.extract.lexicon import Alias, Lexicon
from serval.extract.nouns import Nouns, holds, of_nation
from serval.extract.parse import Mention, Page
from serval.extract.placenames import cased
from serval.extract.text import fold, words_of

LINKED = re.compile(r"\s?-\s?(linked|allied|affiliated|aligned|inspired|related|style|type|tied)\b")
UNDER = re.compile(
    r"\s?-\s?(held|controlled|occupied|run|backed|dominated|ruled|speaking|born|based|educated|trained)\b"
)
HEADS = words_of(
    """
    nsubj nsubjpass dobj pobj conj appos ROOT attr poss dative csubj oprd dep npadvmod ccomp
    """
)


def find(page: Page, lexicon: Lexicon) -> None:
    """Fill page.actors and page.places."""
    names, linked = _aliases(page, lexicon)
    nouns = Nouns(lexicon, names, linked, _nations(page, lexicon, names))
    named = {i for m in names for i in range(m.start, m.end)}
    for token in page.doc:
        mention = None if token.i in named else nouns.read(token)
        if mention is not None:
            page.actors[mention.root] = mention
    for mention in names:
        if mention.root not in nouns.used:
            page.actors.setdefault(mention.root, mention)
    for i, nation in nouns.nations.items():
        if i not in nouns.used and i not in page.actors:
            found = _nation_alone(page.doc[i], nation, lexicon)
            if found is not None:
                page.actors[i] = found
    placenames.find(page, lexicon, names)


def _aliases(page: Page, lexicon: Lexicon) -> tuple[list[Mention], set[int]]:
    found: list[Mention] = []
    linked: set[int] = set()
    for match in lexicon.actor_names.finditer(page.folded):
        written = page.doc.text[match.start() : match.end()]
        if match.group() in lexicon.nation:
            continue
        alias = next((a for name, a in lexicon.alias[match.group()] if cased(written, name)), None)
        span = page.doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if alias is None or span is None or UNDER.match(page.folded, match.end()):
            continue
        if LINKED.match(page.folded, match.end()):
            linked.update(t.i for t in span)
            continue
        found.append(_named(span, alias, lexicon))
    return found, linked


def _named(span: Span, alias: Alias, lexicon: Lexicon) -> Mention:
    return Mention(
        span.start, span.end, span.root.i, alias.kind, (lexicon.told(alias.actor),), "name", (alias.actor,)
    )


def _nations(page: Page, lexicon: Lexicon, names: Iterable[Mention]) -> dict[int, str]:
    taken = {i for m in names for i in range(m.start, m.end)}
    found: dict[int, str] = {}
    for match in lexicon.nation_names.finditer(page.folded):
        written = page.doc.text[match.start() : match.end()]
        lower_word = match.group() in (
            "regional",
            "neighbouring",
            "neighboring",
            "pan-african",
            "sub-regional",
        )
        span = page.doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None or (not written[:1].isupper() and not lower_word) or any(t.i in taken for t in span):
            continue
        if written == "Us" or UNDER.match(page.folded, match.end()):
            continue
        nation = lexicon.nation[match.group()]
        if nation == "mali" and page.folded[max(0, match.start() - 9) : match.start()].endswith(
            ("northern ", "southern ", "central ")
        ):
            continue
        found[span.root.i if span.root.i >= span.start else span.start] = nation
    return found


def _nation_alone(token: Token, nation: str, lexicon: Lexicon) -> Mention | None:
    whose = holds(token, lexicon)
    if not whose and token.dep_ not in HEADS:
        return None
    if nation == "african" and fold(token.text) not in ("ecowas", "africans") and not whose:
        return None
    people = (
        whose
        or token.pos_ == "ADJ"
        or token.tag_ in ("NNPS", "NNS")
        or (token.i and token.nbor(-1).lower_ == "the" and nation != "us")
    )
    record = of_nation(nation, "force" if people else "rule", lexicon)
    return Mention(
        token.i,
        token.i + 1,
        token.i,
        "force" if people else "rule",
        (lexicon.told(record),),
        "nation",
        (record,),
    )
