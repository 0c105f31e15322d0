"""About the record, as a plain page: coding, marks, sources, gaps, versions, licence, corrections."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from babel import Locale
from flask import Response

from components.context import Context, base_url
from components.pages import answer, sheet, whole
from serval import basis
from serval import record as records
from serval.export import citation
from serval.figures import layout, scene
from serval.schema import NOBODY, UNKNOWN
from serval.text import format_number

BOX, RADIUS = 28.0, 9.0
"""Side of a sample's picture and radius of its ring, in pixels."""


@dataclass(frozen=True)
class TownSample:
    """A town's ring in a state, as the map draws it: beads as (x, y, side). `tint`: side of its ground."""

    words: str
    beads: list[layout.Bead]
    tint: str = ""


def about() -> Response:
    """`/about`."""
    page = whole()
    _ = page._
    description = _("How the record of the 2013 intervention in Mali is made, drawn, licensed and corrected.")
    frame = sheet(page, _("About the record"), description, "/about", None)
    return answer(
        "page_about.html",
        page,
        frame,
        sources=basis.sources(page.record),
        gaps=basis.gaps(page.record),
        machine=basis.machine(page.record),
        names=_names(page),
        number=lambda n: format_number(n, page.lang),
        percent=lambda n, of: f"{round(100 * n / of)} %" if page.lang == "fr" else f"{round(100 * n / of)}%",
        towns=_towns(page),
        disc=layout.ring(BOX / 2, BOX / 2, 11, [("malian_state", 5), ("jihadist", 3)], layout.STEP),
        examples=_examples(page),
        box=BOX,
        radius=RADIUS,
        changes=changes(records.changes()),
        cite=_cite(page),
        correction=citation.correction(page.record, "event", "…", page.lang, base_url()),
    )


def _names(page: Context) -> dict[str, Callable[[str], str]]:
    """How the rows of the counts of sources are called."""
    languages = Locale.parse(page.lang).languages
    return {
        "kind": lambda id: page.label("source_kinds", id),
        "side": lambda id: page.label("source_sides", id),
        "language": lambda id: languages.get(id, id),
        "plain": str,
    }


def changes(text: str) -> list[tuple[str, list[list[str]]]]:
    """The releases in a list of changes: heading, and its blocks; one of several lines is a list."""
    releases = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, rest = part.partition("\n")
        blocks = [block for block in rest.strip().split("\n\n") if block]
        releases.append((heading.strip(), [_block(block) for block in blocks]))
    return releases


def _block(text: str) -> list[str]:
    items = re.split(r"^- ", text, flags=re.MULTILINE)
    return [" ".join(item.split()) for item in items if item.strip()]


def _towns(page: Context) -> list[TownSample]:
    _ = page._
    state, foe, rebels = "malian_state", "jihadist", "tuareg_nationalist"

    def sample(words: str, how: str, now: list[str], before: list[str], tint: str = "") -> TownSample:
        return TownSample(words, scene.town_ring(BOX / 2, BOX / 2, RADIUS, how, now, before), tint)

    return [
        sample(_("held by one side"), "held", [state], [], state),
        sample(_("contested: two sides that are not of one bloc share it"), "contested", [state, rebels], []),
        sample(_("changing hands: the day is not certain"), "changing", [state], [foe]),
        sample(_("no armed force, or not known who holds it"), NOBODY, [UNKNOWN], []),
    ]


def _examples(page: Context) -> list[dict[str, object]]:
    """For each status, the event of most sources."""
    best: dict[str, dict[str, object]] = {}
    for event in sorted(page.look.events.values(), key=lambda event: -event["n_sources"]):
        best.setdefault(event["status"], event)
    return [best[status.id] for status in page.record.vocabulary.statuses if status.id in best]


def _cite(page: Context) -> str:
    return page._(
        "Serval: a record of the 2013 intervention in Mali, version {version} of {day} (content {hash}). "
        "{url}"
    ).format(
        version=page.record.version,
        day=page.day(page.record.released),
        hash=page.record.hash[: citation.HASH],
        url=f"{base_url()}/",
    )
