"""Time and memory of `serval import ged` of a made-up file, then of the counter-check: imports.py [ROWS].

The budget is 60 s and 1 GB for 400,000 rows that are all kept.
"""

import csv
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.made_exports import GED, ged

ROOT = Path(__file__).resolve().parents[1]
DAYS = ("--from", "2012-01-01", "--to", "2014-12-31")  # of every row that is made


def check() -> None:
    """The counter-check in a process of its own: its times and what it takes of memory."""
    from serval import record
    from serval.imports import check, store
    from serval.selection import Selection

    view = record.load().select(Selection(from_="2012-01-01", to="2014-12-31"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for km, days in ((25, 3), (25, 3), (5, 1), (200, 30)):
        start = perf_counter()
        found = check.compare(view, store.load("made-up"), km, days)
        counts = f"{len(found.pairs)} pairs, {len(found.theirs_only)} theirs only"
        print(f"counter-check {km} km {days} days: {perf_counter() - start:.2f} s; {counts}")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"memory: {before} MB with the record, {after} MB with the import")


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SERVAL_IMPORTS"] = folder
        source = Path(folder) / "made up.csv"
        with source.open("w", newline="") as file:
            writer = csv.DictWriter(file, GED)
            writer.writeheader()
            writer.writerows(ged(rows, spread=8.0))
        print(f"{rows:,} made-up rows, {source.stat().st_size / 1e6:.0f} MB")
        start = perf_counter()
        subprocess.run(
            [sys.executable, "-m", "serval", "import", "ged", str(source), *DAYS], cwd=ROOT, check=True
        )
        spent = perf_counter() - start
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        size = (Path(folder) / "made-up.parquet").stat().st_size / 1e6
        print(f"import: {spent:.1f} s, at most {most:.0f} MB of memory, {size:.0f} MB written")
        subprocess.run([sys.executable, __file__, "check"], check=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        check()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 400_000)
