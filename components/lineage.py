"""The drawing of an actor's lineage: a line of life per actor, what became of what, whom it turned to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from components.context import Context
from serval.lineage import Lineage, Tie, Turn, lineage

WIDTH, LEFT, ROW, TOP = 300, 84, 22, 16
FRIENDLY = {"ally", "cooperative", "support", "agreement", "member", "joined", "merged", "truce", "mediator"}


@dataclass(frozen=True)
class Bar:
    """A line of life in pixels. `begins`, `ends`: whether its ends are known and within the drawing."""

    id: str
    short: str
    side: str
    kin: bool
    y: int
    x1: float
    x2: float
    begins: bool
    ends: bool


@dataclass(frozen=True)
class Link:
    """A line from row to row in pixels, with its words; `kind` is a class of the drawing."""

    x: float
    y1: int
    y2: int
    kind: str
    words: str


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    years: list[tuple[int, float]]
    bars: list[Bar]
    links: list[Link]


def drawing(page: Context, actor_id: str) -> Drawing | None:
    """The drawing of an actor's lineage and stances; None where nothing is known of them."""
    known = lineage(page.record, actor_id, page.lang)
    if len(known.lives) < 2:
        return None
    scale = _Scale(page.record.events["date_start"].min(), page.record.events["date_end"].max())
    rows = {life.id: TOP + ROW * i + ROW // 2 for i, life in enumerate(known.lives)}
    bars = [
        Bar(
            life.id, life.short, life.side, life.kin, rows[life.id],
            scale.x(life.founded, scale.first), scale.x(life.dissolved, scale.last),
            scale.holds(life.founded), scale.holds(life.dissolved),
        )
        for life in known.lives
    ]  # fmt: skip
    links = [*_ties(page, known, rows, scale), *_turns(page, known.turns, rows[actor_id], rows, scale)]
    return Drawing(WIDTH, TOP + ROW * len(bars), scale.years(), bars, links)


def _ties(page: Context, known: Lineage, rows: dict[str, int], scale: _Scale) -> list[Link]:
    founded = {life.id: life.founded for life in known.lives}

    def link(tie: Tie) -> Link:
        words = f"{page.short(tie.older)} → {page.short(tie.newer)}, {page.day(tie.day) if tie.day else '?'}"
        x = scale.x(tie.day or founded[tie.newer], scale.first)
        return Link(x, rows[tie.older], rows[tie.newer], f"tie {tie.relation}", words)

    return [link(tie) for tie in known.ties]


def _turns(page: Context, turns: list[Turn], y: int, rows: dict[str, int], scale: _Scale) -> list[Link]:
    return [
        Link(
            scale.x(turn.day, scale.first), y, rows[turn.toward],
            "turn friendly" if turn.stance in FRIENDLY else "turn hostile",
            f"{turn.day}{page._.colon} {turn.words}",
        )
        for turn in turns
        if turn.toward in rows
    ]  # fmt: skip


class _Scale:
    """Days to pixels across the record."""

    def __init__(self, first: str, last: str) -> None:
        self.first, self.last = first, last
        self._from = date.fromisoformat(first).toordinal()
        self._days = date.fromisoformat(last).toordinal() - self._from

    def x(self, day: str | None, otherwise: str) -> float:
        """The place of a day, cut at the ends of the record; of a missing one, that of another."""
        inside = min(max(day or otherwise, self.first), self.last)
        part = (date.fromisoformat(inside).toordinal() - self._from) / max(self._days, 1)
        return round(LEFT + (WIDTH - LEFT - 4) * part, 1)

    def holds(self, day: str | None) -> bool:
        return day is not None and self.first < day < self.last

    def years(self) -> list[tuple[int, float]]:
        whole = range(int(self.first[:4]), int(self.last[:4]) + 1)
        return [(year, self.x(f"{year}-01-01", self.first)) for year in whole]
