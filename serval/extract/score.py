"""How sure a proposal is: what is known of its slots, weighed to the chance that a curator accepts it.

The weights are learnt (serval/extract/train.py) and are data: data/lexicon/weights.json.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import Any

from serval.extract.events import CONTROL, TALK, VIOLENT, Event
from serval.extract.lexicon import DATA
from serval.extract.story import Story

DENIED = 0.1
"""Score of what the text says did not happen."""


@lru_cache(maxsize=4)
def weights(path: Path = DATA / "lexicon" / "weights.json") -> dict[str, float]:
    """Feature -> weight; '' is the intercept."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {name: float(value) for name, value in found["weights"].items()}


def features(event: Event, story: Story) -> dict[str, float]:
    """What is known of a proposal, as numbers between 0 and 1 by name."""
    hit, verb = event.hit, event.hit.verb
    rules = {f.rule for _, f in event.actors}
    flags = {
        "frame " + hit.frame.id: True,
        "type " + event.type: True,
        "place " + (event.place_rule or "none"): True,
        "place in focus": event.place is not None
        and event.place.rule == "town in focus"
        and event.place_rule == "direct",
        "place is country": event.place is not None and event.place.kind == "country",
        "place is area": event.place is not None and event.place.kind == "area",
        "agent in frame": event.agent_known,
        "nobody": not event.actors,
        "several actors": len(event.actors) > 1,
        "pronoun": "pronoun" in rules,
        "usual actor": any(f.kind == "usual" for _, f in event.actors),
        "generic force": bool(rules & {"force last named", "the text's main force", "fighters last named"}),
        "when " + _tie(event.when_rule): True,
        "modality " + event.modality: True,
        "nominal": hit.nominal,
        "long pattern": len(hit.words) > 1,
        "relative clause": verb is not None and verb.dep_ in ("relcl", "acl", "advcl"),
        "to do": hit.trigger.tag_ == "VB",
        "present": verb is not None and verb.tag_ in ("VBZ", "VBP"),
        "participle": hit.trigger.tag_ == "VBG" and not hit.nominal,
        "speaker": event.speaker is not None,
        "headline": hit.page is story.pages[0],
        "last paragraphs": story.order[hit.page.number] > 0.8 * len(story.pages),
        "told again": bool(event.other),
        "figures": bool(event.figures),
        "towns": event.type in CONTROL,
        "violence": event.type in VIOLENT,
        "talk": event.type in TALK,
        "talk nominal": event.type in TALK and hit.nominal,
        "talk dated": event.type in TALK and not event.when_rule.startswith("no time"),
        "question": "?" in hit.trigger.sent.text,
    }
    found = {name: 1.0 for name, on in flags.items() if on}
    found["frame's weight"] = hit.frame.weight
    return found


def _tie(rule: str) -> str:
    if rule.startswith("no time"):
        return "no time"
    return rule.rsplit(", ", 1)[-1].split(":")[0]


def score(found: dict[str, float], known: dict[str, float] | None = None) -> float:
    """Chance, 0 to 1, that a curator accepts a proposal of these features."""
    if "modality denied" in found:
        return DENIED
    known = weights() if known is None else known
    total = known.get("", 0.0) + sum(known.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + math.exp(-total)), 3)
