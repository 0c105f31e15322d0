"""Learn the weights of the score on the annotated development texts: logistic regression, plain numpy.

Run as `python -m serval.extract.train [FOLDER…]` (default: tests/extraction/texts/dev); writes
data/lexicon/weights.json.
A proposal counts as accepted when it matches an annotated event one to one. Prints what texts left out
in turn give.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from serval.extract import evaluate, reader, score, told
from serval.extract.lexicon import DATA

Array = NDArray[np.float64]
PENALTY = 2.0
FOLDS = 8


def examples(folders: Sequence[Path]) -> list[tuple[str, dict[str, float], bool]]:
    """(text, features, accepted) of every proposal on annotated texts."""
    found = []
    for folder in folders:
        for name, document, published, gold in evaluate.cases(folder):
            events = reader.read(document, published)
            matched = evaluate.assign(gold, told.events(events, document))
            found += [
                (name, e.features, i in matched) for i, e in enumerate(events) if e.modality != "denied"
            ]
    return found


def fit(rows: Sequence[tuple[str, dict[str, float], bool]], penalty: float = PENALTY) -> dict[str, float]:
    """Weights by Newton's method; the penalty pulls all but the intercept to 0."""
    names = sorted({name for _, found, _ in rows for name in found})
    x = np.array([[1.0, *(found.get(name, 0.0) for name in names)] for _, found, _ in rows])
    y = np.array([float(ok) for *_, ok in rows])
    pull = np.full(x.shape[1], penalty)
    pull[0] = 1e-6
    w: Array = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (y - p) - pull * w
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(pull)
        w = w + np.linalg.solve(curve, slope)
    return {name: round(float(value), 4) for name, value in zip(["", *names], w, strict=True)}


def held_out(rows: Sequence[tuple[str, dict[str, float], bool]], penalty: float) -> list[tuple[float, bool]]:
    """(score, accepted) of every row by weights learnt without its text's fold."""
    texts = sorted({name for name, *_ in rows})
    fold = {name: i % FOLDS for i, name in enumerate(texts)}
    found = []
    for k in range(FOLDS):
        known = fit([r for r in rows if fold[r[0]] != k], penalty)
        found += [(score.score(f, known), ok) for name, f, ok in rows if fold[name] == k]
    return found


def loss(pairs: Sequence[tuple[float, bool]]) -> float:
    """Mean log loss."""
    return -sum(float(np.log(max(1e-6, p if ok else 1 - p))) for p, ok in pairs) / len(pairs)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Learn the weights of the score.")
    parser.add_argument("folder", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, default=DATA / "lexicon" / "weights.json")
    args = parser.parse_args(argv)
    rows = examples(args.folder or [Path("tests/extraction/texts/dev")])
    penalty = min((0.5, 1.0, 2.0, 4.0, 8.0), key=lambda value: loss(held_out(rows, value)))
    pairs = held_out(rows, penalty)
    print(
        f"{len(rows)} proposals, {sum(ok for *_, ok in rows)} accepted; penalty {penalty}, log "
        f"loss on texts left out {loss(pairs):.3f}"
    )
    for low, high in ((0.8, 1.01), (0.6, 0.8), (0.4, 0.6), (0.2, 0.4), (0.0, 0.2)):
        band = [ok for p, ok in pairs if low <= p < high]
        if band:
            print(
                f"  score {low:.1f} to {min(high, 1):.1f}: {sum(band)} of {len(band)} accepted "
                f"({sum(band) / len(band):.2f})"
            )
    known = fit(rows, penalty)
    args.out.write_text(
        json.dumps(
            {"learnt_on": len(rows), "penalty": penalty, "weights": known},
            indent=1,
            sort_keys=True,
            ensure_ascii=False,
        )
        + "\n",
        encoding="utf-8",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
