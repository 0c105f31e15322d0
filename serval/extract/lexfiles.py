"""What the files of data/lexicon hold: one model for each, strict, so that a slip of the pen is told."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Nation(_Strict):
    words: list[str] = Field(min_length=1)
    force: str = ""
    rule: str = ""


class ActorFile(_Strict):
    drop: list[str]
    aliases: dict[str, list[str]]
    nations: dict[str, Nation]
    nouns: dict[Literal["force", "rule", "armed", "people"], list[str]]
    jihadist_words: list[str]
    tuareg_words: list[str]
    arab_words: list[str]
    home_words: list[str]
    told_as: dict[str, str]
    french_words: list[str]
    intervention: dt.date
    state_side: list[str]
    armed_side: list[str]
    jihadists: list[str]
    tuaregs: list[str]


class ExtraPlace(_Strict):
    kind: Literal["country", "area", "city"]
    names: list[str] = Field(min_length=1)
    not_before: list[str] = []


class PlaceFile(_Strict):
    drop: list[str]
    cautious: list[str]
    aliases: dict[str, list[str]]
    extra: dict[str, ExtraPlace]
    told_as: dict[str, str]
    names: dict[str, str]
    wide_words: list[str]
    near_words: list[str]
    way_words: list[str]
    town_nouns: list[str]
    area_nouns: list[str]
    once_held: list[str]
    fields_abroad: list[str]
    seats: dict[str, str]


class Words(_Strict):
    reporting: list[str]
    claiming: list[str]
    denying: list[str]
    light_verbs: list[str]
    sending: list[str]
    planned_verbs: list[str]
    planned_modals: list[str]
    possible_words: list[str]
    doubt_words: list[str]
    negations: list[str]
    classes: dict[str, list[str]]
    respell: dict[str, str] = {}


class Frame(_Strict):
    id: str = Field(pattern=r"^[a-z_]+$")
    type: str
    verbs: list[str] = []
    nouns: list[str] = []
    require: list[str] = []
    roles: dict[str, str] = {}
    unless: list[str] = []
    hint: Literal["", "retaken", "captured"] = ""
    weight: float = Field(0.5, ge=0, le=1)
    place: Literal["mali", "none", "un", "town", "bamako"] = "town"
    place_slot: str = ""
    finite: bool = False
    reverse: bool = False
    noun_needs: list[str] = []
    usual: list[str] = []
    needs_since: bool = False


class FrameFile(_Strict):
    frames: list[Frame]
