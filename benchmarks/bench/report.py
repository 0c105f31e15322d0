"""The results as tables and a chart: the marked part of docs/performance.md, and docs/performance.svg."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.bench import chart
from benchmarks.bench.callbacks import ALONE
from benchmarks.bench.rows import ROOT
from benchmarks.bench.stats import median, p95, picked, ratio

PAGE, PICTURE = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance.svg"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
NAMES = ("Serval", "Streamlit", "Panel")
PEERS = NAMES[1:]
SHARE = {"Streamlit": 0.25, "Panel": 0.35}
"""The most that a filter of Serval's may take of a peer's."""
FIRST_MB, SECOND_KB, WORKER_MB, CALLBACK_MS, START_S = 1.1, 60, 250, 25, 3
Results = dict[str, Any]
Cells = Sequence[str]


def write(results: Results) -> None:
    PAGE.write_text(put(PAGE.read_text("utf-8"), measured(results)), "utf-8")
    PICTURE.write_text(chart.draw(bars(results)), "utf-8")


def put(page: str, part: str) -> str:
    """The page with the part between its marks replaced."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{part}\n{END}{rest.split(END)[1]}"


def measured(results: Results) -> str:
    machine = results["machine"]
    head = (
        f"Run of {results['day']}, `{results['command']}`, {results['minutes']:.0f} minutes: "
        f"{machine['cores']} cores, {machine['memory']} GB, no graphics card, Python {machine['python']}, "
        f"Chromium {results['chromium']}, load {machine['load']:.1f} before the start, {results['rounds']} "
        "rounds. Medians, with the 95th percentile in brackets where there is one; the ratio is Serval's "
        "median by the peer's."
    )
    both = (*NAMES, "by Streamlit", "by Panel")
    tables = [
        ("A visit", table(("", *both), visit_rows(results))),
        ("A filter", table(("ms", *both), filter_rows(results))),
        ("More rows", table(("ms to map and timeline", *both), size_rows(results))),
        ("The server", table(("", *NAMES), server_rows(results))),
        ("Against the budgets", table(("what", "budget", "measured", ""), budget_rows(results))),
    ]
    return "\n\n".join([head, *(f"### {title}\n\n{text}" for title, text in tables)])


