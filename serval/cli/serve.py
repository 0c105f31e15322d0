"""`serval serve`: the web server."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys

from serval.cli import common
from serval.cli.common import Commands, fault, positive


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
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
        type=positive,
        default=os.environ.get("WEB_CONCURRENCY") or "2",
        help="number of processes (WEB_CONCURRENCY, 2)",
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Become the web server; returns only if it cannot start."""
    app = common.ROOT / "app.py"
    if not app.is_file():
        return fault(f"{app}: not found; serve from a checkout of the project")
    taken = _in_use(args.host, args.port)
    if taken:
        return fault(taken)
    host = f"[{args.host}]" if ":" in args.host else args.host
    # Without it glibc keeps a heap for each thread, and a process grows by what each of them once needed.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.environ.update(HOST=host, PORT=str(args.port), WEB_CONCURRENCY=str(args.workers))
    print(f"Serval is at http://{host}:{args.port}/  (Ctrl+C stops it)", flush=True)
    settings = str(common.ROOT / "gunicorn.conf.py")
    command = [sys.executable, "-m", "gunicorn", "--config", settings, "app:server"]
    os.chdir(common.ROOT)
    os.execv(command[0], command)


def _port(text: str) -> int:
    port = positive(text)
    if port > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port, which is 1 to 65535")
    return port


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
