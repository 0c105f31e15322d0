"""The panels of numbers as pictures: actors, troops, losses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from serval.export.picture_scene import NARROW, Drawn, Group, Item, Room, Scene
from serval.figures import actors, losses, troops
from serval.figures.layout import text_width
from serval.lossrows import Line, lines
from serval.panels import ActorLine, actor_lines
from serval.strength import lanes
from serval.summary import total_range
from serval.text import format_partial, format_range

ACTORS = 30
"""Actors that a picture without a height shows."""
LEAST_LINE, LEAST_LANE = 19, 52
"""Pixels that a line of losses or actors and a lane of troops need."""
STRENGTH = 900
"""Pixels of width from which the strength of actors has room beside their bars."""


def actors_of(scene: Scene) -> Drawn:
    """The actors, people left out, those of most events first."""
    _, view, look = scene._, scene.view, scene.look
    found = [
        line for group in actor_lines(view, scene.lang).values() for line in group if line.kind != "person"
    ]
    found.sort(key=lambda line: (-line.n, line.short))

    def figure(room: Room) -> tuple[dict[str, Any], str]:
        shown = found[: _fit(room[1] - actors.TOP, len(found))]
        strength = {line.id: _strength(scene, line) for line in shown} if room[0] >= STRENGTH else {}
        head = _("Strength or number, as counted")
        made = actors.figure(shown, scene.theme, strength if any(strength.values()) else {}, head)
        return made, scene.left(len(found) - len(shown))

    side = found[0].side if found else "unknown"
    tone = look.side(side)
    parts = [
        Item("bar", _("events it began"), tone),
        Item("shade", _("events in which it was target or victim"), tone, look.tint(side, 0.45)),
        Item("shade", _("other part"), tone, look.tint(side, 0.12)),
    ]
    return Drawn(
        title=_("Who took part"),
        legend=[scene.sides(line.side for line in found), Group(_("Bars"), parts)],
        figure=figure if found else None,
        height=lambda width: actors.TOP + actors.LINE * max(min(len(found), ACTORS), 4),
        sources=view.event_sources["source"].tolist(),
        notes=[
            _("Behind each bar its events; two parts in one event count once there. People are left out.")
        ],
    )


def _fit(height: float, lines: int) -> int:
    return max(1, min(lines, int(height // LEAST_LINE)))


def _strength(scene: Scene, line: ActorLine) -> str:
    """An actor's own strength in words, with its day."""
    actor = scene.of.actors[line.id]
    low, best, high = (actor[f"strength_{end}"] for end in ("low", "best", "high"))
    words = format_range(low, best, high, scene.lang)
    when = actor["strength_as_of"]
    return f"{words}, {format_partial(when, scene.lang)}" if words and when else words


def troops_of(scene: Scene) -> Drawn:
    """Troops over time, a lane per actor."""
    _, view, look = scene._, scene.view, scene.look
    found, _others = lanes(view, scene.lang)
    span = (view.selection.from_, view.selection.to)

    def figure(room: Room) -> tuple[dict[str, Any], str]:
        n = max(1, min(len(found), int((room[1] - troops.TOP) // LEAST_LANE)))
        lane = (room[1] - troops.TOP) / n - troops.GAP
        rows = [row for of in found[:n] for row in (*of.curve, *of.others)]
        silent = {row["id"]: "" for row in rows}
        made = troops.figure(found[:n], scene.theme, span, view.selection.at, silent, _top(scene), lane)
        if not scene.moved:
            made["layout"]["shapes"] = []
        widest = max(max(13 * text_width(of.short), 10 * text_width(of.scope)) for of in found[:n])
        made["layout"]["margin"]["l"] = max(116, widest + 18)
        made["layout"]["xaxis"]["nticks"] = max(3, int(room[0] // 80))
        return made, scene.left(len(found) - n + len(_others))

    side = found[0].side if found else "unknown"
    ink, tint = look.side(side), look.tint(side, 0.3)
    kinds = {row["kind"] for lane in found for row in (*lane.curve, *lane.others)}
    items = [
        Item("band", _("best count, and from the lowest to the highest"), ink, tint),
        Item("dotted", _("no later count"), ink),
        Item("square", _("deployed, but elsewhere or in part"), ink),
        *(
            Item(sample, scene.label("troop_kinds", kind), ink)
            for kind, sample in (("estimate", "ring"), ("pledged", "up"), ("authorised", "lozenge"))
            if kind in kinds
        ),
        Item("dash", _("no best number: the highest"), ink),
    ]
    return Drawn(
        title=_("How many troops"),
        legend=[scene.sides(lane.side for lane in found), Group(_("Counts"), [*items, *scene.playhead()])],
        figure=figure if found else None,
        height=lambda width: troops.TOP + (troops.LANE + troops.GAP) * max(len(found), 3),
        sources=[row["source"] for lane in found for row in (*lane.curve, *lane.others)],
        notes=[_("Each force has its own scale; its highest number stands below its name.")],
    )


def _top(scene: Scene) -> Any:
    return lambda n: format_range(None, None, n, scene.lang)


def losses_of(scene: Scene) -> Drawn:
    """Losses suffered, by actor."""
    _, view, look = scene._, scene.view, scene.look
    found = lines(view, "suffered", scene.lang)
    names = {kind.id: _.label(kind) for kind in view.record.vocabulary.figure_kinds if kind.loss}
    told = {kind for line in found for kind in line.sums}

    def written(row: Mapping[str, Any]) -> str:
        return total_range(dict(row), scene.lang)

    def silent(line: Line, kind: str) -> str:
        return ""

    def figure(room: Room) -> tuple[dict[str, Any], str]:
        shown = found[: _fit(room[1] - losses.TOP, len(found))]
        kinds = {kind: label for kind, label in names.items() if kind in told}
        made = losses.figure(shown, kinds, scene.theme, "suffered", written, silent)
        made["layout"]["yaxis"] |= {"ticklabelstandoff": 4}
        if room[0] < NARROW:
            made["layout"]["yaxis"]["tickfont"] = {"size": 10.5}
        return made, scene.left(len(found) - len(shown))

    side = found[0].side if found else "unknown"
    ends = _("from the lowest to the highest sum; the stroke is the best")
    bars = [Item("range", ends, look.side(side), look.tint(side, 0.45))]
    counted = view.figures[view.figures["counts_in_total"] & view.figures["kind"].isin(list(names))]
    cited = view.event_sources
    note = _.n("{without} of {n} event gives no number", "{without} of {n} events give no number", view.n)
    silence = note.format(without=scene.number(view.events_without_figure))
    return Drawn(
        title=_("Losses suffered"),
        legend=[scene.sides(line.side for line in found), Group(_("Bars"), bars)],
        figure=figure if found else None,
        height=lambda width: losses.TOP + losses.LINE * 1.2 * max(len(found), 4),
        sources=cited[cited["event"].isin(set(counted["event"]))]["source"].tolist(),
        notes=[f"{silence}. {_('The stroke is missing where a figure has no best number.')}"],
    )
