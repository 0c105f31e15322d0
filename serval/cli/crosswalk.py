"""`serval crosswalk`: the events of a view under the column names of another data set."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from serval.cli.common import Commands, fault

ABOUT = """Write the events of a view under the column names of ACLED, UCDP GED or HXL (the shape of
ACLED with a row of tags under the header), and beside it a second file, …-losses.csv, that says what was
lost of each event and why. Nothing is guessed: docs/crosswalk.md has the whole mapping."""
EXAMPLES = """examples:
  serval crosswalk acled --query "from=2013-01-11&to=2013-02-28" --out exports/
  serval crosswalk ucdp --query "type=ground_combat,airstrike" --out fights.csv
  serval crosswalk hxl --out serval-hxl.zip"""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "crosswalk",
        help="events as rows of ACLED, UCDP or HXL",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("kind", choices=("acled", "ucdp", "hxl"), help="whose columns")
    command.add_argument("--query", default="", help="the view: what follows the ? in the page's address")
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR|FILE",
        help="a folder, which is made if need be; or a file that ends in .csv, its losses beside it, or .zip",
    )
    command.add_argument(
        "--base",
        metavar="URL",
        default=os.environ.get("SERVAL_BASE_URL") or "",
        help="the site that the link in a zip leads to (SERVAL_BASE_URL, none)",
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the files; say what was written and which types have no counterpart."""
    from serval import api, record, releases
    from serval.export import crosswalk

    try:
        chosen, allowed = releases.pinned(args.query)
        selection, _ = api.read(args.query, allowed)
    except record.RecordError as error:
        return fault(*map(str, error.faults))
    except api.Problem as problem:
        return fault(*(f"--query: {f.key}={f.value[: api.LONGEST]}: {f.allowed}" for f in problem.faults))
    view = chosen.select(selection)
    made = crosswalk.make(view, args.kind)
    if args.out.suffix == ".zip":
        written = {args.out: crosswalk.to_zip(view, args.kind, args.base.rstrip("/"))}
    else:
        rows, losses = _names(args.out, args.kind)
        written = dict(zip((rows, losses), crosswalk.files(made, args.kind).values(), strict=True))
    try:
        for path, data in written.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        return fault(f"{args.out}: cannot write: {error.strerror or error}")
    print(f"{', '.join(map(str, written))}: {len(made.rows)} events, {len(made.losses)} losses")
    for kind, n in made.unmapped.items():
        print(f"no counterpart: {kind} ({n})")
    return 0


def _names(out: Path, kind: str) -> tuple[Path, Path]:
    """The files of rows and of losses."""
    if out.suffix == ".csv":
        return out, out.with_name(f"{out.stem}-losses.csv")
    return out / f"{kind}.csv", out / f"{kind}-losses.csv"
