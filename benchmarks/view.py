"""Times of a View, in one run: python benchmarks/view.py [RUNS]. Prints medians in milliseconds.

Every run makes new Views of the selections below and asks for what a filter on the page asks for. The budget
is 10 ms for rows, facets, totals and holders of the whole record; `cpu` is the same without what
other programs took of the machine meanwhile.
"""

import sys
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from serval import record
from serval.selection import Allowed, Selection

BUDGET = ("rows", "facets", "totals", "holders")
OTHERS = ("events", "figures", "sources", "actors", "losses", "control", "troops")
QUERIES = {
    "whole record": "from=2012-01-01&to=2014-12-31&at=2013-01-30",
    "as opened": "",
    "as known on": "known=2013-02-15",
    "an actor's family": "actor=aqim&family=1&role=target",
    "words": "q=gao+army",
}


def times(whole: record.Record, query: str, allowed: Allowed) -> dict[str, float]:
    """Part of the View -> milliseconds; `read` is the query string's own reading, `cpu` the budget's."""
    start = perf_counter()
    selection = Selection.parse(query, allowed)
    spent = {"read": perf_counter() - start}
    start = perf_counter()
    worked = process_time()
    view = whole.select(selection)
    for part in (*BUDGET, *OTHERS):
        getattr(view, part)
        spent[part] = perf_counter() - start
        if part == BUDGET[-1]:
            spent["cpu"] = process_time() - worked
        start = perf_counter()
    return {part: seconds * 1000 for part, seconds in spent.items()}


def main(runs: int) -> None:
    start = perf_counter()
    whole = record.load()
    allowed = Allowed.of(whole)
    print(f"record loaded in {perf_counter() - start:.2f} s: {len(whole.events)} events; {runs} runs each")
    start = perf_counter()
    for query in QUERIES.values():
        times(whole, query, allowed)
    print(f"first Views, with the index: {perf_counter() - start:.2f} s")
    columns = ("budget", "cpu", "read", *BUDGET, *OTHERS)
    print(f"{'':18}" + "".join(f"{name:>9}" for name in columns))
    for name, query in QUERIES.items():
        spent = [times(whole, query, allowed) for _ in range(runs)]
        budget = median(sum(run[part] for part in BUDGET) for run in spent)
        medians = [budget, *(median(run[part] for run in spent) for part in columns[1:])]
        print(f"{name:18}" + "".join(f"{value:9.2f}" for value in medians))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
