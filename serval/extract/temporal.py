"""When: every expression of time in a paragraph as a closed interval of days, anchored on the publication date.

A weekday or a bare month has two readings, the last one and the next one; which holds is decided by the verb it hangs on.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from serval.extract.numbers import WORDS as NUMBER_WORDS

DAY = dt.timedelta(days=1)
MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?P<weekday>" + "|".join(WEEKDAYS) + r")"
COUNT = r"(?P<count>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several|a couple of|some)"
UNIT = r"(?P<unit>day|week|month|year|fortnight|hour|night)s?"
YEAR = r"(?P<year>19[5-9]\d|20[0-2]\d)"


@dataclass(frozen=True)
class When:
    """An interval of days: characters in the paragraph, first and last day, precision and how it was read.

    `later` is the other reading of a weekday or month: the next one. `relation` is '' or since, until, before, after.
    `told` marks one that leans on the date of the story so far (the day before, two days later).
    """

    start: int
    end: int
    first: dt.date
    last: dt.date
    precision: str
    rule: str
    later: tuple[dt.date, dt.date] | None = None
    relation: str = ""
    shift: int | None = None


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def week_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Monday to Sunday."""
    monday = day - DAY * day.weekday()
    return monday, monday + 6 * DAY


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
    if when.rule == "unit of the story":
        return when
    match = re.search(r"\b(since|until|till|before|after|by|ahead of|prior to|from)\s+(?:the |early |late |mid-?|at least |as early as )?$", before)
    if not match:
        return when
    relation = {"till": "until", "ahead of": "before", "prior to": "before", "from": "since"}.get(match[1], match[1])
    return When(**{**when.__dict__, "relation": relation})


def _make(match: re.Match[str], first: dt.date, last: dt.date, precision: str, rule: str, **more: object) -> When:
    return When(match.start(), match.end(), first, last, precision, rule, **more)  # type: ignore[arg-type]


def _full(match: re.Match[str], published: dt.date) -> When:
    day = dt.date(int(match["year"]), MONTHS[match["month"]], int(match["day"]))
    return _make(match, day, day, "day", "date")


def _iso(match: re.Match[str], published: dt.date) -> When:
    day = dt.date.fromisoformat(match[0])
    return _make(match, day, day, "day", "date")


def _near_year(month: int, published: dt.date) -> int:
    return published.year if month <= published.month else published.year - 1


def _day_month(match: re.Match[str], published: dt.date) -> When:
    month, day = MONTHS[match["month"]], int(match["day"])
    best = min(
        (dt.date(y, month, day) for y in (published.year - 1, published.year, published.year + 1)),
        key=lambda d: abs((d - published).days) + (60 if d > published + 45 * DAY else 0),
    )
    last = int(match.groupdict().get("day2") or day)
    ahead = dt.date(published.year + ((month, day) < (published.month, published.day)), month, day)
    later = (ahead, ahead) if ahead != best and (ahead - published).days < 300 else None
    precision = "day" if last == day else "days"
    return _make(match, best, dt.date(best.year, month, last), precision, "day and month", later=later)


def _month(match: re.Match[str], published: dt.date) -> When | None:
    month, part = MONTHS[match["month"]], (match["part"] or "").strip(" -")
    said_year = match["year"]
    if match["month"] in ("may", "march", "sun", "sat", "mar") and not (said_year or part or match["lead"]):
        return None
    year = int(said_year) if said_year else _near_year(month, published)
    if match["lead"] and match["lead"].startswith("last") and month == published.month:
        year -= 1
    span = _part(month_span(year, month), part)
    later = None
    if not said_year:
        ahead = year if month >= published.month and year == published.year else year + 1
        later = _part(month_span(ahead, month), part)
    return _make(match, *span, "month" if not part else "days", "month", later=later)


def _part(span: tuple[dt.date, dt.date], part: str) -> tuple[dt.date, dt.date]:
    first, last = span
    if not part:
        return span
    if part.startswith(("early", "beginning", "start", "opening", "first", "the start", "the beginning", "the first")):
        return first, first + 9 * DAY
    if part.startswith(("mid", "middle", "the middle")):
        return first + 9 * DAY, first + 19 * DAY
    return first + 19 * DAY, last


def _year(match: re.Match[str], published: dt.date) -> When:
    year, part = int(match["year"]), (match["part"] or "").strip()
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    if part.startswith("early"):
        last = dt.date(year, 4, 30)
    elif part.startswith(("late", "end")):
        first = dt.date(year, 9, 1)
    elif part.startswith("mid"):
        first, last = dt.date(year, 5, 1), dt.date(year, 8, 31)
    return _make(match, first, last, "year", "year")


