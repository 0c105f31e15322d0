"""What happens inside, told to whoever counts it; without one, told to nobody.

`jobs` of Chromium: done, failed (it tries once more with a new one), refused. `chromium`: started, stuck.
`queue`: whatever a queue of work says of itself.
"""

from __future__ import annotations

from collections.abc import Callable

_listener: Callable[[str, str], None] | None = None


def listen(to: Callable[[str, str], None]) -> None:
    """From now on tell this one: what kind of thing, and how it ended."""
    global _listener
    _listener = to


def count(kind: str, outcome: str) -> None:
    """Tell that one thing of a kind ended so."""
    if _listener is not None:
        _listener(kind, outcome)
