"""`make bench`: measure, keep the numbers in build/bench/results.json, write docs/performance.{md,svg}.

BENCH_ROUNDS: how often every page is visited and filtered, in turn. With `report` as an argument it writes
the pages from the numbers that are there.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import synthetic
from benchmarks.bench import browsing, callbacks, imported, report, rows, servers
from benchmarks.bench.apps import APPS, App
from benchmarks.bench.line import line
from benchmarks.bench.plan import Plan
from benchmarks.bench.rows import ROOT
from benchmarks.bench.servers import Server
from serval import record as records

OUT = ROOT / "build" / "bench"
MANY, MOST = 5_000, 100_000
NAMES = [app.name for app in APPS]
Results = dict[str, Any]


def tell(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", flush=True)


def started(stack: ExitStack, name: str, size: int) -> Server:
    data = OUT / f"data-{size}" if size == MANY else None
    made = {
        "Serval": (servers.serval, data),
        "Streamlit": (servers.streamlit, OUT / "streamlit", OUT / f"rows-{size}"),
        "Panel": (servers.panel, OUT / "panel", OUT / f"rows-{size}"),
    }[name]
    return stack.enter_context(servers.running(name, OUT / f"{name}.log", *made))


def weigh(browser, plan: Plan, app: App, server: Server) -> list[Results]:
    """Bytes and requests of the first and of the second visit, counted on the line. The server is warm then,
    so these visits are not timed."""
    found = []
    with line(server.port) as wire, browsing.profile(browser) as context:
        for which in ("first", "second"):
            before = wire.passed()
            page, _ = browsing.visit(context, plan, app, wire.url)
            time.sleep(1.5)
            if which == "first":
                page.screenshot(path=str(OUT / f"{app.name}.png"))
            page.close()
            time.sleep(0.3)
            down, up, requests = (now - then for now, then in zip(wire.passed(), before, strict=True))
            found.append({"app": app.name, "visit": which, "down": down, "up": up, "requests": requests})
    return found


def visits(browser, plan: Plan, app: App, server: Server, turn: int, results: Results) -> None:
    """First and second visit and filters, then first visit and filters on the slow line."""
    with browsing.profile(browser) as context:
        page, first = browsing.visit(context, plan, app, server.url)
        page.close()
        page, second = browsing.visit(context, plan, app, server.url)
        for which, times in (("first", first), ("second", second)):
            results["visits"].append({"app": app.name, "line": "none", "visit": which, **times})
        results["filters"] += map(vars, browsing.filters(page, plan, app, server, 2 * turn))
    with line(server.port, slow=True) as wire, browsing.profile(browser) as context:
        page, first = browsing.visit(context, plan, app, wire.url)
        results["visits"].append({"app": app.name, "line": "4G", "visit": "first", **first})
        results["filters"] += map(vars, browsing.filters(page, plan, app, server, 2 * turn + 1, slow=True))


def start(name: str) -> float:
    """Seconds from a server's start to its first answer."""
    with ExitStack() as stack:
        return started(stack, name, 0).started


def on_the_record(browser, rounds: int, results: Results) -> None:
    """All that is measured on the record itself."""
    plan = Plan(records.load())
    with ExitStack() as stack:
        results["start"] = {name: [start(name) for _ in range(3)] for name in NAMES}
        running = {name: started(stack, name, 0) for name in NAMES}
        for app in APPS:
            results["bytes"] += weigh(browser, plan, app, running[app.name])
        for turn in range(rounds):
            for app in APPS[turn % 3 :] + APPS[: turn % 3]:
                tell(f"round {turn + 1} of {rounds}: {app.name}")
                visits(browser, plan, app, running[app.name], turn, results)
        for name, server in running.items():
            results["memory"][name] = server.memory()
        results["master"] = running["Serval"].master()
        tell("requests a second of Serval's callback")
        one, many = ["actor=france"], callbacks.distinct(300)
        for what, queries, connections in (
            (callbacks.ALONE, many, 1),
            ("8 connections, ever another view", many, 8),
            ("8 connections, the same view", one, 8),
        ):
            results["callbacks"][what] = callbacks.load(running["Serval"], queries, connections)


def on_many(browser, size: int, names: list[str], results: Results) -> None:
    """The filters on a synthetic record, once per page."""
    data = OUT / f"data-{size}"
    if not (data / "CHANGES.md").is_file():
        tell(f"making {size:,} synthetic events")
        synthetic.write(size, data)
    plan = Plan(records.read(data))
    rows.write(plan.record, OUT / f"rows-{size}")
    for app in APPS:
        if app.name not in names:
            continue
        tell(f"{size:,} rows: {app.name}")
        with ExitStack() as stack:
            server = started(stack, app.name, size)
            with browsing.profile(browser) as context:
                page, times = browsing.visit(context, plan, app, server.url)
                results["sizes"].append({"app": app.name, "rows": size, **times})
                results["filters"] += map(vars, browsing.filters(page, plan, app, server, 0))
            results["grown"].append({"app": app.name, "rows": size, "memory": max(server.memory())})


def main(rounds: int) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    rows.write(records.load(), OUT / "rows-0")
    rows.lay_out(OUT / "streamlit", "/app/static")
    rows.lay_out(OUT / "panel", "/base")
    began = time.monotonic()
    results: Results = {
        "day": date.today().isoformat(), "rounds": rounds, "machine": machine(), "command":
        f"make bench BENCH_ROUNDS={rounds}", "visits": [], "filters": [], "bytes": [], "memory": {},
        "callbacks": {}, "sizes": [], "grown": [],
    }  # fmt: skip
    with browsing.chromium() as browser:
        results["chromium"] = browser.version
        on_the_record(browser, rounds, results)
        on_many(browser, MANY, NAMES, results)
        results["imported"] = imported.measure(OUT, MOST, tell)
        rows.multiply(OUT / "rows-0", OUT / f"rows-{MOST}", MOST)
        results["most"] = most(browser)
    results["minutes"] = (time.monotonic() - began) / 60
    (OUT / "results.json").write_text(json.dumps(results, indent=1))
    report.write(results)
    tell(f"docs/performance.md and docs/performance.svg are written, after {results['minutes']:.1f} minutes")


def most(browser) -> list[Results]:
    """The peers on 100,000 rows: a first view and the two filters by day."""
    found = []
    for app in APPS[1:]:
        tell(f"{MOST:,} rows: {app.name}")
        with ExitStack() as stack, browsing.profile(browser) as context:
            server = started(stack, app.name, MOST)
            page, times = browsing.visit_any(context, app, server.url)
            marks = browsing.filter_any(page, app, server)
            found.append({"app": app.name, "first": times["marks"], **marks, "memory": max(server.memory())})
    return found


def machine() -> dict[str, Any]:
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1e6
    return {"cores": os.cpu_count(), "memory": round(memory), "python": platform.python_version(),
            "load": os.getloadavg()[0]}  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:] == ["report"]:
        report.write(json.loads((OUT / "results.json").read_text()))
    else:
        main(int(os.environ.get("BENCH_ROUNDS") or 2))
