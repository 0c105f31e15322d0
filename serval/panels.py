"""What the panels list: plain values from a View, in one language. Nothing here draws or filters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from serval.lookup import Lookup, Note, Values, localised, noted, plain, split
from serval.summary import total_range
from serval.text import fold, format_partial, format_range, translator

if TYPE_CHECKING:
    from serval.view import View


@dataclass(frozen=True)
class ActorLine:
    """An actor of the view and the number of its events by part played."""

    id: str
    short: str
    side: str
    kind: str
    n: int
    initiator: int
    target: int
    other: int


Loss = tuple[str, str]
"""Kind label, number in words with its range."""


@dataclass(frozen=True)
class Profile:
    """What the panel says of one actor. `suffered`, `inflicted`: losses in the view; `troops`: rows of the
    view, oldest first; `leaders`: (name, role); `ties`: (day or empty, words), lineage before alliances."""

    actor: Values
    name: str
    description: str
    initiator: int
    target: int
    other: int
    strength: str
    strength_day: str
    strength_note: Note | None
    suffered: list[Loss]
    inflicted: list[Loss]
    troops: list[Values]
    leaders: list[tuple[str, str]]
    ties: list[tuple[str, str]]
    sources: list[Values]


@dataclass(frozen=True)
class TownLine:
    """A town on the day of the playhead. `since` is the last day of the change that made it so."""

    id: str
    name: str
    holders: list[str]
    before: list[str]
    state: str
    event: str | None
    since: str


def country_events(view: View, lang: str) -> list[tuple[str, str]]:
    """(id, title) of the events of the country as a whole, which have no place on a map."""
    events = Lookup.of(view.record).events
    places = zip(view.each("id"), view.each("geo_precision"), strict=True)
    return [(id, localised(events[id], "title", lang)) for id, place in places if place == "country"]


def sides(view: View) -> set[str]:
    """The sides of the events shown and of those who hold a town."""
    look = Lookup.of(view.record)
    holders = {holder for town in view.towns_on for holder in split(town.holders)}
    return {*view.each("side"), *(look.actors[h]["side"] for h in holders if h in look.actors)}


def actor_lines(view: View, lang: str) -> dict[str, list[ActorLine]]:
    """Side -> its actors in the view, those of most events first."""
    groups: dict[str, list[ActorLine]] = defaultdict(list)
    look = Lookup.of(view.record)
    counts = (view.cast[name].tolist() for name in ("n", "n_initiator", "n_target", "n_other"))
    rows = zip(view.index.codes["actor"].ids, *counts, strict=True)
    for id, n, *parts in sorted(rows, key=lambda row: (-row[1], row[0])):
        if n:
            actor = look.actors[id]
            line = ActorLine(id, localised(actor, "short", lang), actor["side"], actor["kind"], n, *parts)
            groups[line.side].append(line)
    return dict(groups)


def profile(view: View, actor_id: str, lang: str) -> Profile:
    """The profile of an actor: its counts, losses and troop figures are those of the view."""
    look = Lookup.of(view.record)
    actor = look.actors[actor_id]
    code = view.index.codes["actor"].of[actor_id]
    n = {key: int(counts[code]) for key, counts in view.cast.items()}
    strength = (actor["strength_low"], actor["strength_best"], actor["strength_high"])
    troops, losses = view.troops, _losses(view, actor_id, lang)
    return Profile(
        actor=actor,
        name=localised(actor, "name", lang),
        description=localised(actor, "description", lang),
        initiator=n["n_initiator"],
        target=n["n_target"],
        other=n["n_other"],
        strength=format_range(*strength, lang),
        strength_day=format_partial(actor["strength_as_of"], lang) if actor["strength_as_of"] else "",
        strength_note=noted(actor, lang, "strength_note"),
        suffered=losses["suffered"],
        inflicted=losses["inflicted"],
        troops=plain(troops[troops["actor"] == actor_id]),
        leaders=[
            (look.actor(id, lang), localised(look.actors[id], "role", lang)) for id in split(actor["leaders"])
        ],
        ties=[*_lineage(look, actor_id, lang), *_alliances(look, actor_id, lang)],
        sources=[look.sources[id] for id in split(actor["sources"])],
    )


def _losses(view: View, actor_id: str, lang: str) -> dict[str, list[Loss]]:
    """By direction: suffered, inflicted."""
    look = Lookup.of(view.record)
    found: dict[str, list[Loss]] = {"suffered": [], "inflicted": []}
    for row in plain(view.losses[view.losses["actor"] == actor_id]):
        told = (look.label("figure_kinds", row["kind"], lang), total_range(row, lang))
        found[row["direction"]].append(told)
    return found


def _lineage(look: Lookup, actor_id: str, lang: str) -> list[tuple[str, str]]:
    _ = translator(lang)
    own = {
        "split_from": _("split from {actor}"),
        "merged_into": _("merged into {actor}"),
        "renamed_from": _("formerly {actor}"),
    }
    turned = {
        "split_from": _("{actor} split off"),
        "merged_into": _("took in {actor}"),
        "renamed_from": _("renamed {actor}"),
    }
    ties = [(row["date"], own[row["relation"]], row["other"]) for row in look.lineage.get(actor_id, [])]
    ties += [
        (row["date"], turned[row["relation"]], actor)
        for actor, rows in look.lineage.items()
        for row in rows
        if row["other"] == actor_id
    ]
    names = {other: localised(look.actors[other], "short", lang) for *_, other in ties}
    return [(date or "", words.format(actor=names[other])) for date, words, other in ties]


def _alliances(look: Lookup, actor_id: str, lang: str) -> list[tuple[str, str]]:
    return [(row["date"] or "", localised(row, "change", lang)) for row in look.alignment.get(actor_id, [])]


def town_lines(view: View, lang: str) -> list[TownLine]:
    """Every town with a history of control, in the order of the alphabet."""
    look = Lookup.of(view.record)
    lines = []
    for town in view.towns_on:
        event: dict[str, Any] = look.events.get(town.event or "", {})
        lines.append(
            TownLine(
                id=town.place,
                name=look.place(town.place, lang),
                holders=split(town.holders),
                before=split(town.before),
                state=town.state,
                event=town.event,
                since=event.get("date_end", ""),
            )
        )
    return sorted(lines, key=lambda line: fold(line.name))
