"""A small curve of a strength over time: steps, not slopes, with the low-high band behind the best line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from serval.text import format_days, format_number, translator

WIDTH, HEIGHT, PAD = 300, 64, 6


@dataclass(frozen=True)
class Spark:
    """A picture as a data URL, and its words."""

    src: str
    words: str


def spark(rows: list[dict[str, Any]], title: str, lang: str) -> Spark:
    """The curve of troop rows (date, low, best, high)."""
    days = [date.fromisoformat(row["date"]).toordinal() for row in rows]
    tops = [row["high"] or row["best"] or row["low"] for row in rows]
    most = max(tops)
    across = max(days[-1] - days[0], 1)

    def x(day: int) -> float:
        return round(PAD + (WIDTH - 2 * PAD) * (day - days[0]) / across, 1)

    def y(n: int) -> float:
        return round(HEIGHT - PAD - (HEIGHT - 2 * PAD) * n / max(most, 1), 1)

    band = [
        (day, row["low"] if row["low"] is not None else row["best"], top)
        for day, row, top in zip(days, rows, tops, strict=True)
    ]
    lower = _steps([(x(d), y(low if low is not None else high)) for d, low, high in band], x(days[-1]))
    upper = _steps([(x(d), y(high)) for d, _, high in band], x(days[-1]))
    best = _steps(
        [(x(d), y(r["best"])) for d, r in zip(days, rows, strict=True) if r["best"] is not None], x(days[-1])
    )
    shapes = f'<path d="M{" ".join(upper)} {" ".join(reversed(lower))}Z" fill="#888" fill-opacity=".35"/>'
    if best:
        shapes += f'<path d="M{" ".join(best)}" fill="none" stroke="#777" stroke-width="2"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{shapes}</svg>'
    days_shown = format_days(rows[0]["date"], rows[-1]["date"], lang)
    words = f"{title}{translator(lang).colon} {days_shown}, ≤ {format_number(most, lang)}"
    return Spark(f"data:image/svg+xml,{quote(svg)}", words)


def _steps(points: list[tuple[float, float]], end: float) -> list[str]:
    """Corner points of a stair: each value holds until the next day."""
    corners: list[str] = []
    for i, (px, py) in enumerate(points):
        corners.append(f"{px},{py}")
        corners.append(f"{points[i + 1][0] if i + 1 < len(points) else end},{py}")
    return corners
