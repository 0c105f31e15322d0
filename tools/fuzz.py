"""Inputs of an enemy, made at random, for everything that reads what strangers write: `make fuzz`.

    python tools/fuzz.py [SECONDS [TARGET …]]     hypothesis, SECONDS (60) shared by the targets
    python tools/fuzz.py --guided SECONDS TARGET  atheris, guided by the branches that an input reaches

Only the errors that a reader documents may come out. Each target's inputs are counted; exit code 1 where one
failed, with the smallest input that does it.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
BATCH = 100
"""Inputs between two looks at the clock."""


class Target(NamedTuple):
    """What is tried: the strategy of its inputs, and what reads one; whether an input is bytes."""

    inputs: Any
    read: Callable[[Any], None]
    guided: bool = False


def main(arguments: list[str]) -> int:
    """Try the targets; gives the exit code."""
    if arguments[:1] == ["--guided"]:
        return guided(arguments[2], int(arguments[1]))
    from tools.fuzz_targets import targets

    seconds, names = float(arguments[0]) if arguments else 60.0, arguments[1:]
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with TemporaryDirectory() as folder:
        found = targets(Path(folder))
        chosen = {name: found[name] for name in names or found}
        results = {name: tried(target, seconds / len(chosen)) for name, target in chosen.items()}
    for name, (count, spent, fault) in results.items():
        print(f"{name:12} {count:>8,} inputs in {spent:5.1f} s  {'FAILED' if fault else 'well'}")
    for name, (*_, fault) in results.items():
        if fault:
            print(f"\n{name}:\n{fault}", file=sys.stderr)
    return int(any(fault for *_, fault in results.values()))


def tried(target: Target, seconds: float) -> tuple[int, float, str]:
    """(inputs read, seconds spent, the failure in words or nothing) of a target."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    count, start, number = 0, time.monotonic(), time.time_ns()

    def once(value: Any) -> None:
        nonlocal count
        count += 1
        target.read(value)

    how = settings(
        max_examples=BATCH,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    while time.monotonic() - start < seconds:
        number += 1
        try:
            seed(number)(how(given(target.inputs)(once)))()
        except (Exception, BaseExceptionGroup):
            return count, time.monotonic() - start, traceback.format_exc()[-3000:]
    return count, time.monotonic() - start, ""


def guided(name: str, seconds: int) -> int:
    """Atheris on a target whose inputs are bytes; it ends the process itself, with a line of its counts."""
    import atheris

    with atheris.instrument_imports(include=["serval"]):
        from tools.fuzz_targets import targets

        with TemporaryDirectory() as folder:
            target = targets(Path(folder))[name]
            if not target.guided:
                raise SystemExit(f"{name} does not read bytes")
            logging.disable(logging.CRITICAL)
            options = [f"-max_total_time={seconds}", "-max_len=4096", "-verbosity=1", "-print_final_stats=1"]
            atheris.Setup([sys.argv[0], *options], target.read)
            atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
