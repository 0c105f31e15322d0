"""The figures of the reader on annotated texts, in words and a table.

Run as `python -m serval.extract.measure [FOLDER…]`. A folder holds NN.txt and NN.gold.json.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from serval.extract import told
from serval.extract.evaluate import DEFAULT_SCORE, Event, Tally, cases, judge, rates, total


def intervals(tallies: Sequence[Tally], rounds: int = 1000) -> list[tuple[float, float]]:
    """95 % bootstrap intervals over texts of precision, recall and F1."""
    chance, drawn = random.Random(7), []
    for _ in range(rounds):
        total: Counter[str] = Counter()
        for tally in chance.choices(tallies, k=len(tallies)):
            total += tally.counts
        drawn.append(rates(total))
    return [
        (column[int(0.025 * rounds)], column[int(0.975 * rounds) - 1])
        for column in (sorted(c) for c in zip(*drawn, strict=True))
    ]


def report(title: str, read: Sequence[tuple[str, list[Event], list[Event]]], least: float) -> str:
    """The figures of one folder in words and a table."""
    tallies = [judge(name, gold, guesses, least) for name, gold, guesses in read]
    counts = total(tallies)
    lines = [f"{title}: {len(tallies)} texts, {counts['gold']} events, proposals of score {least} and more"]
    for name, value, (low, high) in zip(
        ("precision", "recall", "F1"), rates(counts), intervals(tallies), strict=True
    ):
        lines.append(f"  {name:10} {value:.2f}  [{low:.2f}, {high:.2f}]")
    right = max(1, counts["right"])
    lines.append(
        "  among the matched: "
        + ", ".join(f"{slot} {counts[slot] / right:.2f}" for slot in ("type", "date", "place", "modality"))
    )
    lines.append(
        f"  roles: precision {counts['roles right'] / max(1, counts['roles guessed']):.2f}, "
        f"recall {counts['roles right'] / max(1, counts['roles gold']):.2f}; "
        f"figures: {counts['figures right']} of {counts['figures gold']}, {counts['figures guessed']} given"
    )
    for low, high in ((0.8, 1.01), (0.6, 0.8), (0.4, 0.6), (0.0, 0.4)):
        fates = [
            ok
            for name, gold, guesses in read
            for score, ok in judge(name, gold, guesses, 0.0).fates
            if low <= score < high
        ]
        if fates:
            lines.append(
                f"  score {low:.1f} to {min(high, 1):.1f}: {sum(fates)} of {len(fates)} accepted "
                f"({sum(fates) / len(fates):.2f})"
            )
    kinds: dict[str, Counter[str]] = {}
    for tally in tallies:
        for kind, found in tally.by_type.items():
            kinds.setdefault(kind, Counter()).update(found)
    for kind, found in sorted(kinds.items(), key=lambda k: -k[1]["gold"]):
        p, r, f = rates(
            Counter(right=found["right"], guesses=found["right"] + found["false"], gold=found["gold"])
        )
        lines.append(f"  {kind:18} gold {found['gold']:3}  P {p:.2f}  R {r:.2f}  F1 {f:.2f}")
    changes = kinds.get("town_captured", Counter()) + kinds.get("town_retaken", Counter())
    lines.append(
        f"  towns changing hands: recall {changes['right'] / max(1, changes['gold']):.2f} of "
        f"{changes['gold']}"
    )
    return "\n".join(lines)


def folders() -> list[Path]:
    """The project's annotated texts, and those of SERVAL_SHARED where it is set."""
    found = sorted(p for p in (Path("tests/extraction/texts")).glob("*") if p.is_dir())
    shared = os.environ.get("SERVAL_SHARED")
    if shared:
        found += [p for p in (Path(shared) / "extraction").iterdir() if p.is_dir()]
    return found


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure the reader of texts on annotated ones.")
    parser.add_argument(
        "folder", nargs="*", type=Path, help="folders of annotated texts (default: the project's)"
    )
    parser.add_argument("--min-score", type=float, default=DEFAULT_SCORE)
    args = parser.parse_args(argv)
    for folder in args.folder or folders():
        read = [(n, gold, told.proposals(d, day)["events"]) for n, d, day, gold in cases(folder)]
        if read:
            print(report(str(folder), read, args.min_score))
    return 0


if __name__ == "__main__":
    sys.exit(main())
