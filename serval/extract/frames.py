"""Triggers in the text: a verb with its words or a fixed noun phrase, the slots around it, the frame's
conditions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from serval.extract import syntax
from serval.extract.lexfiles import Frame
from serval.extract.lexicon import Lexicon
from serval.extract.parse import Page, key
from serval.extract.text import words_of

MOTION = words_of(
    """
    go come move push press march drive fly head travel advance return arrive
    """
)

REACTING = words_of(
    """
    welcome hail praise announce report confirm condemn denounce celebrate mark fear expect demand urge
    call ask want oppose support deny say admit note recall describe await prepare back deplore
    """
)
"""Verbs whose subject speaks of what their object tells but does not do it."""
OF_NOUN = ("of", "over", "in", "on", "from", "at", "into", "against", "with")


@dataclass
class Hit:
    """A frame found at a token. `slots` are tokens by slot name; `preps` are (preposition, noun) around
    the trigger.
    """

    page: Page
    frame: Frame
    trigger: Token
    verb: Token | None
    phrase: str
    nominal: bool
    words: list[Token]
    slots: dict[str, list[Token]] = field(default_factory=dict)
    preps: list[tuple[str, Token]] = field(default_factory=list)
    clause: list[Token] = field(default_factory=list)


def find(page: Page, lexicon: Lexicon) -> list[Hit]:
    """Every frame whose trigger stands in a paragraph, whether or not its conditions hold."""
    found: list[Hit] = []
    for token in page.doc:
        if token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBN", "VBG", "VBD", "VBZ", "VBP"):
            found += _verbs(page, token, lexicon)
    return found + _nouns(page, lexicon)


def _verbs(page: Page, token: Token, lexicon: Lexicon) -> list[Hit]:
    """The frames of a verb; of several patterns of one frame the longest comes first."""
    if token.dep_ in ("aux", "auxpass"):
        return []
    found: list[Hit] = []
    phrasal = key(token) not in MOTION and any(c.dep_ == "prt" for c in token.children)
    describes = token.dep_ in ("amod", "compound") and not _attributive(token)
    for frame, rest in lexicon.verbs.get(key(token), []):
        words = None if describes or (phrasal and not rest) else _match(token, rest)
        if words is not None:
            found.append(_verb_hit(page, frame, token, words, " ".join((key(token), *rest))))
    for frame, rest in lexicon.verbs.get("be", []) if syntax.passive(token) and not describes else []:
        words = _match(token, rest[1:]) if rest and rest[0] == token.lower_ else None
        if words is not None:
            found.append(_verb_hit(page, frame, token, words, " ".join(("be", *rest)), state=True))
    return sorted(found, key=lambda hit: -len(hit.words))


def _attributive(token: Token) -> bool:
    """A participle before a noun that still tells an event: the recently liberated town."""
    return token.tag_ == "VBN" and token.head.i > token.i and any(c.dep_ == "advmod" for c in token.children)


def _match(token: Token, rest: tuple[str, ...]) -> list[Token] | None:
    """The words that a pattern asks for, found among what hangs on the verb."""
    words, tail = [token], token
    for want in rest:
        near = [c for c in token.children if c.dep_ != "nsubj"]
        near += list(tail.children) if tail is not token else []
        near += [token.head] if token.dep_ == "acl" and token.tag_ == "VBN" else []
        near += [
            g
            for c in near
            if c.dep_ in ("prep", "dobj", "prt", "advmod", "attr", "oprd", "acomp", "agent")
            for g in c.children
        ]
        hit = next(
            (c for c in near if c not in words and want in (c.lower_, key(c)) and not _when_only(c)), None
        )
        if hit is None:
            return None
        words.append(hit)
        tail = hit
    return words


def _when_only(word: Token) -> bool:
    """Whether a preposition only leads to a time: stepped down in December."""
    nouns = [c for c in word.children if c.dep_ == "pobj"]
    return word.dep_ == "prep" and bool(nouns) and all(syntax.of_time(c) for c in nouns)


def _verb_hit(
    page: Page, frame: Frame, verb: Token, words: list[Token], phrase: str, state: bool = False
) -> Hit:
    """The slots around a verb. A `state` (is expected in, was ambushed) keeps its subject as who it is told
    of.
    """
    hit = Hit(page, frame, verb, verb, phrase, False, words, clause=syntax.clause(verb))
    tail = words[-1]
    passive, subject = syntax.passive(verb) and not state, syntax.subject(verb)
    direct = [o for o in syntax.objects(verb) if o not in words]
    if _governs(tail, verb):
        objects = _pobjects(tail)
        hit.slots["direct"] = direct
        if passive and subject is not None:
            hit.slots["patient"], subject = [subject], None
    elif tail is not verb and tail.pos_ in ("NOUN", "PROPN", "ADJ") and not direct:
        objects = [t for p, t in syntax.prepositional(tail) if p in OF_NOUN]
    else:
        objects = direct
    if verb.dep_ == "relcl" and not passive:
        objects = _relative(verb, objects)
    if verb.dep_ == "amod":
        objects, subject = [verb.head], None
    if passive:
        objects = [subject, *objects] if subject is not None else objects
        subject = next((t for p, t in syntax.prepositional(verb) if p == "by"), None)
    if subject is not None:
        hit.slots["subject"] = [subject]
    if objects:
        hit.slots["object"] = objects
    _around(hit, objects)
    return hit


def _around(hit: Hit, objects: list[Token]) -> None:
    """The prepositions around a verb: its own, its words', those of the verb that it completes."""
    verb = hit.trigger
    hit.preps = list(syntax.prepositional(verb))
    for token in (*hit.words[1:], *objects):
        hit.preps += list(syntax.prepositional(token))
    if verb.dep_ == "xcomp" and verb.head.pos_ == "VERB":
        hit.preps += list(syntax.prepositional(verb.head))
        hit.clause = sorted({*hit.clause, *syntax.clause(verb.head)}, key=lambda t: t.i)
    if hit.frame.place_slot == "subject":
        _swap(hit)
    hit.preps += [pair for _, noun in list(hit.preps) for pair in syntax.prepositional(noun)]


