"""The record's words: one model per kind of list in `vocabulary.yaml`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from serval.schema import Row, Slug, Text, Word


class Term(Row):
    """A word of the vocabulary."""

    id: Slug
    label: Text
    label_fr: Text
    definition: Text | None = None
    definition_fr: Text | None = None


class EventType(Term):
    family: Annotated[Slug, Word("families")]
    acled: Text | None = Field(description="ACLED sub_event_type; null: none exact")
    cameo: Annotated[str, Field(pattern=r"^[0-9]{2,4}$")] | None = Field(
        description="CAMEO code; null: none exact"
    )
    changes_control: bool = False


class Family(Term):
    glyph: Slug = Field(description="shape of its mark")


class Side(Term):
    bloc: Slug = Field(description="sides of one bloc hold a town jointly; two blocs contest it")


class FigureKind(Term):
    unit: Annotated[Slug, Word("units")]
    loss: bool = Field(False, description="counted as losses of the actor in `of`")


class DatePrecision(Term):
    acled: int
    ucdp: int


class GeoPrecision(Term):
    acled: int
    ucdp: int


class Region(Term):
    iso: Text = Field(description="ISO 3166-2")


class Vocabulary(Row):
    families: list[Family]
    event_types: list[EventType]
    roles: list[Term]
    sides: list[Side]
    statuses: list[Term]
    date_precisions: list[DatePrecision]
    geo_precisions: list[GeoPrecision]
    figure_kinds: list[FigureKind]
    units: list[Term]
    actor_kinds: list[Term]
    source_kinds: list[Term]
    source_sides: list[Term]
    troop_kinds: list[Term]
    troop_scopes: list[Term]
    place_kinds: list[Term]
    regions: list[Region]
