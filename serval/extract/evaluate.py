"""Match proposals with annotated events, one to one, and count what is right, false and missed.

The rules by which a proposal matches an annotated event are in docs/extraction.md.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from serval.extract import lexicon, text, told
from serval.extract.merge import AT_LARGE, one_class
from serval.extract.text import fold, words_of

DEFAULT_SCORE = 0.4
"""Proposals below it are left out unless asked for."""
Event = dict[str, Any]
FAMILY = {
    "eutm": "eu",
    "minusma": "un",
    "ima": "mia",
    "ecowas": "afisma",
    "african_troops": "afisma",
    "african_forces": "afisma",
    "mali": "mali_gov",
    "serval": "france",
    "aqmi": "aqim",
    "mujwa": "mujao",
    "jihadist_groups": "islamists",
}
JIHADISTS = {"aqim", "mujao", "ansar_dine", "signed_in_blood", "boko_haram"}
TUAREGS = {"mnla", "mia", "hcua"}
WEST_AFRICANS = words_of(
    """
    nigeria niger senegal burkina_faso togo benin ghana guinea chad ivory_coast
    """
)


@dataclass
class Tally:
    """Counts of one text: matched, false, doubled, missed; slots right among the matched; score and fate
    of each.
    """

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    by_type: dict[str, Counter[str]] = field(default_factory=dict)
    fates: list[tuple[float, bool]] = field(default_factory=list)


@cache
def _place_names() -> dict[str, str]:
    words = lexicon.load()
    return {name: places[0][1].name for name, places in words.place.items()}


def canonical(place: str | None) -> str:
    """The name under which a place is compared: '' for none."""
    if not place:
        return ""
    folded = fold(place).replace("-", " ")
    return fold(_place_names().get(fold(place), _place_names().get(folded, place))).replace("-", " ")


def actors_shared(one: set[str], other: set[str]) -> bool:
    a, b = ({FAMILY.get(i, i) for i in ids} for ids in (one, other))
    if a & b:
        return True
    for x, y in ((a, b), (b, a)):
        if (
            ("islamists" in x and y & JIHADISTS)
            or ("tuareg_rebels" in x and y & TUAREGS)
            or ("afisma" in x and y & WEST_AFRICANS)
        ):
            return True
    return False


def _ids(event: Event) -> set[str]:
    return {a["actor"] for a in event.get("actors") or []}


def type_fits(gold: Event, guess: Event) -> bool:
    return guess["event_type"] in gold.get("alt_types", []) or one_class(
        gold["event_type"], guess["event_type"]
    )


def date_fits(gold: Event, guess: Event) -> bool:
    day = dt.date.fromisoformat
    a, b, c, d = (
        day(gold["date_start"]),
        day(gold["date_end"]),
        day(guess["date_start"]),
        day(guess["date_end"]),
    )
    if (d - c).days > max(31, 2 * (b - a).days + 2):
        return False
    return c - dt.timedelta(1) <= b and a - dt.timedelta(1) <= d


def place_fits(gold: Event, guess: Event) -> bool:
    large = {canonical(p) for p in AT_LARGE}
    x, y = canonical(gold.get("place")), canonical(guess.get("place"))
    return x == y or y in {canonical(p) for p in gold.get("alt_places", [])} or (x in large and y in large)


def actor_fits(gold: Event, guess: Event) -> bool:
    return not _ids(gold) or actors_shared(_ids(gold), _ids(guess))


def fits(gold: Event, guess: Event) -> bool:
    return all(test(gold, guess) for test in (type_fits, date_fits, place_fits, actor_fits))


def _spans(event: Event) -> list[tuple[int, int]]:
    return [(event["start"], event["end"]), *((s["start"], s["end"]) for s in event.get("other_spans") or [])]


def closeness(gold: Event, guess: Event) -> float:
    """Best intersection over union of the two events' mentions."""
    best = 0.0
    for a, b in _spans(gold):
        for c, d in _spans(guess):
            common = min(b, d) - max(a, c)
            if common > 0:
                best = max(best, common / (b - a + d - c - common))
    return best


