"""Times of pictures by the warm Chromium: python benchmarks/picture.py [RUNS]. Medians in milliseconds.

`spec` is the figure and its words, `svg` its composition, `png` (at scales 1 and 2) and `pdf` what follows.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from serval import browser, record
from serval.export import picture, picture_options
from serval.selection import Selection

SIZE = (1200, 800)


def timed(steps: dict[str, list[float]], name: str, work: Callable[[], object]) -> object:
    start = perf_counter()
    made = work()
    steps.setdefault(name, []).append(1000 * (perf_counter() - start))
    return made


def once(view, panel: str, steps: dict[str, list[float]]) -> int:
    """One picture of a panel in every format; gives the bytes of its SVG."""
    width, height = SIZE
    spec = timed(steps, "spec", lambda: picture.spec(view, panel, lang="en", width=width, height=height))
    svg = timed(steps, "svg", lambda: browser.svg(spec))
    timed(steps, "png", lambda: browser.png(svg, width, height))
    timed(steps, "png x2", lambda: browser.png(svg, width, height, 2))
    timed(steps, "pdf", lambda: browser.pdf(svg, width, height))
    return len(svg)


def main(runs: int) -> None:
    view = record.load().select(Selection())
    start = perf_counter()
    once(view, "losses", {})
    print(f"with the start of Chromium: {perf_counter() - start:.1f} s; {view.n} events; {runs} runs")
    for panel in picture_options.PANELS:
        steps: dict[str, list[float]] = {}
        size = [once(view, panel, steps) for _ in range(runs)][-1]
        told = "  ".join(f"{name} {median(spent):6.0f}" for name, spent in steps.items())
        print(f"{panel:9} {told}  svg {size / 1000:.0f} kB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
