"""When: the time that belongs to a frame, and the days that it stands for."""

from __future__ import annotations

import datetime as dt
import re

from spacy.tokens import Token

from serval.extract import syntax, temporal
from serval.extract.frames import Hit
from serval.extract.ground import conjuncts
from serval.extract.parse import key
from serval.extract.story import Story
from serval.extract.text import Document, fold
from serval.extract.timespans import DAY, When, story_unit

FILED = re.compile(r"\(?[^.!?]{2,60}?\d[^.!?]{0,12}(?:\([^)]{2,30}\)\s*)?\s*[-–—]{1,2}\s")
STATES = {"be", "have", "control", "hold", "possess", "occupy", "own", "keep", "remain", "stand"}
LASTING = {"deployment", "town_retaken", "handover"}
AT_START = {"town_captured", "organisational", "political"}
"""Types of which "since" names the time when they came about."""
Times = dict[int, list[tuple[When, Token]]]
Anchors = dict[tuple[int, int], dt.date]


def filed(document: Document, published: dt.date) -> dt.date:
    """The day that the text's own date line names, where it is at most four days before publication.

    "Yesterday" and weekdays are told from it.
    """
    for paragraph in document.paragraphs[:3]:
        match = FILED.match(fold(document.text[paragraph.start : paragraph.end]))
        for when in temporal.find(match[0], published) if match else []:
            if when.precision == "day" and 0 <= (published - when.first).days <= 4:
                return when.first
    return published


def times(story: Story, published: dt.date) -> tuple[Times, Anchors]:
    """The times of each page with their tokens, and for each the day of the story before it."""
    found: Times = {}
    anchors: Anchors = {}
    current, reached = published, False
    reporting = set(story.lexicon.words.reporting)
    for page in story.pages:
        here = []
        for time in temporal.find(page.folded, published):
            span = page.doc.char_span(time.start, time.end, alignment_mode="expand")
            if span is None:
                continue
            if not reached and time.rule in ("day in the story", "time of day") and time.shift in (0, 1):
                continue
            token = span.root if span.root.i >= span.start else span[-1]
            here.append((time, token))
            anchors[page.number, time.start] = current
            verb = syntax.verb_of(token)
            aside = verb is not None and (key(verb) in reporting or verb.dep_ in ("relcl", "acl"))
            if not aside or time.shift is not None:
                current = _reached(time, current, published)
                reached = True
        found[page.number] = here
    return found, anchors


def taken(times: Times) -> dict[int, list[tuple[int, int]]]:
    """The characters of each page that tell a time."""
    return {number: [(w.start, w.end) for w, _ in here] for number, here in times.items()}


def _reached(time: When, current: dt.date, published: dt.date) -> dt.date:
    """The day that the story has reached after a time."""
    if time.shift is None and time.precision == "day":
        return time.last
    if time.shift is not None and time.shift >= 0 and time.rule != "gap in the story":
        return current + time.shift * DAY
    if (
        time.precision in ("days", "month")
        and time.shift is None
        and time.rule != "unit of the story"
        and (published - time.last).days > 20
    ):
        return time.last
    return current


def when_of(hit: Hit, story: Story, times: list[tuple[When, Token]]) -> tuple[When | None, str]:
    """The time that belongs to a trigger and how it was tied to it."""
    reporting = set(story.lexicon.words.reporting)
    times = [(w, t) for w, t in times if not _attribute(t, hit)]
    settled = [(w, t) for w, t in times if w.shift is None]
    own = {t.i for t in hit.trigger.subtree} if hit.nominal else set()
    clause = {t.i for t in hit.clause}
    direct = [
        (abs(t.i - hit.trigger.i) - (100 if t.i in own and hit.nominal else 0), w)
        for w, t in times
        if t.i in clause and _governor(t, hit)
    ]
    if direct:
        return min(direct, key=lambda x: x[0])[1], "in the clause"
    if hit.verb is None:
        return None, ""
    for time, token in times:
        if hit.verb.dep_ in ("relcl", "advcl") and hit.verb.head == token:
            return time, "clause above"
    hung = {
        t.i for w in (*hit.words[1:], *hit.slots.get("object", [])) for t in w.subtree if w.pos_ == "NOUN"
    }
    later = [w for w, t in times if t.i in hung and t.i > hit.trigger.i and not _in_relative(t, hit)]
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
        found = [w for w, t in (settled if relation == "conj" else times) if t.i in around]
        if found and key(above) in reporting and relation in ("ccomp", "dep") and above.i != hit.verb.i:
            return found[0], _said(hit)
        if found:
            return found[0], "past clause above" if above.tag_ in ("VBD", "VBN") else "clause above"
        here = above
    for child in hit.verb.children:
        if child.dep_ in ("conj", "advcl") and child.pos_ == "VERB":
            around = {t.i for t in syntax.clause(child)}
            found = [w for w, t in settled if t.i in around]
            if found and child.dep_ == "conj":
                return found[0], "coordinated clause"
        if child.dep_ in ("ccomp", "parataxis") and key(child) in reporting:
            around = {t.i for t in syntax.clause(child)}
            found = [w for w, t in times if t.i in around]
            if found:
                return found[0], _said(hit)
    if hit.verb.dep_ in ("ccomp", "parataxis", "conj", "ROOT", "dep") and not (
        hit.verb.dep_ == "ccomp" and key(hit.verb.head) in reporting
    ):
        loose = [
            w
            for w, t in settled
            if t.sent == hit.trigger.sent
            and not any(
                a.dep_ in ("relcl", "advcl") or (a.dep_ == "acl" and w.precision != "day")
                for a in t.ancestors
            )
        ]
        if len(loose) == 1:
            return loose[0], "in the sentence"
    return None, ""


