"""What every figure over time shares: ground and letters, the axis of days, the playhead's line."""

from __future__ import annotations

from typing import Any

from babel.dates import get_day_names, get_month_names

from serval.figures.style import FONT_TEXT, Theme

TWO_WEEKS = 14 * 86_400_000
"""Milliseconds, as Plotly spaces ticks."""
SHORT = 75
"""Days below which ticks are days, at their own place."""


def ground(look: Theme) -> dict[str, Any]:
    """The layout without axes: no ground of its own, our letters, no legend, no tools."""
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT_TEXT, "size": 12, "color": look.soft},
        "showlegend": False,
        "margin": {"l": 8, "r": 14, "t": 24, "b": 4},
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": look.panel,
            "bordercolor": look.rule,
            "font": {"family": FONT_TEXT, "size": 13, "color": look.ink},
            "align": "left",
        },
    }


def span(first: int, last: int) -> tuple[int, int]:
    """The axis from end to end, for the day numbers shown: a little more, so that marks at the ends stand
    whole."""
    pad = max(1, int((last - first) * 0.015 + 0.5))
    return first - pad, last + pad


def days(look: Theme) -> dict[str, Any]:
    """The axis of days, above the figure: one line of ticks, years with the months."""
    ticks = [
        {"dtickrange": [None, TWO_WEEKS], "value": "%-d %b"},
        {"dtickrange": [TWO_WEEKS, "M6"], "value": "%b %Y"},
        {"dtickrange": ["M12", None], "value": "%Y"},
    ]
    return {
        "type": "date",
        "side": "top",
        "ticklabelmode": "period",
        "tickformatstops": ticks,
        "tickangle": 0,
        "showgrid": True,
        "gridcolor": look.rule,
        "zeroline": False,
        "fixedrange": True,
    }


def lanes(labels: list[str]) -> dict[str, Any]:
    """A vertical axis of named rows, the first on top."""
    return {
        "range": [len(labels) - 0.5, -0.5],
        "fixedrange": True,
        "zeroline": False,
        "showgrid": False,
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "ticklabelposition": "outside",
        "automargin": True,
    }


def playhead(look: Theme) -> dict[str, Any]:
    """The line of the day of the map; x0 and x1 are set with the day."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "y domain",
        "x0": None,
        "x1": None,
        "y0": 0,
        "y1": 1,
        "line": {"color": look.accent, "width": 2},
    }


def locale(lang: str) -> dict[str, Any]:
    """Plotly's configuration of the names of months and days."""
    names = {
        "months": get_month_names("wide", locale=lang),
        "shortMonths": get_month_names("abbreviated", locale=lang),
        "days": get_day_names("wide", locale=lang),
        "shortDays": get_day_names("abbreviated", locale=lang),
    }
    return {"locale": lang, "locales": {lang: {"format": {key: [*of.values()] for key, of in names.items()}}}}
