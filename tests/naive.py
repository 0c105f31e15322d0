"""The semantics of a selection written a second time, row by row, with plain loops: slow and plain to read.

Nothing of `serval.index`, `serval.facets` or `serval.totals` is used: to agree, both must be wrong alike.
"""

import unicodedata
from functools import cache, lru_cache

import pandas as pd

LEVELS = {"troops", "displaced", "refugees", "people_in_need", "people_wanted", "votes", "percent"}


def rows_of(frame: pd.DataFrame) -> list[dict]:
    """A frame's rows as dicts, missing as None."""
    rows = frame.astype(object).to_dict("records")
    return [{key: None if pd.isna(value) else value for key, value in row.items()} for row in rows]


class Naive:
    """A record as rows. `events` have their places, cast [(actor, role)], sources and figures inside."""

    def __init__(self, record) -> None:
        self.record = record
        self.actors = {row["id"]: row for row in rows_of(record.actors)}
        self.places = {row["id"]: row for row in rows_of(record.places)}
        self.lineage = rows_of(record.lineage)
        self.last = max(record.events["date_end"])
        self.out = {s["id"]: s["date"] or self.last for s in rows_of(record.sources)}
        self.events = {row["id"]: {**row, "i": i} for i, row in enumerate(rows_of(record.events))}
        for event in self.events.values():
            event |= {"places": [], "cast": [], "sources": [], "figures": []}
        for row in rows_of(record.event_places):
            self.events[row["event"]]["places"].append(row["place"])
        for row in rows_of(record.event_actors):
            self.events[row["event"]]["cast"].append((row["actor"], row["role"]))
        for row in rows_of(record.event_sources):
            self.events[row["event"]]["sources"].append(row["source"])
        for row in rows_of(record.figures):
            self.events[row["event"]]["figures"].append(row)
        self.family = cache(self._family)
        self.texts = {id: self._text(event) for id, event in self.events.items()}

    def known(self, event: dict) -> str:
        """The day on which the first of an event's sources is out."""
        return min(self.out[s] for s in event["sources"])

    def figure_known(self, event: dict, figure: dict) -> str:
        return self.out[figure["source"]] if figure["source"] else self.known(event)

    def _family(self, head: str) -> frozenset[str]:
        members, before = {head}, set()
        while members != before:
            before = set(members)
            members |= {a for a, row in self.actors.items() if row["parent"] in before}
            for tie in self.lineage:
                old, new = tie["other"], tie["actor"]
                if tie["relation"] == "merged_into":
                    old, new = new, old
                if old in before:
                    members.add(new)
        return frozenset(members)

    def _text(self, event: dict) -> str:
        parts = [event[k] for k in ("title", "title_fr", "summary", "summary_fr")]
        for place in event["places"]:
            parts += [self.places[place][k] for k in ("name", "name_fr", "alt_names")]
        for actor, _ in event["cast"]:
            parts += [self.actors[actor][k] for k in ("name", "name_fr", "short", "aliases")]
        return bare(" ".join(filter(None, parts)))

    def keeps(self, event: dict, s) -> bool:
        """Whether the selection shows the event; its words apart."""
        start, end = event["date_start"], event["date_end"]
        inside = s.from_ <= start and end <= s.to
        if not (inside if s.dates == "certain" else not (end < s.from_ or start > s.to)):
            return False
        regions = {self.places[p]["region"] for p in event["places"]}
        for chosen, own in (
            (s.type, {event["type"]}),
            (s.status, {event["status"]}),
            (s.place, set(event["places"])),
            (s.region, regions),
        ):
            if chosen and not own & set(chosen):
                return False
        if s.known and self.known(event) > s.known:
            return False
        return any(self.plays(actor, role, s) for actor, role in event["cast"])

    def plays(self, actor: str, role: str, s) -> bool:
        """Whether a part in an event is one that the selection asks for."""
        wanted = set(s.actor)
        if s.family:
            wanted = {member for head in s.actor for member in self.family(head)}
        return (not s.actor or actor in wanted) and (not s.role or role in s.role)

    def shown(self, s) -> list[dict]:
        """The events that a selection without words shows."""
        assert not s.q
        return [event for event in self.events.values() if self.keeps(event, s)]

    def counted(self, s) -> list[tuple[dict, dict]]:
        """(event, figure) of the rows that a total adds."""
        return [
            (event, figure)
            for event in self.shown(s)
            for figure in event["figures"]
            if figure["counts_in_total"] and (not s.known or self.figure_known(event, figure) <= s.known)
        ]


def bare(text: str) -> str:
    """Lower case, no accents, no marks: letters and digits with single blanks between."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


@lru_cache(maxsize=4)
def naive(record) -> Naive:
    """The rows of a record, made once."""
    return Naive(record)
