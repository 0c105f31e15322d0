"""Who held which town when, derived from the changes of control that the events give.

On a day, a town's state is that of its last change, in the order of the record, that may have begun:
from the change's last day on the new holders have it; from its first day until then it is changing hands.
Before its first change it is unknown who holds a town. `assets/select.js` is the twin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from serval.schema import NOBODY, UNKNOWN

HELD, CONTESTED, CHANGING = "held", "contested", "changing"


class Change(NamedTuple):
    """One change of one town. Holders are `;`-joined actor ids, or `nobody`, or `unknown`."""

    place: str
    event: str
    start: str
    end: str
    before: str
    holders: str


class Town(NamedTuple):
    """A town on a day. `before` and `event` (of the last change) are None before the first change."""

    place: str
    holders: str
    before: str | None
    state: str
    event: str | None


def chains(changes: pd.DataFrame) -> dict[str, list[Change]]:
    """Town -> its changes in the order of the record."""
    columns = ["place", "event", "date_start", "date_end", "holders_before", "holders"]
    towns: dict[str, list[Change]] = {}
    for row in zip(*(changes[c] for c in columns), strict=True):
        towns.setdefault(row[0], []).append(Change(*row))
    return towns


def north_first(places: Iterable[Any], lat: Any, region: Any) -> list[Any]:
    """Places in the order in which they are listed, each once: by region and within it, each from the north.

    `lat` and `region` give a place's latitude and region by `[place]`.
    """
    once = dict.fromkeys(places)
    north: dict[Any, float] = {}
    for place in once:
        north[region[place]] = max(lat[place], north.get(region[place], -90.0))
    return sorted(once, key=lambda place: (-north[region[place]], region[place], -lat[place], place))


def state_of(holders: str, bloc_of: Mapping[str, str]) -> str:
    """held, contested (by more than one bloc), nobody or unknown."""
    if holders in (NOBODY, UNKNOWN):
        return holders
    blocs = {bloc_of[h] for h in holders.split(";") if h in bloc_of}
    return CONTESTED if len(blocs) > 1 else HELD


def town_on(place: str, chain: Sequence[Change], day: str, bloc_of: Mapping[str, str]) -> Town:
    """A town on a day, by its changes in order; without any, unknown."""
    begun = [change for change in chain if change.start <= day]
    if not begun:
        return Town(place, UNKNOWN, None, UNKNOWN, None)
    last = begun[-1]
    state = state_of(last.holders, bloc_of) if last.end <= day else CHANGING
    return Town(place, last.holders, last.before, state, last.event)


def towns_on(
    chains: Mapping[str, Sequence[Change]],
    bloc_of: Mapping[str, str],
    day: str,
    known: Iterable[str] | None = None,
) -> list[Town]:
    """Every town on a day. `known` are the events that count; without it, all. A town none of whose changes
    is known is unknown."""
    events = None if known is None else set(known)
    return [
        town_on(place, [c for c in chain if events is None or c.event in events], day, bloc_of)
        for place, chain in chains.items()
    ]


def frame_of(towns: Sequence[Town]) -> pd.DataFrame:
    """A row per town: place, holders, before, state (held, contested, changing, nobody, unknown), event."""
    columns = zip(*towns, strict=True) if towns else ((),) * len(Town._fields)
    return pd.DataFrame({n: pd.Series(v, dtype="str") for n, v in zip(Town._fields, columns, strict=True)})


def intervals(
    changes: pd.DataFrame, bloc_of: Mapping[str, str], first: str | None = None, last: str | None = None
) -> pd.DataFrame:
    """Spells of every town from `first` to `last` (by default the first and last day of the changes).

    Columns: place, holders, start and end (first and last day, closed, on which they surely had it),
    changed_from (first day on which the change may have happened; between it and `start` the town was
    changing hands), event (empty for the spell before the first change), contested. Where the next change
    may have begun before this one was sure, `end` is the day before `start`: only the change is drawn.
    """
    first = first or (str(changes["date_start"].min()) if len(changes) else "")
    last = last or (str(changes["date_end"].max()) if len(changes) else "")
    rows = [spell for chain in chains(changes).values() for spell in _spells(chain, bloc_of, first, last)]
    names = ["place", "holders", "start", "end", "changed_from", "event"]
    frame = pd.DataFrame({n: pd.Series([r[i] for r in rows], dtype="str") for i, n in enumerate(names)})
    states = [state_of(row[1], bloc_of) == CONTESTED for row in rows]
    return frame.assign(contested=pd.Series(states, dtype="bool"))


Spell = tuple[str, str, str, str, str, str | None]


def _spells(chain: Sequence[Change], bloc_of: Mapping[str, str], first: str, last: str) -> Iterable[Spell]:
    before = _day_before(chain[0].start)
    if first <= before:
        yield chain[0].place, UNKNOWN, first, before, first, None
    for i, change in enumerate(chain):
        end = _day_before(chain[i + 1].start) if i + 1 < len(chain) else last
        if change.start <= end:
            start = min(change.end, _day_after(end))
            yield change.place, change.holders, start, end, change.start, change.event


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
