"""The sums of the benchmark, and the page that it writes."""

import xml.etree.ElementTree as ET

import pytest

from benchmarks.bench import callbacks, chart, report
from benchmarks.bench.stats import p95, picked, ratio

NAMES = ("Serval", "Streamlit", "Panel")
MS = dict(zip(NAMES, (100, 500, 200), strict=True))
RESULTS = {
    "day": "2013-01-11",
    "command": "make bench",
    "minutes": 8.0,
    "rounds": 2,
    "chromium": "1",
    "machine": {"cores": 2, "memory": 8, "python": "3.11.0", "load": 0.1},
    "start": {name: [2.0, 2.5, 9.0] for name in NAMES},
    "visits": [
        {"app": name, "line": "none", "visit": visit, "paint": 1, "marks": ms, "all": ms}
        for name, ms in MS.items()
        for visit in ("first", "second")
    ],
    "filters": [
        {
            "app": name,
            "kind": "actor",
            "line": line,
            "rows": rows,
            "timeline": ms,
            "marks": ms * n,
            "all": ms * n,
            "cpu": 30.0,
        }
        for name, ms in MS.items()
        for line, rows in (("none", 411), ("4G", 411), ("none", 5000))
        for n in (1, 2, 3)
    ],
    "bytes": [
        {"app": name, "visit": visit, "down": 1_000_000, "up": 1, "requests": 9}
        for name in NAMES
        for visit in ("first", "second")
    ],
    "memory": {"Serval": [80.0, 90.0], "Streamlit": [170.0], "Panel": [190.0]},
    "callbacks": {callbacks.ALONE: {"rate": 100.0, "median": 9.0, "errors": 0, "kb": 9.0}},
    "sizes": [{"app": name, "rows": 5000, "marks": ms} for name, ms in MS.items()],
    "grown": [{"app": name, "rows": 5000, "memory": 300.0} for name in NAMES],
    "imported": {"rows": 100_000, "import": 9.0, "first": 900.0, "again": 90.0, "memory": 300.0},
    "most": [
        {"app": name, "first": 9000.0, "marks": 1500.0, "cpu": 900.0, "memory": 500.0} for name in NAMES[1:]
    ],
}


@pytest.mark.parametrize(
    ("values", "found"), [([7], 7), (range(1, 101), 95), (range(1, 21), 19), ([3, 1, 2], 3)]
)
def test_p95_is_the_least_that_95_of_100_do_not_exceed(values, found):
    assert p95([*values]) == found


def test_a_ratio_is_of_medians_and_of_nothing_there_is_none():
    assert ratio([1, 2, 9], [8, 4, 1]) == 0.5
    assert ratio([], [1]) is None
    assert ratio([1], []) is None
    assert ratio([1], [0]) is None


def test_rows_are_picked_by_all_that_is_wanted():
    rows = [{"app": "a", "line": "4G", "ms": 1}, {"app": "a", "line": "none", "ms": 2}, {"app": "b", "ms": 3}]
    assert picked(rows, "ms", app="a", line="none") == [2]


def test_tables_hold_medians_ratios_and_verdicts():
    text = report.measured(RESULTS)
    assert "| map and timeline, no limit | 200 | 1,000 | 400 | 0.20 | 0.50 |" in text
    assert "| filter to map and timeline, by Streamlit | ≤ 0.25 × | 0.20 × | met |" in text
    assert "| filter to map and timeline, by Panel | ≤ 0.35 × | 0.50 × | **not met** |" in text
    assert "| second visit over the wire | ≤ 60 kB | 1000 kB | **not met** |" in text
    assert "| 100,000 rows | – | 1,500 | 1,500 | – | – |" in text
    for table in (part for part in text.split("\n\n") if part.startswith("|")):
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_only_the_marked_part_of_the_page_is_replaced():
    page = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    once = report.put(page, "new")
    assert once == f"before\n{report.BEGIN}\nnew\n{report.END}\nafter\n"
    assert report.put(once, "new") == once


def test_the_page_has_the_marks():
    text = report.PAGE.read_text("utf-8")
    assert text.count(report.BEGIN) == text.count(report.END) == 1


def test_the_chart_is_an_svg_with_a_bar_for_each_number():
    groups = report.bars(RESULTS)
    drawn = ET.fromstring(chart.draw(groups))
    bars = [e for e in drawn.iter("{http://www.w3.org/2000/svg}rect") if e.get("height") == str(chart.BAR)]
    assert len(bars) == sum(len(values) for _, values in groups) == 11
