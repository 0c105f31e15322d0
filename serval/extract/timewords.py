"""One reader for each way of naming a time: a match of its pattern becomes an interval of days."""

from __future__ import annotations

import datetime as dt
import re

from serval.extract.timespans import (
    DAY,
    MONTHS,
    WEEKDAYS,
    When,
    count_of,
    make,
    month_span,
    near_year,
    part_of,
    step_of,
    week_of,
)

FEW = ("a few", "several", "some")
"""Counts that leave open how many."""


def read_full(match: re.Match[str], published: dt.date) -> When:
    day = dt.date(int(match["year"]), MONTHS[match["month"]], int(match["day"]))
    return make(match, day, day, "day", "date")


def read_iso(match: re.Match[str], published: dt.date) -> When:
    day = dt.date.fromisoformat(match[0])
    return make(match, day, day, "day", "date")


def read_day_month(match: re.Match[str], published: dt.date) -> When:
    month, day = MONTHS[match["month"]], int(match["day"])
    best = min(
        (dt.date(y, month, day) for y in (published.year - 1, published.year, published.year + 1)),
        key=lambda d: abs((d - published).days) + (60 if d > published + 45 * DAY else 0),
    )
    last = int(match.groupdict().get("day2") or day)
    ahead = dt.date(published.year + ((month, day) < (published.month, published.day)), month, day)
    later = (ahead, ahead) if ahead != best and (ahead - published).days < 300 else None
    precision = "day" if last == day else "days"
    return make(match, best, dt.date(best.year, month, last), precision, "day and month", later=later)


def read_month(match: re.Match[str], published: dt.date) -> When | None:
    month, part = MONTHS[match["month"]], (match["part"] or "").strip(" -")
    said_year = match["year"]
    if match["month"] in ("may", "march", "sun", "sat", "mar") and not (said_year or part or match["lead"]):
        return None
    year = int(said_year) if said_year else near_year(month, published)
    if match["lead"] and match["lead"].startswith("last") and month == published.month:
        year -= 1
    span = part_of(month_span(year, month), part)
    later = None
    if not said_year:
        ahead = year if month >= published.month and year == published.year else year + 1
        later = part_of(month_span(ahead, month), part)
    lead = (match["lead"] or "").strip()
    relation = {"from": "since"}.get(
        lead, lead if lead in ("since", "until", "by", "before", "after") else ""
    )
    return make(match, *span, "month" if not part else "days", "month", later=later, relation=relation)


def read_year(match: re.Match[str], published: dt.date) -> When:
    year, part = int(match["year"]), (match["part"] or "").strip()
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    if part.startswith("early"):
        last = dt.date(year, 4, 30)
    elif part.endswith(("start of", "beginning of")):
        last = dt.date(year, 1, 31)
    elif part.endswith("end of"):
        first = dt.date(year, 12, 1)
    elif part.startswith("late"):
        first = dt.date(year, 9, 1)
    elif part.startswith("mid"):
        first, last = dt.date(year, 5, 1), dt.date(year, 8, 31)
    return make(match, first, last, "year", "year")


def read_season(match: re.Match[str], published: dt.date) -> When:
    starts = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
    month = starts[match["season"]]
    year = int(match["year"]) if match["year"] else near_year(month, published)
    return make(match, dt.date(year, month, 1), dt.date(year, month, 1) + 92 * DAY, "month", "season")


def read_weekday(match: re.Match[str], published: dt.date) -> When:
    number, lead = WEEKDAYS[match["weekday"]], match["lead"] or ""
    back = published - DAY * ((published.weekday() - number) % 7)
    ahead = published + DAY * ((number - published.weekday()) % 7)
    if ahead == published:
        ahead = published + 7 * DAY if "next" in lead else published
    if "last" in lead and back == published:
        back -= 7 * DAY
    if "next" in lead or "coming" in lead:
        back = ahead
    tail = match["tail"] or ""
    if tail:
        weeks = 0 if "this week" in tail else 7
        back = ahead = week_of(published - weeks * DAY)[0] + DAY * number
    return make(match, back, back, "day", "weekday", later=(ahead, ahead))


