"""Learn the weights of the score on the annotated development texts: logistic regression, plain numpy.

Run as `python -m serval.extract.train [FOLDER…]` (default: tests/extraction/texts/dev); writes
data/lexicon/weights.json.
A proposal counts as accepted when it matches an annotated event one to one. The titles and summaries of
the record are read too: what fits an event of the record counts as accepted, with a small weight, since
a summary also tells things that have no row. Prints what texts left out in turn give.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from serval.extract import evaluate, lexicon, reader, score, text, told
from serval.extract.lexicon import DATA

Array = NDArray[np.float64]
PENALTY = 2.0
FOLDS = 8
TOLD_BY_RECORD = 0.15
"""Weight of a proposal from the record's own summaries, of 1 for one from an annotated text."""

Row = tuple[str, dict[str, float], bool]


def examples(folders: Sequence[Path]) -> list[Row]:
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


def record(data: Path = DATA) -> list[Row]:
    """The same of the record's titles and summaries, each read as if published two days after its event."""
    words = lexicon.load(data)
    rows = [
        row
        for file in sorted((data / "events").glob("*.yaml"))
        for row in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    ]
    gold, found = [_gold(row, words) for row in rows], []
    for row in rows:
        document = text.from_text(f"{row['title']}.\n\n{row['summary']}")
        published = dt.date.fromisoformat(str(row["date"]["end"])) + dt.timedelta(days=2)
        events = reader.read(document, published)
        for event, proposal in zip(events, told.events(events, document), strict=True):
            if event.modality != "denied":
                features = event.features | {"of the record": 1.0}
                found.append((row["id"], features, any(evaluate.fits(g, proposal) for g in gold)))
    return found


def _gold(row: dict[str, Any], words: lexicon.Lexicon) -> evaluate.Event:
    ids = row.get("place") or []
    names = [words.by_id[i].name for i in ([ids] if isinstance(ids, str) else ids) if i in words.by_id]
    return {
        "event_type": row["type"],
        "date_start": str(row["date"]["start"]),
        "date_end": str(row["date"]["end"]),
        "place": names[0] if names else None,
        "alt_places": names[1:],
        "actors": [{"actor": words.told(a["actor"]), "role": a["role"]} for a in row.get("actors") or []],
    }


def fit(rows: Sequence[Row], penalty: float = PENALTY, extra: Sequence[Row] = ()) -> dict[str, float]:
    """Weights by Newton's method; the penalty pulls all but the intercept to 0, `extra` rows count less."""
    share = np.array([1.0] * len(rows) + [TOLD_BY_RECORD] * len(extra))
    rows = [*rows, *extra]
    names = sorted({name for _, found, _ in rows for name in found})
    x = np.array([[1.0, *(found.get(name, 0.0) for name in names)] for _, found, _ in rows])
    y = np.array([float(ok) for *_, ok in rows])
    pull = np.full(x.shape[1], penalty)
    pull[0] = 1e-6
    w: Array = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (share * (y - p)) - pull * w
        curve = (x * (share * p * (1 - p))[:, None]).T @ x + np.diag(pull)
        w = w + np.linalg.solve(curve, slope)
    return {name: round(float(value), 4) for name, value in zip(["", *names], w, strict=True)}


def held_out(rows: Sequence[Row], penalty: float, extra: Sequence[Row] = ()) -> list[tuple[float, bool]]:
    """(score, accepted) of every row by weights learnt without its text's fold."""
    texts = sorted({name for name, *_ in rows})
    fold = {name: i % FOLDS for i, name in enumerate(texts)}
    found = []
    for k in range(FOLDS):
        known = fit([r for r in rows if fold[r[0]] != k], penalty, extra)
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
    extra = record()
    penalty = min((1.0, 2.0, 4.0, 8.0), key=lambda value: loss(held_out(rows, value, extra)))
    pairs = held_out(rows, penalty, extra)
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
    known = fit(rows, penalty, extra)
    args.out.write_text(
        json.dumps(
            {"learnt_on": len(rows), "and_of_the_record": len(extra), "penalty": penalty, "weights": known},
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
