"""Which type, how sure the text is of it, and who says so."""

from __future__ import annotations

from spacy.tokens import Token

from serval.extract import syntax
from serval.extract.frames import Hit
from serval.extract.ground import Filled
from serval.extract.lexicon import Lexicon
from serval.extract.parse import key
from serval.extract.story import Story


def type_of(
    hit: Hit, lexicon: Lexicon, story: Story, agents: list[Filled], place: Filled | None
) -> tuple[str, str]:
    """The event type and the rule that chose it."""
    name = hit.frame.type
    if name not in ("control", "enter"):
        return name, f"frame {hit.frame.id}"
    neutral = hit.frame.hint == "captured" and any(
        key(t) in ("column", "convoy", "vehicle") for t in hit.slots.get("subject", [])
    )
    guessed = ("the text's main force", "force last named")
    sides = [lexicon.side(i) for f in agents if not (neutral and f.rule in guessed) for i in f.ids]
    takers = [
        lexicon.side(i)
        for prep, t in hit.preps
        if hit.frame.reverse and prep == "to"
        for f in story.actors_at(hit.page, t)
        for i in f.ids
    ]
    if any(takers):
        return ("town_retaken" if "state" in takers else "town_captured"), "side of the taker"
    if hit.frame.reverse and sides:
        return ("town_retaken" if sides[0] == "armed" else "town_captured"), "side of the loser"
    side = sides[0] if sides else ""
    if name == "enter" and (place is None or place.place is None or not place.place.lost):
        return ("deployment" if side != "armed" else "town_captured"), "town never lost"
    if name == "enter" and side == "state" and _counted(hit):
        return "deployment", "a counted force arrives"
    if hit.frame.id == "drive_out" and not side:
        lost = [
            lexicon.side(i)
            for t in hit.slots.get("object", [])
            for f in story.actors_at(hit.page, t)
            for i in f.ids
        ]
        return ("town_captured" if "state" in lost else "town_retaken"), "side of the loser"
    if side:
        return ("town_retaken" if side == "state" else "town_captured"), "side of the taker"
    return ("town_captured" if hit.frame.hint == "captured" else "town_retaken"), "word used"


def _counted(hit: Hit) -> bool:
    return any(
        t.like_num
        or key(t) in ("hundred", "thousand", "dozen", "contingent", "battalion", "reinforcement", "convoy")
        for s in hit.slots.get("subject", [])
        for t in s.subtree
        if t.i <= s.i + 3
    )


def modality_of(hit: Hit, lexicon: Lexicon) -> tuple[str, str]:
    """asserted, planned, possible or denied; and the rule."""
    words = lexicon.words
    anchor = hit.trigger
    if any(c.dep_ == "neg" or c.lower_ in ("no", "never") for c in anchor.children):
        return "denied", "negated"
    verb = hit.verb
    if verb is None:
        return "asserted", "plain"
    chain = [(verb, ""), *list(syntax.climb(verb))]
    for depth, (here, relation) in enumerate(chain):
        if (depth and chain[depth - 1][0].dep_ in ("relcl", "conj", "parataxis")) or (
            depth and relation == "advcl" and chain[depth - 1][0].tag_ != "VB"
        ):
            break
        lemma = key(here)
        kids = {c.lower_ for c in here.children if c.dep_ in ("aux", "neg", "advmod", "mark")}
        if (
            depth == 0
            or relation in ("xcomp", "pcomp")
            or (relation == "ccomp" and lemma not in words.reporting)
        ):
            if kids & {"not", "n't", "never", "hardly"} and "only" not in kids:
                return "denied", "negated"
            if kids & {"may", "might", "could", "if", "whether", "unless", "possibly", "perhaps"}:
                return "possible", "modal"
            if kids & {"will", "shall", "'ll", "would"} and not _conditional_past(here):
                return "planned", "modal"
        if depth and relation == "pcomp" and lemma in ("keep", "prevent", "stop", "deter", "halt"):
            return "denied", f"under {lemma}"
        if depth and relation in ("xcomp", "acl", "pcomp", "ccomp", "advcl", "dobj"):
            if lemma in ("fail", "refuse", "avoid", "prevent") or lemma in words.denying:
                return "denied", f"under {lemma}"
            if lemma in words.planned_verbs and chain[depth - 1][0].tag_ in ("VB", "VBG", "VBN", "VBP"):
                return "planned", f"under {lemma}"
            if lemma in words.possible_words:
                return "possible", f"under {lemma}"
        if (
            here.head.pos_ == "NOUN"
            and here.dep_ in ("acl", "relcl")
            and key(here.head)
            in (
                "plan",
                "proposal",
                "intention",
                "promise",
                "pledge",
                "readiness",
                "decision",
                "order",
                "offer",
                "hope",
                "effort",
            )
        ):
            return "planned", f"under {key(here.head)}"
    if verb is not hit.trigger and key(verb) in words.planned_verbs:
        return "planned", f"under {key(verb)}"
    if any(
        c.lower_
        in ("planned", "proposed", "expected", "future", "upcoming", "possible", "imminent", "potential")
        for c in anchor.children
    ):
        return "planned", "adjective"
    before = {t.lower_ for t in hit.clause}
    if before & set(words.doubt_words):
        return (
            "possible" if before & {"thought", "believed", "suspected", "feared"} else "asserted"
        ), "doubt word"
    if (
        verb.tag_ == "VB"
        and verb.dep_ in ("advcl", "acl", "relcl")
        and any(c.lower_ == "to" for c in verb.children)
    ):
        return "planned", "infinitive of purpose"
    return "asserted", "plain"


def _conditional_past(verb: Token) -> bool:
    return any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children)


def speaker_of(hit: Hit, lexicon: Lexicon) -> Token | None:
    """The head of the words that name who says so."""
    chain = [hit.verb] if hit.verb is not None else []
    chain += [above for above, _ in syntax.climb(hit.verb)] if hit.verb is not None else []
    for verb in chain[1:]:
        if verb is not None and key(verb) in lexicon.words.reporting:
            subject = syntax.own_subject(verb)
            if subject is not None and subject not in chain:
                return subject
    for verb in chain:
        if verb is None:
            continue
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ == "according":
                for inner in child.subtree:
                    if inner.dep_ == "pobj":
                        return inner
            if child.dep_ in ("ccomp", "parataxis") and key(child) in lexicon.words.reporting:
                return syntax.own_subject(child)
    return None
