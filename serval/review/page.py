"""What the page shows: the text in pieces that know their proposals, and each proposal with its choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from serval.review.desk import Desk
from serval.review.draft import Draft
from serval.review.matches import Match, likely
from serval.review.shelf import Row, Shelf
from serval.text import format_days, translator

REASONS = ("no_event", "misread", "there_already", "outside", "too_vague", "other")


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; `of`: proposals it is in; `slots`: what it proves, as `p01:date`."""

    text: str
    of: tuple[str, ...]
    slots: tuple[str, ...]


def pieces(text: str, drafts: Sequence[Draft]) -> list[Piece]:
    """The text cut wherever a passage begins or ends."""
    spans = [(slot.start, slot.end, draft.id, slot.field) for draft in drafts for slot in draft.slots]
    edges = sorted({0, len(text), *(e for span in spans for e in span[:2] if 0 <= e <= len(text))})
    found = []
    for start, end in pairwise(edges):
        here = [(id, field) for first, last, id, field in spans if first <= start and end <= last]
        of = dict.fromkeys(id for id, field in here if not field)
        slots = dict.fromkeys(f"{id}:{field}" for id, field in here if field)
        found.append(Piece(text[start:end], tuple(of), tuple(slots)))
    return found


class View:
    """The page in a language. Made anew for each answer, so that it shows the record as it is."""

    def __init__(self, desk: Desk, lang: str) -> None:
        self.desk, self.lang, self._ = desk, lang, translator(lang)
        self.decisions = desk.decisions()

    @cached_property
    def shelf(self) -> Shelf:
        return self.desk.shelf()

    def state(self, draft: Draft) -> Row | None:
        """The decision of a draft."""
        return self.decisions.get(draft.key)

    def days(self, values: Row) -> str:
        return format_days(values["date"]["start"], values["date"]["end"], self.lang, "MMM")

    def where(self, values: Row) -> str:
        named = [self.shelf.name("places", place, self.lang) for place in values["place"]]
        return ", ".join(named) or self._("no place")

    def who(self, values: Row) -> str:
        return ", ".join(self.shelf.name("actors", a["actor"], self.lang) for a in values["actors"])

    def options(self, words: str) -> list[tuple[str, str]]:
        """Ids and labels of a list of the vocabulary."""
        return [(term.id, self._.label(term)) for term in getattr(self.shelf.vocabulary, words)]

    def label(self, words: str, id: str) -> str:
        return dict(self.options(words)).get(id, id)

    def names(self, table: str) -> list[tuple[str, str]]:
        """Ids and names of actors or places."""
        return [(id, self.shelf.name(table, id, self.lang)) for id in getattr(self.shelf, table)]

    def matches(self, draft: Draft) -> list[tuple[Match, Row]]:
        """Likely events with their rows."""
        return [(match, self.shelf.events[match.id]) for match in likely(draft.values, self.shelf)]

    def title(self, event: Row) -> str:
        return str(event.get("title_fr") or event["title"]) if self.lang == "fr" else str(event["title"])

    def why(self, match: Match) -> str:
        """What speaks for a match."""
        _ = self._
        parts = [_("same days") if match.days == 0 else _.n("{n} day apart", "{n} days apart", match.days)]
        parts += [_("same place")] if match.same_place else []
        named = ", ".join(self.shelf.name("actors", id, self.lang) for id in match.shared)
        return f"{_.semicolon} ".join([*parts, *([named] if named else [])])

    def control(self, draft: Draft) -> Row | None:
        """The change of holders that the draft would be; None where its type changes none."""
        kinds = {kind.id: kind.changes_control for kind in self.shelf.vocabulary.event_types}
        values = draft.values
        if not kinds.get(values["type"]) or not values["place"]:
            return None
        place = values["place"][0]
        before = self.shelf.holders(place, values["date"]["start"]) or ["unknown"]
        doers = [row["actor"] for row in values["actors"] if row["role"] == "initiator"]
        return {"place": place, "from": before, "to": doers or ["unknown"]}

    def rule(self, draft: Draft, field: str) -> str:
        """By which rule a field was read; "" where it was not."""
        return next((slot.rule for slot in draft.slots if slot.field == field), "")

    def reasons(self) -> list[tuple[str, str]]:
        """Why a proposal may be rejected."""
        _ = self._
        words = (
            _("not an event"),
            _("misread"),
            _("in the record already"),
            _("outside the record"),
            _("too vague"),
            _("other"),
        )
        return list(zip(REASONS, words, strict=True))

    def counts(self) -> str:
        """How far the review is, in words."""
        left = len(self.desk.drafts) - sum(d.key in self.decisions for d in self.desk.drafts)
        return self._.n("{n} proposal to decide", "{n} proposals to decide", left)

    def source_known(self) -> bool:
        return self.desk.source["id"] in self.shelf.sources

    def globals(self) -> dict[str, Any]:
        """What the templates use."""
        words: Callable[[str], str] = self._
        return {"view": self, "_": words, "desk": self.desk}
