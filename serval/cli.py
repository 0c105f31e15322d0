"""The command `serval`: each command is a function that gives an exit code.

0: all is well; 1: the data or the input is wrong, each fault on a line of its own on stderr; 2: wrong usage.
"""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from serval import __version__

ROOT = Path(__file__).resolve().parents[1]
COUNTED = ("events", "actors", "places", "sources", "figures", "troops", "control")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (default: sys.argv); gives the exit code."""
    args = _parser().parse_args(argv)
    result: int = args.run(args)
    return result


def serve(args: argparse.Namespace) -> int:
    """Become the web server; returns only if it cannot start."""
    app = ROOT / "app.py"
    if not app.is_file():
        return _fault(f"{app}: not found; serve from a checkout of the project")
    taken = _in_use(args.host, args.port)
    if taken:
        return _fault(taken)
    host = f"[{args.host}]" if ":" in args.host else args.host
    os.environ.update(HOST=host, PORT=str(args.port), WEB_CONCURRENCY=str(args.workers))
    print(f"Serval is at http://{host}:{args.port}/  (Ctrl+C stops it)", flush=True)
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"), "app:server"]
    os.chdir(ROOT)
    os.execv(command[0], command)


def validate(args: argparse.Namespace) -> int:
    """Check a data folder: every fault on stderr, or what it holds on stdout."""
    from serval import record

    folder: Path = args.folder
    if not folder.is_dir():
        return _fault(f"{folder}: no such folder")
    faults = record.validate(folder)
    if faults:
        return _fault(*faults, f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in {folder}")
    loaded = record.load(folder)
    print(", ".join(f"{len(getattr(loaded, name))} {name}" for name in COUNTED))
    print(f"{folder}: valid")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="serval", description="The record of the 2013 intervention in Mali."
    )
    parser.add_argument("--version", action="version", version=f"serval {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    command = commands.add_parser(
        "serve", help="serve the dashboard", description="Serve the dashboard with gunicorn."
    )
    command.add_argument(
        "--host", default=os.environ.get("HOST") or "127.0.0.1", help="address to listen on (HOST, 127.0.0.1)"
    )
    command.add_argument(
        "--port", type=_port, default=os.environ.get("PORT") or "8050", help="port to listen on (PORT, 8050)"
    )
    command.add_argument(
        "--workers",
        type=_positive,
        default=os.environ.get("WEB_CONCURRENCY") or "2",
        help="number of processes (WEB_CONCURRENCY, 2)",
    )
    command.set_defaults(run=serve)

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
    command.set_defaults(run=validate)
    return parser


def _port(text: str) -> int:
    port = _positive(text)
    if port > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port, which is 1 to 65535")
    return port


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _in_use(host: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"port {port} is in use; choose another with --port or PORT"
            return f"cannot listen on {host}:{port}: {error.strerror or error}"
    return None


def _fault(*lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return 1
