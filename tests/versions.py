"""A second version of the made-up record, for tests of versions: nothing in it happened."""

import shutil
from pathlib import Path

from serval import releases

MADE_UP = Path(__file__).parent / "fixtures" / "record"
OLD, NEW = "0.1.0", "0.2.0"
CHANGED, REMOVED, ADDED = "2013-01-10-fight-for-konna", "2012-12-15-talks-in-algiers", "2013-08-28-made-up"
EVENT = f"""\
- id: {ADDED}
  date: {{start: 2013-08-28, end: 2013-08-28, precision: day}}
  place: gao
  geo_precision: exact
  type: diplomatic
  title: An event that only the second version has
  summary: Made up.
  actors: [{{actor: green, role: party}}]
  status: reported
  sources: [undated]
"""


def first(folder: Path) -> Path:
    """A data folder with the made-up record, released."""
    shutil.copytree(MADE_UP, folder)
    releases.make(folder)
    return folder


def second(folder: Path) -> Path:
    """The same folder a version on: an event added, one removed, one changed; not yet released."""
    begin(folder)
    (folder / "events" / "2012-12.yaml").unlink()
    august = folder / "events" / "2013-08.yaml"
    august.write_text(f"{august.read_text('utf-8')}{EVENT}", "utf-8")
    january = folder / "events" / "2013-01.yaml"
    text = january.read_text("utf-8")
    text = text.replace("low: 5, best: 11, high: 20", "low: 5, best: 12, high: 20")
    january.write_text(text.replace("title: Fight for Konna", "title: Fighting for Konna"), "utf-8")
    return folder


def begin(folder: Path) -> None:
    """The heading of the new version."""
    changes = folder / "CHANGES.md"
    text = changes.read_text("utf-8")
    changes.write_text(text.replace("## ", f"## {NEW} — 2020-02-01\n\nA second one.\n\n## ", 1), "utf-8")
