"""Numbers become figures: what is counted, and of whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from serval.extract import numbers, syntax
from serval.extract.ground import Filled
from serval.extract.kinds import LOST, MEN, NO_TROOPS, RANKS, SENT, Kind, force_above, nation_of
from serval.extract.numbers import Number
from serval.extract.parse import Page, key
from serval.extract.story import Story
from serval.extract.text import fold


@dataclass(frozen=True)
class Figure:
    """A figure: its kind, whose, its bounds, and where it stands (characters in the document; token
    number). `sure` says whether the text names whose it is beside the number.
    """

    kind: str
    of: str
    low: float | None
    high: float | None
    best: float | None
    start: int
    end: int
    token: int
    rule: str
    sure: bool = True


GUESSED = (
    "force last named",
    "the text's main force",
    "usual for such forces",
    "fighters last named",
    "fighters",
    "pronoun",
)
"""Rules by which whose it is was only guessed."""
UNTOLD = MEN | {"prisoner", "captive", "detainee", "suspect", "other", "member"}
"""Nouns that do not say whose they are."""


def find(page: Page, story: Story, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """The figures of a paragraph, in order; `taken` are characters that tell a time."""
    found = []
    for number in numbers.find(page.folded):
        if any(number.start < end and start < number.end for start, end in taken):
            continue
        span = page.doc.char_span(number.start, number.end, alignment_mode="expand")
        if span is None:
            continue
        head = span.root
        noun = _counted(head)
        kind, rule = Kind(page, story, _shared(noun, story), head, number).find()
        if kind:
            found.append(_figure(page, story, number, noun, head, kind, rule))
    found += _single(page, story)
    return _carried(sorted(found, key=lambda f: f.start), page)


def _figure(
    page: Page, story: Story, number: Number, noun: Token, last: Token, kind: str, rule: str
) -> Figure:
    of, sure = _of(noun, page, story, kind)
    return Figure(
        kind,
        of,
        _whole(number.low),
        _whole(number.high),
        _whole(number.best),
        page.offset + number.start,
        page.offset + number.end,
        last.i,
        rule,
        sure,
    )


def _whole(number: float | None) -> float | None:
    return int(number) if number is not None and number == int(number) else number


def _counted(token: Token) -> Token:
    """The noun that a number counts; the number itself where it stands alone."""
    here = token
    for _ in range(3):
        if here.dep_ in (
            "nummod",
            "quantmod",
            "compound",
            "amod",
            "det",
            "advmod",
            "npadvmod",
        ) and here.head.pos_ in ("NOUN", "PROPN", "NUM", "SYM", "ADJ"):
            here = here.head
        else:
            break
    if here.pos_ in ("NUM", "SYM") or here == token or key(here) in LOST:
        for prep in here.children:
            if prep.lower_ == "of":
                for inner in prep.children:
                    if inner.dep_ == "pobj" and inner.i > token.i:
                        return inner
    return here


def _shared(noun: Token, story: Story) -> Token:
    """The noun that a nation's adjective shares with a later one: 460 French and 200 Malian soldiers."""
    if fold(noun.text) in story.lexicon.nation and not nation_of(noun, story):
        for later in noun.doc[noun.i + 1 : min(noun.i + 7, noun.sent.end)]:
            if later.tag_ == "NNS" and story.lexicon.noun.get(key(later)):
                return later
    return noun


def _carried(found: list[Figure], page: Page) -> list[Figure]:
    """A bare number of dead or hurt after another counts of the same: ten soldiers died, two were hurt."""
    carried: list[Figure] = []
    for figure in found:
        bare = page.doc[figure.token].pos_ == "NUM" and figure.kind in ("killed", "wounded")
        before = [f for f in carried if f.kind in ("killed", "wounded") and f.of != "?"]
        if figure.of == "?" and bare and before and page.doc[figure.token].dep_ != "nummod":
            figure = replace(figure, of=before[-1].of, sure=before[-1].sure)
        carried.append(figure)
    return carried


def _single(page: Page, story: Story) -> Iterator[Figure]:
    """One person: a worker was killed, Corporal X lost his life, they abducted a driver."""
    for token in page.doc:
        if token.tag_ not in ("NN", "NNP") or token.dep_ not in ("nsubj", "nsubjpass", "dobj", "conj"):
            continue
        words = {c.lower_ for c in token.children if c.i < token.i}
        kinds = story.lexicon.noun.get(key(token), set())
        ranked = token.tag_ == "NNP" and bool(words & RANKS)
        one = bool(words & {"a", "an", "another"}) and bool(
            kinds & {"people", "force", "armed"} or key(token) in RANKS
        )
        if not (ranked or one) or key(token) in NO_TROOPS:
            continue
        span = (
            (page.doc[token.left_edge.i].idx, token.idx + len(token.text))
            if one
            else (token.idx, token.idx + len(token.text))
        )
        number = Number(*span, 1, 1, 1)
        kind, rule = Kind(page, story, token, token, number).verb()
        if kind in ("killed", "wounded", "captured"):
            figure = _figure(page, story, number, token, token, kind, f"one: {rule}")
            yield replace(figure, of=story.lead_force) if ranked and figure.of == "?" else figure


def _of(noun: Token, page: Page, story: Story, kind: str) -> tuple[str, bool]:
    """Whose the figure is, and whether it is named beside it; '?' where the text does not say."""
    if kind in ("mausoleums", "manuscripts"):
        return "?", True
    nation = nation_of(noun, story)
    if nation:
        return nation, True
    found = _named(noun, page, story)
    guessed = bool(found) and found[0].rule in GUESSED
    ids = list(dict.fromkeys(i for f in found for i in f.ids))
    if kind in ("displaced", "refugees", "missing", "hostages") and not (ids and not guessed):
        return "civilians", True
    if len(ids) > 1 and any(c.dep_ == "conj" for c in noun.subtree if c.i < noun.i):
        return "?", True
    if ids == ["civilians"] and (kind == "troops" or key(noun) in UNTOLD):
        return "?", False
    if ids and not guessed:
        return ids[0], True
    verb = syntax.verb_of(noun)
    if kind in ("troops", "aircraft", "vehicles") and verb is not None:
        subject = syntax.subject(verb)
        named = story.actors_at(page, subject) if subject is not None and subject != noun else []
        if named and named[0].ids and key(verb) in SENT | {"be", "carry"}:
            return named[0].ids[0], True
    above = force_above(noun, story)
    named = [f for f in story.actors_at(page, above) if f.ids] if above is not None and not ids else []
    if named:
        return named[0].ids[0], named[0].rule not in GUESSED
    if ids and kind in ("killed", "wounded", "captured") and found[0].rule == "the text's main force":
        return "mali_army", False
    if ids:
        return ids[0], False
    return ("civilians", True) if key(noun) in ("people", "person", "civilian") else ("?", False)


def _named(noun: Token, page: Page, story: Story) -> list[Filled]:
    """The actors beside a counted noun: MNLA men, soldiers of Chad, vehicles belonging to the rebels."""
    for child in noun.children:
        if child.dep_ == "acl" and key(child) == "belong":
            inner = [p for prep in child.children for p in prep.children if p.dep_ == "pobj"]
            return [f for token in inner for f in story.actors_at(page, token)]
    beside = [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod") and c.i in page.actors]
    found = [f for c in beside for f in story.actors_at(page, c) if f.ids]
    return found or [f for f in story.actors_at(page, noun) if f.ids]
