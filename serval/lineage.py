"""Where an actor comes from and went, and with and against whom it stood when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from serval.lookup import Lookup, Values, localised

if TYPE_CHECKING:
    from serval.record import Record


@dataclass(frozen=True)
class Life:
    """An actor and its days; None where its first or last day is not known. `kin`: of the same lineage."""

    id: str
    short: str
    side: str
    founded: str | None
    dissolved: str | None
    kin: bool


@dataclass(frozen=True)
class Tie:
    """One became of another: `older` before, `newer` after; the day may not be known."""

    relation: str
    older: str
    newer: str
    day: str | None


@dataclass(frozen=True)
class Turn:
    """A day on which the actor took a stance toward another, in words."""

    day: str
    toward: str
    stance: str
    words: str


@dataclass(frozen=True)
class Lineage:
    """The actor and its kin, oldest first, then those it stood with or against."""

    lives: list[Life]
    ties: list[Tie]
    turns: list[Turn]


def lineage(record: Record, actor_id: str, lang: str) -> Lineage:
    """The lineage of an actor: all that hangs together by splits, mergers and new names.

    Raises KeyError where there is no such actor.
    """
    look = Lookup.of(record)
    ties = [_tie(row) for rows in look.lineage.values() for row in rows]
    kin = _kin(actor_id, ties)
    turns = [
        Turn(row["date"], row["toward"], row["stance"], localised(row, "change", lang))
        for row in look.alignment.get(actor_id, [])
        if row["date"] and row["toward"]
    ]
    others = dict.fromkeys(turn.toward for turn in turns if turn.toward not in kin)
    lives = [_life(look.actors, id, lang, True) for id in kin]
    lives.sort(key=lambda life: (life.founded or "", life.dissolved or "9", life.id))
    return Lineage(
        [*lives, *(_life(look.actors, id, lang, False) for id in others)],
        [tie for tie in ties if tie.older in kin],
        turns,
    )


def _tie(row: Values) -> Tie:
    newer = row["relation"] != "merged_into"
    older, younger = (row["other"], row["actor"]) if newer else (row["actor"], row["other"])
    return Tie(row["relation"], older, younger, row["date"])


def _kin(actor_id: str, ties: list[Tie]) -> set[str]:
    kin, todo = {actor_id}, [actor_id]
    while todo:
        here = todo.pop()
        near = {other for tie in ties if here in (tie.older, tie.newer) for other in (tie.older, tie.newer)}
        todo += near - kin
        kin |= near
    return kin


def _life(actors: Mapping[str, Values], id: str, lang: str, kin: bool) -> Life:
    row = actors[id]
    return Life(id, localised(row, "short", lang), row["side"], row["founded"], row["dissolved"], kin)
