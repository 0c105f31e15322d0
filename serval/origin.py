"""Where a field's value came from: the `by` of a passage of evidence.

`hand`, or RULE@VERSION where a program read the passage; before either may stand the field that the passage
proves and a slash: `date/weekday@1`, `actors.mujao/subject@1`, `place.gao/hand`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HAND = "hand"
_FORM = re.compile(r"(?:(?P<field>[a-z][a-z0-9_.-]*)/)?(?P<rule>[^@]+)(?:@(?P<version>[^@\s]+))?")


@dataclass(frozen=True)
class Origin:
    """`field`: type, date, place.<id>, actors.<id>, figures.<kind>.<of>, "" for the event as a whole;
    `version` is "" for what a person found."""

    field: str
    rule: str
    version: str

    @property
    def machine(self) -> bool:
        """Whether a program found it."""
        return bool(self.version)


def parse(by: str) -> Origin:
    """The parts of a `by`; one of another form is a rule without field and version."""
    found = _FORM.fullmatch(by)
    if not found:
        return Origin("", by, "")
    return Origin(found["field"] or "", found["rule"], found["version"] or "")


def written(field: str, rule: str, version: str = "") -> str:
    """The `by` of a passage; what would break its form is left out of the rule."""
    plain = " ".join(re.sub(r"[@/]", " ", rule).split()) or "unnamed"
    return f"{field}/{plain}" + (f"@{version}" if version else "") if field else f"{plain}@{version}"
