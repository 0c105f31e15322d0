"""Common nouns that stand for actors: a nation's soldiers or rulers, a group's fighters, civilians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from serval.extract.lexicon import Lexicon
from serval.extract.parse import Mention, key
from serval.extract.text import fold, words_of

ARMED_BODIES = words_of(
    """
    group movement force faction front leader organisation organization alliance coalition
    organisations organizations rebellion militia commander chief spokesman element network cell
    side leadership column
    """
)
STATE_WORDS = words_of(
    """
    government authority president parliament state cabinet administration premier
    """
)
MODIFIER = ("amod", "compound", "poss", "nmod", "npadvmod", "det", "quantmod", "nummod", "appos")
OF_THE_STATE = {"the", "interim", "transitional", "central", "country's", "its"}
TUAREG = ("tuareg", "tuaregs", "touareg", "touaregs")


@dataclass
class Nouns:
    """The names and nations of a paragraph (token -> nation), and which of them a noun has taken up."""

    lexicon: Lexicon
    names: list[Mention]
    linked: set[int]
    nations: dict[int, str]
    used: set[int] = field(default_factory=set)

    def read(self, token: Token) -> Mention | None:
        """The actor that a noun stands for, with the words before it; None if it is none."""
        word = key(token)
        kinds = self.lexicon.noun.get(word, set())
        if word == "man" and sent(token, self.lexicon):
            kinds = {"force"}
        if word == "fighter" and any(self.nations.get(c.i) == "france" for c in token.children):
            kinds = {"force"}
        battle = word == "group" and any(c.lower_ in ("battle", "battlegroup") for c in token.children)
        if battle or word == "battlegroup":
            kinds = {"force"}
        tuareg = fold(token.text) in TUAREG and not modifies(token)
        if not _heads(token, self.lexicon) or not (kinds or tuareg or word in ARMED_BODIES):
            return None
        parts = _before(token)
        if "force" in kinds and any(
            "armed" in self.lexicon.noun.get(key(t), ()) for t in parts[1:] if modifies(t)
        ):
            kinds = {"armed"}
        return (
            self._armed(token, kinds, parts, tuareg)
            or self._official(token, kinds, parts)
            or self._unnamed(token, kinds, parts)
        )

    def _make(self, token: Token, parts: list[Token], kind: str, ids: Sequence[str], rule: str) -> Mention:
        start = min((t.i for t in parts if token.i - 12 < t.i <= token.i and not t.is_space), default=token.i)
        record = tuple(dict.fromkeys(ids))
        told = tuple(dict.fromkeys(self.lexicon.told(i) for i in record))
        return Mention(start, token.i + 1, token.i, kind, told, rule, record)

    def _names_in(self, token: Token, parts: list[Token]) -> list[Mention]:
        near = {t.i for t in (*parts, *_of(token))}
        return [m for m in self.names if m.root in near]

    def _nations_in(self, token: Token, parts: list[Token]) -> list[int]:
        here = [t.i for t in parts if t.i in self.nations]
        return here or [t.i for o in _of(token) for t in (o, *o.lefts) if t.i in self.nations]

    def _armed(self, token: Token, kinds: set[str], parts: list[Token], tuareg: bool) -> Mention | None:
        """Fighters of a group that is named, or told by a word such as jihadist or Tuareg."""
        words = {fold(t.text) for t in parts} | {key(t) for t in parts}
        armed_word = "armed" in kinds or key(token) in ARMED_BODIES
        groups = [m for m in self._names_in(token, parts) if m.kind == "armed"]
        if groups and (armed_word or kinds & {"force", "rule"}):
            self.used.update(m.root for m in groups)
            return self._make(
                token, parts, "armed", [i for m in groups for i in m.record], "group's fighters"
            )
        linked = bool({*range(token.i - 5, token.i)} & self.linked)
        if armed_word and (linked or words & set(self.lexicon.actors.jihadist_words)):
            self.used.update(self._nations_in(token, parts))
            return self._make(token, parts, "armed", ["jihadist_groups"], "jihadist word")
        if tuareg or (armed_word and words & {fold(w) for w in self.lexicon.actors.tuareg_words}):
            return self._make(token, parts, "armed", ["tuareg_rebels"], "Tuareg word")
        return None

    def _official(self, token: Token, kinds: set[str], parts: list[Token]) -> Mention | None:
        """Forces or rulers of a nation, an organisation or a mission."""
        if not kinds & {"force", "rule"}:
            return None
        kind = "force" if "force" in kinds else "rule"
        nations = self._nations_in(token, parts)
        if nations:
            self.used.update(nations)
            ids = [of_nation(self.nations[i], kind, self.lexicon) for i in nations]
            return self._make(
                token, parts, kind, ids, "nation's " + ("force" if kind == "force" else "rulers")
            )
        owners = [
            m
            for m in self._names_in(token, parts)
            if m.kind in ("org", "force", "rule") and m.root < token.i + 8
        ]
        if owners:
            self.used.update(m.root for m in owners)
            return self._make(
                token, parts, kind, [i for m in owners for i in m.record], "organisation's people"
            )
        return None

    def _unnamed(self, token: Token, kinds: set[str], parts: list[Token]) -> Mention | None:
        """Fighters, soldiers, people or a government whose side the noun itself does not tell."""
        if "armed" in kinds:
            self.used.update(self._nations_in(token, parts))
            return self._make(token, parts, "armed", [], "fighters")
        owned = self._somebodys_men(token, parts)
        if owned is not None:
            return owned
        if "people" in kinds:
            self.used.update(self._nations_in(token, parts))
            return self._make(token, parts, "people", ["civilians"], "people")
        words = {fold(t.text) for t in parts} | {key(token)}
        if "force" in kinds:
            home = key(token) in self.lexicon.actors.home_words or words & {"government", "army", "state"}
            return self._make(
                token, parts, "force", ["mali_army"] if home else [], "home army" if home else "force"
            )
        bare = key(token) == "parliament" and not any(c.dep_ == "det" for c in token.children)
        if key(token) in STATE_WORDS and (words & OF_THE_STATE or bare or holds(token, self.lexicon)):
            return self._make(token, parts, "rule", ["mali_gov"], "home government")
        return None

    def _somebodys_men(self, token: Token, parts: list[Token]) -> Mention | None:
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        if fold(token.text) != "men" or owner is None:
            return None
        groups = [m for m in self.names if m.root == owner.i]
        self.used.update(m.root for m in groups)
        ids = [i for m in groups for i in m.record]
        if not ids and owner.i in self.nations:
            ids = [of_nation(self.nations[owner.i], "force", self.lexicon)]
        armed = bool(ids) and self.lexicon.side(self.lexicon.told(ids[0])) == "armed"
        return self._make(token, parts, "armed" if armed else "force", ids, "somebody's men")


def holds(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word only says whose hands, control, flag or retreat it is: in French hands."""
    return (
        token.dep_ in ("amod", "compound", "nmod", "npadvmod", "poss")
        and token.head.i > token.i
        and "hold" in lexicon.noun_class.get(key(token.head), ())
    )


