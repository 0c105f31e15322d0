"""Coverage: the sources of each week over the brush, so that a time without reports is not read as peace."""

from __future__ import annotations

import math

from dash import html

from components import check
from components.context import Context
from components.words import words as render
from serval.coverage import Span, coverage
from serval.figures.days import day_number
from serval.text import Translator

BAR = 6
"""Days of a week that its bar is wide, as those of the brush are."""


def bars(_: Translator) -> html.Div:
    """The empty strip of bars; it stands on the brush and has its scale of days."""
    return html.Div(id="coverage-bars", className="coverage-bars", **{"aria-hidden": "true"})


def notes(_: Translator) -> html.Div:
    """The empty words and table."""
    return html.Div(id="coverage-notes", className="coverage-notes")


def words(page: Context) -> dict[str, str]:
    """The bars, what they mean, and the table of the months."""
    found, index = coverage(page.view), page.view.index
    first, last = day_number(index.first), day_number(index.last)
    most = max((week.sources for week in found.weeks), default=0) or 1
    return render(
        "coverage.html",
        page,
        found=found,
        check=check.link(page.selection.query()),
        days=last - first,
        all=_path([(week, week.sources / most) for week in found.weeks], first),
        voices=_path([(week, week.voices / most) for week in found.weeks], first),
    )


def _path(heights: list[tuple[Span, float]], first: int) -> str:
    """Bars of these parts of the most, as one path of an SVG that is 100 high. Heights are square roots, so
    that one report still shows beside the fifty of another week."""
    bars = [(day_number(week.start) - first, round(100 * math.sqrt(part))) for week, part in heights if part]
    return "".join(f"M{x} 100v-{height}h{BAR}v{height}z" for x, height in bars)
