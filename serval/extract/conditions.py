"""Whether a frame's conditions and blockers allow a hit, and of which classes a noun is."""

from __future__ import annotations

from spacy.tokens import Token

from serval.extract.frames import Hit
from serval.extract.ground import Filled, conjuncts
from serval.extract.lexicon import Lexicon
from serval.extract.parse import Page, key
from serval.extract.story import QUANTITIES, Story
from serval.extract.text import fold, words_of

MINOR = words_of(
    """
    base camp post position office building hall barrack barracks bridge checkpoint outpost courthouse
    station residence hideout junction headquarters fort fortress part ground control
    """
)
"""Sites that are not a town: their capture tells of a town only where one is named beside them."""


def holds(hit: Hit, story: Story, lexicon: Lexicon) -> bool:
    """Whether a frame's conditions and blockers allow the hit."""
    text = {t.lower_ for t in hit.clause} | {key(t) for t in hit.clause}
    joined = " ".join(t.lower_ for t in hit.clause)
    for blocker in hit.frame.unless:
        if (blocker in text) if " " not in blocker else (blocker in joined):
            return False
    if hit.frame.id in ("clash", "attack", "kill") and not hit.nominal and _purpose(hit.trigger):
        return False
    if not hit.nominal and any(c.dep_ == "mark" and c.lower_ == "if" for c in hit.trigger.children):
        return False
    if hit.frame.type in ("control", "enter") and not hit.nominal and _wanted(hit.trigger):
        return False
    if (
        hit.frame.finite
        and hit.verb is not None
        and (hit.verb.dep_ in ("acl", "amod", "relcl") or hit.nominal)
    ):
        return False
    return all(_condition(c, hit, story, lexicon) for c in hit.frame.require)


def _purpose(verb: Token) -> bool:
    """Whether a verb only says what something is for: to confront the rebels."""
    return (
        verb.tag_ == "VB"
        and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
        and verb.dep_ in ("advcl", "acl", "xcomp", "relcl")
    )


def _wanted(verb: Token) -> bool:
    """Whether a town's change of hands is only what a force or a text is for: a force to help retake it."""
    if verb.tag_ != "VB":
        return False
    above = verb.head
    if verb.dep_ == "xcomp" and key(above) in ("try", "attempt", "fail", "struggle", "seek"):
        return True
    if verb.dep_ in ("xcomp", "ccomp") and key(above) in ("help", "assist"):
        return above.tag_ == "VB" or any(c.dep_ == "aux" for c in above.children)
    return verb.dep_ == "acl" and above.pos_ == "NOUN"


def _condition(condition: str, hit: Hit, story: Story, lexicon: Lexicon) -> bool:
    negative, optional = condition.startswith("!"), condition.startswith("?")
    slot, _, names = condition.lstrip("!?").partition(":")
    wanted = set(names.split(","))
    tokens = _slot_tokens(hit, slot)
    if not tokens:
        return negative or optional
    found: set[str] = set()
    slots = {t.i for tokens in hit.slots.values() for t in tokens}
    for token in tokens:
        found |= classes(hit.page, token, story, lexicon, deep=slot != "any" or token.i in slots)
    return bool(found & wanted) != negative


def _slot_tokens(hit: Hit, slot: str) -> list[Token]:
    if slot == "any":
        subject = hit.slots.get("subject", [])
        return [*hit.clause, *subject]
    if slot == "core":
        return [x for tokens in hit.slots.values() for t in tokens for x in (t, *conjuncts(t))]
    if slot == "agent":
        return [x for t in hit.slots.get("subject", []) for x in (t, *conjuncts(t))]
    if slot == "object":
        return [x for t in hit.slots.get("object", []) for x in (t, *conjuncts(t))]
    return [x for t in hit.slots.get(slot, []) for x in (t, *conjuncts(t))]


def classes(page: Page, token: Token, story: Story, lexicon: Lexicon, deep: bool = True) -> set[str]:
    """What a noun is: the classes of words.yaml, and what the actors and places it stands for are."""
    if token.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "ADV"):
        return set()
    if deep and key(token) in QUANTITIES:
        inner = [p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
        if inner:
            own = page.actors.get(token.i)
            found = classes(page, inner[0], story, lexicon, deep)
            return found | {own.kind, "actor"} if own is not None and own.ids else found
    found = set(lexicon.noun_class.get(key(token), set())) | set(
        lexicon.noun_class.get(fold(token.text), set())
    )
    if token.i in page.places:
        mention = page.places[token.i]
        found |= {"place", mention.kind}
    elif deep and found & {"site"}:
        spots = story.places_at(page, token)
        found |= {f.kind for f in spots}
        if key(token) in MINOR and all(f.rule == "town in focus" for f in spots):
            found -= {"site", "town"}
    actors: list[Filled] = []
    if token.i in page.actors or deep:
        actors = story.actors_at(page, token)
        if token.i in page.actors and not page.actors[token.i].ids:
            found.add(page.actors[token.i].kind)
    for actor in actors:
        found |= {actor.kind, "actor"}
        if actor.kind in ("rule", "force"):
            found |= {"rule", "force"} if actor.rule in ("nation", "name", "pronoun") else set()
        for told in actor.ids:
            side = lexicon.side(told)
            found |= {f"{side}_side"} if side else set()
            if told in ("un", "eu", "au", "ecowas"):
                found.add("council")
    if deep and token.pos_ == "PRON" and fold(token.text) == "it":
        focus = story.focus(page, token, 1)
        found |= {"site", "town", "place"} if focus else set()
    return found
