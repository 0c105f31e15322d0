"""What several commands share: where the checkout is, arguments' types, how a fault is told."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

Commands = argparse._SubParsersAction  # argparse gives what `add_subparsers` returns no public name


def fault(*lines: str) -> int:
    """Tell each fault on a line of its own on stderr; gives the exit code 1."""
    print(*lines, sep="\n", file=sys.stderr)
    return 1


def positive(text: str) -> int:
    """An argument that is a whole number above 0."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
