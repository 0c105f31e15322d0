"""Readers of times that lean on the story's day, of spans between two days, and of feast days.

A time that leans (the night before, hours later) is given as if it were told on the day of publication, with
`shift` set; serval.extract.when moves it to the day that the story has reached.
"""

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
    step_of,
)

VAGUE = {"day": (1, 7), "week": (7, 28), "month": (31, 120)}
"""Least and greatest number of days in "days later", "weeks before", "in the months that followed"."""
FEASTS = {
    "new year's day": (1, 1),
    "bastille day": (7, 14),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
}


def read_vague(match: re.Match[str], published: dt.date) -> When:
    """Days later, weeks before, in the months that followed."""
    near, far = VAGUE[match["unit"] or match["unit2"] or match["unit3"]]
    back = bool(re.search(r"earlier|before|previous|preceding|leading|preceded", match[0]))
    first, last = (-far, -near) if back else (near, far)
    return make(
        match, published + first * DAY, published + last * DAY, "week", "day in the story", shift=first
    )


def read_since(match: re.Match[str], published: dt.date) -> When:
    """Since then: from the story's day on."""
    return make(match, published, published, "days", "day in the story", shift=0, relation="since")


def read_hours(match: re.Match[str], published: dt.date) -> When:
    """Hours later, minutes before: the story's own day."""
    return make(match, published, published, "day", "day in the story", shift=0)


def read_time_of_day(match: re.Match[str], published: dt.date) -> When:
    """At dawn, that evening, during the night: the story's own day; a night has two."""
    night = match[0].endswith("night") and not match[0].startswith(("by ", "at "))
    last = published + DAY if night else published
    if match[0].startswith(("during the night", "in the night")):
        return make(match, published - DAY, published, "days", "time of day", shift=0)
    return make(match, published, last, "days" if night else "day", "time of day", shift=0)


def read_weekdays(match: re.Match[str], published: dt.date) -> When:
    """Between Thursday and Monday: the last such days."""
    one, two = WEEKDAYS[match["weekday"]], WEEKDAYS[match["weekday2"]]
    last = published - DAY * ((published.weekday() - two) % 7)
    first = last - DAY * ((two - one) % 7)
    return make(match, first, last, "days", "weekdays")


def read_span(match: re.Match[str], published: dt.date) -> When:
    """From 28 January to 3 February; January 28 to February 3."""
    months = MONTHS[match["month"]], MONTHS[match["month2"]]
    year = int(match["year"]) if match["year"] else near_year(months[1], published)
    last = dt.date(year, months[1], int(match["day2"]))
    first = dt.date(year - (months[0] > months[1]), months[0], int(match["day"]))
    return make(match, first, last, "days", "date")


def read_months(match: re.Match[str], published: dt.date) -> When:
    """Between January and March; from April to June 2012."""
    one, two = MONTHS[match["month"]], MONTHS[match["month2"]]
    year = int(match["year"]) if match["year"] else near_year(two, published)
    first = dt.date(year - (one > two), one, 1)
    return make(match, first, month_span(year, two)[1], "month", "month")


def read_night_of(match: re.Match[str], published: dt.date) -> When | None:
    """In the night of 7 June, of June 7, of 7 to 8 June: that day and the next."""
    name = match["month"] or match["month2"]
    if not name:
        return None
    first = dt.date(near_year(MONTHS[name], published), MONTHS[name], int(match["day"]))
    return make(match, first, first + DAY, "days", "day and month")


def read_edge_day(match: re.Match[str], published: dt.date) -> When:
    """The last day of June, the first day of the year, the last day of last month."""
    if match["month"]:
        month = MONTHS[match["month"]]
        span = month_span(int(match["year"] or near_year(month, published)), month)
    else:
        back = 1 if (match["lead"] or "") == "last" else 0
        number = published.year * 12 + published.month - 1 - back
        span = month_span(number // 12, number % 12 + 1)
    day = span[0] if match["edge"] in ("first", "opening") else span[1]
    return make(match, day, day, "day", "day and month")


def read_running(match: re.Match[str], published: dt.date) -> When:
    """For the third day running: from that many days ago until now."""
    count = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}[match["nth"]]
    days = (count - 1) * step_of(1, match["unit"]).days
    return make(match, published - days * DAY, published, "days", "the past")


def read_part_of_unit(match: re.Match[str], published: dt.date) -> When:
    """Late last year, early this week, later this month: a part of a week, month or year."""
    unit, lead, part = match["unit"], match["lead"], match["part"]
    sign = {"last": -1, "previous": -1, "next": 1}.get(lead.split()[-1], 0)
    if unit == "week":
        monday = published + 7 * sign * DAY - published.weekday() * DAY
        span = (monday, monday + 6 * DAY)
        early, late = (monday, monday + 2 * DAY), (monday + 3 * DAY, monday + 6 * DAY)
    elif unit == "month":
        number = published.year * 12 + published.month - 1 + sign
        span = month_span(number // 12, number % 12 + 1)
        early, late = (span[0], span[0] + 9 * DAY), (span[0] + 19 * DAY, span[1])
    else:
        year = published.year + sign
        span = (dt.date(year, 1, 1), dt.date(year, 12, 31))
        early, late = (span[0], dt.date(year, 4, 30)), (dt.date(year, 9, 1), span[1])
    if part == "earlier" and sign == 0:
        first = min(span[0], published - 3 * DAY) if unit == "week" else span[0]
        found = (first, max(first, published))
    elif part == "later" and sign == 0:
        found = (published, span[1])
    else:
        found = early if part in ("early", "earlier") else late
    return make(match, *found, unit, "calendar unit")


def read_feast(match: re.Match[str], published: dt.date) -> When:
    month, day = FEASTS[match["feast"]]
    first = dt.date(near_year(month, published), month, day)
    return make(match, first, first, "day", "day and month")


def read_week_of_month(match: re.Match[str], published: dt.date) -> When:
    """The first week of April, the second half of January."""
    month = MONTHS[match["month"]]
    first, last = month_span(int(match["year"] or near_year(month, published)), month)
    if match["size"] == "half":
        middle = first + 14 * DAY
        span = (first, middle) if match["nth"] == "first" else (middle, last)
    elif match["nth"] in ("last", "final", "closing"):
        span = (last - 6 * DAY, last)
    else:
        start = (
            first + 7 * {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3}[match["nth"]] * DAY
        )
        span = (start, start + (count_of(match["count"] or "one") * 7 - 1) * DAY)
    return make(match, *span, "days", "month")
