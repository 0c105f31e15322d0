"""When: the time that belongs to a frame, and the days that it stands for."""

from __future__ import annotations

import datetime as dt

from spacy.tokens import Token

from serval.extract import syntax, temporal
from serval.extract.frames import Hit
from serval.extract.ground import conjuncts
from serval.extract.parse import key
from serval.extract.story import Story
from serval.extract.timespans import DAY, When, story_unit

Times = dict[int, list[tuple[When, Token]]]
Anchors = dict[tuple[int, int], dt.date]


def times(story: Story, published: dt.date) -> tuple[Times, Anchors]:
    """The times of each page with their tokens, and for each the day of the story before it."""
    found: Times = {}
    anchors: Anchors = {}
    current = published
    for page in story.pages:
        here = []
        for time in temporal.find(page.folded, published):
            span = page.doc.char_span(time.start, time.end, alignment_mode="expand")
            if span is None:
                continue
            here.append((time, span.root if span.root.i >= span.start else span[-1]))
            anchors[page.number, time.start] = current
            if time.shift is None and time.precision == "day":
                current = time.last
            elif time.shift is not None and time.shift >= 0 and time.rule != "gap in the story":
                current = current + time.shift * DAY
            elif (
                time.precision in ("days", "month")
                and time.rule != "unit of the story"
                and (published - time.last).days > 20
            ):
                current = time.last
        found[page.number] = here
    return found, anchors


def when_of(hit: Hit, story: Story, times: list[tuple[When, Token]]) -> tuple[When | None, str]:
    """The time that belongs to a trigger and how it was tied to it."""
    reporting = set(story.lexicon.words.reporting)
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
    hung = {
        t.i for w in (*hit.words[1:], *hit.slots.get("object", [])) for t in w.subtree if w.pos_ == "NOUN"
    }
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
    if hit.verb.dep_ in ("ccomp", "parataxis", "conj", "ROOT", "dep") and not (
        hit.verb.dep_ == "ccomp" and key(hit.verb.head) in reporting
    ):
        loose = [
            w
            for w, t in times
            if t.sent == hit.trigger.sent and not any(a.dep_ in ("relcl", "advcl") for a in t.ancestors)
        ]
        if len(loose) == 1:
            return loose[0], "in the sentence"
    return None, ""


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
    if when.precision == "year" and first.year == published.year and (last - first).days > 300 and not ahead:
        return published - 6 * DAY, published, "week", "no time: week before the report"
    if when.shift is not None:
        slack = {"week": 3, "month": 15}.get(when.precision, 0)
        first, last = anchor + (when.shift - slack) * DAY, anchor + (when.shift + slack) * DAY
    if when.rule == "unit of the story":
        first, last = story_unit(when, anchor)
    if (
        when.later
        and tie not in ("said on", "past clause above")
        and (ahead or (kind == "election" and (published - last).days > 60))
    ) and (when.rule == "weekday" or not 0 <= (published - last).days < 45):
        first, last = when.later
    if tie == "said on":
        if when.precision != "day" or last > published:
            return published - 6 * DAY, published, "week", "said on: bounds it from above"
        return last - 4 * DAY, last, "days", "said on: bounds it from above"
    if (
        when.relation == "since"
        and first <= published
        and kind not in ("town_captured", "organisational", "political")
    ):
        return (
            (first, published, "month", "since")
            if (published - first).days <= 31
            else (first, first + 30 * DAY, "month", "since")
        )
    if when.relation in ("until", "by", "before") and ahead and last >= published:
        return max(published, last - 30 * DAY), last, "month", when.relation
    if last > published and not ahead and first <= published:
        last = published if when.precision != "year" else last
    return first, max(first, last), when.precision, f"{when.rule}, {tie}"
