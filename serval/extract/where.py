"""Where: the places of a frame, from its own slots, its clause, its sentence, or the town in focus."""

from __future__ import annotations

from spacy.tokens import Token

from serval.extract.events import CONTROL, TALK, VIOLENT
from serval.extract.frames import Hit
from serval.extract.ground import Filled, led_by, located
from serval.extract.parse import Mention, Page, key
from serval.extract.story import Story
from serval.extract.text import words_of

GOAL = words_of(
    """
    in at near outside inside around to into on of across throughout over through from toward
    towards onto between within along off for against
    """
)
GIVING = words_of("offer lend loan promise pledge provide give supply grant")
"""Verbs after which a country is who gets the force, not where it goes."""
IN_FOCUS = "town in focus"
OWN_CLAUSE = {"deployment", "withdrawal", "handover", "humanitarian", *CONTROL}
"""Types whose place must stand in their own clause: another's in the sentence misleads."""
PREPS = {
    "withdrawal": ("from", "out", "of", "in", "at", "near", "around"),
    "deployment": (
        "to",
        "in",
        "into",
        "at",
        "for",
        "near",
        "across",
        "on",
        "around",
        "inside",
        "towards",
        "toward",
        "through",
        "throughout",
        "onto",
    ),
}


def places_of(hit: Hit, story: Story, kind: str) -> list[Filled]:
    """The places that a frame's own words name, the best kind only: one for each town where several are
    coordinated.
    """
    objects = [*hit.slots.get("object", []), *hit.slots.get("direct", [])]
    if hit.frame.id == "handover":
        objects = [*hit.slots.get("direct", []), *hit.slots.get("object", [])]
        objects = [t for t in objects if t.i in hit.page.places or t.i not in hit.page.actors]
    takes_place = (
        hit.frame.type in ("control", "enter") and hit.frame.id != "drive_out"
    ) or hit.frame.id in ("leave", "handover")
    if takes_place:
        found = [p for t in objects for p in story.places_at(hit.page, t)]
        if found and all(p.rule == IN_FOCUS for p in found):
            beside = [
                p
                for prep, t in hit.preps
                if prep in ("in", "at", "near")
                for p in story.places_at(hit.page, t)
            ]
            found = [p for p in beside if p.rule != IN_FOCUS and p.kind != "country"] or found
        if found:
            return _best(found)
    found = _best(_after_prepositions(hit, story, kind))
    if kind in TALK and kind not in ("election", "political"):
        found = [p for p in found if p.kind == "town" and p.rule != IN_FOCUS]
    if not found and (kind not in TALK or kind == "visit"):
        found = _of_slots(hit, story, kind)
    if found and kind in VIOLENT and all(p.rule == IN_FOCUS for p in found):
        return _below(hit, story) or found
    return found


def _below(hit: Hit, story: Story) -> list[Filled]:
    """Towns that stand deeper in what hangs on the trigger: the camps used by the group around Gao."""
    page, inner = hit.page, {t.i for t in (*hit.trigger.subtree, *hit.clause)}
    towns = [
        i
        for i, mention in page.places.items()
        if i in inner and i > hit.trigger.i and _field(mention) and mention.kind != "country"
    ]
    spots = [page.doc[i] for i in sorted(towns) if located(page.doc[i]) and led_by(page.doc[i]) != "from"]
    return [story.placed(page, page.places[t.i], "place named") for t in spots[:1]]


def _after_prepositions(hit: Hit, story: Story, kind: str) -> list[Filled]:
    page, found = hit.page, []
    if (
        hit.verb is not None
        and hit.verb.dep_ == "relcl"
        and any(c.lower_ == "where" for c in hit.verb.children)
    ):
        found += story.places_at(page, hit.verb.head)
    goal = ("from", "of", "out") if hit.frame.id == "drive_out" else PREPS.get(kind, GOAL)
    for prep, noun in hit.preps:
        if prep in goal and not _elsewhere(noun, page):
            some = [p for p in story.places_at(page, noun) if not _owner(page, noun, p)]
            if prep == "to" and kind == "deployment" and key(hit.trigger) in GIVING:
                some = [p for p in some if p.kind != "country" or p.record == ("mali",)]
            found += some[:1] if prep == "between" else some
    if kind == "withdrawal":
        return [p for p in found if p.kind != "town" or (p.place and p.place.field)]
    return found


def _of_slots(hit: Hit, story: Story, kind: str) -> list[Filled]:
    """Places that hang on the object or the subject: the battle for Konna, the airport at Kidal."""
    for slot in ("object", "subject", "patient", "direct"):
        for token in hit.slots.get(slot, []):
            if slot == "subject" and (
                token.i in hit.page.places or token.pos_ == "PRON" or kind in ("withdrawal", "deployment")
            ):
                continue
            found = [p for p in story.places_at(hit.page, token) if p.kind != "country" or kind == "visit"]
            if kind == "withdrawal":
                found = [p for p in found if p.place and p.place.field]
            if found:
                return _good(found)
    return []


def _best(places: list[Filled]) -> list[Filled]:
    """Towns before areas before countries."""
    for kind in ("town", "area", "country"):
        some = [p for p in places if p.kind == kind]
        some = [p for p in some if p.precision != "near"] or some
        if some:
            return _good(some)
    return []


def _good(places: list[Filled]) -> list[Filled]:
    return list({p.ids: p for p in places}.values())


def _owner(page: Page, noun: Token, place: Filled) -> bool:
    """Whether a country only says whose something is."""
    return place.kind == "country" and noun.i in page.actors and page.actors[noun.i].kind != "rule"


