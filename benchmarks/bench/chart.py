"""The chart of docs/performance.md: bars as plain SVG, in the colours of the page."""

from __future__ import annotations

from html import escape

from serval.figures.style import theme

LOOK = theme("light")
WIDTH, LEFT, BAR, GAP, GROUP = 760, 150, 18, 4, 26
COLOURS = {"Serval": LOOK.accent, "Streamlit": LOOK.side("international"), "Panel": LOOK.soft}
TITLE = "From a filter to map and timeline redrawn, median in milliseconds"


def draw(groups: list[tuple[str, dict[str, float]]]) -> str:
    """groups: words, and name -> ms. The scale is linear from 0; a page that was not measured has no bar."""
    most = max(ms for _, values in groups for ms in values.values())
    parts, y = [], 48
    for words, values in groups:
        parts.append(_text(0, y + 14, words, weight=600))
        for name in COLOURS:
            if name not in values:
                continue
            width = max(1.0, values[name] / most * (WIDTH - LEFT - 170))
            parts.append(
                f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{COLOURS[name]}"/>'
            )
            parts.append(_text(LEFT + width + 8, y + 14, f"{name} {values[name]:,.0f}"))
            y += BAR + GAP
        y += GROUP - GAP
    told = "; ".join(f"{w}: {', '.join(f'{n} {v:.0f}' for n, v in values.items())}" for w, values in groups)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 0 {WIDTH + 16} {y}" role="img" '
        f'font-family="Inter, Liberation Sans, sans-serif" font-size="13"><title>{TITLE}</title>'
        f"<desc>{escape(told)}</desc>"
        f'<rect x="-16" width="{WIDTH + 16}" height="{y}" fill="{LOOK.paper}"/>'
    )
    return "\n".join([head, _text(0, 26, TITLE, weight=600, size=15), *parts, "</svg>", ""])


def _text(x: float, y: float, words: str, weight: int = 400, size: int = 13) -> str:
    return (
        f'<text x="{x:.1f}" y="{y}" font-weight="{weight}" font-size="{size}" fill="{LOOK.ink}">'
        f"{escape(words)}</text>"
    )
