"""Whether memory stays flat under a mixed load: python -m benchmarks.soak [MINUTES], or SOAK_MINUTES; 30.

Every 15 s the memory (proportional set size) of each worker and of Chromium is read. In the first third of
the time visitors hardly pause, so that all caches fill. Then they do as visitors do, and a line is laid
through the samples: its slope with a 95 % interval says whether they grow.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from math import sqrt
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks import report, visitors
from serval import processes

EVERY = 15.0
VISITORS, PAUSE = 6, 1.5
WARM, HURRIED = 1 / 3, 0.1
"""Share of the time in which caches fill, and the visitors' pause in it."""
GROWTH = 0.03
"""Share of its mean by which a size may grow in the time that is judged, and still be called flat."""
MB = 1e6


async def watched(port: int, pid: int, minutes: float, seen: visitors.Seen) -> list[dict[str, Any]]:
    """The load, and samples: seconds since the start, answers and errors so far, megabytes by process."""
    samples: list[dict[str, Any]] = []
    start = time.monotonic()
    load = asyncio.create_task(_load(port, minutes * 60, seen))
    every = min(EVERY, minutes * 60 / 8)
    while not load.done():
        await asyncio.wait([load], timeout=every)
        sizes = await asyncio.to_thread(_sizes, pid)
        samples.append(
            {"s": round(time.monotonic() - start), "n": seen.answers, "errors": len(seen.errors), "mb": sizes}
        )
    await load
    return samples


async def _load(port: int, seconds: float, seen: visitors.Seen) -> None:
    for share, pause in ((WARM, HURRIED), (1 - WARM, PAUSE)):
        await visitors.crowd(port, VISITORS, pause, seconds * share, seen)


def _sizes(pid: int) -> dict[str, float]:
    workers = sorted(processes.children(pid))
    chromium = [one for one in processes.below(pid) if one not in workers]
    sizes = {f"worker {n + 1}": processes.memory(one) / MB for n, one in enumerate(workers)}
    return {**sizes, "chromium": sum(map(processes.memory, chromium)) / MB}


def slope(samples: list[tuple[float, float]]) -> tuple[float, float]:
    """Least squares through (hours, megabytes): megabytes per hour, and half of the 95 % interval."""
    n, xs, ys = len(samples), [x for x, _ in samples], [y for _, y in samples]
    mx, my = mean(xs), mean(ys)
    spread = sum((x - mx) ** 2 for x in xs)
    rate = sum((x - mx) * (y - my) for x, y in samples) / spread
    rest = sum((y - my - rate * (x - mx)) ** 2 for x, y in samples)
    return rate, 2 * sqrt(rest / max(n - 2, 1) / spread)


def judged(samples: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each process: megabytes after warming up, at the end, at most; slope; whether that is flat."""
    kept = samples[int(len(samples) * WARM) :]
    hours = (kept[-1]["s"] - kept[0]["s"]) / 3600
    found = []
    for name in kept[-1]["mb"]:
        points = [(one["s"] / 3600, one["mb"].get(name, 0.0)) for one in kept]
        rate, half = slope(points)
        sizes = [size for _, size in points]
        flat = rate - half <= 0 or rate * hours <= GROWTH * mean(sizes)
        row = {"name": name, "first": sizes[0], "last": sizes[-1], "most": max(sizes), "flat": flat}
        found.append({**row, "slope": rate, "half": half})
    return found


def table(rows: list[dict[str, Any]]) -> str:
    lines = [
        "| process | MB after warm-up | at the end | at most | MB per hour (95 %) | flat |",
        "|---|" + "---:|" * 5,
    ]
    for one in rows:
        sizes = " | ".join(f"{one[key]:.0f}" for key in ("first", "last", "most"))
        said = "yes" if one["flat"] else "**no**"
        lines.append(f"| {one['name']} | {sizes} | {one['slope']:+.1f} ± {one['half']:.1f} | {said} |")
    return "\n".join(lines)


def main(minutes: float) -> None:
    about, seen = report.machine(), visitors.Seen()
    with tempfile.TemporaryDirectory() as folder, visitors.server(Path(folder, "log")) as (port, pid):
        samples = asyncio.run(watched(port, pid, minutes, seen))
    rows = judged(samples)
    flat = all(one["flat"] for one in rows)
    said = (
        f"{seen.answers} answers in {minutes:g} minutes, among them {len(seen.spent['picture'])} pictures "
        f"({seen.refused} refused for being busy); {len(seen.errors)} errors. "
        f"Memory is {'' if flat else 'not '}flat."
    )
    about += f"; {visitors.WORKERS} workers, {VISITORS} visitors, a sample every {EVERY:g} s"
    result = {"machine": about, "samples": samples, "judged": rows, "errors": sorted(set(seen.errors))}
    report.put("soak", f"make soak SOAK_MINUTES={minutes:g}", about, f"{table(rows)}\n\n{said}", result)
    sys.exit(0 if flat and not seen.errors else 1)


if __name__ == "__main__":
    main(float(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SOAK_MINUTES") or 30))