def _elsewhere(noun: Token, page: Page) -> bool:
    return (
        noun.i in page.actors and page.actors[noun.i].kind in ("person", "org") and noun.i not in page.places
    )


def clause_place(hit: Hit, story: Story, kind: str) -> tuple[Filled | None, str]:
    """A place further off, and how far: in the clause, the sentence, the town in focus, a country named."""
    page = hit.page
    near = _near(hit, story, kind)
    inside = {t.i for t in hit.clause}
    if near and page.places[near[0].i].kind != "country":
        rule = "clause" if near[0].i in inside else "sentence"
        return story.placed(page, page.places[near[0].i], f"place in the {rule}"), rule
    if kind in TALK:
        here = any(t.lower_ == "here" for t in hit.clause)
        opening = story.filed(page)
        abroad = opening is not None and not (opening.place and opening.place.region)
        return (opening, "clause") if opening and (here or abroad) else (None, "")
    focus = _focus(hit, story, kind)
    if focus is not None:
        return focus, "focus"
    if near:
        return story.placed(page, page.places[near[0].i], "place in the clause"), "country"
    return None, ""


def _near(hit: Hit, story: Story, kind: str) -> list[Token]:
    """Tokens of places in the sentence that may be where it happened, the likeliest first."""
    places = hit.page.places
    spots = [t for t in hit.trigger.sent if t.i in places and not _mere_owner(hit.page, t) and located(t)]
    if kind in TALK:
        spots = [t for t in spots if places[t.i].kind == "town" and t.head.lower_ in ("in", "at")]
    elif kind != "visit":
        spots = [t for t in spots if _field(places[t.i])]
    away = {"deployment": ("from",), "withdrawal": ("to", "for")}.get(kind, ())
    spots = [t for t in spots if led_by(t) not in away]
    inside = {t.i for t in hit.clause}
    if kind in OWN_CLAUSE:
        spots = [t for t in spots if t.i in inside]
    order = {"town": 0, "area": 1, "country": 2}
    return sorted(spots, key=lambda t: (order[places[t.i].kind], t.i not in inside, abs(t.i - hit.trigger.i)))


def _field(mention: Mention) -> bool:
    return mention.kind != "town" or bool(mention.place and mention.place.field)


def _focus(hit: Hit, story: Story, kind: str) -> Filled | None:
    """The town in focus, where the clause points to one or the kind of event needs one."""
    page = hit.page
    nouns = story.lexicon.places.town_nouns
    pointed = any(t.lower_ == "there" or (key(t) in nouns and t.dep_ != "compound") for t in hit.clause)
    armed = any(f.kind == "armed" for t in hit.slots.get("subject", []) for f in story.actors_at(page, t))
    if not (pointed or kind in VIOLENT | CONTROL | {"heritage"} or (kind == "withdrawal" and armed)):
        return None
    reach = (
        4 if pointed or kind in CONTROL else 2 if kind in ("heritage", "human_rights", "withdrawal") else 0
    )
    focus = story.focus(page, hit.trigger, reach)
    return focus if focus and (pointed or focus.record != ("bamako",)) else None


def _mere_owner(page: Page, token: Token) -> bool:
    return token.dep_ in ("poss", "nsubj", "amod") and page.places[token.i].kind == "country"


def fallback(hit: Hit, story: Story, kind: str) -> tuple[Filled | None, str]:
    """The place of an event whose own words name none."""
    if hit.frame.place in ("none", "un"):
        return _seat(hit, story, kind)
    if kind == "election":
        return _known(hit, story, "mali", "default"), "default"
    if hit.frame.place in ("mali", "bamako"):
        place, rule = clause_place(hit, story, "political")
        return (place, rule) if place else (_known(hit, story, hit.frame.place, "default"), "default")
    kind = "town_retaken" if hit.frame.type == "enter" else kind
    place, rule = clause_place(hit, story, kind)
    if place is not None:
        return place, rule
    lead = story.lead_place()
    if kind in VIOLENT | CONTROL and kind != "human_rights" and lead is not None and lead.id:
        return _known(hit, story, lead.id, "the text's first place"), "main"
    return _known(hit, story, "northern_mali" if kind in CONTROL else "mali", "default"), "default"


def _seat(hit: Hit, story: Story, kind: str) -> tuple[Filled | None, str]:
    """Where talks and texts are made: the city named, the city of the first paragraphs, the body's seat,
    Mali.
    """
    place, rule = clause_place(hit, story, kind)
    if place is not None:
        return place, rule
    seat, seats = story.seat(), story.lexicon.places.seats
    told = {i for t in hit.slots.get("subject", []) for f in story.actors_at(hit.page, t) for i in f.ids}
    if "un" in told and kind in ("diplomatic", "resolution"):
        return _known(hit, story, seats["un"], "seat of the body"), "default"
    if seat is not None and story.order[hit.page.number] <= 2:
        return _known(hit, story, seat.id, "where the talks of the text are"), "main"
    home = next((seats[i] for i in sorted(told) if i in seats), "")
    if kind == "resolution" and not told:
        home = "new_york"
    if home and kind in ("diplomatic", "resolution"):
        return _known(hit, story, home, "seat of the body"), "default"
    return _known(hit, story, "mali", "default"), "default"


def _known(hit: Hit, story: Story, place_id: str, rule: str) -> Filled:
    place = story.lexicon.by_id[place_id]
    start, end = hit.page.span(hit.trigger.i, hit.trigger.i + 1)
    precision = {"town": "exact"}.get(place.kind, place.kind)
    return Filled((place.name,), place.kind, start, end, rule, (place.id,), place, precision)
