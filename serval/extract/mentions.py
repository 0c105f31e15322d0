"""Who and where a paragraph names: aliases, a nation's adjective with a noun of force or rule, place names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Span, Token

from serval.extract import placenames
from serval.extract.lexicon import Alias, Lexicon
from serval.extract.parse import Mention, Page, key
from serval.extract.placenames import cased
from serval.extract.text import fold

LINKED = re.compile(r"\s?-\s?(linked|allied|affiliated|aligned|inspired|related|style|type|tied)\b")
UNDER = re.compile(
    r"\s?-\s?(held|controlled|occupied|run|backed|dominated|ruled|speaking|born|based|educated|trained)\b"
)
ARMED_BODIES = frozenset(
    """
    group movement force faction front leader organisation organization alliance coalition
    organisations organizations rebellion militia commander chief spokesman element network cell
    side leadership column
    """.split()
)
STATE_WORDS = frozenset(
    """
    government authority president parliament state cabinet administration premier
    """.split()
)
MODIFIER = ("amod", "compound", "poss", "nmod", "npadvmod", "det", "quantmod", "nummod", "appos")
HEADS = frozenset(
    """
    nsubj nsubjpass dobj pobj conj appos ROOT attr poss dative csubj oprd dep npadvmod ccomp
    """.split()
)


def find(page: Page, lexicon: Lexicon) -> None:
    """Fill page.actors and page.places."""
    names, linked = _aliases(page, lexicon)
    nations = _nations(page, lexicon, names)
    used: set[int] = set()
    for token in page.doc:
        if token.i not in {i for m in names for i in range(m.start, m.end)}:
            mention = _noun(token, page, lexicon, names, nations, linked, used)
            if mention:
                page.actors[mention.root] = mention
    for mention in names:
        if mention.root not in used:
            page.actors.setdefault(mention.root, mention)
    for i, nation in nations.items():
        if i not in used and i not in page.actors:
            found = _nation_alone(page.doc[i], nation, lexicon)
            if found:
                page.actors[i] = found
    placenames.find(page, lexicon, names)


def _aliases(page: Page, lexicon: Lexicon) -> tuple[list[Mention], set[int]]:
    found, linked = [], set()
    for match in lexicon.actor_names.finditer(page.folded):
        written = page.doc.text[match.start() : match.end()]
        if match.group() in lexicon.nation:
            continue
        alias = next((a for name, a in lexicon.alias[match.group()] if cased(written, name)), None)
        span = page.doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if alias is None or span is None or UNDER.match(page.folded, match.end()):
            continue
        if LINKED.match(page.folded, match.end()):
            linked.update(t.i for t in span)
            continue
        found.append(_named(span, alias, lexicon))
    return found, linked


def _named(span: Span, alias: Alias, lexicon: Lexicon) -> Mention:
    return Mention(
        span.start, span.end, span.root.i, alias.kind, (lexicon.told(alias.actor),), "name", (alias.actor,)
    )


def _nations(page: Page, lexicon: Lexicon, names: Iterable[Mention]) -> dict[int, str]:
    taken = {i for m in names for i in range(m.start, m.end)}
    found: dict[int, str] = {}
    for match in lexicon.nation_names.finditer(page.folded):
        written = page.doc.text[match.start() : match.end()]
        lower_word = match.group() in (
            "regional",
            "neighbouring",
            "neighboring",
            "pan-african",
            "sub-regional",
        )
        span = page.doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None or (not written[:1].isupper() and not lower_word) or any(t.i in taken for t in span):
            continue
        if written == "Us" or UNDER.match(page.folded, match.end()):
            continue
        nation = lexicon.nation[match.group()]
        if nation == "mali" and page.folded[max(0, match.start() - 9) : match.start()].endswith(
            ("northern ", "southern ", "central ")
        ):
            continue
        found[span.root.i if span.root.i >= span.start else span.start] = nation
    return found


def _noun(
    token: Token,
    page: Page,
    lexicon: Lexicon,
    names: list[Mention],
    nations: dict[int, str],
    linked: set[int],
    used: set[int],
) -> Mention | None:
    word = key(token)
    kinds = lexicon.noun.get(word, set())
    tuareg = fold(token.text) in ("tuareg", "tuaregs", "touareg", "touaregs") and not _modifies(token)
    if (
        token.pos_ not in ("NOUN", "PROPN", "ADJ")
        or not (kinds or tuareg or word in ARMED_BODIES)
        or (token.pos_ == "ADJ" and _modifies(token))
    ):
        return None
    if (
        _modifies(token)
        and token.head.i > token.i
        and lexicon.noun.get(key(token.head))
        and token.dep_ == "compound"
    ):
        return None
    parts = _np(token)
    words = {fold(t.text) for t in parts} | {key(t) for t in parts} | {word}
    groups = [
        m
        for m in names
        if m.root in {t.i for t in parts} or m.root in {t.i for t in _of(token, ("of", "from"))}
    ]
    start = min(
        [t.i for t in parts if t.i <= token.i and token.i - t.i < 12 and not t.is_space], default=token.i
    )
    make = lambda kind, ids, rule: Mention(  # noqa: E731
        start,
        token.i + 1,
        token.i,
        kind,
        tuple(dict.fromkeys(lexicon.told(i) for i in ids)),
        rule,
        tuple(dict.fromkeys(ids)),
    )
    armed = [m for m in groups if m.kind == "armed"]
    armed_word = bool(kinds & {"armed"}) or word in ARMED_BODIES
    if "force" in kinds and any(
        "armed" in lexicon.noun.get(key(t), ())
        for t in parts
        if t.i < token.i and t.dep_ in ("compound", "amod", "poss", "nmod")
    ):
        kinds, armed_word = {"armed"}, True
    if armed and (armed_word or "force" in kinds or "rule" in kinds):
        used.update(m.root for m in armed)
        return make("armed", [i for m in armed for i in m.record], "group's fighters")
    here = _nations_of(token, parts, nations)
    if armed_word and (words & set(lexicon.actors.jihadist_words) or {*range(token.i - 5, token.i)} & linked):
        used.update(i for i, _ in here)
        return make("armed", ["jihadist_groups"], "jihadist word")
    if tuareg or (armed_word and words & {fold(w) for w in lexicon.actors.tuareg_words}):
        return make("armed", ["tuareg_rebels"], "Tuareg word")
    owners = [m for m in groups if m.kind in ("org", "force", "rule") and m.root < token.i + 8]
    ids = [
        _of_nation(n, "rule" if "rule" in kinds and "force" not in kinds else "force", lexicon)
        for _, n in here
    ]
    if kinds & {"force", "rule"} and ids:
        used.update(i for i, _ in here)
        return make(
            "force" if "force" in kinds else "rule",
            ids,
            "nation's " + ("force" if "force" in kinds else "rulers"),
        )
    if kinds & {"force", "rule"} and owners:
        used.update(m.root for m in owners)
        return make(
            "force" if "force" in kinds else "rule",
            [i for m in owners for i in m.record],
            "organisation's people",
        )
    if "armed" in kinds:
        used.update(i for i, _ in here)
        return make("armed", [], "fighters")
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if fold(token.text) == "men" and owner is not None:
        group = [m for m in names if m.root == owner.i]
        used.update(m.root for m in group)
        here_ids = (
            [i for m in group for i in m.record] or [_of_nation(nations[owner.i], "force", lexicon)]
            if owner.i in nations
            else [i for m in group for i in m.record]
        )
        return make(
            "armed"
            if group
            and group[0].kind in ("armed", "person")
            and lexicon.side(lexicon.told(here_ids[0])) == "armed"
            else "force",
            here_ids,
            "somebody's men",
        )
    if "people" in kinds:
        used.update(i for i, _ in here)
        return make("people", ["civilians"], "people")
    if "force" in kinds:
        home = word in lexicon.actors.home_words or words & {"government", "army", "state"}
        return make("force", ["mali_army"] if home else [], "home army" if home else "force")
    if word in STATE_WORDS and words & {"the", "interim", "transitional", "central", "country's", "its"}:
        return make("rule", ["mali_gov"], "home government")
    return None


def _modifies(token: Token) -> bool:
    return token.dep_ in ("amod", "compound", "nmod", "npadvmod") and token.head.i > token.i


def _np(token: Token) -> list[Token]:
    """The words before a noun that belong to it."""
    found = [token]
    for child in token.lefts:
        if child.dep_ in MODIFIER or child.dep_ in ("conj", "punct"):
            found += [t for t in child.subtree if t.i < token.i and t.dep_ != "relcl"]
    return found


def _of(token: Token, preps: tuple[str, ...]) -> list[Token]:
    found = []
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in preps:
            found += [t for p in child.children if p.dep_ == "pobj" for t in (p, *_conjuncts(p))]
    return found


def _conjuncts(token: Token) -> list[Token]:
    found = []
    for child in token.children:
        if child.dep_ == "conj":
            found += [child, *_conjuncts(child)]
    return found


def _nations_of(token: Token, parts: list[Token], nations: dict[int, str]) -> list[tuple[int, str]]:
    here = [(t.i, nations[t.i]) for t in parts if t.i in nations]
    if not here:
        here = [(t.i, nations[t.i]) for t in _of(token, ("of", "from")) if t.i in nations]
        here += [(x.i, nations[x.i]) for t in _of(token, ("from", "of")) for x in t.lefts if x.i in nations]
    return here


def _of_nation(nation: str, kind: str, lexicon: Lexicon) -> str:
    entry = lexicon.actors.nations[nation]
    return (entry.force if kind == "force" else entry.rule) or nation


def _nation_alone(token: Token, nation: str, lexicon: Lexicon) -> Mention | None:
    if token.dep_ not in HEADS or nation == "african":
        return None
    people = (
        token.pos_ == "ADJ"
        or token.tag_ in ("NNPS", "NNS")
        or (token.i and token.nbor(-1).lower_ == "the" and nation != "us")
    )
    record = _of_nation(nation, "force" if people else "rule", lexicon)
    return Mention(
        token.i,
        token.i + 1,
        token.i,
        "force" if people else "rule",
        (lexicon.told(record),),
        "nation",
        (record,),
    )