def table(head: Cells, rows: Iterable[Cells]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def compared(label: str, values: dict[str, list[float]], unit: float = 1, digits: int = 0) -> Cells:
    """A line: a median for each page, then the ratios."""
    return [label, *(cell(values.get(name, []), unit, digits) for name in NAMES), *ratios(values)]


def cell(values: Sequence[float], unit: float = 1, digits: int = 0) -> str:
    if not values:
        return "–"
    text = f"{median(values) / unit:,.{digits}f}"
    return f"{text} ({p95(values) / unit:,.{digits}f})" if len(values) > 4 else text


def ratios(values: dict[str, list[float]]) -> list[str]:
    found = (ratio(values.get("Serval", []), values.get(name, [])) for name in PEERS)
    return ["–" if r is None else f"{r:.2f}" for r in found]


def by_app(rows: list[Results], key: str, /, **wanted: object) -> dict[str, list[float]]:
    return {name: picked(rows, key, app=name, **wanted) for name in NAMES}


def visit_rows(results: Results) -> Iterable[Cells]:
    for which in ("first", "second"):
        passed = {key: by_app(results["bytes"], key, visit=which) for key in ("down", "requests")}
        yield compared(f"{which} visit, kB received", passed["down"], 1000)
        yield compared(f"{which} visit, requests", passed["requests"])
    for line, words in (("none", ""), ("4G", ", 4G")):
        for which in ("first", "second"):
            found = results["visits"]
            if not picked(found, "paint", line=line, visit=which):
                continue
            yield compared(f"{which} visit{words}, ms to first paint",
                           by_app(found, "paint", line=line, visit=which))  # fmt: skip
            yield compared(f"{which} visit{words}, ms to map and timeline",
                           by_app(found, "marks", line=line, visit=which))  # fmt: skip


def on_record(results: Results) -> list[Results]:
    return [row for row in results["filters"] if row["rows"] < 1000]


def filter_rows(results: Results) -> Iterable[Cells]:
    found = on_record(results)
    for line, words in (("none", "no limit"), ("4G", "4G")):
        yield compared(f"timeline, {words}", by_app(found, "timeline", line=line))
        yield compared(f"map and timeline, {words}", by_app(found, "marks", line=line))
        yield compared(f"all, words too, {words}", by_app(found, "all", line=line))
    for kind, words in (("actor", "an actor"), ("type", "a type"), ("from", "a later first day"),
                        ("to", "an earlier last day")):  # fmt: skip
        yield compared(f"map and timeline, {words}, both lines", by_app(found, "marks", kind=kind))
    means = {name: _mean(values) for name, values in by_app(found, "cpu").items()}
    yield compared("processor of the server, mean", means)


def _mean(values: list[float]) -> list[float]:
    return [sum(values) / len(values)] if values else []  # a clock of 10 ms, so the mean and no median


def size_rows(results: Results) -> Iterable[Cells]:
    found = results["filters"]
    sizes = sorted({row["rows"] for row in found})
    for size in sizes:
        yield compared(f"{size:,} events", by_app(found, "marks", rows=size, line="none"))
    theirs = {row["app"]: [row["marks"]] for row in results["most"]}
    yield compared("100,000 rows", theirs)
    for size in sizes:
        cpu = {n: _mean(v) for n, v in by_app(found, "cpu", rows=size).items()}
        yield compared(f"{size:,} events, ms of the server's processor", cpu)
    yield compared(
        "100,000 rows, ms of the server's processor", {r["app"]: [r["cpu"]] for r in results["most"]}
    )
    yield compared("5,000 events, first view", by_app(results["sizes"], "marks"))
    yield compared("100,000 rows, first view", {row["app"]: [row["first"]] for row in results["most"]})


def server_rows(results: Results) -> Iterable[Cells]:
    memory, calls = results["memory"], results["callbacks"]
    yield ["MB, each process that answers", *(" and ".join(f"{m:.0f}" for m in memory[n]) for n in NAMES)]
    grown = {row["app"]: row["memory"] for row in results["grown"]}
    yield ["MB with 5,000 events, the largest", *(f"{grown[name]:.0f}" for name in NAMES)]
    most = {row["app"]: row["memory"] for row in results["most"]}
    yield ["MB with 100,000 rows", "–", *(f"{most[name]:.0f}" for name in PEERS)]
    starts = (results["start"][name] for name in NAMES)
    yield ["seconds from start to first answer, median of 3", *(f"{median(of):.1f}" for of in starts)]
    for name, call in calls.items():
        told = f"{call['rate']:.0f} a second, {call['median']:.0f} ms, {call['errors']:.0f} errors"
        yield [f"callback, 2 workers, {name}", told, "no such endpoint", "no such endpoint"]
    check = results["imported"]
    told = f"import {check['import']:.0f} s; first {check['first']:.0f} ms, then {check['again']:.0f} ms"
    yield [f"`/check` of {check['rows']:,} imported rows", told, "–", "–"]


def budget_rows(results: Results) -> Iterable[Cells]:
    weight = {v: median(picked(results["bytes"], "down", app="Serval", visit=v)) for v in ("first", "second")}
    yield judged("first visit over the wire", FIRST_MB, weight["first"] / 1e6, "MB", 2)
    yield judged("second visit over the wire", SECOND_KB, weight["second"] / 1e3, "kB", 0)
    found = on_record(results)
    for line, words in (("none", ""), ("4G", ", 4G")):
        values = by_app(found, "marks", line=line)
        for name in PEERS:
            share = ratio(values["Serval"], values[name]) or 0
            yield judged(f"filter to map and timeline, by {name}{words}", SHARE[name], share, "×", 2)
    alone = results["callbacks"][ALONE]["median"]
    yield judged("a filter's callback, all panels, median", CALLBACK_MS, alone, "ms", 0)
    yield judged("memory of a worker", WORKER_MB, max(results["memory"]["Serval"]), "MB", 0)
    yield judged("start to first answer", START_S, median(results["start"]["Serval"]), "s", 1)


def judged(what: str, budget: float, found: float, unit: str, digits: int) -> Cells:
    verdict = "met" if found <= budget else "**not met**"
    return [what, f"≤ {budget:g} {unit}", f"{found:.{digits}f} {unit}", verdict]


def bars(results: Results) -> list[tuple[str, dict[str, float]]]:
    """What the chart shows: groups of a bar for each page, in ms."""
    found, groups = results["filters"], []
    for line, words in (("none", "411 events"), ("4G", "411 events, 4G")):
        groups.append((words, by_app(on_record(results), "marks", line=line)))
    groups.append(("5,000 events", by_app(found, "marks", rows=5000)))
    groups.append(("100,000 rows", {row["app"]: [row["marks"]] for row in results["most"]}))
    return [(words, {n: median(v) for n, v in values.items() if v}) for words, values in groups]
