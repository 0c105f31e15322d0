"""Which events a selection keeps, and how many each other choice would keep.

A criterion is one condition of the selection; an event is in the view if all of them keep it.
`assets/select.js` has the twin of `criteria`.
"""

from __future__ import annotations

import numpy as np

from serval.index import MISSING, Bools, Index, Ints, Pairs, day
from serval.selection import Selection
from serval.text import fold

COUNTED = ("type", "actor", "role", "place", "region", "status")


def criteria(index: Index, selection: Selection) -> dict[str, Bools]:
    """Per criterion of the selection, which events it keeps. Those at their default are left out.

    `actor` is of actor, role and family together: one of the chosen actors in one of the chosen roles.
    """
    out = {"dates": _in_dates(index, selection)}
    if selection.type:
        out["type"] = np.isin(index.type, index.codes["type"].get(selection.type))
    if selection.status:
        out["status"] = np.isin(index.status, index.codes["status"].get(selection.status))
    if selection.place:
        out["place"] = _having(index, index.places, index.codes["place"].get(selection.place))
    if selection.region:
        out["region"] = _having(index, index.regions, index.codes["region"].get(selection.region))
    if selection.actor or selection.role:
        rows = chosen_actors(index, selection) & _chosen_roles(index, selection)
        out["actor"] = _events(index, index.actors.event[rows])
    if selection.known:
        out["known"] = index.known <= day(selection.known)
    words = fold(selection.q).split()
    if words:
        out["q"] = np.array([all(w in text for w in words) for text in index.haystacks], bool)
    return out


def all_of(index: Index, parts: dict[str, Bools], but: str = "") -> Bools:
    """The events kept by every criterion, or by every one but one."""
    kept = [mask for name, mask in parts.items() if name != but]
    return np.logical_and.reduce(kept) if kept else np.ones(index.n, bool)


def actors_of(index: Index, selection: Selection) -> Ints:
    """Positions of the chosen actors; with `family`, of their parts and successors too."""
    codes = [int(code) for code in index.codes["actor"].get(selection.actor) if code != MISSING]
    if selection.family:
        codes = sorted({int(member) for code in codes for member in index.families[code]})
    return np.array(codes, np.int64)


def chosen_actors(index: Index, selection: Selection) -> Bools:
    """Which rows of `event_actors` have a chosen actor; all if none is chosen."""
    if not selection.actor:
        return np.ones(len(index.roles), bool)
    return np.isin(index.actors.code, actors_of(index, selection))


def facets(index: Index, selection: Selection, parts: dict[str, Bools]) -> dict[str, dict[str, int]]:
    """Query key -> id -> number of events if that were the key's only choice, all else as it is."""
    counts = {
        "type": _count(index, "type", index.type[all_of(index, parts, "type")]),
        "status": _count(index, "status", index.status[all_of(index, parts, "status")]),
        "place": _count_pairs(index, "place", index.places, all_of(index, parts, "place")),
        "region": _count_pairs(index, "region", index.regions, all_of(index, parts, "region")),
    }
    others = all_of(index, parts, "actor")
    return {**counts, **_count_actors(index, selection, others)}


def _count_actors(index: Index, selection: Selection, others: Bools) -> dict[str, dict[str, int]]:
    roles = np.flatnonzero(chosen_actors(index, selection))
    by_role = Pairs(index.actors.event[roles], index.roles[roles])
    playing = _chosen_roles(index, selection)
    if selection.family:
        rows, heads = index.kin
        kept = playing[rows]
        by_actor = Pairs(index.actors.event[rows[kept]], heads[kept])
    else:
        by_actor = Pairs(index.actors.event[playing], index.actors.code[playing])
    return {
        "actor": _count_pairs(index, "actor", by_actor, others),
        "role": _count_pairs(index, "role", by_role, others),
    }


def _in_dates(index: Index, selection: Selection) -> Bools:
    first, last = day(selection.from_), day(selection.to)
    if selection.dates == "certain":
        return (index.start >= first) & (index.end <= last)
    return (index.start <= last) & (index.end >= first)


def _chosen_roles(index: Index, selection: Selection) -> Bools:
    if not selection.role:
        return np.ones(len(index.roles), bool)
    return np.isin(index.roles, index.codes["role"].get(selection.role))


def _having(index: Index, pairs: Pairs, wanted: Ints) -> Bools:
    return _events(index, pairs.event[np.isin(pairs.code, wanted[wanted != MISSING])])


def _events(index: Index, rows: Ints) -> Bools:
    mask = np.zeros(index.n, bool)
    mask[rows] = True
    return mask


def _count(index: Index, key: str, codes: Ints) -> dict[str, int]:
    ids = index.codes[key].ids
    return dict(zip(ids, np.bincount(codes, minlength=len(ids)).tolist(), strict=True))


def _count_pairs(index: Index, key: str, pairs: Pairs, shown: Bools) -> dict[str, int]:
    width = len(index.codes[key])
    kept = shown[pairs.event]
    once = np.unique(pairs.event[kept] * width + pairs.code[kept])
    return _count(index, key, once % width)
