"""From a frame in the text to its slots: type, place, actors, day, modality, speaker; each with evidence and rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from spacy.tokens import Token

from serval.extract import syntax
from serval.extract.frames import Hit
from serval.extract.lexicon import Lexicon
from serval.extract.parse import Page, key
from serval.extract.story import LOCAL, Filled, Story, conjuncts, led_by, located
from serval.extract.temporal import DAY, When, story_unit

VIOLENT = {"ground_combat", "airstrike", "indirect_fire", "suicide_attack", "ied", "special_operation", "hostage_taking", "human_rights"}
CONTROL = {"town_captured", "town_retaken"}
MILITARY = VIOLENT | CONTROL | {"withdrawal", "heritage", "handover"}
EACH = CONTROL | {"withdrawal", "suicide_attack", "airstrike", "ground_combat", "heritage", "human_rights", "ied"}
TALK = {"political", "diplomatic", "agreement", "resolution", "organisational", "election", "other"}
GOAL = ("in", "at", "near", "outside", "inside", "around", "to", "into", "on", "of", "across", "throughout", "over", "through", "from", "toward", "towards", "onto", "between", "within", "along", "off", "for", "against")


PREPS = {
    "withdrawal": ("from", "out", "of", "in", "at", "near", "around"),
    "deployment": ("to", "in", "into", "at", "for", "near", "across", "on", "around", "inside", "towards", "toward", "through", "throughout", "onto"),
}


@dataclass
class Event:
    """One proposed event. `when` is (first day, last day, precision, rule, start, end)."""

    type: str
    hit: Hit
    place: Filled | None
    place_rule: str
    actors: list[tuple[str, Filled]]
    first: dt.date
    last: dt.date
    precision: str
    when_rule: str
    when_span: tuple[int, int]
    modality: str
    modality_rule: str
    speaker: tuple[int, int] | None
    start: int
    end: int
    features: dict[str, float] = field(default_factory=dict)
    figures: list[dict[str, object]] = field(default_factory=list)
    other: list[tuple[int, int, int]] = field(default_factory=list)
    score: float = 0.0
    agent_known: bool = False
    type_rule: str = ""


# ------------------------------------------------------------------ type and place


def type_of(hit: Hit, story: Story, lexicon: Lexicon, agents: list[Filled], place: Filled | None) -> tuple[str, str]:
    """The event type and the rule that chose it."""
    name = hit.frame.type
    if name not in ("control", "enter"):
        return name, f"frame {hit.frame.id}"
    neutral = hit.frame.hint == "captured" and any(key(t) in ("column", "convoy", "vehicle") for t in hit.slots.get("subject", []))
    guessed = ("the text's main force", "force last named")
    sides = [lexicon.side(i) for f in agents if not (neutral and f.rule in guessed) for i in f.ids]
    if hit.frame.reverse and sides:
        return ("town_retaken" if sides[0] == "armed" else "town_captured"), "side of the loser"
    side = sides[0] if sides else ""
    if name == "enter" and (place is None or place.place is None or not place.place.lost):
        return ("deployment" if side != "armed" else "town_captured"), "town never lost"
    if name == "enter" and side == "state" and _counted(hit):
        return "deployment", "a counted force arrives"
    if hit.frame.id == "drive_out" and not side:
        lost = [lexicon.side(i) for t in hit.slots.get("object", []) for f in story.actors_at(hit.page, t) for i in f.ids]
        return ("town_captured" if "state" in lost else "town_retaken"), "side of the loser"
    if side:
        return ("town_retaken" if side == "state" else "town_captured"), "side of the taker"
    return ("town_captured" if hit.frame.hint == "captured" else "town_retaken"), "word used"


def _counted(hit: Hit) -> bool:
    return any(t.like_num or key(t) in ("hundred", "thousand", "dozen", "contingent", "battalion", "reinforcement", "convoy") for s in hit.slots.get("subject", []) for t in s.subtree if t.i <= s.i + 3)


def places_of(hit: Hit, story: Story, kind: str) -> list[Filled]:
    """The places of an event, best first: one for each town where several are coordinated."""
    page = hit.page
    slots = list(hit.slots.get("object", []))
    if hit.frame.type in ("control", "enter") and hit.frame.id != "drive_out":
        found = [p for t in slots for p in story.places_at(page, t)]
        if found and all(p.rule == "town in focus" for p in found):
            named = [p for prep, noun in hit.preps if prep in ("in", "at", "near") for p in story.places_at(page, noun) if p.rule != "town in focus"]
            found = [p for p in named if p.kind != "country"] or found
        if found:
            return _best(found)
    if hit.frame.id == "leave":
        found = [p for t in slots for p in story.places_at(page, t)]
        if found:
            return _best(found)
    found = []
    if hit.verb is not None and hit.verb.dep_ == "relcl" and any(c.lower_ == "where" for c in hit.verb.children):
        found += story.places_at(page, hit.verb.head)
    goal = PREPS.get(kind, GOAL) if hit.frame.id != "drive_out" else ("from", "of", "out")
    for prep, noun in hit.preps:
        if prep in goal and not _elsewhere(noun, page):
            some = [p for p in story.places_at(page, noun) if not _owner(page, noun, p)]
            found += some[:1] if prep == "between" else some
    if kind == "withdrawal":
        found = [p for p in found if p.kind != "town" or (p.place and p.place.field)]
    if found:
        return _best(found)
    if kind not in TALK or kind == "visit":
        for slot in ("object", "subject", "patient", "direct"):
            for token in hit.slots.get(slot, []):
                if slot == "subject" and (token.i in page.places or kind in ("withdrawal", "deployment")):
                    continue
                direct = [p for p in story.places_at(page, token) if (p.kind != "country" or kind == "visit") and (p.rule != "town in focus" or kind not in TALK)]
                if kind == "withdrawal":
                    direct = [p for p in direct if p.place and p.place.field]
                if direct:
                    return _good(direct)
    return []


def _best(places: list[Filled]) -> list[Filled]:
    """Towns before areas before countries."""
    for kind in ("town", "area", "country"):
        some = [p for p in places if p.kind == kind]
        if some:
            return _good(some)
    return []


def _good(places: list[Filled]) -> list[Filled]:
    return list({p.ids: p for p in places}.values())


def _owner(page: Page, noun: Token, place: Filled) -> bool:
    """Whether a country only says whose something is."""
    return place.kind == "country" and noun.i in page.actors and page.actors[noun.i].kind != "rule"


def _elsewhere(noun: Token, page: Page) -> bool:
    return noun.i in page.actors and page.actors[noun.i].kind in ("person", "org") and noun.i not in page.places


def clause_place(hit: Hit, story: Story, kind: str) -> tuple[Filled | None, str]:
    """A place further off: in the clause, the sentence, the clause above; else the town in focus."""
    page = hit.page
    order = {"town": 0, "area": 1, "country": 2}
    spots = [t for t in hit.trigger.sent if t.i in page.places and not _mere_owner(page, t) and located(t)]
    if kind in TALK:
        spots = [t for t in spots if page.places[t.i].kind == "town" and t.head.lower_ in ("in", "at")]
    elif kind not in ("visit",):
        spots = [t for t in spots if page.places[t.i].kind != "town" or (page.places[t.i].place and page.places[t.i].place.field)]  # type: ignore[union-attr]
    inside = {t.i for t in hit.clause}
    near = sorted(spots, key=lambda t: (order[page.places[t.i].kind], t.i not in inside, abs(t.i - hit.trigger.i)))
    away = {"deployment": ("from",), "withdrawal": ("to", "for")}.get(kind, ())
    near = [t for t in near if led_by(t) not in away]
    if kind in ("deployment", "withdrawal", "handover", "humanitarian", *CONTROL):
        near = [t for t in near if t.i in inside]
    if near and page.places[near[0].i].kind != "country":
        rule = "clause" if near[0].i in inside else "sentence"
        return story._placed(page, page.places[near[0].i], f"place in the {rule}"), rule
    if kind in TALK:
        here = any(t.lower_ == "here" for t in hit.clause)
        opening = story.filed(page)
        return (opening, "clause") if opening and (here or not (opening.place and opening.place.region)) else (None, "")
    pointed = any(t.lower_ == "there" or (key(t) in story.lexicon.places.town_nouns and t.dep_ != "compound") for t in hit.clause)
    armed = any(f.kind == "armed" for t in hit.slots.get("subject", []) for f in story.actors_at(page, t))
    if pointed or kind in VIOLENT | CONTROL | {"heritage", "enter"} or (kind == "withdrawal" and armed):
        focus = story.focus(page, hit.trigger, 4 if pointed or kind in CONTROL else 2 if kind in ("heritage", "human_rights", "withdrawal") else 0)
        if focus and (pointed or focus.record != ("bamako",)):
            return Filled(focus.ids, focus.kind, focus.start, focus.end, "town in focus", focus.record, focus.place, focus.precision), "focus"
    if near:
        return story._placed(page, page.places[near[0].i], "place in the clause"), "country"
    return None, ""


def _mere_owner(page: Page, token: Token) -> bool:
    return token.dep_ in ("poss", "nsubj", "amod") and page.places[token.i].kind == "country"


# ------------------------------------------------------------------ actors


def actors_of(hit: Hit, story: Story, kind: str) -> tuple[list[tuple[str, Filled]], bool]:
    """(role, actor) pairs, and whether the one who did it is named in the frame itself."""
    page, roles = hit.page, hit.frame.roles
    found: list[tuple[str, Filled]] = []
    for slot in ("subject", "object", "patient", "direct"):
        role = roles.get(slot, "target" if slot in ("patient", "direct", "object") else "initiator")
        for token in hit.slots.get(slot, []):
            found += [(role, a) for a in story.actors_at(page, token) if not _a_place(page, token, a, slot, kind)]
    known = any(role in ("initiator", "party") for role, _ in found)
    for prep, noun in hit.preps:
        role = roles.get(prep) or {"with": "party", "against": "target", "by": "initiator", "alongside": "ally"}.get(prep, "")
        if role and role != "place":
            found += [(role, a) for a in story.actors_at(page, noun) if not _a_place(page, noun, a, prep, kind)]
    if not known:
        around = _around(hit, story, kind)
        if kind == "airstrike" and story.after_intervention and not any("france" in f.ids for _, f in around):
            start, end = page.span(hit.trigger.i, hit.trigger.i + 1)
            around = [("initiator", Filled(("france",), "usual", start, end, "usual for this kind", ("france",)))]
        found += around
    armed_needed = kind in ("hostage_taking", "suicide_attack", "ied", "heritage") and not any(f.kind in ("armed", "force") for _, f in found)
    if (not found or armed_needed or kind == "election") and hit.frame.usual:
        start, end = page.span(hit.trigger.i, hit.trigger.i + 1)
        record = {"islamists": "jihadist_groups"}
        found += [("initiator" if i == 0 else "target", Filled((who,), "usual", start, end, "usual for this kind", (record.get(who, who),)))
                  for i, who in enumerate(hit.frame.usual)]
    if not found and kind in (*CONTROL, "ground_combat"):
        start, end = page.span(hit.trigger.i, hit.trigger.i + 1)
        who = story.lead_force if kind == "town_retaken" else story.lead_armed
        record = {"islamists": "jihadist_groups"}.get(who, who)
        found = [("initiator", Filled((who,), "usual", start, end, "the text's main " + ("force" if kind == "town_retaken" else "group"), (record,)))]
    seen: dict[str, tuple[str, Filled]] = {}
    for role, actor in found:
        for told in actor.ids:
            if told and told not in seen:
                record = actor.record[actor.ids.index(told)] if len(actor.record) == len(actor.ids) else told
                seen[told] = (role, Filled((told,), actor.kind, actor.start, actor.end, actor.rule, (record,)))
    return list(seen.values())[:6], known


def _a_place(page: Page, token: Token, actor: Filled, slot: str, kind: str) -> bool:
    """Whether a country or capital is named as where, not who."""
    if token.i not in page.places or actor.kind not in ("rule",):
        return False
    return slot in LOCAL or (slot == "object" and kind in (*CONTROL, "visit", "withdrawal", "deployment"))


def _around(hit: Hit, story: Story, kind: str) -> list[tuple[str, Filled]]:
    """Nobody stands in the frame: who is in the clause, then the subject of the clause above, then the sentence."""
    page = hit.page
    people_too = kind in ("humanitarian", "human_rights", "hostage_taking")
    found: list[tuple[str, Filled]] = []
    for token in hit.clause:
        if token.i in page.actors and not (token.i in page.places and token.dep_ in ("pobj", "appos", "conj")):
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
            if token.i in page.actors and page.actors[token.i].kind in ("force", "armed") and page.actors[token.i].ids:
                return [("party", a) for a in story.actors_at(page, token)]
    return []


# ------------------------------------------------------------------ modality and speaker


def modality_of(hit: Hit, lexicon: Lexicon) -> tuple[str, str]:
    """asserted, planned, possible or denied; and the rule."""
    words = lexicon.words
    anchor = hit.trigger
    if any(c.dep_ == "neg" or c.lower_ in ("no", "never") for c in anchor.children):
        return "denied", "negated"
    verb = hit.verb
    if verb is None:
        return "asserted", "plain"
    chain = [(verb, "")] + list(syntax.climb(verb))
    for depth, (here, relation) in enumerate(chain):
        if depth and chain[depth - 1][0].dep_ in ("relcl", "conj", "parataxis") or (depth and relation == "advcl" and chain[depth - 1][0].tag_ != "VB"):
            break
        lemma = key(here)
        kids = {c.lower_ for c in here.children if c.dep_ in ("aux", "neg", "advmod", "mark")}
        if depth == 0 or relation in ("xcomp", "pcomp") or (relation == "ccomp" and lemma not in words.reporting):
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
        if here.head.pos_ == "NOUN" and here.dep_ in ("acl", "relcl") and key(here.head) in ("plan", "proposal", "intention", "promise", "pledge", "readiness", "decision", "order", "offer", "hope", "effort"):
            return "planned", f"under {key(here.head)}"
    if verb is not hit.trigger and key(verb) in words.planned_verbs:
        return "planned", f"under {key(verb)}"
    if any(c.lower_ in ("planned", "proposed", "expected", "future", "upcoming", "possible", "imminent", "potential") for c in anchor.children):
        return "planned", "adjective"
    before = {t.lower_ for t in hit.clause}
    if before & set(words.doubt_words):
        return ("possible" if before & {"thought", "believed", "suspected", "feared"} else "asserted"), "doubt word"
    if verb.tag_ == "VB" and verb.dep_ in ("advcl", "acl", "relcl") and any(c.lower_ == "to" for c in verb.children):
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


# ------------------------------------------------------------------ when


def when_of(hit: Hit, story: Story, times: list[tuple[When, Token]], published: dt.date, modality: str) -> tuple[When | None, str]:
    """The time that belongs to a trigger and how it was tied to it."""
    reporting = set(story.lexicon.words.reporting)
    own = {t.i for t in hit.trigger.subtree} if hit.nominal else set()
    clause = {t.i for t in hit.clause}
    direct = [(abs(t.i - hit.trigger.i) - (100 if t.i in own and hit.nominal else 0), w) for w, t in times if t.i in clause and _governor(t, hit)]
    if direct:
        return min(direct, key=lambda x: x[0])[1], "in the clause"
    if hit.verb is None:
        return None, ""
    hung = {t.i for w in (*hit.words[1:], *hit.slots.get("object", [])) for t in w.subtree if w.pos_ == "NOUN"}
    later = [w for w, t in times if t.i in hung and t.i > hit.trigger.i]
    if later and not hit.nominal:
        return later[0], "beside the noun"
    if hit.nominal and hit.verb.i in {t.i for t in hit.clause}:
        inside = [w for w, t in times if t.i in clause and key(hit.verb) not in reporting]
        if inside:
            return inside[0], "in the clause"
    here = hit.verb
    for above, relation in syntax.climb(hit.verb):
        if relation in ("relcl", "parataxis") or (relation == "acl" and here.tag_ == "VBN"):
            break
        around = {t.i for t in syntax.clause(above)}
        found = [w for w, t in times if t.i in around]
        if found and key(above) in reporting and relation in ("ccomp", "dep") and above.i != hit.verb.i:
            return found[0], "said on"
        if found:
            return found[0], "past clause above" if above.tag_ in ("VBD", "VBN") else "clause above"
        here = above
    for child in hit.verb.children:
        if child.dep_ in ("conj", "advcl") and child.pos_ == "VERB":
            around = {t.i for t in syntax.clause(child)}
            found = [w for w, t in times if t.i in around]
            if found and child.dep_ == "conj":
                return found[0], "coordinated clause"
        if child.dep_ in ("ccomp", "parataxis") and key(child) in reporting:
            around = {t.i for t in syntax.clause(child)}
            found = [w for w, t in times if t.i in around]
            if found:
                return found[0], "said on"
    if hit.verb.dep_ in ("ccomp", "parataxis", "conj", "ROOT", "dep") and not (hit.verb.dep_ == "ccomp" and key(hit.verb.head) in reporting):
        loose = [w for w, t in times if t.sent == hit.trigger.sent and not any(a.dep_ in ("relcl", "advcl") for a in t.ancestors)]
        if len(loose) == 1:
            return loose[0], "in the sentence"
    return None, ""


def _governor(time: Token, hit: Hit) -> bool:
    """Whether no other event noun stands between a time and the trigger."""
    for above in time.ancestors:
        if above == hit.trigger or above == hit.verb:
            return True
        if above.pos_ == "NOUN" and key(above) in ("agreement", "resolution", "coup", "offensive", "attack", "battle", "intervention", "conference", "summit", "bombing", "visit"):
            return above in hit.words or not hit.nominal and any(above in [o, *conjuncts(o)] for o in hit.slots.get("object", []))
    return True


def interval(when: When | None, tie: str, published: dt.date, modality: str, kind: str, hit: Hit, anchor: dt.date) -> tuple[dt.date, dt.date, str, str]:
    """(first, last, precision, rule) of an event from the time tied to it, or by default."""
    ahead = modality in ("planned", "possible")
    if when is None:
        if ahead:
            return published - 6 * DAY, published + 2 * DAY, "week", "no time: week of the report"
        return published - 6 * DAY, published, "week", "no time: week before the report"
    first, last = when.first, when.last
    if when.precision == "year" and first.year == published.year and (last - first).days > 300 and not ahead:
        return published - 6 * DAY, published, "week", "no time: week before the report"
    if when.shift is not None:
        slack = {"week": 3, "month": 15}.get(when.precision, 0)
        first, last = anchor + (when.shift - slack) * DAY, anchor + (when.shift + slack) * DAY
    if when.rule == "unit of the story":
        first, last = story_unit(when, anchor)
    if when.later and tie not in ("said on", "past clause above") and (ahead or (kind == "election" and (published - last).days > 60)):
        if when.rule == "weekday" or not 0 <= (published - last).days < 45:
            first, last = when.later
    if tie == "said on":
        if when.precision != "day" or last > published:
            return published - 6 * DAY, published, "week", "said on: bounds it from above"
        return last - 4 * DAY, last, "days", "said on: bounds it from above"
    if when.relation == "since" and first <= published and kind not in ("town_captured", "organisational", "political"):
        return (first, published, "month", "since") if (published - first).days <= 31 else (first, first + 30 * DAY, "month", "since")
    if when.relation in ("until", "by", "before") and ahead and last >= published:
        return max(published, last - 30 * DAY), last, "month", when.relation
    if last > published and not ahead and first <= published:
        last = published if when.precision != "year" else last
    return first, max(first, last), when.precision, f"{when.rule}, {tie}"