def read_relative_day(match: re.Match[str], published: dt.date) -> When:
    shift = {
        "yesterday": -1,
        "last night": -1,
        "the previous night": -1,
        "tomorrow": 1,
        "overnight": -1,
        "the other day": -3,
    }
    word = match[0]
    days = next((n for w, n in shift.items() if w in word), 0)
    first = published + days * DAY
    last = published if "overnight" in word or "night" in word else first
    return make(match, first, max(first, last), "day" if first == last else "days", "day from today")


def read_story_day(match: re.Match[str], published: dt.date) -> When:
    word = match[0]
    shift = 0 if "same" in word or "very" in word else -1
    if shift and not re.search("before|earlier|previous|preceding|eve$", word):
        shift = 1
    if "following night" in word:
        shift = 0
    first = published + shift * DAY
    last = first + DAY if "night" in word else first
    return make(match, first, last, "day", "day in the story", shift=shift)


ORDINALS = {
    w: i
    for i, w in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
}


ORDINALS |= {f"twenty-{w}": 20 + i for w, i in list(ORDINALS.items())[:9]} | {
    "thirtieth": 30,
    "thirty-first": 31,
}


def read_ordinal(match: re.Match[str], published: dt.date) -> When | None:
    """The tenth of May; the eighth (of this month, or the last)."""
    word = match["ordinal"]
    day = ORDINALS.get(word) or int(word[:-2])
    month = match.groupdict().get("month")
    if month:
        number = MONTHS[month]
        first = dt.date(near_year(number, published), number, day)
    else:
        first = (
            published.replace(day=day)
            if day <= published.day
            else (published.replace(day=1) - DAY).replace(day=day)
        )
    return make(match, first, first, "day", "day and month")


def read_nth_weekday(match: re.Match[str], published: dt.date) -> When:
    month = MONTHS[match["month"]]
    first = dt.date(near_year(month, published), month, 1)
    day = first + DAY * (
        (WEEKDAYS[match["weekday"]] - first.weekday()) % 7 + 7 * (ORDINALS[match["nth"]] - 1)
    )
    return make(match, day, day, "day", "day and month")


def read_night(match: re.Match[str], published: dt.date) -> When:
    back = published - DAY * ((published.weekday() - WEEKDAYS[match["weekday"]]) % 7)
    return make(match, back, back + DAY, "days", "weekday")


def read_gap(match: re.Match[str], published: dt.date) -> When:
    """Five days after something: the something is that much earlier than the story's day."""
    sign = -1 if match["way"] == "after" else 1
    return _leaning(match, published, sign, "gap in the story")


def read_later(match: re.Match[str], published: dt.date) -> When:
    """Two days later, a week before."""
    sign = -1 if re.search("earlier|before", match[0]) else 1
    return _leaning(match, published, sign, "day in the story")


def _leaning(match: re.Match[str], published: dt.date, sign: int, rule: str) -> When:
    """A count of units from the story's day: weeks are meant to the day or so, months to the week or so."""
    days = sign * step_of(count_of(match["count"]), match["unit"]).days
    slack = {"day": 0, "week": 1, "month": 10, "year": 15}[match["unit"]]
    slack += 2 if match["count"] in FEW else 0
    day = published + days * DAY
    precision = {"day": "days", "week": "days", "month": "month", "year": "month"}[match["unit"]]
    return make(match, day - slack * DAY, day + slack * DAY, precision, rule, shift=days)