def _attribute(time: Token, hit: Hit) -> bool:
    """Whether a time only tells one thing from another: the 2012 coup, the June accord."""
    if time.i and time.nbor(-1).pos_ == "ADP":
        return False
    told = time.dep_ in ("compound", "amod", "nummod", "nmod") and time.head.pos_ == "NOUN"
    return told and time.i < time.head.i and time.head != hit.trigger and time.head not in hit.words


def _said(hit: Hit) -> str:
    """How the day of a statement dates what is stated: what is or has come to be, is so on that day."""
    verb = hit.verb
    perfect = verb is not None and any(c.lower_ in ("has", "have") and c.dep_ == "aux" for c in verb.children)
    return "stands on" if verb is not None and (perfect or key(verb) in STATES) else "said on"


def _in_relative(time: Token, hit: Hit) -> bool:
    """Whether a time stands in a relative clause after the trigger: it dates that clause."""
    return any(a.dep_ == "relcl" and a.i > hit.trigger.i for a in time.ancestors)


def _governor(time: Token, hit: Hit) -> bool:
    """Whether no other event noun stands between a time and the trigger."""
    for above in time.ancestors:
        if above == hit.trigger or above == hit.verb:
            return True
        if above.pos_ == "NOUN" and key(above) in (
            "agreement",
            "resolution",
            "coup",
            "offensive",
            "attack",
            "battle",
            "intervention",
            "conference",
            "summit",
            "bombing",
            "visit",
        ):
            return above in hit.words or (
                not hit.nominal and any(above in [o, *conjuncts(o)] for o in hit.slots.get("object", []))
            )
    return True


def interval(
    when: When | None, tie: str, published: dt.date, modality: str, kind: str, anchor: dt.date
) -> tuple[dt.date, dt.date, str, str]:
    """(first, last, precision, rule) of an event from the time tied to it, or by default."""
    ahead = modality in ("planned", "possible")
    if when is None:
        if ahead:
            return published - 6 * DAY, published + 2 * DAY, "week", "no time: week of the report"
        return published - 6 * DAY, published, "week", "no time: week before the report"
    first, last = when.first, when.last
    if when.relation in ("by", "until", "before") and first > published and not ahead:
        return published - 6 * DAY, published, "week", "no time: week before the report"
    if when.precision == "year" and first.year == published.year and (last - first).days > 300 and not ahead:
        return published - 6 * DAY, published, "week", "no time: week before the report"
    if when.shift is not None:
        first, last = first + (anchor - published), last + (anchor - published)
    if when.rule == "unit of the story":
        first, last = story_unit(when, published if ahead else anchor)
    if (
        when.later
        and tie not in ("said on", "past clause above")
        and (ahead or (kind == "election" and (published - last).days > 60))
    ) and (when.rule == "weekday" or not 0 <= (published - last).days < 45):
        first, last = when.later
    if tie in ("said on", "stands on"):
        if tie == "stands on" and when.precision == "day" and last <= published:
            return first, last, "day", "said on: it stood so that day"
        if when.precision != "day" or last > published:
            return published - 6 * DAY, published, "week", "said on: bounds it from above"
        return last - 4 * DAY, last, "days", "said on: bounds it from above"
    if when.relation == "since" and first <= published and kind not in AT_START:
        return *_since(first, when.precision, published, kind), "since"
    if when.relation in ("until", "by", "before") and ahead and last >= published:
        return max(published, last - 30 * DAY), last, "month", when.relation
    if last > published and not ahead and first <= published:
        last = published if when.precision != "year" else last
    return first, max(first, last), when.precision, f"{when.rule}, {tie}"


def _since(first: dt.date, precision: str, published: dt.date, kind: str) -> tuple[dt.date, dt.date, str]:
    """From a day on: what lasts is dated to its beginning, what is done again and again to the whole time."""
    days = (published - first).days
    if kind in LASTING and precision == "day" and days > 2:
        return first, first, "day"
    return first, published if days <= 31 else first + 30 * DAY, "month"
