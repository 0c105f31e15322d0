"""What a selection shows of the record. `select` is the one way to make a View."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from serval import control, facets, totals
from serval.index import MISSING, Bools, Index, Ints, day
from serval.selection import Selection

if TYPE_CHECKING:
    from serval.record import Record


def select(record: Record, selection: Selection) -> View:
    """The View of a selection. Ids that the record does not know match nothing."""
    index = Index.of(record)
    return View(record, selection, index, facets.criteria(index, selection))


@dataclass(frozen=True, eq=False)
class View:
    """The part of the record that a selection keeps. Everything is computed when first asked for.

    Frames have the columns and dtypes of the record's, and keep its index: a label of `events` is the
    event's row number. With `known`, sources later than that day are absent from every frame, and with
    them the figures that rest on one, the events that rest on nothing else, and their changes of control.
    """

    record: Record
    selection: Selection
    index: Index
    criteria: dict[str, Bools]

    @cached_property
    def shown(self) -> Bools:
        """Per event of the record, whether it is in the view."""
        return facets.all_of(self.index, self.criteria)

    @cached_property
    def rows(self) -> Ints:
        """Row numbers of the events in the view, in the order of the record."""
        return np.flatnonzero(self.shown)

    @property
    def n(self) -> int:
        """Number of events in the view."""
        return len(self.rows)

    @property
    def total(self) -> int:
        """Number of events in the whole record."""
        return self.index.n

    @cached_property
    def known(self) -> int | None:
        """The day of `known` as an integer."""
        return day(self.selection.known) if self.selection.known else None

    @cached_property
    def events(self) -> pd.DataFrame:
        """The events. With `known`, n_sources and n_independent count the sources of then, not `status`."""
        events = self.record.events.take(self.rows)
        if self.known is None:
            return events
        pairs = self.index.sources
        voices, of_whom = pd.factorize(self.record.sources["independent"])
        event, source = pairs.event[self._cited], pairs.code[self._cited]
        spoken = np.unique(event * len(of_whom) + voices[source]) // max(len(of_whom), 1)
        n = {"n_sources": event, "n_independent": spoken}
        counts = {name: np.bincount(of, minlength=self.index.n)[self.rows] for name, of in n.items()}
        return events.assign(**counts)

    def each(self, column: str) -> list[Any]:
        """One column of `events`, as the record has it: much quicker than the frame."""
        values: list[Any] = self.record.events[column].to_numpy()[self.rows].tolist()
        return values

    @cached_property
    def event_places(self) -> pd.DataFrame:
        return self._of_events(self.record.event_places, self.index.places.event)

    @cached_property
    def event_actors(self) -> pd.DataFrame:
        return self._of_events(self.record.event_actors, self.index.actors.event)

    @cached_property
    def _cited(self) -> Bools:
        pairs = self.index.sources
        return self.shown[pairs.event] & self._known(self.index.source_known[pairs.code])

    @cached_property
    def event_sources(self) -> pd.DataFrame:
        """Which event cites which source."""
        return self.record.event_sources.take(np.flatnonzero(self._cited))

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The sources of the events in the view."""
        return self.record.sources.take(np.unique(self.index.sources.code[self._cited]))

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures of the events in the view. One without a source of its own rests on its event's."""
        figures = self.index.figures
        mine = self.shown[figures.event] & self._known(figures.known)
        return self.record.figures.take(np.flatnonzero(mine))

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """The spans of text of the events in the view."""
        frame, codes = self.record.evidence, self.index.codes
        known = self._known(self.index.source_known[codes["source"].get(frame["source"])])
        return frame.take(np.flatnonzero(self.shown[codes["event"].get(frame["event"])] & known))

    @cached_property
    def places(self) -> pd.DataFrame:
        """The places of the events in the view."""
        pairs = self.index.places
        return self.record.places.take(np.unique(pairs.code[self.shown[pairs.event]]))

    @cached_property
    def actors(self) -> pd.DataFrame:
        """The actors in the view, most events first: the record's columns and the counts of `cast`."""
        n = self.cast
        order = np.argsort(-n["n"], kind="stable")
        order = order[n["n"][order] > 0]
        return self.record.actors.take(order).assign(**{name: counts[order] for name, counts in n.items()})

    @cached_property
    def cast(self) -> dict[str, Ints]:
        """Per actor of the record, four counts of events in the view.

        `n` in any role, `n_initiator`, `n_target` (target or victim), `n_other` (neither of these).
        """
        role = self.index.codes["role"]
        mine = self.shown[self.index.actors.event]
        began = np.isin(self.index.roles, role.get(["initiator"]))
        hit = np.isin(self.index.roles, role.get(["target", "victim"]))
        every, named = self._cast(mine), self._cast(mine & (began | hit))
        return {
            "n": self._per_actor(every),
            "n_initiator": self._per_actor(self._cast(mine & began)),
            "n_target": self._per_actor(self._cast(mine & hit)),
            "n_other": self._per_actor(every[~np.isin(every, named)]),
        }

    @cached_property
    def losses(self) -> pd.DataFrame:
        """Losses suffered and inflicted, by actor and kind: see `totals.losses`."""
        return totals.losses(self.index, self.shown, self.known)

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Sums of the figures by kind, and by kind and whose: see `totals.totals`."""
        return totals.totals(self.index, self.shown, self.known)

    @cached_property
    def killed(self) -> dict[str, int | None] | None:
        """The row of `totals` of all killed; None where no figure counts."""
        return totals.whole(self.index, self.shown, self.known, "killed")

    @cached_property
    def without_best(self) -> pd.DataFrame:
        """The figures in the totals that have no best number."""
        return totals.without_best(self.index, self.shown, self.known)

    @cached_property
    def events_without_figure(self) -> int:
        """Number of events in the view none of whose figures counts in a total."""
        rows = totals.counted(self.index, self.shown, self.known)
        return self.n - len(np.unique(self.index.figures.event[rows]))

    @cached_property
    def holders(self) -> pd.DataFrame:
        """Who holds each town of the record on the day of the playhead: see `control.frame_of`."""
        return control.frame_of(self.towns_on)

    @cached_property
    def towns_on(self) -> list[control.Town]:
        """The rows of `holders`."""
        blocs = self.record.bloc_of
        return control.towns_on(self.index.chains, blocs, self.selection.at, self._known_events)

    @cached_property
    def control(self) -> pd.DataFrame:
        """Who held which town when, over the whole record: see `control.intervals`. Places filter it."""
        return control.intervals(self.changes, self.record.bloc_of, self.index.first, self.index.last)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """The changes of control of the chosen places, over the whole record."""
        changes = self.record.changes
        if self._known_events is not None:
            changes = changes[changes["event"].isin(self._known_events)]
        return changes[self._here(self.index.codes["place"].get(changes["place"]))]

    @cached_property
    def towns(self) -> list[str]:
        """The chosen places that have a history of control, known or not: see `control.north_first`."""
        places = self.record.changes["place"]
        where = self.record.places.set_index("id")[["lat", "region"]]
        here = self._here(self.index.codes["place"].get(places))
        return control.north_first(places[here], where["lat"], where["region"])

    @cached_property
    def troops(self) -> pd.DataFrame:
        """Troop counts dated in the range, of the chosen actors, places, regions and statuses."""
        troops, chosen = self.index.troops, self.selection
        mask = (troops.date >= day(chosen.from_)) & (troops.date <= day(chosen.to))
        mask &= self._here(troops.place) & self._known(troops.known)
        if chosen.actor:
            mask &= np.isin(troops.actor, facets.actors_of(self.index, chosen))
        if chosen.status:
            mask &= np.isin(troops.status, self.index.codes["status"].get(chosen.status))
        return self.record.troops.take(np.flatnonzero(mask))

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        """Query key -> id -> number of events if that were the key's only choice, all else as it is."""
        return facets.facets(self.index, self.selection, self.criteria)

    @cached_property
    def _known_events(self) -> set[str] | None:
        if self.known is None:
            return None
        return {self.index.codes["event"].ids[row] for row in np.flatnonzero(self.index.known <= self.known)}

    def knows_event(self, event: str) -> bool:
        """Whether an event counts: with `known`, only if one of its sources was out by then."""
        return self._known_events is None or event in self._known_events

    def knows(self, source: str) -> bool:
        """Whether a source counts: with `known`, only if it was out by then."""
        return bool(self._known(self.index.source_known[self.index.codes["source"].get([source])])[0])

    def _known(self, days: Ints) -> Bools:
        return np.ones(len(days), bool) if self.known is None else days <= self.known

    def _of_events(self, frame: pd.DataFrame, event: Ints) -> pd.DataFrame:
        return frame.take(np.flatnonzero(self.shown[event]))

    def _here(self, place: Ints) -> Bools:
        chosen, codes = self.selection, self.index.codes
        mask = np.ones(len(place), bool)
        if chosen.place:
            mask &= np.isin(place, codes["place"].get(chosen.place)) & (place != MISSING)
        if chosen.region:
            region = codes["region"].get(self.record.places["region"])[place]
            mask &= np.isin(region, codes["region"].get(chosen.region)) & (place != MISSING)
        return mask

    def _cast(self, mask: Bools) -> Ints:
        pairs = self.index.actors
        return np.unique(pairs.code[mask] * self.index.n + pairs.event[mask])

    def _per_actor(self, keys: Ints) -> Ints:
        return np.bincount(keys // max(self.index.n, 1), minlength=len(self.index.codes["actor"]))