def read_ago(match: re.Match[str], published: dt.date) -> When:
    """Weeks are meant to a few days, months as months of the calendar, years as years from the second on."""
    count, unit = count_of(match["count"]), match["unit"]
    centre = published - step_of(count, unit)
    if unit in ("day", "night", "hour"):
        return make(match, centre, centre, "day", "ago")
    if unit in ("week", "fortnight"):
        slack = (
            3 if match["hedge"] or match["count"] in ("a few", "several", "some") else 1 if count == 1 else 2
        )
        return make(match, centre - slack * DAY, centre + slack * DAY, "week", "ago")
    if unit == "month" and count > 1:
        return make(match, *month_span(centre.year, centre.month), "month", "ago")
    if unit == "month" or count == 1:
        return make(match, centre - 15 * DAY, centre + 15 * DAY, "month", "ago")
    return make(match, dt.date(centre.year, 1, 1), dt.date(centre.year, 12, 31), "year", "ago")


def read_past(match: re.Match[str], published: dt.date) -> When:
    if match["unit"] == "hour":
        hours = count_of(match["count"] or "one")
        return make(match, published - max(1, hours // 24) * DAY, published, "days", "the past")
    step = step_of(count_of(match["count"] or "one"), match["unit"])
    return make(match, published - step, published, "days" if step.days < 8 else "month", "the past")


def read_lasting(match: re.Match[str], published: dt.date) -> When:
    step = step_of(count_of(match["count"]), match["unit"])
    return make(match, published - step, published, "days" if step.days < 8 else "month", "lasting")


def read_unit(match: re.Match[str], published: dt.date) -> When:
    """Last week, next month, this year: units of the calendar; weeks run from Monday to Sunday."""
    unit = match["unit"]
    sign = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(
        match["lead"].split()[-1], 0
    )
    if unit == "year":
        year = published.year + sign
        return make(match, dt.date(year, 1, 1), dt.date(year, 12, 31), "year", "calendar unit")
    if unit == "month":
        number = published.year * 12 + published.month - 1 + sign
        part = "mid" if match["early"] else ""
        span = part_of(month_span(number // 12, number % 12 + 1), part)
        return make(match, *span, "month", "calendar unit")
    return make(match, *week_of(published + 7 * sign * DAY), "week", "calendar unit")


def read_edge(match: re.Match[str], published: dt.date) -> When:
    """The end of the month, the start of last year."""
    sign = {"last": -1, "next": 1}.get(match["lead"], 0)
    if match["unit"] == "week":
        return make(match, *week_of(published + 7 * sign * DAY), "week", "calendar unit")
    if match["unit"] == "year":
        year = published.year + sign
        months = {"beginning": (1, 3), "start": (1, 3), "middle": (5, 8), "end": (11, 12)}[match["early"]]
        return make(
            match, dt.date(year, months[0], 1), month_span(year, months[1])[1], "month", "calendar unit"
        )
    if match["lead"] == "the":
        relation = f"{match['early']} month"
        span = part_of(month_span(published.year, published.month), match["early"])
        return make(match, *span, "days", "unit of the story", relation=relation)
    number = published.year * 12 + published.month - 1 + sign
    return make(
        match, *part_of(month_span(number // 12, number % 12 + 1), match["early"]), "days", "calendar unit"
    )


def read_that(match: re.Match[str], published: dt.date) -> When:
    """That month, late that year: worked out from the story's day by story_unit."""
    relation = f"{(match['early'] or '').strip()} {match['unit']}".strip()
    return make(match, published, published, "month", "unit of the story", relation=relation)


def read_weekend(match: re.Match[str], published: dt.date) -> When:
    saturday = published - DAY * ((published.weekday() - 5) % 7)
    if (match["lead"] or "").startswith("next"):
        saturday += 7 * DAY
    return make(match, saturday - DAY, saturday + DAY, "days", "weekend")


def read_recent(match: re.Match[str], published: dt.date) -> When:
    long = "week" in match[0] or "month" in match[0]
    ahead = "coming" in match[0] or "next" in match[0]
    step = (28 if long else 6) * DAY
    span = (published, published + step) if ahead else (published - step, published)
    return make(match, *span, "week", "recent days")


def read_soon(match: re.Match[str], published: dt.date) -> When:
    return make(match, published - 2 * DAY, published, "days", "now")
