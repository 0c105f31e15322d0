"""`serval validate`: whether a record is valid."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from serval.cli.common import ROOT, Commands, fault

COUNTED = ("events", "actors", "places", "sources", "figures", "troops", "control")


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "validate",
        help="check the record",
        description="Check a data folder. Each fault is a line on stderr; exit code 1 if there is any.",
    )
    command.add_argument(
        "folder",
        metavar="DIR",
        nargs="?",
        type=Path,
        default=Path(os.environ.get("SERVAL_DATA") or ROOT / "data"),
        help="the data folder (SERVAL_DATA, data/)",
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check a data folder: every fault on stderr, or what it holds on stdout."""
    from serval import record, releases

    folder: Path = args.folder
    if not folder.is_dir():
        return fault(f"{folder}: no such folder")
    faults = record.validate(folder)
    differs = None if faults else releases.differs(folder)
    if differs:
        faults = [differs]
    if faults:
        return fault(*faults, f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in {folder}")
    loaded = record.load(folder)
    print(", ".join(f"{len(getattr(loaded, name))} {name}" for name in COUNTED))
    print(f"{folder}: valid")
    return 0
