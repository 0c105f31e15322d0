"""What carries over from sentence to sentence: who "it" and "the group" are, which town is spoken of,
which day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Token

from serval.extract.ground import Filled, Ground, conjuncts, definite
from serval.extract.lexicon import Lexicon
from serval.extract.parse import Mention, Page, key
from serval.extract.text import fold, words_of

BODIES = words_of(
    """
    group movement organisation organization faction militia alliance coalition side
    """
)
ORGS = {"council", "body", "bloc", "mission", "agency", "union", "organisation", "organization", "commission"}
QUANTITIES = words_of(
    """
    hundred thousand dozen number group member column some most all many majority part half rest one
    two three alliance handful convoy force unit contingent team wave score million lot several few
    remnant total each both core mix band detachment company batch fifteen five four ten elements
    element sort kind deployment dispatch arrival head leader ranks
    """
)


class Story(Ground):
    """The pages of one document and what has been spoken of so far at any token of them."""

    def __init__(self, pages: list[Page], lexicon: Lexicon, published: dt.date) -> None:
        self.after_intervention = published >= lexicon.actors.intervention
        super().__init__(pages, lexicon)
        forces = Counter(i for p in pages for m in p.actors.values() if m.kind == "force" for i in m.ids)
        usual = "france" if self.after_intervention else "mali_army"
        if self.after_intervention:
            forces["france"] = round(1.5 * sum("france" in m.ids for p in pages for m in p.actors.values()))
        self.lead_force = forces.most_common(1)[0][0] if forces else usual
        self.lead_armed = ""
        armed = Counter(i for p in pages for m in p.actors.values() if m.kind == "armed" for i in m.ids)
        tuareg = sum(armed[i] for i in (*lexicon.actors.tuaregs, "tuareg_rebels"))
        self.rebels = "tuareg_rebels" if tuareg > sum(armed.values()) / 2 else "islamists"
        named = [i for i, _ in armed.most_common() if i not in ("islamists", "tuareg_rebels")]
        self.lead_armed = named[0] if len(named) == 1 else self.rebels

    def filled(self, page: Page, mention: Mention, rule: str = "") -> Filled:
        start, end = page.span(mention.start, mention.end)
        return Filled(
            mention.ids, mention.kind, start, end, rule or mention.rule, mention.record, mention.place
        )

    # -------------------------------------------------------------- actors

    def actors_at(self, page: Page, token: Token, depth: int = 0) -> list[Filled]:
        """The actors that a noun, its partners in coordination and its "of" stand for."""
        found: list[Filled] = []
        for head in (token, *conjuncts(token)):
            found += self._actor(page, head, depth)
        return list(dict.fromkeys(found))

    def _actor(self, page: Page, head: Token, depth: int) -> list[Filled]:
        mention, word = page.actors.get(head.i), fold(head.text)
        start, end = page.span(head.i, head.i + 1)
        if mention and mention.ids:
            return [self.filled(page, mention)]
        if mention and mention.kind in ("armed", "force"):
            inner = [] if depth else self._inside(page, head, depth)
            kinds = {"armed"} if mention.kind == "armed" else {"force", "rule", "org", "armed"}
            inner = [f for f in inner if f.kind in kinds]
            return inner or self._generic(page, head, mention)
        if head.pos_ == "PRON" or word in ("both", "its", "their") or head.tag_ == "WP$":
            previous = self._antecedent(page, head, word)
            return (
                [Filled(previous.ids, previous.kind, start, end, "pronoun", previous.record)]
                if previous
                else []
            )
        lemma = key(head)
        if lemma in BODIES and definite(head) and not self._inside(page, head, 2):
            named = self._last(page, head, {"armed"}, named=True)
            return [Filled(named.ids, "armed", start, end, "the group", named.record)] if named else []
        if lemma in ORGS and definite(head):
            named = self._last(page, head, {"org", "force"}, named=True)
            return [Filled(named.ids, named.kind, start, end, "the body", named.record)] if named else []
        return self._inside(page, head, depth) if depth < 3 else []

    def _inside(self, page: Page, head: Token, depth: int) -> list[Filled]:
        found: list[Filled] = []
        for child in head.children:
            if (
                child.dep_ in ("poss", "compound", "amod", "appos", "nmod")
                and child.i in page.actors
                and page.actors[child.i].ids
            ):
                found.append(self.filled(page, page.actors[child.i]))
            elif child.dep_ == "poss" and child.tag_ in ("PRP$", "WP$") and depth < 2:
                found += self._actor(page, child, depth + 1)
            elif child.dep_ in ("prep", "agent") and child.lower_ in ("of", "from", "by", "among", "between"):
                for inner in child.children:
                    if inner.dep_ == "pobj" and (
                        key(head) in QUANTITIES
                        or child.lower_ in ("by", "between", "from")
                        or depth == 0
                        or head.pos_ == "NUM"
                    ):
                        found += self.actors_at(page, inner, depth + 1)
        return found

    def _generic(self, page: Page, head: Token, mention: Mention) -> list[Filled]:
        """Fighters or soldiers without a name: the last ones spoken of, else the likely ones."""
        start, end = page.span(mention.start, mention.end)
        if mention.kind == "armed":
            last = self._last(page, head, {"armed"}, named=True, reach=2)
            if last and not (set(last.ids) <= {"islamists"}):
                return [Filled(last.ids, "armed", start, end, "fighters last named", last.record)]
            record = "jihadist_groups" if self.rebels == "islamists" else "tuareg_rebels"
            return [Filled((self.rebels,), "armed", start, end, "fighters", (record,))]
        if self.after_intervention and (
            key(head) in self.lexicon.actors.french_words or any(c.lower_ == "special" for c in head.children)
        ):
            return [Filled(("france",), "force", start, end, "usual for such forces", ("france",))]
        last = self._last_force(page, head)
        if last:
            return [Filled(last.ids, "force", start, end, "force last named", last.record)]
        if self.lead_force:
            return [
                Filled((self.lead_force,), "force", start, end, "the text's main force", (self.lead_force,))
            ]
        return []

    def _antecedent(self, page: Page, head: Token, word: str) -> Mention | None:
        relative = head.tag_ in ("WDT", "WP", "WP$") or word in ("who", "which", "that", "whose")
        if word in ("they", "them", "their"):
            return self._plural(page, head)
        if relative:
            verb = next((a for a in head.ancestors if a.dep_ == "relcl"), None)
            if verb is not None and verb.head.i in page.actors:
                return self._named(page, verb.head)
            before = [m for i, m in page.actors.items() if i < head.i and head.i - i < 8]
            return before[-1] if relative and before and before[-1].ids else None
        if word in ("he", "she", "him", "his", "her"):
            return self._last(page, head, {"person", "rule", "force", "armed"}, named=True, subject=True)
        if word in ("it", "its"):
            return self._last(page, head, {"rule", "org", "armed", "force"}, named=True, subject=True)
        return self._last(page, head, {"force", "armed", "people", "rule", "org"}, named=True, subject=True)

    def _last_force(self, page: Page, head: Token) -> Mention | None:
        """Whose soldiers "the soldiers" are: the force or nation last named in the paragraph, else the
        force before.
        """
        for where, mention in self._before(page, head):
            if self.order[page.number] - self.order[where.number] > 1:
                break
            nation = (
                mention.kind == "rule"
                and mention.rule == "nation"
                and where is page
                and mention.ids != ("mali_gov",)
            )
            located = nation and where.doc[mention.root].dep_ == "pobj"
            if mention.ids and (mention.kind == "force" or (nation and not located)):
                return mention
        return None

    def _plural(self, page: Page, head: Token) -> Mention | None:
        """Who "they" are: the plural subject of the sentence before, else the plural named last, else the
        last group.
        """
        spoken: list[tuple[Page, Mention, Token]] = []
        for where, mention in self._before(page, head):
            if self.order[page.number] - self.order[where.number] > 2 or len(spoken) > 9:
                break
            token = where.doc[mention.root]
            one = (mention.rule == "nation" and mention.kind == "rule") or mention.kind == "person"
            if not one and not (where is page and token.head == head.head):
                spoken.append((where, mention, token))
        plural = [
            x for x in spoken if x[2].tag_ in ("NNS", "NNPS") or x[1].kind == "armed" or conjuncts(x[2])
        ]
        leading = [x for x in plural if x[2].dep_ in ("nsubj", "nsubjpass") and x[2].sent != head.sent][:1]
        for where, mention, token in (
            (leading if leading and plural and plural[0][2].sent == leading[0][2].sent else [])
            + plural
            + spoken
        ):
            if mention.ids:
                return mention
            named = self._generic(where, token, mention) if mention.kind in ("armed", "force") else []
            if named:
                return Mention(
                    token.i, token.i + 1, token.i, mention.kind, named[0].ids, named[0].rule, named[0].record
                )
        return None

    def _named(self, page: Page, token: Token) -> Mention | None:
        found = self.actors_at(page, token, 1)
        if not found:
            return None
        ids = tuple(dict.fromkeys(i for f in found for i in f.ids))
        return Mention(
            token.i,
            token.i + 1,
            token.i,
            found[0].kind,
            ids,
            found[0].rule,
            tuple(dict.fromkeys(i for f in found for i in f.record)),
        )

    def _last(
        self, page: Page, token: Token, kinds: set[str], *, named: bool, reach: int = 3, subject: bool = False
    ) -> Mention | None:
        """The mention of a kind spoken of last before a token; with `subject`, the subjects of sentences
        come first.
        """
        fallback = None
        for steps, (where, mention) in enumerate(self._before(page, token)):
            if self.order[page.number] - self.order[where.number] > reach:
                break
            if mention.kind not in kinds or (named and not mention.ids):
                continue
            head = where.doc[mention.root]
            if (
                not subject
                or head.dep_ in ("nsubj", "nsubjpass", "poss")
                or head.head.dep_ in ("nsubj", "nsubjpass")
            ) and not (subject and where is page and head.head == token.head):
                return mention
            fallback = fallback or mention
            if steps > 24:
                break
        return fallback

    def _before(self, page: Page, token: Token) -> Iterator[tuple[Page, Mention]]:
        for i in sorted((i for i in page.actors if i < token.i), reverse=True):
            yield page, page.actors[i]
        for earlier in reversed(self.pages[: self.order[page.number]]):
            for i in sorted(earlier.actors, reverse=True):
                yield earlier, earlier.actors[i]
