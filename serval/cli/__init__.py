"""The command `serval`: each command is a module that adds itself and runs to an exit code.

0: all is well; 1: the data or the input is wrong, each fault on a line of its own on stderr; 2: wrong usage.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from serval import __version__
from serval.cli import (
    crosswalk,
    export,
    extract,
    figure,
    import_,
    release,
    report,
    review,
    serve,
    validate,
    worker,
)

COMMANDS = (serve, worker, validate, export, figure, report, crosswalk, extract, review, import_, release)
"""Modules with `add(commands)`, in the order in which `--help` lists them."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (default: sys.argv); gives the exit code."""
    args = _parser().parse_args(argv)
    result: int = args.run(args)
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="serval", description="The record of the 2013 intervention in Mali."
    )
    parser.add_argument("--version", action="version", version=f"serval {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return parser