def sent(token: Token, lexicon: Lexicon) -> bool:
    """Whether men are soldiers: counted, and sent, pledged or kept somewhere."""
    counted = any(c.dep_ == "nummod" or key(c) == "more" for c in token.children)
    return counted and token.dep_ in ("dobj", "conj") and key(token.head) in lexicon.words.sending


def modifies(token: Token) -> bool:
    """Whether a word only describes the noun after it."""
    return token.dep_ in ("amod", "compound", "nmod", "npadvmod") and token.head.i > token.i


def of_nation(nation: str, kind: str, lexicon: Lexicon) -> str:
    """The id of a nation's force or rulers."""
    entry = lexicon.actors.nations[nation]
    return (entry.force if kind == "force" else entry.rule) or nation


def _heads(token: Token, lexicon: Lexicon) -> bool:
    if holds(token, lexicon):
        return token.pos_ in ("NOUN", "PROPN", "ADJ")
    if token.pos_ not in ("NOUN", "PROPN", "ADJ") or (token.pos_ == "ADJ" and modifies(token)):
        return False
    return not (modifies(token) and token.dep_ == "compound" and lexicon.noun.get(key(token.head)))


def _before(token: Token) -> list[Token]:
    """A noun and the words before it that belong to it, the noun first."""
    found = [token]
    for child in token.lefts:
        if child.dep_ in MODIFIER or child.dep_ in ("conj", "punct"):
            found += [t for t in child.subtree if t.i < token.i and t.dep_ != "relcl"]
    return found


def _of(token: Token) -> list[Token]:
    """What a noun is of or from, with its partners in coordination."""
    found = []
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "from"):
            found += [t for p in child.children if p.dep_ == "pobj" for t in (p, *_conjuncts(p))]
    return found


def _conjuncts(token: Token) -> list[Token]:
    found = []
    for child in token.children:
        if child.dep_ == "conj":
            found += [child, *_conjuncts(child)]
    return found
