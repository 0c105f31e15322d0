"""`serval export`: rows of a view, or of the whole record, as a file."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from serval.cli.common import Commands, fault

ABOUT = """Write the rows of a view to a file: the same bytes as /api/v1/KIND of the server.

KIND is TABLE.json or TABLE.csv, events.geojson, events.xlsx (a sheet for each table) or datapackage.zip
(a Frictionless Data Package). Tables: events, event_places, event_actors, event_sources, figures, evidence,
control, changes, troops, actors, lineage, alignment, places, sources."""
EXAMPLES = """examples:
  serval export events.csv --query "actor=france&from=2013-01-11&to=2013-02-28" --out events.csv
  serval export datapackage.zip --all --out serval.zip
  serval export figures.json --query "type=ground_combat" | jq .count"""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "export",
        help="write rows to a file",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("kind", metavar="KIND", type=_kind, help="what to write, such as events.csv")
    which = command.add_mutually_exclusive_group()
    which.add_argument("--query", default="", help="the view: what follows the ? in the page's address")
    which.add_argument("--all", action="store_true", help="the whole record")
    command.add_argument(
        "--lang", choices=("en", "fr"), help="language of titles and words (the query's, en)"
    )
    command.add_argument("--out", metavar="FILE", default="-", help="the file; - for standard output (-)")
    command.add_argument(
        "--base",
        metavar="URL",
        default=os.environ.get("SERVAL_BASE_URL") or "",
        help="the site that links in the rows lead to (SERVAL_BASE_URL, none)",
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the rows; tell every value of the query that cannot be used."""
    from serval import api, record, releases
    from serval.export import kinds
    from serval.export.scope import ALL, SHOWN, Scope

    if args.out == "-" and args.kind.endswith(kinds.PACKED) and sys.stdout.isatty():
        return fault(f"{args.kind} is not text; name a file with --out")
    try:
        chosen, allowed = releases.pinned(args.query)
        selection, _ = api.read(args.query, allowed)
    except record.RecordError as error:
        return fault(*map(str, error.faults))
    except api.Problem as problem:
        return fault(*(f"--query: {f.key}={f.value[: api.LONGEST]}: {f.allowed}" for f in problem.faults))
    selection = selection.with_(lang=args.lang) if args.lang else selection
    scope = Scope.of(chosen.select(selection), ALL if args.all else SHOWN)
    return _write(args.out, kinds.make(args.kind, scope, args.base.rstrip("/"), record.licence))


def _kind(text: str) -> str:
    from serval.export.kinds import KINDS

    if text not in KINDS:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(KINDS)}")
    return text


def _write(out: str, data: bytes) -> int:
    try:
        if out == "-":
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            Path(out).write_bytes(data)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has read enough
    except OSError as error:
        return fault(f"{out}: cannot write: {error.strerror or error}")
    return 0
