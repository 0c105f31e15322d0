"""The record's own shape: one pydantic model per kind of row, and nothing else.

Field descriptions are the source of `docs/data-dictionary.md`. Checks that need more than one row
(references, holders, lineage) are in `serval.rules`; words that must be in a vocabulary are marked
with `Word("list")` and checked there too, so that every fault of a file is reported at once.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control characters, line breaks, marks that turn the reading direction, letters of no width (but for the
joiners that Arabic script needs), tags, halves of characters, what stands for a character that was lost."""
EVENT_ID = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*$"
SLUG = r"^[a-z0-9]+([_-][a-z0-9]+)*$"
MAX_COUNT = (
    100_000_000_000  # money in dollars is the largest thing counted; beyond it is a slip of the keyboard
)

NOBODY, UNKNOWN = "nobody", "unknown"
"""Holders that are not actors: no armed force present; not known who."""


class Word:
    """Marks a field whose value must be an id of a list in `vocabulary.yaml`, or of a table."""

    def __init__(self, of: str) -> None:
        self.of = of


def _day(value: str) -> str:
    if not DAY.fullmatch(value):
        raise ValueError("expected a day as YYYY-MM-DD")
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError("expected a day of the calendar as YYYY-MM-DD") from None
    return value


def _partial_day(value: str) -> str:
    if re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2]))?", value):
        return value
    try:
        return _day(value)
    except ValueError:
        raise ValueError("expected YYYY, YYYY-MM or YYYY-MM-DD") from None


def _year(value: Any) -> Any:
    return str(value) if type(value) is int and 1000 <= value <= 2999 else value


def _clean(value: str) -> str:
    if value != value.strip() or UNSEEN.search(value):
        raise ValueError("expected text without control characters, line breaks or blanks at its ends")
    return value


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Day = Annotated[str, AfterValidator(_day)]
PartialDay = Annotated[str, BeforeValidator(_year), AfterValidator(_partial_day)]
"""A day, a month or a year, as EDTF level 0 writes them."""
Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_clean)]
Slug = Annotated[str, Field(pattern=SLUG, max_length=120)]
Count = Annotated[int, Field(ge=0, le=MAX_COUNT)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Url = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=600), AfterValidator(_clean)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
ActorId = Annotated[Slug, Word("actors")]
HolderId = Annotated[Slug, Word("holders")]
PlaceId = Annotated[Slug, Word("places")]
SourceId = Annotated[Slug, Word("sources")]
Status = Annotated[Slug, Word("statuses")]


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Range(Row):
    """A number with its doubt. Missing is null, never 0."""

    low: Count | None = Field(None, description="lowest figure given")
    best: Count | None = Field(None, description="best figure; empty where none is better than another")
    high: Count | None = Field(None, description="highest figure given")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        given = [n for n in (self.low, self.best, self.high) if n is not None]
        if given != sorted(given):
            raise ValueError(
                f"low, best, high are {self.low}, {self.best}, {self.high}: expected low ≤ best ≤ high"
            )
        return self


class EventDate(Row):
    start: Day = Field(description="first day on which it can have happened")
    end: Day = Field(description="last day on which it can have happened")
    precision: Annotated[Slug, Word("date_precisions")] = Field(description="how well the date is known")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"end {self.end} is before start {self.start}")
        if self.precision == "day" and self.end != self.start:
            raise ValueError("precision day, but start and end differ: expected days, week, month or year")
        return self


class EventActor(Row):
    actor: ActorId = Field(description="actor id")
    role: Annotated[Slug, Word("roles")] = Field(description="what the actor did or suffered")


class ControlChange(Row):
    """A town changing hands. Holders are actor ids, or `nobody`, or `unknown`."""

    place: PlaceId = Field(description="town")
    from_: list[HolderId] = Field(alias="from", min_length=1, description="holders before")
    to: list[HolderId] = Field(min_length=1, description="holders after")


class Figure(Range):
    """One number of an event. Rival claims are rows that differ in source or claimant."""

    kind: Annotated[Slug, Word("figure_kinds")] = Field(description="what is counted")
    of: ActorId | None = Field(None, description="whose; empty where it is nobody's in particular")
    unit: Annotated[Slug, Word("units")] = Field(description="unit of the number")
    source: SourceId | None = Field(
        None, description="source of this number; empty: the event's sources together"
    )
    claimed_by: ActorId | None = Field(None, description="who says so, where it is one side's claim")
    counts_in_total: bool = Field(True, description="false for cumulative, rival or double-counted rows")
    note: Text | None = Field(None, description="what a reader must know of it")
    note_fr: Text | None = Field(None, description="the same in French")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.low is self.best is self.high is None:
            raise ValueError("has neither low, best nor high: expected at least one")
        return self


