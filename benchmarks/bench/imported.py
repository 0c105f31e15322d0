"""100,000 rows in Serval are an import, no record: how long that takes, and how long `/check` to show it."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlopen

from benchmarks.bench import servers
from benchmarks.bench.rows import ROOT
from tests.made_exports import GED, ged

DAYS = ("--from", "2012-01-01", "--to", "2014-12-31")


def measure(out: Path, n: int, tell: Callable[[str], None]) -> dict[str, Any]:
    """`import` in seconds; `first`, `again` in ms until the page of another view is there; MB per worker."""
    tell(f"{n:,} made-up rows: serval import ged, /check")
    folder, source = out / "imports", out / "made-up.csv"
    with source.open("w", newline="") as file:
        writer = csv.DictWriter(file, GED)
        writer.writeheader()
        writer.writerows(ged(n, spread=8.0))
    settings = {**os.environ, "SERVAL_IMPORTS": str(folder)}
    began = time.monotonic()
    command = [sys.executable, "-m", "serval", "import", "ged", str(source), *DAYS]
    subprocess.run(command, cwd=ROOT, env=settings, check=True, stdout=subprocess.DEVNULL)
    spent = time.monotonic() - began
    with servers.running("Serval", out / "check.log", _serve, folder) as server:
        times = [_page(server.url, month) for month in range(1, 13)]
        memory = max(server.memory())
    return {"rows": n, "import": spent, "first": times[0], "again": median(times[1:]), "memory": memory}


def _serve(port: int, folder: Path) -> tuple[list[str], dict[str, str]]:
    command, settings = servers.serval(port)
    return command, {**settings, "SERVAL_IMPORTS": str(folder)}


def _page(url: str, month: int) -> float:
    began = time.perf_counter()
    with urlopen(f"{url}/check?from=2012-{month:02d}-01&to=2014-12-31", timeout=120) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - began)
