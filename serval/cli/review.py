"""`serval review`: a page on this machine where one takes what was read in a text into the record."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from serval.cli.common import ROOT, Commands, fault

if TYPE_CHECKING:
    from serval.review.desk import Desk

ABOUT = """Read a news text and serve a page of its proposals, to this machine alone: the text on the left,
what was read in it on the right. What is accepted is written to the record with its passages; `u` takes it
back. The address that is printed is good once. Ctrl+C ends the review; what was decided is kept."""
EXAMPLES = """examples:
  serval review article.txt --date 2013-01-31 --publisher TIME --title 'Time to talk'
  serval review page.html --date 2013-02-10 --publisher RFI --url http://example.org/a --by 'A. Curator'"""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "review",
        help="accept what was read in a news text into the record",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", metavar="FILE", type=Path, help="text, HTML or PDF")
    command.add_argument("--date", required=True, type=_day, metavar="YYYY-MM-DD", help="day of publication")
    command.add_argument("--publisher", default="", help="who published it")
    command.add_argument("--title", default="", help="its printed title (the first line)")
    command.add_argument("--url", default="", help="its address")
    command.add_argument("--by", default="", help="who reviews, as checked_by in the record (your login)")
    command.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        default=Path(os.environ.get("SERVAL_DATA") or ROOT / "data"),
        help="the record's folder (SERVAL_DATA, data/)",
    )
    command.add_argument("--journal", metavar="OUT", type=Path, help="where decisions are kept")
    command.add_argument("--port", type=_port, default=0, help="port to listen on (a free one)")
    command.add_argument("--lang", choices=("en", "fr"), default="en", help="language of the page (en)")
    command.add_argument("--take-over", action="store_true", help="although another machine left its name")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve the page until Ctrl+C."""
    from serval import record
    from serval.review.lock import Held, Lock
    from serval.review.shelf import NotReadable
    from serval.review.transaction import Conflict, recover

    home: Path = args.data.resolve()
    if not home.is_dir():
        return fault(f"{home}: no such folder")
    try:
        with Lock(home, str(args.file), args.take_over):
            if recover(home):
                print("An interrupted write was finished.", flush=True)
            faults = record.validate(home)
            if faults:
                return fault(*faults, "the record is not valid; mend it before you add to it")
            found = _read(args)
            return found if isinstance(found, int) else _serve(args, _desk(args, home, *found))
    except (Held, Conflict, NotReadable) as error:
        return fault(str(error))


def _read(args: argparse.Namespace) -> int | tuple[str, dict[str, Any]]:
    """The text and its proposals, or an exit code."""
    try:
        from serval.extract import lexicon, text, told
    except ImportError as error:
        return fault(f"{error.name or error} is missing: install serval[extract]")
    try:
        document = text.load(args.file)
        return document.text, told.proposals(document, args.date)
    except (text.Unreadable, lexicon.LexiconError) as error:
        return fault(*str(error).splitlines())
    except LookupError as error:
        return fault(str(error.args[0]))


def _desk(args: argparse.Namespace, home: Path, text: str, found: dict[str, Any]) -> Desk:
    from serval.review.desk import Desk, state_folder
    from serval.review.lock import user

    first = next((line.strip() for line in text.splitlines() if line.strip()), args.file.stem)
    source = {
        "publisher": args.publisher or args.file.stem,
        "title": args.title or first[:300],
        "date": args.date.isoformat(),
        "url": args.url or None,
        "language": "en",
        "kind": "news",
        "side": "none",
        "text_sha256": found["text_sha256"],
    }
    journal = args.journal or state_folder() / "reviews" / f"{found['text_sha256'][:16]}.jsonl"
    return Desk(text, found, home, journal, args.by or user(), source)


def _serve(args: argparse.Namespace, desk: Desk) -> int:
    from werkzeug.serving import make_server

    from serval.review.guard import Guard
    from serval.review.web import create

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # its lines would have the token
    try:
        server = make_server("127.0.0.1", args.port, lambda *_: [], threaded=True)
    except (OSError, SystemExit):
        return fault(f"port {args.port} is in use; choose another with --port")
    guard = Guard(server.server_port)
    server.app = create(desk, guard, args.lang)
    print(f"{len(desk.drafts)} proposals. Open, once: {guard.address}  (Ctrl+C ends the review)", flush=True)
    print(f"Decisions are kept in {desk.journal}", flush=True)
    try:
        for asked in (signal.SIGINT, signal.SIGTERM):  # where a shell had them ignored too
            signal.signal(asked, signal.default_int_handler)
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()
    return 0


def _day(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2013-01-31") from error


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port, which is 0 to 65535; 0 takes a free one")
    return int(text)
