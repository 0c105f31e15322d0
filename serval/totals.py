"""Sums of figures: lows, bests and highs apart, over the rows that count in totals.

A row without an end takes it from its nearest number (a lone "25" is 25 to 25; "at least 5" adds 5 to both
ends), so that low ≤ high always holds. A row without `best` adds nothing to the best; it is counted in
`without_best`, and where that is not 0 the best total is of the other rows only and must not stand alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from serval.index import MISSING, Bools, Index, Ints

LEVELS = frozenset({"troops", "displaced", "refugees", "people_in_need", "people_wanted", "votes", "percent"})
"""Kinds that say how many there are, not how many more: added up they mean nothing, so none has a total."""

SUMS = ("low", "best", "high")


class Sums(NamedTuple):
    """Per group: sums (best -1 where no row has one), rows added, rows without best, events with a figure."""

    low: Ints
    best: Ints
    high: Ints
    rows: Ints
    without_best: Ints
    events: Ints


def counted(index: Index, shown: Bools, known: int | None) -> Ints:
    """Numbers of the figure rows that are added: of events shown, counting, of a kind that adds up, and of a
    source known by then."""
    figures = index.figures
    mask = figures.counts & shown[figures.event] & ~np.isin(figures.kind, index.codes["kind"].get(LEVELS))
    if known is not None:
        mask &= figures.known <= known
    return np.flatnonzero(mask)


def add(index: Index, rows: Ints, group: Ints, size: int) -> Sums:
    """Sums of figure rows by group number."""
    figures = index.figures
    low, best, high = figures.low[rows], figures.best[rows], figures.high[rows]
    lows = np.where(low == MISSING, np.maximum(best, 0), low)
    highs = np.where(high == MISSING, np.maximum(best, low), high)
    has_best = best != MISSING
    n_best = _sum(group, has_best.astype(np.int64), size)
    n_rows = _sum(group, np.ones(len(rows), np.int64), size)
    bests = np.where(n_best == 0, MISSING, _sum(group, np.where(has_best, best, 0), size))
    events = np.unique(group * index.n + figures.event[rows]) // max(index.n, 1)
    n_events = np.bincount(events, minlength=size)
    return Sums(_sum(group, lows, size), bests, _sum(group, highs, size), n_rows, n_rows - n_best, n_events)


def _sum(group: Ints, values: Ints, size: int) -> Ints:
    out = np.zeros(size, np.int64)
    np.add.at(out, group, values)
    return out


def _frame(names: dict[str, list[str | None]], sums: Sums, groups: Ints) -> pd.DataFrame:
    """Columns of names, then sums of some groups: low, best, high (`Int64`), rows, without_best, events."""
    columns: dict[str, object] = {name: pd.array(texts, dtype="str") for name, texts in names.items()}
    columns |= {name: _counts(getattr(sums, name)[groups]) for name in SUMS}
    columns |= {name: getattr(sums, name)[groups] for name in ("rows", "without_best", "events")}
    return pd.DataFrame(columns)


def _counts(values: Ints) -> pd.api.extensions.ExtensionArray:
    return pd.arrays.IntegerArray(np.maximum(values, 0), values == MISSING)


def totals(index: Index, shown: Bools, known: int | None) -> pd.DataFrame:
    """A row per kind (`of` empty) and per kind and actor: kind, of, low, best, high, rows, without_best,
    events (with such a figure) and events_without_figure (shown, but without one)."""
    rows = counted(index, shown, known)
    kinds, actors = index.codes["kind"], index.codes["actor"]
    kind, of = index.figures.kind[rows], index.figures.of[rows]
    width = len(actors) + 1
    whole = add(index, rows, kind * width, len(kinds) * width)
    named = of != MISSING
    apart = add(index, rows[named], kind[named] * width + of[named] + 1, len(kinds) * width)
    sums = Sums(*(np.where(apart.rows > 0, a, w) for a, w in zip(apart, whole, strict=True)))
    groups = np.flatnonzero(sums.rows)
    names: dict[str, list[str | None]] = {
        "kind": [kinds.ids[g] for g in groups // width],
        "of": [actors.ids[g - 1] if g else None for g in groups % width],
    }
    table = _frame(names, sums, groups)
    return table.assign(events_without_figure=int(shown.sum()) - table["events"])


def whole(index: Index, shown: Bools, known: int | None, kind: str) -> dict[str, int | None] | None:
    """The numbers of the row of `totals` for a kind and all sides, without the others; None without a row."""
    rows = counted(index, shown, known)
    rows = rows[index.figures.kind[rows] == index.codes["kind"].get([kind])]
    if not len(rows):
        return None
    sums = add(index, rows, np.zeros(len(rows), np.int64), 1)
    row = {name: int(values[0]) for name, values in sums._asdict().items()}
    silent = int(shown.sum()) - row["events"]
    return {**row, "best": None if row["best"] == MISSING else row["best"], "events_without_figure": silent}


def without_best(index: Index, shown: Bools, known: int | None) -> pd.DataFrame:
    """The rows of `figures` that are added but have no best: event, rank, kind, of, low, high."""
    rows = counted(index, shown, known)
    rows = rows[index.figures.best[rows] == MISSING]
    return index.record.figures.take(rows)[["event", "rank", "kind", "of", "low", "high"]]


def losses(index: Index, shown: Bools, known: int | None) -> pd.DataFrame:
    """Losses by actor: actor, direction, kind, low, best, high, rows, without_best, events.

    `suffered`: counted figures of a loss kind whose `of` is the actor. `inflicted`: those of the other side
    in events that the actor began, that is figures of the event's targets and victims, or of a body of a
    target's side that has no role of its own in the event. Where several began it each is given the whole, so
    losses inflicted do not add up over actors. What defenders inflict on those who began is not among them.
    """
    kinds, of = index.codes["kind"], index.figures.of
    rows = _loss_rows(index, shown, known)
    rows = rows[of[rows] != MISSING]
    row, actor = _inflicted(index)
    mine = np.isin(row, rows)
    n = len(index.codes["actor"])
    figure, loser = np.concatenate([rows, row[mine]]), np.concatenate([of[rows], n + actor[mine]])
    width = len(kinds)
    sums = add(index, figure, loser * width + index.figures.kind[figure], 2 * n * width)
    groups = np.flatnonzero(sums.rows)
    names: dict[str, list[str | None]] = {
        "actor": [index.codes["actor"].ids[g % n] for g in groups // width],
        "direction": ["inflicted" if g >= n else "suffered" for g in groups // width],
        "kind": [kinds.ids[g] for g in groups % width],
    }
    return _frame(names, sums, groups)


def losses_by(
    index: Index, shown: Bools, known: int | None, key: Literal["month", "claimant"]
) -> pd.DataFrame:
    """Counted losses of all sides by month of the event's first day (YYYY-MM) or by who claims them: group
    (empty where no side claims it), kind, low, best, high, rows, without_best, events."""
    rows = _loss_rows(index, shown, known)
    of_row = _months(index) if key == "month" else _claimants(index)
    names = sorted({of_row[row] for row in rows})
    position = {name: i for i, name in enumerate(names)}
    group = np.array([position[of_row[row]] for row in rows], np.int64)
    width = len(index.codes["kind"])
    sums = add(index, rows, group * width + index.figures.kind[rows], len(names) * width)
    groups = np.flatnonzero(sums.rows)
    columns: dict[str, list[str | None]] = {
        "group": [names[g] for g in groups // width],
        "kind": [index.codes["kind"].ids[g] for g in groups % width],
    }
    return _frame(columns, sums, groups)


def _loss_rows(index: Index, shown: Bools, known: int | None) -> Ints:
    rows = counted(index, shown, known)
    loss = [k.id for k in index.record.vocabulary.figure_kinds if k.loss]
    return rows[np.isin(index.figures.kind[rows], index.codes["kind"].get(loss))]


def _months(index: Index) -> list[str]:
    first = index.record.events["date_start"].str[:7].tolist()
    return [first[event] for event in index.figures.event]


def _claimants(index: Index) -> list[str]:
    return [str(id) for id in index.record.figures["claimed_by"].fillna("")]


@lru_cache(maxsize=4)
def inflictors(index: Index) -> dict[int, list[str]]:
    """Row of `figures` -> the actors to whom `losses` gives it as inflicted, whether it is counted or not."""
    found: dict[int, list[str]] = {}
    for row, actor in zip(*_inflicted(index), strict=True):
        found.setdefault(int(row), []).append(index.codes["actor"].ids[actor])
    return found


@lru_cache(maxsize=4)
def _inflicted(index: Index) -> tuple[Ints, Ints]:
    """Every (figure row, actor who began its event) where the figure is of the other side."""
    role, figures = index.codes["role"].of, index.figures
    part_of = {role["target"]: "hit", role["victim"]: "hit", role["initiator"]: "began"}
    cast: list[dict[str, set[int]]] = [{} for _ in range(index.n)]
    for event, actor, part in zip(*index.actors, index.roles, strict=True):
        cast[event].setdefault(part_of.get(int(part), ""), set()).add(int(actor))
    pairs = [
        (row, actor)
        for row, (event, of) in enumerate(zip(figures.event, figures.of, strict=True))
        if _suffered(index, cast[event], int(of))
        for actor in sorted(cast[event].get("began", ()))
    ]
    rows, actors = np.array(pairs, np.int64).reshape(-1, 2).T
    return rows, actors


def _suffered(index: Index, cast: dict[str, set[int]], of: int) -> bool:
    hit = cast.get("hit", set())
    if of in hit or of == MISSING or any(of in group for group in cast.values()):
        return of in hit
    return index.actor_side[of] in {index.actor_side[h] for h in hit}