def _season(match: re.Match[str], published: dt.date) -> When:
    starts = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
    month = starts[match["season"]]
    year = int(match["year"]) if match["year"] else _near_year(month, published)
    return _make(match, dt.date(year, month, 1), dt.date(year, month, 1) + 92 * DAY, "month", "season")


def _weekday(match: re.Match[str], published: dt.date) -> When:
    number, lead = WEEKDAYS[match["weekday"]], match["lead"] or ""
    back = published - DAY * ((published.weekday() - number) % 7)
    ahead = published + DAY * ((number - published.weekday()) % 7)
    if ahead == published:
        ahead = published + 7 * DAY if "next" in lead else published
    if "last" in lead and back == published:
        back -= 7 * DAY
    if "next" in lead or "coming" in lead:
        back = ahead
    if "last week" in (match["tail"] or "") or "a week ago" in (match["tail"] or ""):
        monday = week_of(published - 7 * DAY)[0]
        back = ahead = monday + DAY * number
    return _make(match, back, back, "day", "weekday", later=(ahead, ahead))


def _relative_day(match: re.Match[str], published: dt.date) -> When:
    shift = {"yesterday": -1, "last night": -1, "the previous night": -1, "tomorrow": 1, "overnight": -1, "the other day": -3}
    word = match[0]
    days = next((n for w, n in shift.items() if w in word), 0)
    first = published + days * DAY
    last = published if "overnight" in word or "night" in word else first
    return _make(match, first, max(first, last), "day" if first == last else "days", "day from today")


def _story_day(match: re.Match[str], published: dt.date) -> When:
    word = match[0]
    shift = 0 if "same" in word else -1 if re.search("before|earlier|previous|eve", word) else 1
    first = published + shift * DAY
    return _make(match, first, first, "day", "day in the story", shift=shift)


ORDINALS = {w: i for i, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(), 1)}
ORDINALS |= {f"twenty-{w}": 20 + i for w, i in list(ORDINALS.items())[:9]} | {"thirtieth": 30, "thirty-first": 31}
ORDINAL = r"(?P<ordinal>" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + r"|\d{1,2}(?:st|nd|rd|th))"


def _ordinal(match: re.Match[str], published: dt.date) -> When | None:
    """The tenth of May; the eighth (of this month, or the last)."""
    word = match["ordinal"]
    day = ORDINALS.get(word) or int(word[:-2])
    month = match.groupdict().get("month")
    if month:
        number = MONTHS[month]
        first = dt.date(_near_year(number, published), number, day)
    else:
        first = published.replace(day=day) if day <= published.day else (published.replace(day=1) - DAY).replace(day=day)
    return _make(match, first, first, "day", "day and month")


def _nth_weekday(match: re.Match[str], published: dt.date) -> When:
    month = MONTHS[match["month"]]
    first = dt.date(_near_year(month, published), month, 1)
    day = first + DAY * ((WEEKDAYS[match["weekday"]] - first.weekday()) % 7 + 7 * (ORDINALS[match["nth"]] - 1))
    return _make(match, day, day, "day", "day and month")


def _night(match: re.Match[str], published: dt.date) -> When:
    back = published - DAY * ((published.weekday() - WEEKDAYS[match["weekday"]]) % 7)
    return _make(match, back, back + DAY, "days", "weekday")


def _gap(match: re.Match[str], published: dt.date) -> When:
    """Five days after something: the something is that much earlier than the story's day."""
    days = _step(_count_of(match["count"]), match["unit"]).days
    shift = -days if match["way"] == "after" else days
    day = published + shift * DAY
    return _make(match, day, day, {"day": "days", "week": "week", "month": "month"}[match["unit"]], "gap in the story", shift=shift)


def _count_of(word: str) -> int:
    if word.isdigit():
        return int(word)
    if word in ("a few", "several", "some"):
        return 3
    if word == "a couple of":
        return 2
    return NUMBER_WORDS.get(word, 1)


def _step(count: int, unit: str) -> dt.timedelta:
    size = {"day": 1, "night": 1, "hour": 1 / 24, "week": 7, "fortnight": 14, "month": 30.4, "year": 365.25}[unit]
    return dt.timedelta(days=round(count * size))


