"""What became of every row of an imported file: kept, left out on request, or left out for a fault."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from serval.imports.faults import KEPT, KINDS, Fault

SHOWN = 5  # rows of each kind of fault that are named
LEFT = {"country": "of other countries", "place": "of other places", "days": "of other days"}
CUT = 60  # characters of a value that are shown


@dataclass
class Report:
    """Rows are counted once: `read` is what `kept`, `left` and the faults that leave a row out add up to."""

    name: str
    dataset: str
    file: str
    sha256: str = ""
    written_as: dict[str, str] = field(default_factory=dict)
    missing_columns: list[str] = field(default_factory=list)
    filters: dict[str, str] = field(default_factory=dict)
    read: int = 0
    kept: int = 0
    left: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    first: str = ""
    last: str = ""
    notes: list[str] = field(default_factory=list)

    def add(self, fault: Fault, line: int, last: int) -> None:
        """Count a fault; name it if it is one of the first of its kind."""
        self.faults[fault.kind] += 1
        shown = self.examples.setdefault(fault.kind, [])
        if len(shown) < SHOWN:
            lines = str(line) if line == last else f"{line}–{last}"
            shown.append({"line": lines, "column": fault.column, "value": fault.value[:CUT]})

    @property
    def faulty(self) -> int:
        """Rows left out for a fault."""
        return sum(n for kind, n in self.faults.items() if kind not in KEPT)

    def json(self) -> str:
        """The whole of it."""
        return json.dumps(vars(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def of(cls, text: str) -> Report:
        """The report that `json` wrote."""
        values = json.loads(text)
        counted = {key: Counter(values[key]) for key in ("left", "faults", "countries")}
        return cls(**{**values, **counted})

    def fault_lines(self) -> list[str]:
        """A line for each of the rows that are named, and one for the others of each kind."""
        lines = []
        for kind, n in self.faults.items():
            shown = self.examples[kind]
            lines += [f"{self.file}: line {_where(row)}: {KINDS[kind]}" for row in shown]
            if n > len(shown):
                lines.append(f"{self.file}: {n - len(shown):,} more: {KINDS[kind]}")
        return lines

    def text(self) -> str:
        """It in words, for a reader."""
        head = {
            "file": f"{self.file} ({', '.join(f'{k} {v}' for k, v in self.written_as.items())})",
            "sha256": self.sha256,
            "dataset": self.dataset,
            "filters": "; ".join(f"{key} {value}" for key, value in self.filters.items()),
            "columns it lacks": ", ".join(self.missing_columns) or "none",
        }
        lines = [f"{self.name}: {self.dataset}", "", *(f"{key}: {value}" for key, value in head.items())]
        lines += ["", *_table({"rows read": self.read, "kept": self.kept}, "")]
        lines += _table({LEFT[key]: self.left[key] for key in LEFT}, "  left out, ")
        lines += _table({KINDS[k]: n for k, n in self.faults.items() if k not in KEPT}, "  left out, ")
        lines += _table({KINDS[k]: n for k, n in self.faults.items() if k in KEPT}, "  of the kept, ")
        if self.kept:
            lines += ["", f"days kept: {self.first} to {self.last}"]
        lines += ["", "rows by country: " + ", ".join(f"{c or '(none)'} {n:,}" for c, n in self.top(20))]
        lines += ["", *self.notes]
        lines += ["", "Faults (the first rows of each kind):", *(self.fault_lines() or ["none"])]
        return "\n".join(lines) + "\n"

    def top(self, n: int) -> list[tuple[str, int]]:
        """The countries that most rows of the file are of."""
        return sorted(self.countries.items(), key=lambda item: (-item[1], item[0]))[:n]


def _where(row: Mapping[str, Any]) -> str:
    return f"{row['line']}: {row['column']}={row['value']!r}" if row["column"] else str(row["line"])


def _table(counts: Mapping[str, int], before: str) -> list[str]:
    return [f"{n:>12,}  {before}{name}" for name, n in counts.items()]
