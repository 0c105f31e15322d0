"""`serval import`: rows of UCDP GED or ACLED from a user's own export, to hold the record against."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from serval.cli.common import Commands, fault

ABOUT = """Read your own export of UCDP GED or ACLED and keep the rows that are asked for as
imports/NAME.parquet (folder: SERVAL_IMPORTS), with a report of what was read, kept and left out, and why.
The dashboard then offers the counter-check: what both have, only the record, only the import.

Rows with a fault are left out, counted and named on stderr; the exit code is 1 where the file cannot be
used at all, where no row is left, or with --strict. Nothing of an import is in any export of the record."""
EXAMPLES = """examples:
  serval import ged GEDEvent_v25_1.csv
  serval import acled 2012-2014-Mali.csv --from 2013-01-01 --to 2013-03-31
  serval import ged GEDEvent_v25_1.csv --country all --box=-12.5,10,4.5,25 --name sahel"""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "import",
        help="read a user's own export of UCDP GED or ACLED",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("dataset", choices=("ged", "acled"), help="whose export it is")
    command.add_argument("file", metavar="FILE", type=Path, help="the export: CSV, or a zip with one CSV")
    command.add_argument(
        "--country", metavar="NAMES", default="Mali", help="countries as the file names them, or all (Mali)"
    )
    command.add_argument(
        "--place", metavar="NAMES", default="", help="only these towns or first-order regions"
    )
    command.add_argument("--box", metavar="W,S,E,N", type=_box, help="only inside these degrees")
    command.add_argument("--from", dest="first", metavar="DAY", type=_day, help="first day (the record's)")
    command.add_argument("--to", dest="last", metavar="DAY", type=_day, help="last day (the record's)")
    command.add_argument(
        "--dates",
        choices=("day-first", "month-first"),
        help="what 05/02/2013 means (found out from the whole file; day-first where nothing proves it)",
    )
    command.add_argument("--name", metavar="NAME", type=_name, help="the import's name (the file's)")
    command.add_argument("--strict", action="store_true", help="keep nothing where any row has a fault")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Import the file and say what became of its rows."""
    from serval import record
    from serval.imports import acled, ged, store
    from serval.imports.faults import Unusable
    from serval.imports.read import read

    layouts = {"ged": ged.LAYOUT, "acled": acled.LAYOUT}
    layout = layouts.pop(args.dataset)
    name = args.name or store.name_of(args.file)
    try:
        wanted = _wanted(args)

        def fill(write: Any) -> Any:
            report = read(args.file, layout, [*layouts.values()], wanted, write, name)
            if args.strict and report.faults:
                raise Unusable("\n".join([*report.fault_lines(), f"{args.file}: nothing kept (--strict)"]))
            if not report.kept:
                raise Unusable(_nothing(args.file, report))
            return report

        report = store.save(name, fill)
    except record.RecordError as error:
        return fault(*map(str, error.faults))
    except Unusable as error:
        return fault(*str(error).split("\n"))
    except OSError as error:
        return fault(f"{error.filename or args.file}: {error.strerror or error}")
    if report.faults:
        fault(*report.fault_lines())
    out = store.folder() / name
    left = ", ".join(f"{n:,} {words}" for words, n in _left(report))
    print(f"{report.read:,} rows read, {report.kept:,} kept{f'; left out: {left}' if left else ''}")
    print(*report.notes, sep="\n")
    print(f"{out}.parquet, {out}.report.txt")
    return 0


def _wanted(args: argparse.Namespace) -> Any:
    from serval import record
    from serval.imports.read import Wanted
    from serval.index import day

    events = record.load().events
    first, last = args.first or str(events["date_start"].min()), args.last or str(events["date_end"].max())
    countries = () if args.country.strip().lower() == "all" else _list(args.country)
    return Wanted(day(first), day(last), countries, _list(args.place), args.box, args.dates)


def _nothing(file: Path, report: Any) -> str:
    filters = "; ".join(f"{key} {value}" for key, value in report.filters.items())
    countries = ", ".join(f"{country or '(none)'} {n:,}" for country, n in report.top(5))
    left = ", ".join(f"{n:,} {words}" for words, n in _left(report)) or "none at all"
    lines = [f"{file}: no row is left of {report.read:,} ({filters}): {left}"]
    return "\n".join(
        [*report.fault_lines(), *lines, *([f"{file}: most rows: {countries}"] if countries else [])]
    )


def _left(report: Any) -> list[tuple[str, int]]:
    from serval.imports.report import LEFT

    faulty = [("with a fault", report.faulty)] if report.faulty else []
    return [(words, report.left[key]) for key, words in LEFT.items() if report.left[key]] + faulty


def _list(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _day(text: str) -> str:
    from serval.readers import Bad, day

    try:
        return day(text)
    except Bad as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from error


def _box(text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not four numbers: west,south,east,north") from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise argparse.ArgumentTypeError(f"{text!r}: expected west ≤ east and south ≤ north, in degrees")
    return west, south, east, north


def _name(text: str) -> str:
    from serval.imports.store import LONGEST, NAME

    if not NAME.fullmatch(text) or len(text) > LONGEST:
        raise argparse.ArgumentTypeError(f"{text!r}: expected small letters and digits with - or _ between")
    return text
