"""Numbers become figures of events: what is counted, of whom, and which event they belong to."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from spacy.tokens import Token

from serval.extract import numbers, syntax
from serval.extract.events import Event
from serval.extract.lexicon import Lexicon
from serval.extract.parse import Page, key
from serval.extract.story import Story
from serval.extract.text import words_of

DEAD = {"kill", "die", "perish", "slay", "execute", "massacre", "lose", "behead", "fall"}
HURT = {"wound", "injure", "hurt", "maim"}
TAKEN = {"capture", "arrest", "detain", "kidnap", "abduct", "seize", "hold", "take"}
GONE = {"flee", "displace", "uproot", "return", "escape"}
AIR = words_of(
    """
    plane aircraft helicopter jet warplane drone rafale mirage bomber transporter
    """
)
WHEELS = {"vehicle", "truck", "pick-up", "pickup", "tank", "car", "armour", "carrier", "lorry"}
FITS = {
    "killed": {
        "ground_combat",
        "airstrike",
        "suicide_attack",
        "ied",
        "indirect_fire",
        "human_rights",
        "hostage_taking",
        "special_operation",
        "town_captured",
        "town_retaken",
    },
    "troops": {
        "deployment",
        "withdrawal",
        "handover",
        "resolution",
        "town_retaken",
        "ground_combat",
        "special_operation",
    },
    "displaced": {"humanitarian"},
    "refugees": {"humanitarian"},
    "aircraft": {"deployment", "airstrike", "town_retaken", "withdrawal"},
    "vehicles": {"ground_combat", "airstrike", "deployment", "town_retaken", "special_operation"},
    "sorties": {"airstrike"},
    "money_usd": {"diplomatic", "humanitarian", "political"},
    "hostages": {"hostage_taking"},
}
FITS["wounded"] = FITS["captured"] = FITS["killed"]


@dataclass(frozen=True)
class Figure:
    """A figure: its kind, whose, its bounds, and where it stands (characters in the document; token
    number).
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


def find(page: Page, story: Story, lexicon: Lexicon) -> list[Figure]:
    """The figures of a paragraph, in order."""
    found = []
    for number in numbers.find(page.folded):
        span = page.doc.char_span(number.start, number.end, alignment_mode="expand")
        if span is None:
            continue
        last = span[-1]
        noun = _counted(last)
        kind, rule = _kind(noun, last, page, number, lexicon)
        if kind:
            found.append(
                Figure(
                    kind,
                    _of(noun, page, story, kind),
                    _whole(number.low),
                    _whole(number.high),
                    _whole(number.best),
                    page.offset + number.start,
                    page.offset + number.end,
                    last.i,
                    rule,
                )
            )
    return found


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
    if here.pos_ in ("NUM", "SYM") or here == token:
        for prep in here.children:
            if prep.lower_ == "of":
                for inner in prep.children:
                    if inner.dep_ == "pobj":
                        return inner
    return here


def _verb_chain(noun: Token, number: Token) -> list[Token]:
    verb = syntax.verb_of(number if number.dep_ in ("nsubj", "nsubjpass", "dobj") else noun)
    found = [verb] if verb is not None else []
    if verb is not None and verb.dep_ in ("xcomp", "conj"):
        found.append(verb.head)
    return found


def _kind(noun: Token, number: Token, page: Page, value: numbers.Number, lexicon: Lexicon) -> tuple[str, str]:
    word = key(noun)
    before = page.folded[max(0, value.start - 4) : value.start + 4]
    if any(c in before for c in "$€£") or word in ("dollar", "euro", "pound"):
        return "money_usd", "currency"
    if word in AIR:
        return "aircraft", "noun"
    if word in WHEELS:
        return "vehicles", "noun"
    if word in ("sortie", "strike") and value.best and value.best > 1:
        return "sorties", "noun"
    sub = {t.lower_ for t in (*noun.children, noun, *number.children)}
    people = (
        lexicon.noun.get(word, set())
        or word in ("member", "people", "person", "victim", "other", "casualty")
        or noun.pos_ == "NUM"
        or noun == number
    )
    if not people and word not in ("death", "dead", "wounded", "injury", "body", "hostage", "displaced"):
        return "", ""
    if word == "refugee":
        return "refugees", "noun"
    if sub & {"dead", "killed"} or word in ("death", "dead", "body"):
        return "killed", "noun"
    if sub & {"wounded", "injured", "hurt"} or word in ("wounded", "injury"):
        return "wounded", "noun"
    if "displaced" in sub:
        return "displaced", "noun"
    for verb in _verb_chain(noun, number):
        lemma = key(verb)
        role = number.dep_ if number.dep_ in ("nsubj", "dobj", "nsubjpass") else noun.dep_
        hit = role in ("nsubjpass", "dobj", "conj") or lemma in ("die", "perish", "flee", "return")
        wounded_too = {key(c) for c in verb.children if c.dep_ == "conj"} & HURT
        if lemma in DEAD and hit and not (wounded_too and role == "x"):
            return "killed", f"verb {lemma}"
        if lemma in HURT and hit:
            return "wounded", f"verb {lemma}"
        if lemma in ("leave",) and {"dead", "killed"} & {t.lower_ for t in verb.subtree}:
            return (
                "killed"
                if "dead" in {t.lower_ for t in verb.subtree if abs(t.i - number.i) < 5}
                else "wounded"
            ), "verb leave"
        if (
            lemma in TAKEN
            and hit
            and "people"
            in lexicon.noun.get(word, set()) | {"people" if "armed" in lexicon.noun.get(word, set()) else ""}
        ):
            return "captured", f"verb {lemma}"
        if lemma in GONE and "people" in lexicon.noun.get(word, set()):
            return "displaced", f"verb {lemma}"
    if word == "hostage":
        return "hostages", "noun"
    if "force" in lexicon.noun.get(word, set()) and word not in (
        "raid",
        "strike",
        "operation",
        "mission",
        "general",
        "colonel",
        "officer",
        "commander",
    ):
        return "troops", "noun"
    return "", ""


def _of(noun: Token, page: Page, story: Story, kind: str) -> str:
    found = story.actors_at(page, noun)
    if found and found[0].ids:
        return found[0].ids[0]
    if kind in ("displaced", "refugees"):
        return "civilians"
    verb = syntax.verb_of(noun)
    if kind in ("troops", "aircraft") and verb is not None:
        subject = syntax.subject(verb)
        named = story.actors_at(page, subject) if subject is not None else []
        if named and named[0].ids:
            return named[0].ids[0]
    return "civilians" if key(noun) in ("people", "person") else "?"


def give(events: list[Event], story: Story) -> None:
    """Give each figure to the event it fits: of its sentence first, then of the paragraph."""
    for page in story.pages:
        here = [e for e in events if e.hit.page is page]
        for figure in find(page, story, story.lexicon):
            fits = [e for e in here if e.type in FITS.get(figure.kind, set())]
            if not fits:
                continue
            token = page.doc[figure.token]
            best = min(
                fits,
                key=lambda e: (
                    token.i not in {t.i for t in e.hit.clause},
                    e.hit.trigger.sent != token.sent,
                    abs(e.hit.trigger.i - figure.token),
                ),
            )
            if best.hit.trigger.sent != token.sent and figure.kind not in (
                "killed",
                "wounded",
                "captured",
                "vehicles",
            ):
                continue
            fact: dict[str, object] = {k: v for k, v in asdict(figure).items() if k != "token"}
            twins = [e for e in fits if e.start == best.start and e.type == best.type]
            for event in twins:
                event.figures.append(fact)
