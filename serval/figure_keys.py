"""A lasting name of each figure of an event: what it counts, whose, by whose claim, in which source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from serval.lookup import Values


def keyed(figures: Iterable[Values]) -> dict[str, Values]:
    """The figures of one event, as the curator wrote them, by key: `killed.of-mujao.by-france.in-<source>`.

    What a figure does not name is left out of its key. Its numbers are not in it, so that a corrected number
    keeps its name; figures alike in all of this are numbered from the second on, `killed.of-mujao.2`.
    """
    seen: Counter[str] = Counter()
    out: dict[str, Values] = {}
    for row in figures:
        named = {"of": row["of"], "by": row["claimed_by"], "in": row["source"]}
        key = ".".join([row["kind"], *(f"{word}-{id}" for word, id in named.items() if id)])
        seen[key] += 1
        out[key if seen[key] == 1 else f"{key}.{seen[key]}"] = row
    return out
