"""Where the story is: places that a noun stands for, the town in focus, the town of the first lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Token

from serval.extract.lexicon import Lexicon, Place
from serval.extract.parse import Mention, Page, key
from serval.extract.text import fold

LOCAL = frozenset(
    word.strip()
    for word in """
    in, at, near, around, outside, into, from, to, on, of, through, over, across, towards, toward,
    inside, within, between, about, off, for, throughout, by, beyond, along, north, south, east,
    west, onto, against, out, beside, out of, up, as, after, before, under, via, like, including
    """.replace("\n", " ").split(",")
)


@dataclass(frozen=True)
class Filled:
    """A slot filler: ids, characters in the document, and the rule that found it."""

    ids: tuple[str, ...]
    kind: str
    start: int
    end: int
    rule: str
    record: tuple[str, ...] = ()
    place: Place | None = None
    precision: str = ""


class Ground:
    """The pages of one document and where each of them is."""

    def __init__(self, pages: list[Page], lexicon: Lexicon) -> None:
        self.pages = pages
        self.lexicon = lexicon
        self.order = {page.number: i for i, page in enumerate(pages)}
        self._towns = Counter(
            m.ids[0]
            for p in pages
            for m in p.places.values()
            if m.kind in ("town", "area") and m.place and m.place.region
        )

    def places_at(self, page: Page, token: Token, depth: int = 0) -> list[Filled]:
        """The places that a noun stands for, itself, by coordination, or by what hangs on it."""
        found: list[Filled] = []
        for head in (token, *conjuncts(token)):
            found += self._place(page, head, depth)
        return list(dict.fromkeys(found))

    def _place(self, page: Page, head: Token, depth: int) -> list[Filled]:
        mention = page.places.get(head.i)
        if mention:
            return [self.placed(page, mention, "place named")]
        found: list[Filled] = []
        for child in head.children:
            if child.dep_ in ("compound", "poss", "appos", "nmod", "amod") and child.i in page.places:
                inner = page.places[child.i]
                if (
                    child.dep_ != "poss"
                    or inner.kind == "town"
                    or key(head) in ("north", "south", "capital", "territory")
                ):
                    found.append(self.placed(page, inner, "place beside the noun"))
            elif child.dep_ == "prep" and child.lower_ in LOCAL and depth < 2:
                for inner_token in child.children:
                    if inner_token.dep_ == "pobj":
                        found += self.places_at(page, inner_token, depth + 1)
        if found:
            return found
        if fold(head.text) in ("it", "there") or (
            key(head) in self.lexicon.places.town_nouns
            and (definite(head) or head.dep_ == "advmod" or any(c.dep_ == "compound" for c in head.children))
        ):
            start, end = page.span(head.i, head.i + 1)
            focus = self.focus(page, head)
            if focus:
                return [
                    Filled(
                        focus.ids,
                        focus.kind,
                        start,
                        end,
                        "town in focus",
                        focus.record,
                        focus.place,
                        focus.precision,
                    )
                ]
        return []

    def placed(self, page: Page, mention: Mention, rule: str) -> Filled:
        start, end = page.span(mention.start, mention.end)
        precision = {"town": "exact", "area": "area", "country": "country"}[mention.kind]
        if mention.near and precision == "exact":
            precision = "near"
        return Filled(mention.ids, mention.kind, start, end, rule, mention.record, mention.place, precision)

    def focus(self, page: Page, token: Token, reach: int = 6) -> Filled | None:
        """The town spoken of last before a token; one that only says how far or which way comes second."""
        second = None
        for earlier in reversed(
            self.pages[max(0, self.order[page.number] - reach) : self.order[page.number] + 1]
        ):
            for i in sorted(earlier.places, reverse=True):
                mention = earlier.places[i]
                if (
                    (earlier is page and i >= token.i)
                    or mention.kind != "town"
                    or not mention.place
                    or not mention.place.field
                ):
                    continue
                if (
                    mention.way
                    or mention.place.id == "bamako"
                    or not located(earlier.doc[i])
                    or self._where_told(earlier.doc[i])
                ):
                    second = second or self.placed(earlier, mention, "town in focus")
                    continue
                return self.placed(earlier, mention, "town in focus")
            opening = self._dateline(earlier)
            if opening:
                return opening
        return second

    def _where_told(self, token: Token) -> bool:
        """Whether a place only says where somebody spoke: officers in Sévaré said."""
        reporting = self.lexicon.words.reporting
        for above in token.ancestors:
            if above.pos_ == "VERB":
                return False
            if (
                above.dep_ in ("nsubj", "dobj", "pobj")
                and above.pos_ == "NOUN"
                and key(above.head) in reporting
            ):
                return True
            if above.dep_ == "prep" and key(above.head) in reporting:
                return True
        return False

    def _dateline(self, page: Page) -> Filled | None:
        """The field town that a dateline names; capitals say only where the story was filed."""
        for name in re.split(r"[/,]", page.dateline):
            for _, place in self.lexicon.place.get(fold(name.strip()), []):
                if place.field and place.kind == "town" and place.id != "bamako":
                    return Filled(
                        (place.name,),
                        "town",
                        page.offset,
                        page.offset + len(page.dateline),
                        "dateline",
                        (place.id,),
                        place,
                        "exact",
                    )
        return None

    def filed(self, page: Page) -> Filled | None:
        """The town that a paragraph's dateline names."""
        name = {"united nations": "new york"}.get(
            fold(page.dateline.split("/")[0].split(",")[0].strip()),
            fold(page.dateline.split("/")[0].split(",")[0].strip()),
        )
        for _, place in self.lexicon.place.get(name, []):
            if place.kind == "town":
                return Filled(
                    (place.name,),
                    "town",
                    page.offset,
                    page.offset + len(page.dateline),
                    "dateline",
                    (place.id,),
                    place,
                    "exact",
                )
        return None

    def seat(self) -> Place | None:
        """A city abroad where the first two paragraphs say that something was held."""
        for page in self.pages[:2]:
            for i in sorted(page.places):
                place, token = page.places[i].place, page.doc[i]
                if (
                    place
                    and place.id
                    and not place.field
                    and place.kind == "town"
                    and token.dep_ == "pobj"
                    and token.head.lower_ in ("in", "at")
                ):
                    return place
        return None

    def lead_place(self) -> Place | None:
        """The first place of the field in the headline and the first paragraphs, towns first, else the
        one named most.
        """
        for kind in ("town", "area"):
            for page in self.pages[:3]:
                for i in sorted(page.places):
                    place = page.places[i].place
                    if place and place.field and page.places[i].kind == kind and place.id != "bamako":
                        return place
        main = self.main_place()
        return next((p for p in self.lexicon.by_id.values() if p.name == main), None)

    def main_place(self) -> str:
        """The place of Mali named most often, or ''."""
        return self._towns.most_common(1)[0][0] if self._towns else ""


