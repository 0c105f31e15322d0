"""The record as its curator edits it: rows as they stand in the files, and words to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from serval import files, record
from serval.vocabulary import Vocabulary

Row = dict[str, Any]


class NotReadable(Exception):
    """Rows of the record cannot be read; the message has each fault on a line."""


@dataclass(frozen=True)
class Shelf:
    """Rows by id. Events keep their file's form: `place` is a text or a list."""

    vocabulary: Vocabulary
    events: dict[str, Row]
    sources: dict[str, Row]
    actors: dict[str, Row]
    places: dict[str, Row]

    @cached_property
    def units(self) -> dict[str, str]:
        """Unit of each kind of figure."""
        return {kind.id: kind.unit for kind in self.vocabulary.figure_kinds}

    @cached_property
    def families(self) -> dict[str, str]:
        """Family of each type of event."""
        return {kind.id: kind.family for kind in self.vocabulary.event_types}

    def name(self, table: str, id: str | None, lang: str) -> str:
        """Name of an actor (short) or a place in a language; the id where it is not known."""
        row = getattr(self, table).get(id or "", {})
        keys = ("short", "name") if table == "actors" else ("name",)
        french = [f"{key}_fr" for key in keys] if lang == "fr" else []
        order = [key for pair in zip(french, keys, strict=False) for key in pair] if french else [*keys]
        return next((str(row[key]) for key in order if row.get(key)), id or "")

    def holders(self, place: str, day: str) -> list[str]:
        """Who has a town before a change that begins on a day, by the changes of the record."""
        last: list[str] = []
        for event in sorted(self.events.values(), key=lambda e: (e["date"]["start"], e["date"]["end"])):
            changes = event.get("control") or []
            for change in changes if isinstance(changes, list) else [changes]:
                if change["place"] == place and event["date"]["start"] < day:
                    last = change["to"]
        return last


def load(home: Path) -> Shelf:
    """The rows of a record's folder as its files are now; not to be changed. Raises NotReadable."""
    return _load(home, _stamps(home))


def _stamps(home: Path) -> tuple[tuple[str, int, int, int], ...]:
    """What tells each file from what it was: one that is written anew is another file, of another time."""
    found = []
    for pattern in ("*.yaml", "*.csv", "events/*.yaml"):
        for path in sorted(home.glob(pattern)):
            stat = path.stat()
            found.append((str(path), stat.st_ino, stat.st_mtime_ns, stat.st_size))
    return tuple(found)


@lru_cache(maxsize=1)
def _load(home: Path, written: tuple[tuple[str, int, int, int], ...]) -> Shelf:
    faults: list[files.Fault] = []
    words, _ = files.read_yaml(home / "vocabulary.yaml", "vocabulary.yaml", faults)
    rows = {
        "events": list(_events(home, faults)),
        "sources": [*files.rows_of(home / "sources.yaml", "sources.yaml", faults)],
        "actors": [*files.rows_of(home / "actors.yaml", "actors.yaml", faults)],
        "places": [*files.csv_rows(home / "places.csv", "places.csv", record.PLACE_COLUMNS, faults)],
    }
    if faults:
        raise NotReadable("\n".join(map(str, faults)))
    by_id = {name: {raw.id: raw.values for raw in found} for name, found in rows.items()}
    return Shelf(Vocabulary.model_validate(words), **by_id)


def _events(home: Path, faults: list[files.Fault]) -> Iterator[files.Raw]:
    for path in sorted((home / "events").glob("*.yaml")):
        yield from files.rows_of(path, f"events/{path.name}", faults)


def listed(value: Any) -> list[Any]:
    """A value that may stand alone in the files, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
