"""The timeline: its figure is drawn in the browser; here are the frame, the playhead and the presets."""

from __future__ import annotations

from babel.dates import get_day_names, get_month_names
from dash import dcc, html

from components.icons import icon
from serval.text import Translator


def timeline(_: Translator) -> html.Section:
    """The timeline with play, step, playhead and brush; the brush is filled in by assets/brush.js."""
    return html.Section(
        [
            html.H2(_("Timeline"), className="unseen"),
            html.Div(
                [
                    html.Button(
                        icon("play"),
                        id="play",
                        className="button round",
                        title=_("Play day by day"),
                        **{"aria-label": _("Play day by day"), "aria-pressed": "false"},
                    ),
                    html.Button("‹", id="step-back", className="button", **{"aria-label": _("A day back")}),
                    html.Button("›", id="step-on", className="button", **{"aria-label": _("A day on")}),
                    html.Output(id="playhead-day", htmlFor="playhead"),
                    html.Div(
                        id="playhead-slot", className="playhead-slot", **{"data-label": _("Day of the map")}
                    ),
                ],
                className="timeline-head",
            ),
            html.Div(
                dcc.Graph(
                    id="timeline", config={"displayModeBar": False, **_months(_.lang)}, responsive=True
                ),
                className="plot",
            ),
            html.Div(
                [
                    html.Span(_("Days shown"), className="soft"),
                    html.Div(id="presets", className="presets", role="group", **{"aria-label": _("Periods")}),
                ],
                className="periods",
            ),
            html.Div(
                id="brush",
                className="brush",
                **{
                    "data-from": _("First day shown"),
                    "data-to": _("Last day shown"),
                    "data-window": _("Days shown"),
                },
            ),
        ],
        className="panel timeline-panel",
        **{"aria-label": _("Timeline")},
    )


def _months(lang: str) -> dict[str, object]:
    """The names of months and days as Plotly's axes write them."""
    names = {
        "months": get_month_names("wide", locale=lang),
        "shortMonths": get_month_names("abbreviated", locale=lang),
        "days": get_day_names("wide", locale=lang),
        "shortDays": get_day_names("abbreviated", locale=lang),
    }
    return {"locale": lang, "locales": {lang: {"format": {key: [*of.values()] for key, of in names.items()}}}}
