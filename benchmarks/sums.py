"""What a million visits a day ask of servers: python -m benchmarks.sums. Into docs/deployment.md.

Requests and bytes of a visit are those of a real Chromium, with an empty and with a full cache; the processor
time of each kind of request is that of the server's processes, for one client and one request after another.
How many visits come when, and what people do, is assumed, and stands in the page.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks import processor, report, visitors
from benchmarks.client import Client
from serval import browser
from tests.browser.conftest import FLAGS, WEBGL

DAY, VISITS = 86_400, 1_000_000
NEW = 0.7
"""Share of visits with an empty cache."""
PEAK = 0.10
"""Share of a day's visits in its busiest hour: 2.4 times the mean."""
FILTERS, PAGES, PICTURES, FRESH = 6, 1, 0.02, 0.5
"""A visit filters so often, reads so many plain pages, takes so many pictures, of which so many are new."""
FULL = 0.7
"""Share of its processors that a server is let use before another one is started."""
TIMES = 150
PAGE = Path(__file__).resolve().parents[1] / "docs" / "deployment.md"

Traffic = dict[str, tuple[int, int]]
"""Kind of request -> how many, how many bytes."""


def watched(page: Page, url: str) -> Traffic:
    """What a page asks for until all is drawn and it asks no more."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    counts: dict[str, list[int]] = {}

    def asked(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = _kind(event["request"]["url"])

    def cached(event: dict[str, Any]) -> None:
        kinds.pop(event["requestId"], None)

    def done(event: dict[str, Any]) -> None:
        if kind := kinds.get(event["requestId"]):
            counts.setdefault(kind, []).append(int(event["encodedDataLength"]))

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.requestServedFromCache", cached)
    session.on("Network.loadingFinished", done)
    page.goto(url)
    page.locator("#shown-count:not(:empty)").wait_for(state="attached", timeout=90_000)
    page.wait_for_timeout(6000)
    # Those that the disk's cache gave without a word to the server say that no byte came.
    found = {kind: [n for n in sizes if n > 0] for kind, sizes in counts.items()}
    return {kind: (len(sizes), sum(sizes)) for kind, sizes in found.items() if sizes}


def _kind(url: str) -> str:
    path = re.sub(r"^\w+://[^/]+", "", url)
    if path.startswith(("/static/", "/_dash-component-suites/", "/_favicon", "/assets/")):
        return "file"
    if path.startswith(visitors.CALLBACKS):
        return "callback"
    return "start" if path.startswith("/_dash-") else "page" if re.match(r"/(\?|$)", path) else "file"


def visits(port: int) -> tuple[Traffic, Traffic]:
    """The first visit of a browser and its second."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=browser.path(), args=[*FLAGS, *WEBGL]
        )
        try:
            url = f"http://127.0.0.1:{port}/"
            return watched(context.new_page(), url), watched(context.new_page(), url)
        finally:
            context.close()


def paths(kind: str) -> Iterator[tuple[str, bytes | None]]:
    """Requests of a kind, as different as visitors make them."""
    one = visitors.Visitor(0, visitors.Seen(), 0, 1)
    for n in range(TIMES):
        query = f"{one._query()}&from=2013-01-{1 + n % 28:02}"
        yield {
            "page": ("/", None),
            "start": ("/_dash-layout", None),
            "callback": (visitors.CALLBACKS, visitors._words(query)),
            "file": (visitors.Visitor.files[n % len(visitors.Visitor.files)], None),
            "plain page": (f"/event/{visitors.Visitor.events[n % 100]}", None),
            "picture kept": ("/figure/losses.svg?lang=en&title=kept", None),
        }[kind]


async def spent(port: int, pid: int, kind: str) -> tuple[float, float]:
    """Milliseconds of processor and bytes of body of a request of a kind."""
    client, size = Client(port), 0
    asked = [*paths(kind)]
    for path, body in asked[:10]:
        await client.ask(path, body)
    before = processor.seconds(pid)
    for path, body in asked:
        size += len((await client.ask(path, body)).body)
    used = processor.seconds(pid) - before
    await client.close()
    return 1000 * used / len(asked), size / len(asked)


def measure() -> dict[str, Any]:
    """All that is measured."""
    with tempfile.TemporaryDirectory() as folder, visitors.server(Path(folder, "log")) as (port, pid):
        kinds = ("page", "start", "callback", "file", "plain page", "picture kept")
        asyncio.run(spent(port, pid, "page"))  # warm
        cost = {kind: asyncio.run(spent(port, pid, kind)) for kind in kinds}
        first, second = visits(port)
        before = processor.seconds(pid)
        for n in range(5):
            asyncio.run(Client(port).ask(f"/figure/{visitors.PICTURES[n]}.svg?lang=en&title=new+{n}"))
        drawn = 1000 * (processor.seconds(pid) - before) / 5
    return {"cost": cost, "first": first, "second": second, "drawn": drawn}


