"""`serval worker`: makes the pictures and reports that servers order through Redis."""

from __future__ import annotations

import argparse
import os

from serval.cli.common import Commands, fault, positive

JOBS = "2"
"""Pictures that one Chromium draws at once."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "worker",
        help="make pictures and reports for servers",
        description="Make the pictures and reports that servers order through the Redis of REDIS_URL, until "
        "told to stop. Needs Chromium, on PATH or named by SERVAL_CHROMIUM, and serval[queue].",
    )
    command.add_argument("--jobs", type=positive, default=JOBS, help=f"how many at once ({JOBS})")
    command.add_argument(
        "--check", action="store_true", help="only say whether this machine's worker is alive"
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Work, or say whether the worker is alive."""
    from serval import browser
    from serval.jobs.shared import Gone, connect

    if not os.environ.get("REDIS_URL"):
        return fault("REDIS_URL is not set: a worker takes its orders from there")
    try:
        from serval.jobs import worker
    except ImportError:
        return fault("the packages of the queue are missing: pip install 'serval[queue]'")
    shared = connect()
    if shared is None:
        return fault("REDIS_URL is no address of a Redis")
    try:
        if args.check:
            return 0 if worker.is_alive(shared) else fault("no worker is alive on this machine")
        browser.path()
    except Gone:
        return fault("Redis does not answer")
    except browser.Unavailable as why:
        return fault(why.reason)
    worker.run(shared, args.jobs)
    return 0