class Evidence(Row):
    """Where in a source's text a fact stands; stand-off, so that no text is shipped.

    A W3C Web Annotation `TextPositionSelector`: code points into the UTF-8 decoded text, end exclusive;
    `sha256` is of the span's own UTF-8 bytes.
    """

    source: SourceId = Field(description="source whose text it is")
    start: Annotated[int, Field(ge=0, le=10_000_000)] = Field(description="first code point")
    end: Annotated[int, Field(ge=1, le=10_000_000)] = Field(description="code point after the last")
    sha256: Sha256 = Field(description="hash of the span")
    by: Text = Field(description="`hand`, or rule-name@version")
    checked_by: Text | None = Field(None, description="who compared it with the text")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"span ends at {self.end}, not after its start {self.start}")
        return self


class Event(Row):
    id: Annotated[str, Field(pattern=EVENT_ID, max_length=100)] = Field(
        description="stable for ever, never reused: the first day and a slug"
    )
    date: EventDate
    place: Annotated[list[PlaceId], BeforeValidator(_listed), Field(min_length=1)] = Field(
        description="place ids; the first is the one drawn"
    )
    geo_precision: Annotated[Slug, Word("geo_precisions")] = Field(description="how well the place is known")
    type: Annotated[Slug, Word("event_types")] = Field(description="event type")
    title: Annotated[Text, Field(max_length=90)] = Field(description="at most 90 characters")
    summary: Text = Field(description="one to three sentences, own words")
    actors: list[EventActor] = Field(
        min_length=1, description="who did or suffered it; see `EventActor` below"
    )
    control: Annotated[list[ControlChange], BeforeValidator(_listed)] = Field([])
    figures: list[Figure] = Field([])
    status: Status = Field(description="confirmed, reported or disputed")
    dispute: Text | None = Field(None, description="one sentence, where sources disagree")
    sources: list[SourceId] = Field(min_length=1, description="every document that tells of it")
    evidence: list[Evidence] = Field([])
    title_fr: Annotated[Text, Field(max_length=110)] | None = Field(None, description="title in French")
    summary_fr: Text | None = Field(None, description="summary in French")
    dispute_fr: Text | None = Field(None, description="dispute in French")


class Stop(Row):
    """A stop of the guided tour: a view of the record and what to look at in it."""

    id: Slug = Field(description="stable for ever, never reused")
    title: Annotated[Text, Field(max_length=60)] = Field(description="at most 60 characters")
    title_fr: Annotated[Text, Field(max_length=70)] = Field(description="title in French")
    query: Text = Field(description="query string of the view, as in the page's address")
    text: Text = Field(description="a few sentences, own words")
    text_fr: Text = Field(description="the sentences in French")
    sources: list[SourceId] = Field(min_length=1, description="documents that say so")


class Source(Row):
    id: Slug = Field(description="publisher and date")
    publisher: Text = Field(description="who published the document seen")
    title: Text = Field(description="printed title, or a description")
    title_is_description: bool = Field(False, description="true where the printed title is not known")
    date: Day | None = Field(None, description="day of publication; empty: not known")
    url: Url | None = Field(None, description="address; empty: not known")
    archive_url: Url | None = Field(None, description="address of an archived copy")
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = Field(description="ISO 639-1")
    kind: Annotated[Slug, Word("source_kinds")] = Field(description="kind of publisher")
    side: Annotated[Slug, Word("source_sides")] = Field(description="side whose voice it is, if any")
    wire: Text | None = Field(None, description="agency, where the document reprints its story")
    text_sha256: Sha256 | None = Field(None, description="hash of the text that evidence offsets point into")
    text_chars: Annotated[int, Field(ge=1)] | None = Field(None, description="its length in code points")


class Strength(Range):
    as_of: PartialDay | None = Field(None, description="day of the estimate")
    note: Text | None = Field(None, description="what is counted, and by whom")
    note_fr: Text | None = Field(None, description="the same in French")


