"""What the panels list: plain values from a View, in one language. Nothing here draws or filters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from serval.lookup import Lookup, Values, localised, plain, split

if TYPE_CHECKING:
    from serval.view import View

LOSSES = ("killed", "wounded", "captured")


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


@dataclass(frozen=True)
class Profile:
    """What the panel says of one actor. `losses`: (direction, kind label, low, best, high);
    `troops`: rows of the record, oldest first; `ties`: (relation, other's id, day or empty)."""

    actor: Values
    name: str
    description: str
    losses: list[tuple[str, str, int | None, int | None, int | None]]
    troops: list[Values]
    leaders: list[tuple[str, str, str]]
    ties: list[tuple[str, str, str]]
    alignment: list[Values]
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
    events = view.events
    rows = plain(events[events["geo_precision"] == "country"])
    return [(row["id"], localised(row, "title", lang)) for row in rows]


def sides(view: View) -> set[str]:
    """The sides of the events shown and of those who hold a town."""
    look = Lookup.of(view.record)
    holders = {h for cell in view.holders["holders"] for h in split(cell)}
    return {*view.events["side"], *(look.actors[h]["side"] for h in holders if h in look.actors)}


def actor_lines(view: View, lang: str) -> dict[str, list[ActorLine]]:
    """Side -> its actors in the view, those of most events first."""
    groups: dict[str, list[ActorLine]] = defaultdict(list)
    look = Lookup.of(view.record)
    rows = sorted(plain(view.actors), key=lambda row: (-row["n"], row["id"]))
    for row in rows:
        actor = look.actors[row["id"]]
        line = ActorLine(
            actor["id"],
            localised(actor, "short", lang),
            actor["side"],
            actor["kind"],
            row["n"],
            row["n_initiator"],
            row["n_target"],
            row["n_other"],
        )
        groups[line.side].append(line)
    return dict(groups)


def profile(view: View, actor_id: str, lang: str) -> Profile:
    """The profile of an actor; its losses are those of the view, its troops those of the view's filters."""
    look = Lookup.of(view.record)
    actor = look.actors[actor_id]
    losses = [row for row in plain(view.losses) if row["actor"] == actor_id]
    troops = view.troops
    return Profile(
        actor=actor,
        name=localised(actor, "name", lang),
        description=localised(actor, "description", lang),
        losses=[
            (
                row["direction"],
                look.label("figure_kinds", row["kind"], lang),
                row["low"],
                row["best"],
                row["high"],
            )
            for row in losses
        ],
        troops=plain(troops[troops["actor"] == actor_id]),
        leaders=[
            (id, look.actor(id, lang), localised(look.actors[id], "role", lang))
            for id in split(actor["leaders"])
        ],
        ties=_ties(look, actor_id),
        alignment=look.alignment.get(actor_id, []),
        sources=[look.sources[id] for id in split(actor["sources"])],
    )


def _ties(look: Lookup, actor_id: str) -> list[tuple[str, str, str]]:
    own = [(row["relation"], row["other"], row["date"] or "") for row in look.lineage.get(actor_id, [])]
    turned = {"split_from": "split_off", "merged_into": "formed_of", "renamed_from": "renamed_to"}
    others = [
        (turned[row["relation"]], actor, row["date"] or "")
        for actor, rows in look.lineage.items()
        for row in rows
        if row["other"] == actor_id
    ]
    return [*own, *others]


def strength_curve(troops: list[Values]) -> list[Values]:
    """Of an actor's troop rows, those of one curve: deployed, of the widest single scope that is reported."""
    deployed = [row for row in troops if row["kind"] == "deployed"]
    for scope in ("country", "theatre", "part", "town"):
        rows = [row for row in deployed if row["scope"] == scope]
        if rows:
            return rows
    return []


def town_lines(view: View, lang: str) -> list[TownLine]:
    """Every town with a history of control, in the order of the alphabet."""
    look = Lookup.of(view.record)
    lines = []
    for row in plain(view.holders):
        event: dict[str, Any] = look.events.get(row["event"] or "", {})
        lines.append(
            TownLine(
                id=row["place"],
                name=look.place(row["place"], lang),
                holders=split(row["holders"]),
                before=split(row["before"]),
                state=row["state"],
                event=row["event"],
                since=event.get("date_end", ""),
            )
        )
    return sorted(lines, key=lambda line: line.name)
