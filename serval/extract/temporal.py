"""When: every expression of time in a paragraph as a closed interval of days, anchored on the publication
date.

A weekday or a bare month has two readings, the last one and the next one; which holds is decided by
the verb it hangs on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from serval.extract import timewords
from serval.extract.timespans import MONTHS, WEEKDAYS, When
from serval.extract.timewords import ORDINALS

MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?P<weekday>" + "|".join(WEEKDAYS) + r")"
COUNT = (
    r"(?P<count>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several|"
    r"a couple of|some)"
)
UNIT = r"(?P<unit>day|week|month|year|fortnight|hour|night)s?"
YEAR = r"(?P<year>19[5-9]\d|20[0-2]\d)"


def find(folded: str, published: dt.date) -> list[When]:
    """The times named in a folded paragraph, in order, none inside another."""
    found: list[When] = []
    for pattern, read in RULES:
        for match in pattern.finditer(folded):
            if any(match.start() < w.end and w.start < match.end() for w in found):
                continue
            try:
                when = read(match, published)
            except (ValueError, OverflowError):
                continue
            if when:
                found.append(when)
    return sorted((_related(w, folded) for w in found), key=lambda w: w.start)


def _related(when: When, folded: str) -> When:
    before = folded[max(0, when.start - 24) : when.start]
    if when.relation:
        return when
    match = re.search(
        r"\b(since|until|till|before|after|by|ahead of|prior to|from)\s+(?:the |early |late |"
        r"mid-?|at least |as early as )?$",
        before,
    )
    if not match:
        return when
    relation = {"till": "until", "ahead of": "before", "prior to": "before", "from": "since"}.get(
        match[1], match[1]
    )
    return When(**{**when.__dict__, "relation": relation})


ORDINAL = r"(?P<ordinal>" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + r"|\d{1,2}(?:st|nd|rd|th))"


Reader = Callable[[re.Match[str], dt.date], When | None]
_LEAD = r"(?P<lead>(?:early |late )?(?:last|next|this|this coming|the previous|the following|the past) )?"
_PART = (
    r"(?P<part>(?:early|mid|late|the last days of|the first days of|the closing days of|the end of|"
    r"end of|the start of|the beginning of|the middle of|start of|beginning of|middle of)[ -](?:in "
    r")?)?"
)
RULES: list[tuple[re.Pattern[str], Reader]] = [
    (
        re.compile(rf"\b(?P<nth>first|second|third|fourth) {WEEKDAY} (?:of|in) {MONTH}"),
        timewords.read_nth_weekday,
    ),
    (re.compile(rf"\b(?:the )?{ORDINAL} (?:of )?{MONTH}"), timewords.read_ordinal),
    (re.compile(rf"\bnight of {WEEKDAY}(?: to \w+day)?"), timewords.read_night),
    (
        re.compile(
            rf"\b{COUNT} (?P<unit>day|week|month)s? (?P<way>after|before)(?= (?:the|a|an|it|they|"
            rf"he|she|its|their|his|french|malian|islamist|chadian|government|rebels|fighters|"
            rf"militants|troops|soldiers|forces|france|being|gao|kidal|timbuktu|konna)\b)"
        ),
        timewords.read_gap,
    ),
    (re.compile(rf"\bon the {ORDINAL}(?=[,.;:]| of that month| a )"), timewords.read_ordinal),
    (re.compile(r"\b20\d\d-\d\d-\d\d\b"), timewords.read_iso),
    (re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH},? {YEAR}"), timewords.read_full),
    (re.compile(rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {YEAR}"), timewords.read_full),
    (
        re.compile(
            rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?(?:-|to|and)\s?(?P<day2>\d{{1,2}})(?:st|"
            rf"nd|rd|th)?)?(?: of)? {MONTH}(?! \d)"
        ),
        timewords.read_day_month,
    ),
    (
        re.compile(
            rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?(?:-|to|"
            rf"and)\s?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)?(?!\d|,\d)"
        ),
        timewords.read_day_month,
    ),
    (
        re.compile(
            rf"\b{_PART}(?P<lead>(?:last|next|this|in|since|until|by|from|during|of|for|between|"
            rf"and|before|after) )?{MONTH}(?:,? (?:of )?{YEAR})?(?! \d)"
        ),
        timewords.read_month,
    ),
    (re.compile(rf"\b(?P<season>spring|summer|autumn|winter)(?: of)?(?: {YEAR})?"), timewords.read_season),
    (
        re.compile(
            rf"\b{_LEAD}{WEEKDAY}(?P<tail> (?:of )?last week| a week ago)?(?: (?:morning|afternoon|"
            rf"evening|night))?"
        ),
        timewords.read_weekday,
    ),
    (
        re.compile(
            r"\bthe (?:previous|following|next|same) (?:day|night|morning|evening|afternoon)\b|"
            r"\bthe (?:day|night) (?:before|after)\b|\ba day (?:earlier|later|before|after)\b|"
            r"\bthe same day\b|\bthe eve\b"
        ),
        timewords.read_story_day,
    ),
    (
        re.compile(
            r"\b(?:(?:early |late |earlier |later )?(?:today|yesterday|tomorrow|tonight)|"
            r"overnight|last night|this (?:morning|afternoon|evening)|that morning|the other "
            r"day)\b"
        ),
        timewords.read_relative_day,
    ),
    (re.compile(rf"\b{COUNT} {UNIT} ago\b"), timewords.read_ago),
    (
        re.compile(
            rf"\b{COUNT} (?P<unit>day|week|month|year)s? (?:later|earlier|before|afterwards|after that)\b"
        ),
        timewords.read_later,
    ),
    (
        re.compile(
            rf"\b(?:the|in|over|during|for) (?:the )?(?:past|last|previous) (?P<count>\d+|two|"
            rf"three|four|five|six|seven|eight|ten|few|"
            rf"several)? ?{UNIT}\b(?<!the last week)(?<!the past year)(?<!the last month)"
        ),
        timewords.read_past,
    ),
    (
        re.compile(
            r"\b(?P<count>\d+|two|three|four|five|six|seven|eight|ten|several) (?P<unit>day|week)s of\b"
        ),
        timewords.read_lasting,
    ),
    (
        re.compile(
            r"\b(?:at )?the (?P<early>beginning|start|end|middle) of (?P<lead>the|this|last|next) "
            r"(?P<unit>month|year|week)\b"
        ),
        timewords.read_edge,
    ),
    (
        re.compile(
            r"\b(?P<early>(?:earlier|early|later|late|mid) (?:in )?)?(?P<lead>last|this|next|the "
            r"previous|the past|the coming|the following|previous) (?P<unit>week|month|year)\b"
        ),
        timewords.read_unit,
    ),
    (
        re.compile(
            r"\b(?P<early>(?:earlier|early|late|later|mid|the start of|the end of|the beginning "
            r"of) )?that (?P<unit>month|year|week)\b"
        ),
        timewords.read_that,
    ),
    (re.compile(r"\b(?P<lead>last|this|the|next|at the|over the) weekend\b"), timewords.read_weekend),
    (
        re.compile(
            r"\b(?:in |over |within )?(?:the )?(?:recent|coming|next few|past few|last few) "
            r"(?:days|weeks|hours|months)\b|\bthese days\b"
        ),
        timewords.read_recent,
    ),
    (
        re.compile(
            rf"\b(?P<part>early |late |mid-?|the end of |end of |at the end of )?(?:in )?{YEAR}\b(?!,\d)"
        ),
        timewords.read_year,
    ),
    (re.compile(r"\b(?:at present|currently|so far today)\b"), timewords.read_soon),
]
