"""Two days or two actors of a view side by side, and what differs between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from serval.lookup import Lookup
from serval.panels import Profile, TownLine, profile, town_lines
from serval.summary import total_range
from serval.text import format_number, translator

if TYPE_CHECKING:
    from serval.view import View


@dataclass(frozen=True)
class Line:
    """One measure of both: in words, and the second less the first where both are counts."""

    label: str
    first: str
    second: str
    difference: str = ""


@dataclass(frozen=True)
class Towns:
    """A town on both days."""

    first: TownLine
    second: TownLine

    @property
    def differs(self) -> bool:
        return (self.first.state, self.first.holders) != (self.second.state, self.second.holders)


def towns(view: View, lang: str) -> list[Towns]:
    """Every town on `at` and on `at2`; those that differ first."""
    other = view.record.select(view.selection.with_(at=view.selection.at2))
    pairs = zip(town_lines(view, lang), town_lines(other, lang), strict=True)
    return sorted((Towns(*pair) for pair in pairs), key=lambda pair: not pair.differs)


def days(view: View, lang: str) -> list[Line]:
    """What the view counts from its first day to `at` and to `at2`."""
    _, now = translator(lang), view.selection
    until = [_until(view, day) for day in (now.at, str(now.at2))]
    counts = [part.n if part else 0 for part in until]
    killed = [_killed(part, lang) if part else "" for part in until]
    return [
        _counted(_("Events since the first day shown"), counts[0], counts[1], lang),
        Line(_("Killed since then, all sides"), killed[0], killed[1]),
    ]


def actors(view: View, lang: str) -> list[Line]:
    """The chosen actor and `vs`, under the view's other filters."""
    _, now = translator(lang), view.selection
    one, two = now.actor[0], str(now.vs)
    views = [view.record.select(now.with_(actor=(id,), role=(), vs=None)) for id in (one, two)]
    first, second = (profile(part, id, lang) for part, id in zip(views, (one, two), strict=True))
    both = len(set(views[0].rows.tolist()) & set(views[1].rows.tolist()))
    counts: list[tuple[str, Callable[[Profile], int]]] = [
        (_("as author"), lambda p: p.initiator),
        (_("as target"), lambda p: p.target),
        (_("otherwise"), lambda p: p.other),
    ]
    return [
        _counted(_("Events"), views[0].n, views[1].n, lang),
        *(_counted(label, count(first), count(second), lang) for label, count in counts),
        Line(_("Events with both"), format_number(both, lang), format_number(both, lang)),
        Line(_("Strength"), first.strength, second.strength),
        *_losses(_("suffered"), first.suffered, second.suffered),
        *_losses(_("inflicted"), first.inflicted, second.inflicted),
    ]


def names(view: View, lang: str) -> tuple[str, str]:
    """The two actors' short names."""
    look = Lookup.of(view.record)
    return look.short(view.selection.actor[0], lang), look.short(str(view.selection.vs), lang)


def _until(view: View, day: str) -> View | None:
    if day < view.selection.from_:
        return None
    return view.record.select(view.selection.with_(to=day, at=day, at2=None))


def _killed(view: View, lang: str) -> str:
    return total_range(view.killed, lang) if view.killed else ""


def _counted(label: str, first: int, second: int, lang: str) -> Line:
    more = second - first
    sign = "+" if more > 0 else "−" if more < 0 else ""
    difference = sign + format_number(abs(more), lang)
    return Line(label, format_number(first, lang), format_number(second, lang), difference)


def _losses(direction: str, first: list[tuple[str, str]], second: list[tuple[str, str]]) -> list[Line]:
    one, two = dict(first), dict(second)
    kinds = dict.fromkeys([*one, *two])
    return [Line(f"{kind}, {direction}", one.get(kind, ""), two.get(kind, "")) for kind in kinds]