def assign(gold: Sequence[Event], guesses: Sequence[Event]) -> dict[int, int]:
    """One-to-one matching of the greatest size: guess number -> gold number."""
    edges = {
        i: sorted(
            (j for j, g in enumerate(gold) if fits(g, guess)),
            key=lambda j: (bool(gold[j].get("optional")), -closeness(gold[j], guess)),
        )
        for i, guess in enumerate(guesses)
    }
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j in seen:
                continue
            seen.add(j)
            if j not in owner or place(owner[j], seen):
                owner[j] = i
                return True
        return False

    for i in sorted(edges, key=lambda i: -max((closeness(gold[j], guesses[i]) for j in edges[i]), default=0)):
        place(i, set())
    return {i: j for j, i in owner.items()}


def same_figure(a: Event, b: Event) -> bool:
    return (
        a["kind"] == b["kind"]
        and (
            FAMILY.get(a["of"], a["of"]) == FAMILY.get(b["of"], b["of"])
            or actors_shared({a["of"]}, {b["of"]})
        )
        and (a.get("low"), a.get("high")) == (b.get("low"), b.get("high"))
    )


def judge(name: str, gold: Sequence[Event], guesses: Sequence[Event], least: float) -> Tally:
    """Compare one text's proposals of at least a score with its annotation."""
    guesses = [g for g in guesses if g["score"] >= least]
    tally, matched = Tally(name), assign(gold, guesses)
    for i, guess in enumerate(guesses):
        kind = tally.by_type.setdefault(guess["event_type"], Counter())
        if i in matched and gold[matched[i]].get("optional"):
            continue
        tally.fates.append((guess["score"], i in matched))
        tally.counts["guesses"] += 1
        if i not in matched:
            kind["false"] += 1
            continue
        truth = gold[matched[i]]
        tally.counts["right"] += 1
        tally.by_type.setdefault(truth["event_type"], Counter())["right"] += 1
        tally.counts += _slots(truth, guess)
    for j, truth in enumerate(gold):
        if not truth.get("optional"):
            tally.counts["gold"] += 1
            tally.by_type.setdefault(truth["event_type"], Counter())["gold"] += 1
            if j not in matched.values():
                tally.counts["missed"] += 1
    return tally


def _slots(gold: Event, guess: Event) -> Counter[str]:
    """Which slots of a matched proposal are right in the strict sense."""
    day = dt.date.fromisoformat
    ends = [abs((day(gold[k]) - day(guess[k])).days) <= 1 for k in ("date_start", "date_end")]
    roles = [
        {(FAMILY.get(a["actor"], a["actor"]), a["role"]) for a in e.get("actors") or []}
        for e in (gold, guess)
    ]
    figures, guessed = gold.get("figures") or [], guess.get("figures") or []
    return Counter({
        "type": int(gold["event_type"] == guess["event_type"]),
        "date": int(all(ends)),
        "place": int(canonical(gold.get("place")) == canonical(guess.get("place"))),
        "modality": int(gold.get("modality") == guess.get("modality")),
        "roles right": len(roles[0] & roles[1]), "roles gold": len(roles[0]), "roles guessed": len(roles[1]),
        "figures right": sum(any(same_figure(f, g) for g in guessed) for f in figures),
        "figures gold": len(figures), "figures guessed": len(guessed),
    })  # fmt: skip


def rates(counts: Counter[str]) -> tuple[float, float, float]:
    """(precision, recall, F1)."""
    p = counts["right"] / max(1, counts["guesses"])
    r = counts["right"] / max(1, counts["gold"])
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def cases(folder: Path) -> Iterable[tuple[str, text.Document, dt.date, list[Event]]]:
    """The annotated texts of a folder that the reader can read: name, document, date, events."""
    for gold in sorted(folder.glob("*.gold.json")):
        truth = json.loads(gold.read_text(encoding="utf-8"))
        source = gold.with_name(gold.name.replace(".gold.json", ".txt"))
        try:
            document = text.load(source)
        except text.Unreadable:
            continue
        yield (
            gold.name.removesuffix(".gold.json"),
            document,
            dt.date.fromisoformat(truth["pub_date"]),
            truth["events"],
        )


def run(folder: Path, least: float = 0.0) -> list[Tally]:
    """Read and judge every text of a folder."""
    return [
        judge(name, gold, told.proposals(document, published)["events"], least)
        for name, document, published, gold in cases(folder)
    ]


def total(tallies: Iterable[Tally]) -> Counter[str]:
    found: Counter[str] = Counter()
    for tally in tallies:
        found += tally.counts
    return found