def _governs(tail: Token, verb: Token) -> bool:
    """Whether a pattern ends in a preposition that has a noun."""
    if tail is verb:
        return False
    inner = {c.dep_ for c in tail.children}
    return (tail.dep_ in ("prep", "agent") and bool(inner & {"pobj", "prep"})) or (
        tail.pos_ == "ADP" and "pobj" in inner
    )


def _pobjects(prep: Token) -> list[Token]:
    """The noun of a preposition, through one more preposition (out of, back into)."""
    found = []
    for child in prep.children:
        if child.dep_ == "pobj":
            found.append(child)
        elif child.dep_ == "prep":
            found += [c for c in child.children if c.dep_ == "pobj"]
    return found


def _relative(verb: Token, objects: list[Token]) -> list[Token]:
    """In a relative clause the noun before it is the object that "which" stands for, or that is left out."""
    if objects:
        return [verb.head if o.tag_ in ("WDT", "WP") else o for o in objects]
    subject = syntax.own_subject(verb)
    complements = any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    return [] if subject is None or subject.tag_ in ("WDT", "WP") or complements else [verb.head]


def _swap(hit: Hit) -> None:
    """Where the place is the subject (Kidal fell to them), it becomes the object and the taker the
    subject.
    """
    places = hit.slots.pop("subject", []) or hit.slots.get("object", [])[:1]
    takers = [t for p, t in hit.preps if p in ("to", "by", "of", "before") and t not in hit.words]
    takers += [c for w in hit.words[1:] for c in w.children if c.dep_ in ("poss", "amod", "compound", "nmod")]
    takers += [t for p, t in ((p, t) for w in hit.words[1:] for p, t in syntax.prepositional(w)) if p == "of"]
    hit.slots["object"] = places
    if takers:
        hit.slots["subject"] = takers