def table(found: dict[str, Any]) -> str:
    """The measured numbers, and the sums."""
    cost, first, second = found["cost"], found["first"], found["second"]
    peak = VISITS * PEAK / 3600
    per_visit = {
        kind: NEW * first.get(kind, (0, 0))[0] + (1 - NEW) * second.get(kind, (0, 0))[0]
        for kind in ("page", "start", "file", "callback")
    }
    per_visit["callback"] += FILTERS
    per_visit |= {"plain page": PAGES, "picture kept": PICTURES * (1 - FRESH)}
    wire = [sum(size for _, size in one.values()) for one in (first, second)]
    more = FILTERS * cost["callback"][1] + PAGES * cost["plain page"][1]
    mean = NEW * wire[0] + (1 - NEW) * wire[1] + more
    files = (NEW * first["file"][1] + (1 - NEW) * second.get("file", (0, 0))[1]) / mean
    ms = {kind: n * cost[kind][0] for kind, n in per_visit.items()}
    cores = peak * sum(ms.values()) / 1000
    drawing = peak * PICTURES * FRESH * found["drawn"] / 1000
    drawers = _up(drawing / FULL)
    rows = [
        "| kind of request | first visit | second | with a visit's acts | ms of processor | ms a visit |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for kind, n in per_visit.items():
        counts = " | ".join(str(one[kind][0]) if kind in one else "–" for one in (first, second))
        rows.append(f"| {kind} | {counts} | {n:.2f} | {cost[kind][0]:.1f} | {ms[kind]:.1f} |")
    total, requests = sum(ms.values()), sum(per_visit.values())
    counts = " | ".join(str(sum(n for n, _ in one.values())) for one in (first, second))
    new, known, acts = wire[0] / 1e6, wire[1] / 1e6, more / 1e6
    sums = (
        f"Bytes: {new:.2f} MB a first visit, {known:.3f} MB a second, with heads; acts add {acts:.3f} MB: "
        f"{NEW} × {new:.2f} + {1 - NEW:.1f} × {known:.3f} + {acts:.3f} = **{mean / 1e6:.2f} MB a visit**, "
        f"{files:.0%} of it files.",
        f"A day: {VISITS:,} × {mean / 1e6:.2f} MB = **{VISITS * mean / 1e12:.2f} TB** in "
        f"{VISITS * requests / 1e6:.1f} million requests.",
        f"Mean: {VISITS:,} / {DAY:,} s = {VISITS / DAY:.1f} visits a second. Busiest hour: {VISITS:,} × "
        f"{PEAK} / 3,600 s = **{peak:.1f} visits a second**; × {requests:.1f} = "
        f"{peak * requests:.0f} requests a second; "
        f"× {mean / 1e6:.2f} MB × 8 = {peak * mean * 8 / 1e6:.0f} Mbit/s.",
        f"Processor: {peak:.1f} × {total:.1f} ms = **{cores:.2f} cores**; used to {FULL:.0%}, that is "
        f"{cores / FULL:.1f}: **{_up(cores / FULL)} pods** of a core each, and two more, so that "
        "one may fail while another is replaced.",
        f"Pictures: {peak:.1f} × {PICTURES} × {FRESH} = {peak * PICTURES * FRESH:.2f} new ones a second; × "
        f"{found['drawn']:.0f} ms (mean of five panels, Chromium included) = {drawing:.2f} cores; used "
        f"to {FULL:.0%}, that is {drawing / FULL:.1f}: **workers with {drawers} core{'s' * (drawers > 1)}**.",
    )
    rows += [f"| all | {counts} | {requests:.1f} | | {total:.1f} |", "", *(f"- {line}" for line in sums)]
    return "\n".join(rows)


def _up(number: float) -> int:
    return max(1, int(-(-number // 1)))


def main() -> None:
    """Measure, and write the sums into the page."""
    about = report.machine()
    text = table(measure())
    begin, end = "<!-- sums: begin -->", "<!-- sums: end -->"
    said = f"{begin}\n`python -m benchmarks.sums` on {date.today()}; {about}.\n\n{text}\n{end}"
    page = PAGE.read_text("utf-8")
    PAGE.write_text(re.sub(f"{begin}.*?{end}", lambda _: said, page, flags=re.DOTALL), "utf-8")
    print(said)


if __name__ == "__main__":
    sys.exit(main())
