"""What an event card says: one event with its figures, rival claims, actors, holders and numbered sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from serval import origin
from serval.figure_keys import keyed
from serval.lookup import Lookup, Note, Values, localised, noted, split

if TYPE_CHECKING:
    from serval.view import View


@dataclass(frozen=True)
class Claim:
    """One figure row: `key` is its name within the event (`serval.figure_keys`), `source` the number of its
    source on the card, None for all together; `publisher` and `date` are that source's. `span`: where low,
    best and high lie from 0 to 100, 100 the highest of the rival figures; None where it has no rival."""

    key: str
    kind: str
    of: str | None
    of_name: str
    low: int | None
    best: int | None
    high: int | None
    claimed_by: str
    source: int | None
    counts: bool
    note: Note | None
    publisher: str = ""
    date: str | None = None
    span: tuple[float, float | None, float] | None = None


@dataclass(frozen=True)
class Read:
    """A field that a program read in a text: by which rule of which version; `checked_by` is "" where nobody
    compared it with the text."""

    rule: str
    version: str
    checked_by: str


@dataclass(frozen=True)
class Change:
    name: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class Card:
    """An event in one language. `roles`: (role label, [(actor id, name, side)]) in the curator's order;
    `claims`: (kind label, unit label, rows) by kind; `sources`: source rows, numbered from 1 by position;
    `independent`: how many of them are independent; `evidence`: (number of its source, row with its
    `origin`); `read`: what a program read, by field (see `serval.origin`)."""

    event: Values
    title: str
    summary: str
    dispute: str
    type_label: str
    status_label: str
    status_definition: str
    geo_label: str
    date_label: str
    places: list[tuple[str, str]]
    roles: list[tuple[str, list[tuple[str, str, str]]]]
    claims: list[tuple[str, str, list[Claim]]]
    changes: list[Change]
    sources: list[Values]
    independent: int
    evidence: list[tuple[int, Values]]
    read: dict[str, Read]


def card(view: View, event_id: str, lang: str) -> Card:
    """The card of an event of the record, which need not be in the view: with the sources and figures that
    the view's `known` leaves.

    Raises KeyError where there is no such event.
    """
    look = Lookup.of(view.record)
    event = look.events[event_id]
    part = {name: rows.get(event_id, []) for name, rows in look.parts.items()}
    sources = [look.sources[s["source"]] for s in part["event_sources"] if view.knows(s["source"])]
    numbers = {s["id"]: n for n, s in enumerate(sources, 1)}
    figures = [
        {**f, "key": key}
        for key, f in keyed(part["figures"]).items()
        if f["source"] is None or f["source"] in numbers
    ]
    status = look.terms["statuses"][event["status"]]
    return Card(
        event=event,
        title=localised(event, "title", lang),
        summary=localised(event, "summary", lang),
        dispute=localised(event, "dispute", lang),
        type_label=look.label("event_types", event["type"], lang),
        status_label=look.label("statuses", event["status"], lang),
        status_definition=localised(status, "definition", lang),
        geo_label=look.label("geo_precisions", event["geo_precision"], lang),
        date_label=look.label("date_precisions", event["date_precision"], lang),
        places=[(p["place"], look.place(p["place"], lang)) for p in part["event_places"]],
        roles=_roles(look, part["event_actors"], lang),
        claims=_claims(look, figures, numbers, lang),
        changes=[
            Change(look.place(place, lang), split(row["holders_before"]), split(row["holders"]))
            for place, rows in look.changes.items()
            for row in rows
            if row["event"] == event_id
        ],
        sources=sources,
        independent=len({s["independent"] for s in sources}),
        evidence=[
            (numbers[e["source"]], {**e, "origin": origin.parse(e["by"])})
            for e in part["evidence"]
            if e["source"] in numbers
        ],
        read=read(part["evidence"]),
    )


def read(evidence: list[Values]) -> dict[str, Read]:
    """The fields of an event that a program read and no person found too."""
    found: dict[str, Read] = {}
    by_hand = set()
    for row in evidence:
        made = origin.parse(row["by"])
        if made.field and made.machine:
            found.setdefault(made.field, Read(made.rule, made.version, row["checked_by"] or ""))
        elif made.field:
            by_hand.add(made.field)
    return {field: how for field, how in found.items() if field not in by_hand}


def _roles(look: Lookup, rows: list[Values], lang: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    roles: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        actor = look.actors[row["actor"]]
        roles.setdefault(row["role"], []).append((actor["id"], localised(actor, "name", lang), actor["side"]))
    return [(look.label("roles", role, lang), actors) for role, actors in roles.items()]


def _claims(
    look: Lookup, rows: list[Values], numbers: dict[str, int], lang: str
) -> list[tuple[str, str, list[Claim]]]:
    """By kind and unit, as the curator wrote them, but rivals about the same side together."""
    kinds: dict[tuple[str, str], list[Values]] = {}
    first: dict[str | None, int] = {}
    for i, row in enumerate(rows):
        first.setdefault(row["of"], i)
    for row in sorted(rows, key=lambda row: first[row["of"]]):
        kinds.setdefault((row["kind"], row["unit"]), []).append(row)
    return [
        (
            look.label("figure_kinds", kind, lang),
            look.label("units", unit, lang),
            [_claim(look, row, group, numbers, lang) for row in group],
        )
        for (kind, unit), group in kinds.items()
    ]


def _claim(look: Lookup, row: Values, group: list[Values], numbers: dict[str, int], lang: str) -> Claim:
    source = look.sources.get(row["source"] or "", {})
    rivals = [other for other in group if other["of"] == row["of"]]
    return Claim(
        key=row["key"],
        kind=row["kind"],
        of=row["of"],
        of_name=look.short(row["of"], lang) if row["of"] else "",
        low=row["low"],
        best=row["best"],
        high=row["high"],
        claimed_by=look.short(row["claimed_by"], lang) if row["claimed_by"] else "",
        source=numbers.get(row["source"]) if row["source"] else None,
        counts=row["counts_in_total"],
        note=noted(row, lang),
        publisher=source.get("publisher", ""),
        date=source.get("date"),
        span=_span(row, rivals) if len(rivals) > 1 else None,
    )


def _span(row: Values, rivals: list[Values]) -> tuple[float, float | None, float]:
    whole = max(n for rival in rivals for n in _given(rival)) or 1
    low = 0 if row["low"] is row["best"] is None else min(_given(row))
    share = [None if n is None else round(100 * n / whole, 1) for n in (low, row["best"], max(_given(row)))]
    return share[0] or 0.0, share[1], share[2] or 0.0


def _given(row: Values) -> list[int]:
    return [n for n in (row["low"], row["best"], row["high"]) if n is not None]