def _ago(match: re.Match[str], published: dt.date) -> When:
    count, unit = _count_of(match["count"]), match["unit"]
    centre = published - _step(count, unit)
    if unit in ("day", "night", "hour"):
        return _make(match, centre, centre, "day", "ago")
    if unit in ("week", "fortnight"):
        return _make(match, centre - 4 * DAY, centre + 3 * DAY, "week", "ago")
    if unit == "month":
        return _make(match, centre - 15 * DAY, centre + 15 * DAY, "month", "ago")
    return _make(match, dt.date(centre.year, 1, 1), dt.date(centre.year, 12, 31), "year", "ago")


def _later(match: re.Match[str], published: dt.date) -> When:
    days = _step(_count_of(match["count"]), match["unit"]).days
    shift = -days if re.search("earlier|before", match[0]) else days
    day = published + shift * DAY
    return _make(match, day, day, "days", "day in the story", shift=shift)


def _past(match: re.Match[str], published: dt.date) -> When:
    if match["unit"] == "hour":
        return _make(match, published - DAY, published, "days", "the past")
    step = _step(_count_of(match["count"] or "one"), match["unit"])
    return _make(match, published - step, published, "days" if step.days < 8 else "month", "the past")


def _lasting(match: re.Match[str], published: dt.date) -> When:
    step = _step(_count_of(match["count"]), match["unit"])
    return _make(match, published - step, published, "days" if step.days < 8 else "month", "lasting")


