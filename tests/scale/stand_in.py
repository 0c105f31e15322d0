"""A worker that draws nothing: it writes an order down and answers with its words, so late as it says."""

import sys
import time
from pathlib import Path

from serval import browser, record
from serval.jobs import orders, queue, shared, worker


def make(order: orders.Order) -> bytes:
    spec = order["spec"]
    with Path(sys.argv[1]).open("a") as made:
        made.write(f"{spec['say']}\n")
    time.sleep(spec.get("seconds", 0))
    if "refuse" in spec:
        raise {"busy": browser.Unavailable, "other": orders.Other}[spec["refuse"]]("too much to do", after=7)
    return f"a worker says {spec['say']}".encode()


queue.make = make
record.load = lambda: None
worker.run(shared.connect(), 2)
