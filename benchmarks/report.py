"""Where measurements are told: a marked part of a page, and JSON in build/."""

from __future__ import annotations

import json
import os
import platform
import re
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def machine() -> str:
    """The machine in a line."""
    found = Path("/proc/cpuinfo")
    cpu = re.search(r"model name\s*: (.*)", found.read_text()) if found.is_file() else None
    name = cpu[1] if cpu else platform.processor() or platform.machine()
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores of {name}, Python {platform.python_version()}, load at the start {load:.1f}"
    )


def put(name: str, command: str, about: str, text: str, result: dict[str, Any]) -> None:
    """Write a result into docs/reliability.md, between the marks of its name, and into build/<name>.json."""
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")
    page = ROOT / "docs" / "reliability.md"
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    said = f"{begin}\n`{command}` on {date.today()}; {about}.\n\n{text}\n{end}"
    old = page.read_text("utf-8")
    assert begin in old, f"{page} has no part for {name}"
    page.write_text(re.sub(f"{begin}.*?{end}", lambda _: said, old, flags=re.S), "utf-8")
    print(said)
