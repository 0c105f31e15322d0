"""The record's words: one model per kind of list in `vocabulary.yaml`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from serval.schema import Row, Slug, Text, Word


class Term(Row):
    """A word of the vocabulary."""

    id: Slug = Field(description="the word in the files")
    label: Text = Field(description="the word on the page")
    label_fr: Text = Field(description="the word on the page in French")
    definition: Text | None = Field(None, description="what it covers")
    definition_fr: Text | None = Field(None, description="the same in French")


class EventType(Term):
    family: Annotated[Slug, Word("families")] = Field(description="family; one shape each")
    acled: Text | None = Field(description="ACLED sub_event_type; null: none exact")
    cameo: Annotated[str, Field(pattern=r"^[0-9]{2,4}$")] | None = Field(
        description="CAMEO code; null: none exact"
    )
    changes_control: bool = Field(False, description="whether a town changes hands by it")


class Family(Term):
    glyph: Slug = Field(description="shape of its mark")


class Side(Term):
    bloc: Slug = Field(description="sides of one bloc hold a town jointly; two blocs contest it")


class FigureKind(Term):
    unit: Annotated[Slug, Word("units")] = Field(description="unit of its numbers")
    loss: bool = Field(False, description="counted as losses of the actor in `of`")


class DatePrecision(Term):
    acled: int = Field(description="ACLED time_precision")
    ucdp: int = Field(description="UCDP GED date_prec")


class GeoPrecision(Term):
    acled: int = Field(description="ACLED geo_precision")
    ucdp: int = Field(description="UCDP GED where_prec")


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
