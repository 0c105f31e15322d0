"""Who: the actors of a frame with their roles, from its slots, else from the clause, the sentence, or
what is usual.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from serval.extract import syntax
from serval.extract.events import CONTROL, MILITARY, TALK
from serval.extract.frames import Hit
from serval.extract.ground import LOCAL, Filled
from serval.extract.parse import Page, key
from serval.extract.story import Story

GUESSED = ("the text's main force", "force last named", "fighters last named", "fighters")
VICTIMS = ("hostage_taking", "human_rights", "humanitarian")
ARMED_KINDS = ("hostage_taking", "suicide_attack", "ied", "heritage")


def actors_of(hit: Hit, story: Story, kind: str) -> tuple[list[tuple[str, Filled]], bool]:
    """(role, actor) pairs, and whether the one who did it is named in the frame itself."""
    found = _in_slots(hit, story, kind)
    known = any(role in ("initiator", "party") for role, _ in found)
    found += _in_phrases(hit, story, kind)
    if not known:
        around = _around(hit, story, kind)
        if kind == "airstrike" and story.after_intervention and not any("france" in f.ids for _, f in around):
            around = [("initiator", _usual(hit, "france", "usual for this kind"))]
        found += [(role, _rulers(actor)) for role, actor in around] if kind in TALK else around
    found = _of_the_right_side(hit, found, story, kind)
    armed_needed = kind in ARMED_KINDS and not any(f.kind in ("armed", "force") for _, f in found)
    if not found or armed_needed or kind == "election":
        roles = ("initiator", "target")
        found += [
            (roles[min(i, 1)], _usual(hit, who, "usual for this kind"))
            for i, who in enumerate(hit.frame.usual)
        ]
    if kind in VICTIMS and not any(f.kind == "people" or "civilians" in f.ids for _, f in found):
        found.append(("victim", _usual(hit, "civilians", "usual for this kind")))
    if not found and kind in (*CONTROL, "ground_combat"):
        retaken = kind == "town_retaken"
        who = story.lead_force if retaken else story.lead_armed
        found = [("initiator", _usual(hit, who, f"the text's main {'force' if retaken else 'group'}"))]
    return _once(found)[:6], known


def _rulers(actor: Filled) -> Filled:
    """Who signs and speaks for soldiers named nearby: the government."""
    if actor.ids != ("mali_army",):
        return actor
    return replace(actor, ids=("mali_gov",), record=("mali_gov",))


def _of_the_right_side(
    hit: Hit, found: list[tuple[str, Filled]], story: Story, kind: str
) -> list[tuple[str, Filled]]:
    """A column or fighters whose side was only guessed are of the side that takes or strikes so."""
    if kind == "town_captured":
        wrong, who = "state", story.lead_armed
    elif kind == "town_retaken":
        wrong, who = "armed", story.lead_force
    else:
        return found
    kept = []
    for role, actor in found:
        guessed = actor.rule in GUESSED and role == "initiator"
        if guessed and {story.lexicon.side(i) for i in actor.ids} == {wrong}:
            actor = replace(actor, ids=(who,), record=({"islamists": "jihadist_groups"}.get(who, who),))
        kept.append((role, actor))
    return kept


def _in_slots(hit: Hit, story: Story, kind: str) -> list[tuple[str, Filled]]:
    found = []
    for slot in ("subject", "object", "patient", "direct"):
        role = hit.frame.roles.get(slot, "initiator" if slot == "subject" else "target")
        for token in hit.slots.get(slot, []):
            named = story.actors_at(hit.page, token)
            found += [(role, a) for a in named if not _a_place(hit.page, token, a, slot, kind)]
    return found


def _in_phrases(hit: Hit, story: Story, kind: str) -> list[tuple[str, Filled]]:
    usual = {"with": "party", "against": "target", "by": "initiator", "alongside": "ally"}
    found = []
    for prep, noun in hit.preps:
        role = hit.frame.roles.get(prep) or usual.get(prep, "")
        if role and role != "place":
            named = story.actors_at(hit.page, noun)
            found += [(role, a) for a in named if not _a_place(hit.page, noun, a, prep, kind)]
    return found


def _usual(hit: Hit, who: str, rule: str) -> Filled:
    """An actor whom the text does not name: the evidence is the trigger, and the rule says so."""
    start, end = hit.page.span(hit.trigger.i, hit.trigger.i + 1)
    return Filled((who,), "usual", start, end, rule, ({"islamists": "jihadist_groups"}.get(who, who),))


def _once(found: list[tuple[str, Filled]]) -> list[tuple[str, Filled]]:
    """One pair for each id, the first role kept."""
    seen: dict[str, tuple[str, Filled]] = {}
    for role, actor in found:
        for i, told in enumerate(actor.ids):
            if told and told not in seen:
                record = actor.record[i] if len(actor.record) == len(actor.ids) else told
                seen[told] = (role, replace(actor, ids=(told,), record=(record,)))
    return list(seen.values())


def _a_place(page: Page, token: Token, actor: Filled, slot: str, kind: str) -> bool:
    """Whether a country or capital is named as where, not who."""
    if token.i not in page.places or actor.kind not in ("rule",):
        return False
    return slot in LOCAL or (slot == "object" and kind in (*CONTROL, "visit", "withdrawal", "deployment"))


def _around(hit: Hit, story: Story, kind: str) -> list[tuple[str, Filled]]:
    """Nobody stands in the frame: who is in the clause, then the subject of the clause above, then the
    sentence.
    """
    page = hit.page
    people_too = kind in ("humanitarian", "human_rights", "hostage_taking")
    found: list[tuple[str, Filled]] = []
    for token in hit.clause:
        if token.i in page.actors and not (
            token.i in page.places and token.dep_ in ("pobj", "appos", "conj")
        ):
            for actor in story.actors_at(page, token):
                if actor.kind == "people" and not people_too:
                    continue
                if token.dep_ == "poss" and token.i in page.places:
                    continue
                found.append(("party", actor))
    if found:
        return found[:3]
    if hit.verb is not None:
        for above, _ in syntax.climb(hit.verb):
            subject = syntax.subject(above)
            if subject is not None and key(above) not in story.lexicon.words.reporting:
                named = [a for a in story.actors_at(page, subject) if a.kind != "people" or people_too]
                if named:
                    return [("party", a) for a in named]
    if kind in MILITARY or kind in ("deployment", "withdrawal"):
        for token in sorted(hit.trigger.sent, key=lambda t: abs(t.i - hit.trigger.i)):
            if (
                token.i in page.actors
                and page.actors[token.i].kind in ("force", "armed")
                and page.actors[token.i].ids
            ):
                return [("party", a) for a in story.actors_at(page, token)]
    return []
