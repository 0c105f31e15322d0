"""Questions to a dependency tree: subjects, objects, clauses, the verb that governs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from serval.extract.parse import key
from serval.extract.text import fold, words_of

TIMES = words_of(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    weekend dawn dusk night midnight noon morning afternoon evening day days week weeks month months
    year years hour hours spring summer autumn winter
    """
)
YEAR = re.compile(r"(19|20)\d\d")
BARRIERS = ("relcl", "ccomp", "advcl", "parataxis", "acl")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


def of_time(token: Token) -> bool:
    """Whether a noun says when: Saturday, January, 2012, dawn."""
    return fold(token.text) in TIMES or bool(YEAR.fullmatch(token.text))


def verb_of(token: Token) -> Token | None:
    """The verb that governs a token (itself if it is one)."""
    here = token
    while True:
        if here.pos_ in ("VERB", "AUX") and here.dep_ not in ("aux", "auxpass", "amod", "compound"):
            return here
        if here.head == here:
            return None
        here = here.head


def passive(verb: Token) -> bool:
    """Whether a verb is in the passive, or a participle after its noun."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    return verb.tag_ == "VBN" and (
        verb.dep_ == "acl"
        or (
            verb.dep_ in ("advcl", "conj")
            and not any(c.dep_ == "aux" for c in verb.children)
            and not objects(verb)
        )
    )


def objects(verb: Token) -> list[Token]:
    return [
        c
        for c in verb.children
        if (c.dep_ in ("dobj", "obj", "oprd", "dative") and c.dep_ != "dative") or c.dep_ == "dobj"
    ]


def own_subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj")), None)


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The subject of a verb, through coordination, control and relative clauses."""
    found = own_subject(verb)
    if found is not None:
        if found.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            return verb.head
        return found
    if depth > 4 or verb.head == verb:
        return None
    head = verb.head
    if verb.dep_ == "relcl":
        return head
    if verb.dep_ == "acl":
        return head if verb.tag_ in ("VBG", "VBN") else _holder(head, depth)
    if verb.dep_ in ("conj", "advcl", "xcomp", "ccomp", "pcomp", "dep", "parataxis"):
        governor = verb_of(head)
        if governor is None:
            return None
        if verb.dep_ in ("xcomp", "ccomp") and objects(governor) and key(governor) not in ("promise", "use"):
            return objects(governor)[0]
        return subject(governor, depth + 1)
    if head.pos_ in ("NOUN", "PROPN", "ADP", "ADJ", "SCONJ"):
        governor = verb_of(head)
        return subject(governor, depth + 1) if governor is not None and governor is not verb else None
    return None


def _holder(noun: Token, depth: int) -> Token | None:
    """Whose plan, attempt or readiness an infinitive after a noun is."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    nation = next((c for c in noun.children if c.dep_ in ("amod", "compound")), None)
    governor = verb_of(noun)
    if governor is not None and governor is not noun:
        return subject(governor, depth + 1)
    return nation


def clause(verb: Token) -> list[Token]:
    """The words of a verb's own clause, without clauses and coordinated verbs inside it."""
    found, queue = [], [verb]
    while queue:
        here = queue.pop()
        found.append(here)
        for child in here.children:
            if child.dep_ in BARRIERS and (child.pos_ in ("VERB", "AUX")):
                continue
            if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
                continue
            queue.append(child)
    return sorted(found, key=lambda t: t.i)


def climb(token: Token) -> Iterator[tuple[Token, str]]:
    """The verbs above a verb, each with the relation by which one climbs to it."""
    here = token
    for _ in range(6):
        if here.head == here:
            return
        relation = here.dep_
        above = verb_of(here.head)
        if above is None or above.i == here.i:
            return
        yield above, relation
        here = above


def prepositional(token: Token) -> Iterator[tuple[str, Token]]:
    """Each preposition that hangs on a word, with its noun; one level of nested prepositions (out of,
    back into).
    """
    for child in token.children:
        if child.dep_ in ("prep", "agent", "prt", "advmod", "dative", "npadvmod") or child.pos_ == "ADP":
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield child.lower_, inner
                    if of_time(inner):
                        yield from prepositional(inner)
                elif inner.dep_ == "prep":
                    for last in inner.children:
                        if last.dep_ == "pobj":
                            yield inner.lower_, last
