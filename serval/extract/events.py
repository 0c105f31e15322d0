"""An event as it is proposed, and the kinds of types that rules speak of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from serval.extract.frames import Hit
from serval.extract.ground import Filled
from serval.extract.text import words_of

VIOLENT = words_of(
    """
    ground_combat airstrike indirect_fire suicide_attack ied special_operation hostage_taking
    human_rights
    """
)
CONTROL = {"town_captured", "town_retaken"}
MILITARY = VIOLENT | CONTROL | {"withdrawal", "heritage", "handover"}
EACH = CONTROL | {
    "withdrawal",
    "suicide_attack",
    "airstrike",
    "ground_combat",
    "heritage",
    "human_rights",
    "ied",
}
TALK = {"political", "diplomatic", "agreement", "resolution", "organisational", "election", "other"}


@dataclass
class Event:
    """One proposed event. `when` is (first day, last day, precision, rule, start, end)."""

    type: str
    hit: Hit
    place: Filled | None
    place_rule: str
    actors: list[tuple[str, Filled]]
    first: dt.date
    last: dt.date
    precision: str
    when_rule: str
    when_span: tuple[int, int]
    modality: str
    modality_rule: str
    speaker: tuple[int, int] | None
    start: int
    end: int
    features: dict[str, float] = field(default_factory=dict)
    figures: list[dict[str, object]] = field(default_factory=list)
    other: list[tuple[int, int, int]] = field(default_factory=list)
    score: float = 0.0
    agent_known: bool = False
    type_rule: str = ""