def _nouns(page: Page, lexicon: Lexicon) -> list[Hit]:
    found, taken = [], set()
    for pattern, frame, phrase in lexicon.nouns:
        for match in pattern.finditer(page.folded):
            span = page.doc.char_span(match.start(), match.end(), alignment_mode="expand")
            if (
                span is None
                or (frame.id, span.root.i) in taken
                or span.root.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ")
            ):
                continue
            root = span.root if span.root.i >= span.start else span[-1]
            if (root.pos_ == "VERB" and root.tag_ not in ("VBG", "NN", "NNS", "NNP")) or (
                root.dep_ in ("compound", "amod", "npadvmod")
                and root.head.i > root.i
                and not _event_noun(root.head)
            ):
                continue
            taken.add((frame.id, root.i))
            hit = _noun_hit(page, frame, root, phrase, lexicon)
            if frame.noun_needs and not _needed(hit, frame):
                continue
            found.append(hit)
    return found


def _event_noun(token: Token) -> bool:
    return key(token) in ("crisis", "attack", "operation", "raid", "campaign", "situation", "zone", "process")


def _needed(hit: Hit, frame: Frame) -> bool:
    verbs = {key(hit.verb)} if hit.verb is not None else set()
    verbs |= {key(c) for c in hit.trigger.children if c.pos_ == "VERB"}
    return bool(verbs & set(frame.noun_needs))


def _noun_hit(page: Page, frame: Frame, noun: Token, phrase: str, lexicon: Lexicon) -> Hit:
    verb = syntax.verb_of(
        noun.head
        if noun.pos_ == "VERB"
        and noun.head != noun
        and noun.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "pcomp")
        else noun
    )
    words = [t for t in noun.subtree if noun.i - 6 < t.i <= noun.i and t.dep_ in ("compound", "amod")] + [
        noun
    ]
    local = list(noun.subtree)
    hit = Hit(
        page,
        frame,
        noun,
        verb,
        phrase,
        True,
        words,
        clause=sorted(set(local) | set(syntax.clause(verb) if verb is not None else []), key=lambda t: t.i),
    )
    hit.preps = [
        pair
        for c in noun.children
        if (c.dep_ == "acl" and c.tag_ == "VBN") or c.dep_ == "relcl"
        for pair in syntax.prepositional(c)
    ]
    hit.preps += list(syntax.prepositional(noun))
    placed = any(t.i in page.places for _, t in hit.preps)
    owners = [
        c
        for c in noun.children
        if c.dep_ in ("poss", "amod", "compound", "nmod")
        and c.i in page.actors
        and page.actors[c.i].kind not in ("people",)
    ]
    by = [t for p, t in hit.preps if p == "by"]
    of = [t for p, t in hit.preps if p in ("of", "on", "against", "from") and not syntax.of_time(t)]
    between = [t for p, t in hit.preps if p == "between"]
    whose = next((c for c in noun.children if c.tag_ == "WP$"), None)
    if whose is not None:
        clause_verb = next((a for a in noun.ancestors if a.dep_ == "relcl"), None)
        of += [clause_verb.head] if clause_verb is not None else []
    of += [
        c
        for c in noun.children
        if c.dep_ in ("poss", "compound", "nmod") and c.i in page.places and page.places[c.i].kind == "town"
    ]
    subject: list[Token] = by or between or owners
    if noun.i in page.actors and page.actors[noun.i].ids and not subject:
        subject = [noun]
    if verb is not None and not subject:
        above = syntax.subject(verb)
        named = noun.dep_ in ("dobj", "conj", "oprd") and key(verb) not in REACTING
        light = key(verb) in lexicon.words.light_verbs or named
        if above is not None and noun is not above and noun not in above.subtree and light:
            if syntax.passive(verb):
                subject = [t for p, t in syntax.prepositional(verb) if p == "by"]
            else:
                subject = [above]
    if verb is not None and not placed:
        hit.preps += list(syntax.prepositional(verb))
    if frame.type == "enter":
        subject = by or owners or [t for p, t in hit.preps if p == "of"] or subject
        of = [t for p, t in hit.preps if p in ("to", "into", "in", "at")]
    elif frame.place_slot == "subject":
        of = [t for p, t in hit.preps if p == "of"] or of
        subject = [t for p, t in hit.preps if p in ("to", "by", "before")] or subject
    if subject:
        hit.slots["subject"] = subject
    if of:
        hit.slots["object"] = of
    return hit


# ------------------------------------------------------------------ conditions