def conjuncts(token: Token) -> list[Token]:
    """The partners that follow a word in coordination."""
    found = []
    for child in token.children:
        if child.dep_ == "conj":
            found += [child, *conjuncts(child)]
        elif child.dep_ == "prep" and child.lower_ in ("like", "including", "as"):
            found += [x for c in child.children if c.dep_ == "pobj" for x in (c, *conjuncts(c))]
    return found


def definite(token: Token) -> bool:
    return any(c.lower_ in ("the", "this", "that", "its", "their", "these", "those") for c in token.children)


def located(token: Token) -> bool:
    """Whether a place name says where: after a preposition, as an object, or before a noun; not as a
    subject.
    """
    here = token
    while here.dep_ in ("conj", "appos") and here.head != here:
        here = here.head
    if here.dep_ == "pobj":
        return here.head.lower_ in LOCAL
    return here.dep_ in ("dobj", "npadvmod", "compound", "nsubjpass", "nmod", "dep", "attr", "ROOT") or (
        here.dep_ == "poss" and here.head.pos_ == "NOUN"
    )


def led_by(token: Token) -> str:
    """The preposition before a noun or before the coordination that it is in."""
    here = token
    while here.dep_ in ("conj", "appos") and here.head != here:
        here = here.head
    return here.head.lower_ if here.dep_ == "pobj" else ""
