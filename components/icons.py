"""Pictograms of the controls, as masks that take the text's colour (assets/icons.css)."""

from __future__ import annotations

from dash import html


def icon(name: str) -> html.Span:
    """A pictogram without words of its own: the control it stands in is named by its text or label."""
    return html.Span(className=f"icon icon-{name}", **{"aria-hidden": "true"})
