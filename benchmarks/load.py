"""What a server bears, from 1 to 200 visitors at once, in one run: python -m benchmarks.load [SECONDS].

Each visitor looks at the page, loads its files once, filters, takes rows, reads an event and now and then
takes a picture, with a pause of a second on average between two acts. SECONDS per step, 40 by default.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks import processor, report, visitors

STEPS = (1, 10, 50, 100, 200)
PAUSE = 1.0
KNEE = 0.8
"""The knee is where a visitor gets to do less than this share of what a lone one does in the time."""


def step(port: int, pid: int, n: int, seconds: float) -> dict[str, Any]:
    """One crowd: answers per second, milliseconds, errors, processor taken."""
    seen = visitors.Seen()
    before, own, start = processor.seconds(pid), time.process_time(), time.monotonic()
    asyncio.run(visitors.crowd(port, n, PAUSE, seconds, seen))
    spent = time.monotonic() - start
    kinds = {kind: _three(times) for kind, times in sorted(seen.spent.items())}
    return {
        "visitors": n,
        "seconds": round(spent, 1),
        "answers": seen.answers,
        "acts": len(seen.acts),
        "per_second": round(seen.answers / spent, 1),
        "acts_per_second": round(len(seen.acts) / spent, 1),
        "ms": _three(seen.acts),
        "kinds": kinds,
        "errors": len(seen.errors),
        "what": sorted(set(seen.errors)),
        "refused": seen.refused,
        "server_cores": round((processor.seconds(pid) - before) / spent, 2),
        "client_cores": round((time.process_time() - own) / spent, 2),
    }


def knee(steps: list[dict[str, Any]]) -> str:
    """Where it stops growing with its visitors, in words."""
    alone = steps[0]["acts_per_second"] / steps[0]["visitors"]
    for last, now in pairwise(steps):
        if now["acts_per_second"] / now["visitors"] < KNEE * alone:
            most = max(one["acts_per_second"] for one in steps)
            return (
                f"The knee lies between {last['visitors']} and {now['visitors']} visitors: from there on "
                f"each gets to do less than {KNEE:.0%} of what a lone one does; the server does {most:g} "
                "acts a second at most."
            )
    most = steps[-1]["visitors"]
    return f"No knee up to {most} visitors: each does at least {KNEE:.0%} of what a lone one does."


def table(steps: list[dict[str, Any]]) -> str:
    """A line for each step: milliseconds of all acts, of filters and pictures alone; errors; processor."""
    rows = [
        "| visitors | acts | acts a second | p50 ms | p95 ms | p99 ms | filter p50 | filter p95 "
        "| picture p50 | answers a second | pictures refused | errors | cores: server, visitors |",
        "|" + "---:|" * 13,
    ]
    for one in steps:
        filters, picture = one["kinds"].get("filter", ["–"] * 3), one["kinds"].get("picture", ["–"] * 3)
        cells = [
            *(one["visitors"], one["acts"], one["acts_per_second"], *one["ms"], *filters[:2], picture[0]),
            *(
                one["per_second"],
                one["refused"],
                one["errors"],
                f"{one['server_cores']}, {one['client_cores']}",
            ),
        ]
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows)


def _three(times: list[float]) -> list[int]:
    if len(times) < 2:
        return [round(ms) for ms in times] * 3 or [0, 0, 0]
    cut = quantiles(times, n=100, method="inclusive")
    return [round(cut[49]), round(cut[94]), round(cut[98])]


def main(seconds: float) -> None:
    about = report.machine()
    with tempfile.TemporaryDirectory() as folder, visitors.server(Path(folder, "log")) as (port, pid):
        asyncio.run(visitors.crowd(port, 4, 0.2, min(seconds, 10), visitors.Seen()))  # warm
        steps = []
        for n in STEPS:
            steps.append(step(port, pid, n, seconds))
            print(
                f"{n} visitors: {steps[-1]['per_second']} answers/s, {steps[-1]['errors']} errors", flush=True
            )
    about += f"; {visitors.WORKERS} workers, {seconds:g} s a step, the visitors on the same machine"
    text = f"{table(steps)}\n\n{knee(steps)}"
    report.put("load", "make load", about, text, {"machine": about, "knee": knee(steps), "steps": steps})
    sys.exit(1 if any(one["errors"] for one in steps) else 0)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 40)
