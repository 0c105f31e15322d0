"""A made-up record of many events: python benchmarks/synthetic.py EVENTS FOLDER, then SERVAL_DATA=FOLDER.

Every event is a real one moved by chance to another day, under a title that says so: it has the places,
actors, types, figures and sources of its model, but no changes of control and no evidence, which would
contradict one another. The folder is valid for `serval validate`; its version is that of no release.
"""

import copy
import random
import shutil
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import yaml

HOME = Path(__file__).resolve().parents[1] / "data"
FIRST, DAYS = date(2012, 1, 1), 1096 - 40
"""The record's days; no event of it lasts longer than what is left at the end."""
LEFT_OUT = ("control", "evidence", "checked_by", "known_from")
BESIDE = ("vocabulary.yaml", "actors.yaml", "sources.yaml", "places.csv", "troops.csv", "LICENSE")
HEAD = "# Changes\n\n## 0.0.1 — 2014-12-31\n\nSynthetic: {n} events made by benchmarks/synthetic.py.\n"


def model_events() -> list[dict]:
    """The record's events that last a month at most."""
    files = sorted((HOME / "events").glob("*.yaml"))
    found = [event for file in files for event in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)]
    return [event for event in found if _length(event).days <= 31]


def _length(event: dict) -> timedelta:
    return date.fromisoformat(str(event["date"]["end"])) - date.fromisoformat(str(event["date"]["start"]))


def moved(event: dict, number: int, rng: random.Random) -> dict:
    """The event on a day by chance, told to be synthetic."""
    start = FIRST + timedelta(rng.randrange(DAYS))
    days = {**event["date"], "start": str(start), "end": str(start + _length(event))}
    own = copy.deepcopy(
        {key: value for key, value in event.items() if key not in LEFT_OUT}
    )  # no YAML aliases
    return {
        **own,
        "id": f"{start}-synthetic-{number:06d}",
        "date": days,
        "title": f"Synthetic {number}: {event['title']}"[:90].strip(),
        "title_fr": f"Synthétique {number} : {event.get('title_fr', event['title'])}"[:90].strip(),
    }


def write(n: int, folder: Path, seed: int = 7) -> None:
    """A record of n events in a folder, the same for the same seed; what stood there is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "events").mkdir(parents=True)
    for name in BESIDE:
        shutil.copy(HOME / name, folder)
    (folder / "CHANGES.md").write_text(HEAD.format(n=n), "utf-8")
    rng, models = random.Random(seed), model_events()
    months = defaultdict(list)
    for number in range(n):
        event = moved(models[number % len(models)], number, rng)
        months[event["date"]["start"][:7]].append(event)
    for month, events in months.items():
        events.sort(key=lambda event: (event["date"]["start"], event["id"]))
        text = yaml.dump(events, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=200)
        (folder / "events" / f"{month}.yaml").write_text(text, "utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
