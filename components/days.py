"""The days: the playhead with its buttons, the presets, and the brush that sets the days shown."""

from __future__ import annotations

import json

from dash import html

from components import coverage
from components.icons import icon
from serval.figures.axis import locale
from serval.text import Translator

__all__ = ["brush", "locale", "playback"]


def playback(_: Translator) -> html.Div:
    """Play, step and the playhead; assets/playhead.js makes the slider."""
    play = _("Play day by day")
    return html.Div(
        [
            html.Button(
                icon("play"),
                id="play",
                className="button round",
                title=play,
                **{"aria-label": play, "aria-pressed": "false"},
            ),
            html.Button("‹", id="step-back", className="button", **{"aria-label": _("A day back")}),
            html.Button("›", id="step-on", className="button", **{"aria-label": _("A day on")}),
            html.Output(id="playhead-day", htmlFor="playhead"),
            html.Div(id="playhead-slot", className="playhead-slot", **{"data-label": _("Day of the map")}),
            _choice("play-mode", _("Events on the map"), _modes(_)),
            _choice("play-speed", _("Speed"), {"1": "1×", "2": "2×", "4": "4×"}),
            html.Button(
                _("Compare days"),
                id="pin",
                className="button",
                title=_("Keep this day to compare another with it"),
                **{"aria-pressed": "false"},
            ),
            html.Span(
                id="play-note", role="status", className="soft", **{"data-words": _("{n} events on the map")}
            ),
        ],
        className="playback",
    )


def _modes(_: Translator) -> dict[str, str]:
    return {
        "all": _("all days shown"),
        "day": _("this day only"),
        "week": _("this week"),
        "sofar": _("up to this day"),
    }


def _choice(id: str, label: str, choices: dict[str, str]) -> html.Label:
    """A native list of choices; assets/playhead.js makes the element, since Dash has no plain select."""
    slot = html.Span(id=f"{id}-slot", **{"data-choices": json.dumps([*choices.items()])})
    return html.Label([html.Span(label, className="unseen"), slot], className="play-choice")


def brush(_: Translator) -> html.Div:
    """Presets, the brush over the weekly counts, drawn by assets/brush.js, and the sources of each week."""
    labels = {
        "data-from": _("First day shown"),
        "data-to": _("Last day shown"),
        "data-window": _("Days shown"),
    }
    presets = html.Div(id="presets", className="presets", role="group", **{"aria-label": _("Periods")})
    return html.Div(
        [
            html.Div(presets, className="periods"),
            coverage.bars(_),
            html.Div(id="brush", className="brush", **labels),
            coverage.notes(_),
        ]
    )
