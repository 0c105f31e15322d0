"""How sure a proposal is: features of how its slots were filled, weighed to a probability of being accepted."""

from __future__ import annotations

import datetime as dt

from serval.extract.slots import CONTROL, VIOLENT, Event
from serval.extract.story import Story


def features(event: Event, story: Story, published: dt.date) -> dict[str, float]:
    """Numbers between 0 and 1 by name."""
    page = event.hit.page
    return {
        "weight": event.hit.frame.weight,
        "place direct": float(event.place_rule == "direct"),
        "place clause": float(event.place_rule in ("clause", "sentence")),
        "place guess": float(event.place_rule in ("focus", "main")),
        "agent": float(event.agent_known),
        "actors": float(bool(event.actors)),
        "dated": float(not event.when_rule.startswith("no time")),
        "denied": float(event.modality == "denied"),
        "possible": float(event.modality == "possible"),
        "planned": float(event.modality == "planned"),
        "nominal": float(event.hit.nominal),
        "headline": float(page is story.pages[0]),
        "again": float(bool(event.other)),
        "figures": float(bool(event.figures)),
        "control": float(event.type in CONTROL),
        "violent": float(event.type in VIOLENT),
    }


def score(found: dict[str, float]) -> float:
    """Probability that a curator accepts the proposal."""
    if found["denied"]:
        return 0.1
    return round(min(0.97, 0.2 + 0.5 * found["weight"] + 0.1 * found["place direct"] + 0.1 * found["agent"] + 0.05 * found["dated"] + 0.1 * found["again"] - 0.1 * found["nominal"] - 0.1 * found["possible"]), 3)