class Lineage(Row):
    """What became of groups. `split_from` and `renamed_from` look back, `merged_into` looks forward."""

    relation: Literal["split_from", "merged_into", "renamed_from"] = Field(
        description="`split_from`, `merged_into` or `renamed_from` the other"
    )
    actor: ActorId = Field(description="the other actor's id")
    date: PartialDay | None = Field(None, description="day, month or year; empty: not known")
    sources: list[SourceId] = Field([], description="documents that say so")


class Alignment(Row):
    """A dated change of alliance."""

    date: PartialDay = Field(description="day, month or year")
    change: Text = Field(description="what changed, in a sentence")
    change_fr: Text | None = Field(None, description="the same in French")
    stance: Text | None = Field(None, description="a word for it: allied, hostile, …")
    toward: ActorId | None = Field(None, description="actor id; empty: several, or none named")
    sources: list[SourceId] = Field([], description="documents that say so")


class Actor(Row):
    id: Slug = Field(description="stable for ever, never reused")
    name: Text = Field(description="name in English")
    name_fr: Text = Field(description="name in French")
    short: Annotated[Text, Field(max_length=40)] = Field(description="label on charts")
    short_fr: Annotated[Text, Field(max_length=40)] | None = Field(
        None, description="label on charts in French, where it differs"
    )
    aliases: list[Text] = Field([], description="other names that search must find")
    kind: Annotated[Slug, Word("actor_kinds")] = Field(description="kind of actor")
    side: Annotated[Slug, Word("sides")] = Field(description="side on which it is drawn")
    parent: ActorId | None = Field(None, description="the body it is a part of")
    member_of: list[ActorId] = Field([], description="alliances and bodies it belonged to")
    founded: PartialDay | None = Field(None, description="day, month or year; empty: not known, or before")
    dissolved: PartialDay | None = Field(None, description="when it ended; for a person, of death")
    lineage: list[Lineage] = Field([])
    alignment: list[Alignment] = Field([])
    leaders: list[ActorId] = Field([], description="people who led it; ids of actors of kind person")
    role: Text | None = Field(None, description="office or part played, for a person")
    role_fr: Text | None = Field(None, description="the same in French")
    strength: Strength | None = None
    area: Text | None = Field(None, description="area of operation")
    description: Text = Field(description="who or what it is, in a few sentences")
    description_fr: Text | None = Field(None, description="the same in French")
    status: Status = Field("confirmed", description="how sure its description is")
    note: Text | None = Field(None, description="what a reader must know of it")
    sources: list[SourceId] = Field([], description="documents that say so")


class Place(Row):
    id: Slug = Field(description="stable for ever, never reused")
    name: Text = Field(description="name in English")
    name_fr: Text = Field(description="name in French")
    alt_names: list[Text] = Field(
        [], description="`|` between them in the file; Arabic and Tamasheq forms too"
    )
    lat: Latitude = Field(description="latitude, WGS 84; of the middle for an area")
    lon: Longitude = Field(description="longitude, WGS 84; of the middle for an area")
    region: Annotated[Slug, Word("regions")] | None = Field(None, description="of 2013; empty outside Mali")
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = Field(description="ISO 3166-1 alpha-2")
    kind: Annotated[Slug, Word("place_kinds")] = Field(description="kind of place")
    radius_km: Annotated[float, Field(ge=0, le=2000, allow_inf_nan=False)] = Field(
        description="radius within which an event placed here may have happened; 0 for a town"
    )
    source: Text = Field(description="where the coordinates come from")
    note: Text | None = Field(None, description="what a reader must know of it")


class Troops(Range):
    id: Annotated[str, Field(pattern=EVENT_ID, max_length=100)] = Field(
        description="stable for ever, never reused: the day and a slug"
    )
    date: Day = Field(description="day for which the count is given")
    precision: Annotated[Slug, Word("date_precisions")] = Field(description="how well that day is known")
    actor: ActorId = Field(description="whose troops; actor id")
    kind: Annotated[Slug, Word("troop_kinds")] = Field(description="present, promised, allowed or guessed")
    unit: Annotated[Slug, Word("units")] = Field(description="who is counted")
    place: PlaceId | None = Field(None, description="where they were")
    scope: Annotated[Slug, Word("troop_scopes")] = Field(
        description="what the count covers; never add two scopes"
    )
    status: Status = Field(description="confirmed, reported or disputed")
    note: Text | None = Field(None, description="who says so, and what is in the count")
    note_fr: Text | None = Field(None, description="the same in French")
    source: SourceId = Field(description="source of the count; source id")
