"""When: every expression of time in a paragraph as a closed interval of days, anchored on the publication
date.

A weekday or a bare month has two readings, the last one and the next one; which holds is decided by
the verb it hangs on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from serval.extract import timestory, timewords
from serval.extract.timespans import MONTHS, WEEKDAYS, When
from serval.extract.timewords import ORDINALS

MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?P<weekday>" + "|".join(WEEKDAYS) + r")"
COUNT = (
    r"(?P<count>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several|"
    r"a couple of|some)"
)
UNIT = r"(?P<unit>day|week|month|year|fortnight|hour|night)s?"
MONTH2, WEEKDAY2 = MONTH.replace("<month>", "<month2>"), WEEKDAY.replace("<weekday>", "<weekday2>")
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
_NTH_DAY = r"(?:st|nd|rd|th)?"
_FOLLOWS = r"(?! (?:on |of )?(?:" + "|".join(WEEKDAYS) + r"|yesterday|today|tomorrow|\d|the \d))"
RULES: list[tuple[re.Pattern[str], Reader]] = [
    (
        re.compile(
            rf"\b(?:from |between )?(?:the )?(?P<day>\d{{1,2}}){_NTH_DAY} {MONTH} ?(?:-|to|until|and) ?"
            rf"(?:the )?(?P<day2>\d{{1,2}}){_NTH_DAY} {MONTH2}(?:,? {YEAR})?"
        ),
        timestory.read_span,
    ),
    (
        re.compile(
            rf"\b(?:from |between )?{MONTH} (?P<day>\d{{1,2}}){_NTH_DAY} ?(?:-|to|until|and) ?"
            rf"{MONTH2} (?P<day2>\d{{1,2}}){_NTH_DAY}\b(?:,? {YEAR})?"
        ),
        timestory.read_span,
    ),
    (
        re.compile(rf"\b(?:from|between) {MONTH} (?:to|and|until) {MONTH2}(?:,? {YEAR})?(?! \d)"),
        timestory.read_months,
    ),
    (
        re.compile(
            rf"\bnight (?:of|from|between) (?:the )?(?:{MONTH} )?(?P<day>\d{{1,2}}){_NTH_DAY}"
            rf"(?: ?(?:to|and|-) ?(?:the )?\d{{1,2}}{_NTH_DAY})?(?: (?:of )?{MONTH2})?"
        ),
        timestory.read_night_of,
    ),
    (
        re.compile(
            rf"\bthe (?P<edge>first|opening|last|final) day of (?:{MONTH}(?: {YEAR})?|"
            rf"(?P<lead>the|last) month)"
        ),
        timestory.read_edge_day,
    ),
    (
        re.compile(
            rf"\b(?P<nth>first|second|third|fourth|last|final|opening) (?P<count>two|three )?"
            rf"(?P<size>week|half)s? (?:of|in) {MONTH}(?: {YEAR})?"
        ),
        timestory.read_week_of_month,
    ),
    (re.compile(rf"\b(?P<feast>{'|'.join(timestory.FEASTS)})\b"), timestory.read_feast),
    (
        re.compile(rf"\b(?:from|between) (?:last )?{WEEKDAY} (?:to|and|until) (?:last )?{WEEKDAY2}"),
        timestory.read_weekdays,
    ),
    (
        re.compile(rf"\b(?P<nth>first|second|third|fourth) {WEEKDAY} (?:of|in) {MONTH}"),
        timewords.read_nth_weekday,
    ),
    (re.compile(rf"\b(?:the )?{ORDINAL} (?:of )?{MONTH}"), timewords.read_ordinal),
    (re.compile(rf"\bnight (?:of|from|between) {WEEKDAY}(?: (?:to|and) \w+day)?"), timewords.read_night),
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
            rf"\b{_LEAD}{WEEKDAY}(?P<tail> (?:of )?(?:last|this) week| a week ago)?"
            rf"(?: (?:morning|afternoon|evening|night))?"
        ),
        timewords.read_weekday,
    ),
    (
        re.compile(
            r"\b(?:the|that) (?:previous|following|next|same|preceding|very) (?:day|night|morning|evening|"
            r"afternoon)\b|\b(?:the|a) (?:day|night) (?:before|after|earlier|later|afterwards)\b(?: that\b)?|"
            r"\bon the eve\b|\b(?:the|that) same night\b|\bnext day\b"
        ),
        timewords.read_story_day,
    ),
    (
        re.compile(
            r"\b(?:(?:half an|an|a few|several|some|two|three|four|five|six|a couple of|\d+) )?"
            r"(?:hours?|minutes|moments) (?:later|earlier|before|after|afterwards)\b"
        ),
        timestory.read_hours,
    ),
    (
        re.compile(
            r"\bfor (?:a|the) (?P<nth>second|third|fourth|fifth|sixth|seventh) (?:consecutive |straight |"
            r"successive )?(?P<unit>day|night|week)(?: running| in a row| in succession)?"
        ),
        timestory.read_running,
    ),
    (
        re.compile(
            r"\b(?:(?:early |late |earlier |later )?(?:today|yesterday|tomorrow|tonight)|"
            r"overnight|last night|this (?:morning|afternoon|evening)|the other day)\b"
        ),
        timewords.read_relative_day,
    ),
    (
        re.compile(
            rf"\b(?P<hedge>about |around |some |roughly |nearly |almost |more than |over )?"
            rf"{COUNT} {UNIT} ago\b"
        ),
        timewords.read_ago,
    ),
    (
        re.compile(
            rf"\b{COUNT} (?P<unit>day|week|month|year)s? (?:later|earlier|before|afterwards|after that)\b"
        ),
        timewords.read_later,
    ),
    (
        re.compile(
            r"\b(?P<unit>day|week|month)s (?:later|earlier|before|after|afterwards)\b|"
            r"\b(?:in|over|during) the (?P<unit2>day|week|month)s (?:that followed|which followed|"
            r"that preceded|leading up to|before|after)\b|\b(?:in|over|during) the (?:following|next|"
            r"previous|preceding) (?:few )?(?P<unit3>day|week|month)s\b"
        ),
        timestory.read_vague,
    ),
    (re.compile(r"\b(?:ever )?since then\b|\bever since\b|\bsince(?=[.,;])"), timestory.read_since),
    (
        re.compile(
            rf"\b(?:in|over|during|for|within)? ?the (?:past|last|previous) (?P<count>\d+|two|three|four|"
            rf"five|six|seven|eight|nine|ten|few|several|couple of)? ?{UNIT}\b(?<!the last week)"
            rf"(?<!the past year)(?<!the last month)(?<!the last year)(?<!the previous year)"
        ),
        timewords.read_past,
    ),
    (
        re.compile(
            r"(?<!within )\b(?P<count>\d+|two|three|four|five|six|seven|eight|ten|several) "
            r"(?P<unit>day|week)s of\b"
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
            r"\b(?P<part>earlier|early|later|late) (?:in )?(?P<lead>last|this|next|the previous) "
            r"(?P<unit>week|month|year)\b"
        ),
        timestory.read_part_of_unit,
    ),
    (
        re.compile(
            r"\b(?P<early>mid(?:-| ))?(?P<lead>last|this|next|the "
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
            rf"\b(?P<part>early |late |mid-?|the end of |end of |the start of |the beginning of )?"
            rf"(?:in )?{YEAR}\b(?!,\d)"
        ),
        timewords.read_year,
    ),
    (re.compile(r"\b(?:at present|currently|so far today)\b"), timewords.read_soon),
    (
        re.compile(
            r"\b(?:(?:shortly |just )?(?:at|before|after|by) (?:dawn|daybreak|sunrise|sunset|dusk|nightfall|"
            r"midnight|midday|noon|first light)|(?:at|by) night|(?:during|in) the (?:night|morning|"
            r"afternoon|evening)|(?:later )?(?:that|the same) (?:day|night|evening|afternoon|morning)|"
            rf"(?:later|earlier) (?:on )?in the day|on that (?:day|date))\b{_FOLLOWS}"
        ),
        timestory.read_time_of_day,
    ),
]