def _unit(match: re.Match[str], published: dt.date) -> When:
    unit, lead = match["unit"], match["lead"]
    sign = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(lead.split()[-1], 0)
    early = match["early"] or ""
    if unit == "year":
        year = published.year + sign
        return _make(match, dt.date(year, 1, 1), dt.date(year, 12, 31), "year", "calendar unit")
    if unit == "month":
        number = published.year * 12 + published.month - 1 + sign
        first, last = month_span(number // 12, number % 12 + 1)
        if sign == 0 and "earlier" in early:
            last = min(last, published)
        return _make(match, *_part((first, last), early.split()[0] if early and "earlier" not in early and "later" not in early else ""), "month", "calendar unit")
    first, last = week_of(published + 7 * sign * DAY)
    if sign == 0 and ("earlier" in early or not early):
        first, last = (min(first, published - 5 * DAY), max(published, first)) if "earlier" in early else (first, last)
    if sign == -1:
        first = min(first, published - 9 * DAY)
        last = max(last, published - 3 * DAY)
    return _make(match, first, last, "week", "calendar unit")


def _edge(match: re.Match[str], published: dt.date) -> When:
    """The end of the month, the start of last year."""
    sign = {"last": -1, "next": 1}.get(match["lead"], 0)
    if match["unit"] == "week":
        return _make(match, *week_of(published + 7 * sign * DAY), "week", "calendar unit")
    if match["unit"] == "year":
        year = published.year + sign
        months = {"beginning": (1, 3), "start": (1, 3), "middle": (5, 8), "end": (11, 12)}[match["early"]]
        return _make(match, dt.date(year, months[0], 1), month_span(year, months[1])[1], "month", "calendar unit")
    number = published.year * 12 + published.month - 1 + sign
    return _make(match, *_part(month_span(number // 12, number % 12 + 1), match["early"]), "days", "calendar unit")


def _that(match: re.Match[str], published: dt.date) -> When:
    """That month, late that year: worked out from the story's day by story_unit."""
    relation = f"{(match['early'] or '').strip()} {match['unit']}".strip()
    return _make(match, published, published, "month", "unit of the story", relation=relation)


def story_unit(when: When, anchor: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of "that month" and the like, told on a story's day."""
    *early, unit = when.relation.split() or ["month"]
    if unit == "year":
        return dt.date(anchor.year, 1, 1), dt.date(anchor.year, 12, 31)
    if unit == "week":
        return week_of(anchor)
    return _part(month_span(anchor.year, anchor.month), " ".join(early))


def _weekend(match: re.Match[str], published: dt.date) -> When:
    saturday = published - DAY * ((published.weekday() - 5) % 7)
    if (match["lead"] or "").startswith("next"):
        saturday += 7 * DAY
    return _make(match, saturday - DAY, saturday + DAY, "days", "weekend")


def _recent(match: re.Match[str], published: dt.date) -> When:
    long = "week" in match[0] or "month" in match[0]
    ahead = "coming" in match[0] or "next" in match[0]
    step = (28 if long else 6) * DAY
    span = (published, published + step) if ahead else (published - step, published)
    return _make(match, *span, "week", "recent days")


def _soon(match: re.Match[str], published: dt.date) -> When:
    return _make(match, published - 2 * DAY, published, "days", "now")


Reader = Callable[[re.Match[str], dt.date], When | None]
_LEAD = r"(?P<lead>(?:early |late )?(?:last|next|this|this coming|the previous|the following|the past) )?"
_PART = r"(?P<part>(?:early|mid|late|the last days of|the first days of|the closing days of|the end of|end of|the start of|the beginning of|the middle of|start of|beginning of|middle of)[ -](?:in )?)?"
RULES: list[tuple[re.Pattern[str], Reader]] = [
    (re.compile(rf"\b(?P<nth>first|second|third|fourth) {WEEKDAY} (?:of|in) {MONTH}"), _nth_weekday),
    (re.compile(rf"\b(?:the )?{ORDINAL} (?:of )?{MONTH}"), _ordinal),
    (re.compile(rf"\bnight of {WEEKDAY}(?: to \w+day)?"), _night),
    (re.compile(rf"\b{COUNT} (?P<unit>day|week|month)s? (?P<way>after|before)(?= (?:the|a|an|it|they|he|she|its|their|his|french|malian|islamist|chadian|government|rebels|fighters|militants|troops|soldiers|forces|france|being|gao|kidal|timbuktu|konna)\b)"), _gap),
    (re.compile(rf"\bon the {ORDINAL}(?=[,.;:]| of that month| a )"), _ordinal),
    (re.compile(r"\b20\d\d-\d\d-\d\d\b"), _iso),
    (re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH},? {YEAR}"), _full),
    (re.compile(rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {YEAR}"), _full),
    (re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?(?:-|to|and)\s?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)?(?: of)? {MONTH}(?! \d)"), _day_month),
    (re.compile(rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?(?:-|to|and)\s?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)?(?!\d|,\d)"), _day_month),
    (re.compile(rf"\b{_PART}(?P<lead>(?:last|next|this|in|since|until|by|from|during|of|for|between|and|before|after) )?{MONTH}(?:,? (?:of )?{YEAR})?(?! \d)"), _month),
    (re.compile(rf"\b(?P<season>spring|summer|autumn|winter)(?: of)?(?: {YEAR})?"), _season),
    (re.compile(rf"\b{_LEAD}{WEEKDAY}(?P<tail> (?:of )?last week| a week ago)?(?: (?:morning|afternoon|evening|night))?"), _weekday),
    (re.compile(r"\bthe (?:previous|following|next|same) (?:day|night|morning|evening|afternoon)\b|\bthe (?:day|night) (?:before|after)\b|\ba day (?:earlier|later|before|after)\b|\bthe same day\b|\bthe eve\b"), _story_day),
    (re.compile(r"\b(?:(?:early |late |earlier |later )?(?:today|yesterday|tomorrow|tonight)|overnight|last night|this (?:morning|afternoon|evening)|that morning|the other day)\b"), _relative_day),
    (re.compile(rf"\b{COUNT} {UNIT} ago\b"), _ago),
    (re.compile(rf"\b{COUNT} (?P<unit>day|week|month|year)s? (?:later|earlier|before|afterwards|after that)\b"), _later),
    (re.compile(rf"\b(?:the|in|over|during|for) (?:the )?(?:past|last|previous) (?P<count>\d+|two|three|four|five|six|seven|eight|ten|few|several)? ?{UNIT}\b(?<!the last week)(?<!the past year)(?<!the last month)"), _past),
    (re.compile(r"\b(?P<count>\d+|two|three|four|five|six|seven|eight|ten|several) (?P<unit>day|week)s of\b"), _lasting),
    (re.compile(r"\b(?:at )?the (?P<early>beginning|start|end|middle) of (?P<lead>the|this|last|next) (?P<unit>month|year|week)\b"), _edge),
    (re.compile(r"\b(?P<early>(?:earlier|early|later|late|mid) (?:in )?)?(?P<lead>last|this|next|the previous|the past|the coming|the following|previous) (?P<unit>week|month|year)\b"), _unit),
    (re.compile(r"\b(?P<early>(?:earlier|early|late|later|mid|the start of|the end of|the beginning of) )?that (?P<unit>month|year|week)\b"), _that),
    (re.compile(r"\b(?P<lead>last|this|the|next|at the|over the) weekend\b"), _weekend),
    (re.compile(r"\b(?:in |over |within )?(?:the )?(?:recent|coming|next few|past few|last few) (?:days|weeks|hours|months)\b|\bthese days\b"), _recent),
    (re.compile(rf"\b(?P<part>early |late |mid-?|the end of |end of |at the end of )?(?:in )?{YEAR}\b(?!,\d)"), _year),
    (re.compile(r"\b(?:at present|currently|so far today)\b"), _soon),
]
