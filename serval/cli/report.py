"""`serval report`: a report sheet of a view as a file."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from serval.cli.common import Commands, fault
from serval.selection import LANGS

FORMS = ("html", "pdf", "docx")
PAPERS = ("A4", "Letter")
EXAMPLES = """examples:
  serval report --query "actor=france&from=2013-01-11&to=2013-02-28" --out report.pdf
  serval report --query "place=gao" --lang fr --paper Letter --out rapport.docx"""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "report",
        help="a report sheet of a view",
        description="Write a report of a view as HTML, PDF or DOCX: by the end of the file's name. Needs "
        "Chromium, on PATH or named by SERVAL_CHROMIUM.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--query", default="", help="the view: what follows the ? in the page's address")
    command.add_argument("--out", type=Path, required=True, metavar="F", help=f"the file: {', '.join(FORMS)}")
    command.add_argument("--paper", choices=PAPERS, default=PAPERS[0], help="what the pages are for (A4)")
    command.add_argument("--lang", choices=LANGS, help="in place of the query's, en")
    command.add_argument(
        "--base",
        metavar="URL",
        default=os.environ.get("SERVAL_BASE_URL") or "",
        help="the site that links in the report lead to (SERVAL_BASE_URL)",
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the report."""
    from serval import browser, releases, report
    from serval.selection import BadQuery, Selection

    form = args.out.suffix.removeprefix(".").lower()
    if form not in FORMS:
        return fault(f"{args.out}: expected a name that ends in {', '.join(FORMS)}")
    query = args.query.lstrip("?")
    record, allowed = releases.pinned(query)
    try:
        chosen = Selection.parse(query, allowed)
    except BadQuery as error:
        return fault(*map(str, error.problems))
    lang, base = args.lang or chosen.lang or LANGS[0], args.base.rstrip("/")
    made = datetime.now(UTC).date().isoformat()
    try:
        args.out.write_bytes(report.make(record.select(chosen), form, lang, base, made, args.paper))
    except browser.Unavailable as error:
        return fault(error.reason)
    except OSError as error:
        return fault(f"{args.out}: {error.strerror}")
    return 0
