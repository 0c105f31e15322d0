"""`serval extract`: the events that a news text tells, as proposals for the record."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from serval.cli.common import Commands, fault

ABOUT = """Read a news text (plain text, HTML or PDF; English) and propose the events that it tells: type,
days, place, actors, figures, and for each of them the words that say so. Nothing is written to the
record: a person accepts proposals with `serval review`. Needs the extra serval[extract]."""
EXAMPLES = """examples:
  serval extract article.txt --date 2013-01-31
  serval extract page.html --date 2013-02-10 --publisher RFI --json proposals.json --min-score 0.6"""
DEFAULT_SCORE = 0.4


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "extract",
        help="propose events from a news text",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", metavar="FILE", type=Path, help="text, HTML or PDF")
    command.add_argument("--date", required=True, type=_day, metavar="YYYY-MM-DD", help="day of publication")
    command.add_argument("--publisher", default="", help="who published it")
    command.add_argument("--title", default="", help="its title")
    command.add_argument("--url", default="", help="its address")
    command.add_argument("--json", type=Path, metavar="OUT", help="write all as JSON (mali-events/1)")
    command.add_argument(
        "--min-score",
        type=_score,
        default=DEFAULT_SCORE,
        metavar="X",
        help=f"leave out proposals below this score, 0 to 1 ({DEFAULT_SCORE})",
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read the file; print the proposals as a table, write them as JSON where asked."""
    try:
        from serval.extract import lexicon, text, told
    except ImportError as error:
        return fault(f"{error.name or error} is missing: install serval[extract]")
    try:
        document = text.load(args.file)
        found = told.proposals(
            document,
            args.date,
            doc_id=args.file.stem,
            publisher=args.publisher,
            title=args.title,
            url=args.url,
        )
    except text.Unreadable as error:
        return fault(str(error))
    except lexicon.LexiconError as error:
        return fault(*str(error).splitlines())
    except LookupError as error:
        return fault(str(error.args[0]))
    found["events"] = [event for event in found["events"] if event["score"] >= args.min_score]
    if args.json:
        try:
            args.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            return fault(f"{args.json}: {error.strerror or error}")
    print(table(found["events"], args.min_score))
    return 0


def table(events: list[dict[str, Any]], least: float) -> str:
    """Proposals in words: a line of slots, then the evidence."""
    lines = [f"{len(events)} proposal{'' if len(events) == 1 else 's'} of score {least:g} and more"]
    for event in events:
        days = event["date_start"] + (
            "" if event["date_start"] == event["date_end"] else f" to {event['date_end']}"
        )
        lines.append(
            f"{event['score']:.2f}  {event['event_type']:17} {days:24} {event['place'] or 'no place'}"
        )
        actors = ", ".join(f"{a['actor']} ({a['role']})" for a in event["actors"]) or "nobody named"
        figures = "; ".join(_figure(f) for f in event["figures"])
        told = "" if event["modality"] == "asserted" else f" [{event['modality']}]"
        speaker = f" says {_short(event['speaker'], 40)}" if event["speaker"] else ""
        lines.append(f"      {actors}{'; ' + figures if figures else ''}{told}{speaker}")
        lines.append(f"      “{_short(event['evidence'], 100)}”")
    return "\n".join(lines)


def _figure(figure: dict[str, Any]) -> str:
    low, high = figure["low"], figure["high"]
    if low is None:
        amount = f"up to {high:,}"
    elif high is None:
        amount = f"{low:,} or more"
    else:
        amount = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"{amount} {figure['kind']} ({figure['of']})"


def _short(text: str, length: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= length else plain[: length - 1].rstrip() + "…"


def _day(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2013-01-31") from error


def _score(text: str) -> float:
    try:
        score = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1") from error
    if not 0 <= score <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return score
