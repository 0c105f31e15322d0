"""`serval release`: keep the record as the release of its version."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from serval.cli.common import ROOT, Commands, fault


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "release",
        help="keep this version of the record",
        description="Keep the record as it is under the version that CHANGES.md names first, as a zip in "
        "releases/ of the data folder. Links with v= then give its rows for as long as the zip is there.",
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
    """Make the release, or find that it is there already."""
    from serval import record, releases

    folder: Path = args.folder
    if not folder.is_dir():
        return fault(f"{folder}: no such folder")
    try:
        print(releases.make(folder))
    except record.RecordError as error:
        return fault(*map(str, error.faults))
    except releases.ReleaseError as error:
        return fault(str(error))
    return 0
