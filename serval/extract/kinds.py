"""What a number counts: the thing, the words beside it, the verbs above it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from serval.extract import syntax
from serval.extract.nouns import of_nation
from serval.extract.numbers import Number
from serval.extract.parse import Page, key
from serval.extract.story import Story
from serval.extract.text import fold, words_of

DEAD = words_of(
    """
    kill die perish slay execute massacre lose behead fall murder slaughter assassinate neutralise neutralize
    eliminate lynch shoot gun drown bury decapitate
    """
)
HURT = {"wound", "injure", "hurt", "maim", "hospitalise", "hospitalize"}
TAKEN = words_of(
    """
    capture arrest detain kidnap abduct seize hold take imprison apprehend round nab
    """
)
GONE = {"flee", "displace", "uproot", "return", "escape"}
LOST = words_of(
    """
    death dead body corpse execution killing fatality murder toll loss life live
    """
)
THINGS = {
    "aircraft": words_of(
        """
        plane aircraft helicopter jet warplane drone rafale mirage transporter gunship gazelle tiger
        """
    ),
    "vehicles": words_of(
        """
        vehicle truck pick-up pickup tank car carrier lorry technical
        """
    ),
    "mausoleums": words_of(
        """
        mausoleum mausolea tomb shrine
        """
    ),
    "manuscripts": {"manuscript"},
    "sorties": {"sortie", "strike", "raid", "airstrike"},
}
"""Things counted, by kind."""
SENT = words_of(
    """
    send deploy pledge promise have contribute provide offer withdraw keep station field commit dispatch
    muster number bring maintain reduce cut shrink pull
    """
)
"""Verbs of which a bare number is of troops: Chad has promised 2,000."""
RANKS = words_of(
    """
    corporal sergeant lieutenant captain major colonel private legionnaire adjutant soldier paratrooper pilot
    """
)
NO_TROOPS = words_of(
    """
    raid strike operation mission general colonel officer commander army force country offensive intervention
    attack assault bombing bombardment campaign advance alliance coalition ally allies contingent battalion
    brigade regiment company unit detachment column patrol convoy garrison squad spokesman leader air-strike
    airstrike artillery battle
    """
)
AFTER = {
    "killed": r"(?:shot |confirmed |found |feared )?(?:dead|killed|executed|massacred|slain)",
    "wounded": r"(?:wounded|injured|hurt)",
    "captured": r"(?:captured|arrested|detained|taken prisoner)",
    "missing": r"(?:missing|unaccounted for)",
    "displaced": r"(?:remain |still )?(?:displaced|uprooted)",
}
ENDS = (
    r"\b(?= *(?:[.,;:)]|$|(?:in|by|on|at|and|when|as|after|during|near|while|since|there|over|last|to|from|"
    r"inside|across|within|between|before|because|outside|around|with|this|so|but|it|according)\b))"
)
AT_ONCE = [(kind, re.compile(rf" {words}{ENDS}")) for kind, words in AFTER.items()]
STRONG = re.compile(r"[ -]strong\b")
VEHICLE_NEXT = re.compile(r"(?: [\w'-]+){0,2} (?:pick-?ups?|four-by-fours?|4x4s?|land cruisers?)\b")
LEVELS = {
    "killed": {"loss", "toll", "fatality", "death", "dead"},
    "refugees": {"refugee"},
    "displaced": {"displaced", "displacement"},
    "troops": {"troop", "soldier", "force", "contingent", "strength", "mission", "peacekeeper"},
}
STANDS = {
    "stand",
    "rise",
    "reach",
    "climb",
    "fall",
    "peak",
    "put",
    "total",
    "grow",
    "number",
    "swell",
    "shrink",
}
MOVED = {"be", "arrive", "land", "leave", "remain", "come", "follow", "fly", "withdraw", "stay", "return"}
NEXT = [
    (kind, re.compile(rf"{between} (?:(?:were|was|are|is|have been|had been|has been) )?{words}{ENDS}"))
    for between in (r"(?: [\w'-]+){0,3}?", r"(?: [\w'-]+){0,4}? and(?: [\w'-]+){2,5}?")
    for kind, words in AFTER.items()
]
"""What a number counts by the words after it: thirteen people dead, two rebels and ten civilians hurt."""
MEN = {"man", "recruit", "personnel", "trooper"}
MANY = MEN | words_of(
    """
    member people person victim other casualty individual enemy
    """
)


@dataclass
class Kind:
    """What a number counts, asked in order: the thing, the words beside it, the verbs above it."""

    page: Page
    story: Story
    noun: Token
    number: Token
    value: Number

    def find(self) -> tuple[str, str]:
        """(kind, rule), or two empty strings."""
        for ask in (self._thing, self._beside, self.verb, self._above, self._force):
            kind, rule = ask()
            if kind or rule:
                return kind, rule
        return "", ""

    def _words(self) -> set[str]:
        return self.story.lexicon.noun.get(key(self.noun), set())

    def _people(self) -> bool:
        word = key(self.noun)
        many = word in MANY or word.endswith("men") or self.noun.pos_ == "PRON"
        return bool(self._words()) or many or self._bare() or self.noun.i in self.page.actors

    def _bare(self) -> bool:
        return self.noun.pos_ == "NUM" or self.noun == self.number

    def _thing(self) -> tuple[str, str]:
        word = key(self.noun)
        beside = self.page.folded[max(0, self.value.start - 4) : self.value.start + 4]
        if "€" in beside or "eur " in beside or word == "euro":
            return "money_eur", "currency"
        if "$" in beside or "usd" in beside or word == "dollar":
            return "money_usd", "currency"
        if VEHICLE_NEXT.match(self.page.folded, self.value.end):
            return "vehicles", "noun"
        between = {key(t) for t in self.page.doc[self.number.i + 1 : self.noun.i]}
        for kind, words in THINGS.items():
            if word in words or (kind == "aircraft" and between & words):
                single = kind == "sorties" and (self.value.best or 2) < 2
                return ("", "one strike") if single else (kind, "noun")
        return "", ""

    def _beside(self) -> tuple[str, str]:
        word = key(self.noun)
        if STRONG.match(self.page.folded, self.value.end):
            return "troops", "so many strong"
        for kind, pattern in AT_ONCE:
            if pattern.match(self.page.folded, self.value.end):
                return kind, "words after"
        around = (*self.noun.children, self.noun, *self.number.children)
        sub = {t.lower_ for t in around if -5 < t.i - self.noun.i < 3}
        if word == "refugee":
            return "refugees", "noun"
        if sub & {"dead", "killed", "slain"} or word in LOST - {"loss", "toll"}:
            return "killed", "noun"
        if sub & {"wounded", "injured", "hurt"} or word in ("wounded", "injury"):
            return "wounded", "noun"
        if word == "disappearance" or "missing" in sub:
            return "missing", "noun"
        if "displaced" in sub:
            return "displaced", "noun"
        for kind, pattern in NEXT:
            if pattern.match(self.page.folded, self.value.end):
                return kind, "words after"
        known = self._people() or word in ("hostage", "displaced") or nation_of(self.noun, self.story)
        return ("", "") if known else ("", "no people")

    def verb(self) -> tuple[str, str]:
        for verb in _verb_chain(self.noun, self.number):
            lemma = key(verb)
            role = self.number.dep_ if self.number.dep_ in ("nsubj", "dobj", "nsubjpass") else self.noun.dep_
            hit = role in ("nsubjpass", "dobj", "conj") or lemma in ("die", "perish", "flee", "return")
            if verb.head == self.noun and verb.dep_ in ("relcl", "acl"):
                hit = syntax.passive(verb) or lemma in ("die", "perish", "flee", "return")
                role = "nsubjpass" if hit else "nsubj"
            below = {key(t) for t in verb.subtree if abs(t.i - verb.i) < 5}
            if lemma in ("put", "do") and "death" in below and role in ("dobj", "nsubjpass"):
                return "killed", "put to death"
            if lemma == "lose" and role in ("nsubj", "nsubjpass") and "life" in below:
                return "killed", "lost their lives"
            if lemma in HURT and hit:
                mortal = {"mortally", "fatally"} & {t.lower_ for t in verb.children}
                return ("killed" if mortal else "wounded"), f"verb {lemma}"
            if lemma in DEAD and hit:
                return "killed", f"verb {lemma}"
            if lemma == "surrender" and role == "nsubj" and self._takeable():
                return "captured", "verb surrender"
            if lemma in TAKEN and hit and self._takeable():
                return "captured", f"verb {lemma}"
            if lemma in GONE and "people" in self._words() | ({"people"} if self._bare() else set()):
                return "displaced", f"verb {lemma}"
        return "", ""

    def _takeable(self) -> bool:
        word = key(self.noun)
        return bool(self._words() & {"people", "armed", "force"}) or word in MANY

    def _above(self) -> tuple[str, str]:
        """A toll or losses put at a number; the executions or the lives of so many."""
        for above in list(self.noun.ancestors)[:3]:
            word = key(above)
            if word in LOST and above.pos_ in ("NOUN", "PROPN"):
                return "killed", f"under {word}"
            if above.pos_ in ("VERB", "AUX"):
                return self._level(above) if self._bare() and key(above) in STANDS else ("", "")
        return "", ""

    def _level(self, verb: Token) -> tuple[str, str]:
        """What stands at, rises to or is put at a number."""
        subject = syntax.own_subject(verb)
        told = syntax.objects(verb) or ([subject] if subject is not None else [])
        words = {key(t) for noun in told for t in noun.subtree if t.i != self.number.i}
        for kind, names in LEVELS.items():
            if words & names:
                return kind, f"{key(verb)} at"
        return "", ""

    def _force(self) -> tuple[str, str]:
        word = key(self.noun)
        if word == "hostage":
            return "hostages", "noun"
        counted = (self.value.best or self.value.low or self.value.high or 0) > 1
        plural = self.noun.tag_ in ("NNS", "NNPS")
        if {"force", "armed"} & self._words() and word not in NO_TROOPS:
            return "troops", "noun"
        if counted and (word in MEN or (plural and nation_of(self.noun, self.story))):
            return "troops", "men of a nation"
        if (word in MANY or self.noun.dep_ == "appos") and counted and force_above(self.noun, self.story):
            return "troops", "people of a force"
        verb = syntax.verb_of(self.number)
        if self._bare() and counted and verb is not None and key(verb) in SENT:
            plain = self.number.dep_ in ("dobj", "pobj", "attr", "nummod", "ROOT")
            return ("troops", f"verb {key(verb)}") if plain else ("", "")
        subject = self.number.dep_ == "nsubj" and verb is not None and key(verb) in MOVED
        if self._bare() and counted and subject and self._force_before():
            return "troops", "of the force before"
        return "", ""

    def _force_before(self) -> bool:
        """Whether a force is spoken of before the number in its sentence."""
        noun = self.story.lexicon.noun
        sentence = self.page.doc[self.number.sent.start : self.number.i]
        return any("force" in noun.get(key(t), ()) and t.tag_ in ("NNS", "NNPS") for t in sentence)


def _verb_chain(noun: Token, number: Token) -> list[Token]:
    verb = syntax.verb_of(number if number.dep_ in ("nsubj", "nsubjpass", "dobj") else noun)
    found = [c for c in noun.children if c.dep_ in ("acl", "relcl") and c.pos_ == "VERB"]
    found += [verb] if verb is not None else []
    if verb is not None and verb.dep_ in ("xcomp", "conj"):
        found.append(verb.head)
    return found


def force_above(noun: Token, story: Story) -> Token | None:
    """The force that a number of people is of or stands in apposition to: a battalion, some 600 recruits."""
    for above in list(noun.ancestors)[:3]:
        if above.pos_ in ("VERB", "AUX"):
            return None
        if {"force", "armed"} & story.lexicon.noun.get(key(above), set()):
            return above
    return None


def nation_of(noun: Token, story: Story) -> str:
    """The force of a nation whose people are counted: Chadians, Frenchmen, Africans; '' for others."""
    word = fold(noun.text)
    beside = noun.dep_ in ("amod", "compound") and noun.head.i > noun.i
    if beside or not word.endswith(("s", "men", "ese", "abe", "ois")):
        return ""
    nation = story.lexicon.nation.get(word) or story.lexicon.nation.get(word.removesuffix("men"))
    return story.lexicon.told(of_nation(nation, "force", story.lexicon)) if nation else ""
