"""The spec of a picture: all that `assets/picture.js` composes into one SVG, as plain JSON.

Title, what is shown and by which filters, the figure, its legend, sources, licence, version, day, and the
link by which one comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from serval import readers, summary
from serval.export import picture_panels, picture_room, picture_sums
from serval.export.picture_scene import Drawn, Scene
from serval.export.picture_words import words
from serval.figures.axis import locale
from serval.readers import N_, Bad

if TYPE_CHECKING:
    from serval.view import View

Reader = Callable[[str], Any]
PANELS: dict[str, Callable[[Scene], Drawn]] = {
    "map": picture_panels.map_of,
    "timeline": picture_panels.timeline_of,
    "actors": picture_sums.actors_of,
    "control": picture_panels.control_of,
    "troops": picture_sums.troops_of,
    "losses": picture_sums.losses_of,
}
TABS = ("timeline", "control", "troops", "losses")
WIDTH, WIDTHS, HEIGHTS = 1200, (400, 2400), (300, 3600)
"""CSS pixels: the usual width; from and to."""
SCALES = (1, 4)
MOST_PIXELS = 10_000_000
"""Of a PNG; a page of A4 with 300 dots to the inch has 8,700,000."""
LONGEST_TITLE = 140
"""Characters."""
LOOK = ("paper", "ink", "soft", "rule", "accent")


def _whole(low: int, high: int) -> Reader:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 6 and low <= int(text) <= high):
            raise Bad(N_("expected a whole number from {low} to {high}"), low=low, high=high)
        return int(text)

    return read


def _title(text: str) -> str:
    text = readers.plain(text)
    if len(text) > LONGEST_TITLE:
        given = len(text)
        raise Bad(N_("expected at most {n} characters, got {given}"), n=LONGEST_TITLE, given=given)
    return text


READERS: dict[str, Reader] = {
    "width": _whole(*WIDTHS),
    "height": _whole(*HEIGHTS),
    "scale": readers.number(*SCALES),
    "title": _title,
}
"""What may be asked of a picture besides its view: pixels, device pixels to each, another title."""


def too_large(width: int, height: int, scale: float) -> str:
    """What is wrong with a PNG of so many pixels; empty if nothing is."""
    given = round(width * scale) * round(height * scale)
    if given <= MOST_PIXELS:
        return ""
    return f"expected at most {MOST_PIXELS:,} pixels, got {given:,} (width × height × scale²)"


def spec(
    view: View,
    panel: str,
    *,
    lang: str,
    theme: str = "light",
    width: int = WIDTH,
    height: int | None = None,
    title: str | None = None,
    base: str = "",
    made: date | None = None,
) -> dict[str, Any]:
    """The spec of a panel's picture, in CSS pixels; without a height it is as high as its rows want.

    title: in place of the panel's own. base: the site that the link leads to, without a slash at the end.
    made: the day that the picture names, today by default. Raises KeyError for a panel that there is not.
    """
    tab = panel if panel in TABS else view.selection.tab
    scene = Scene(replace(view, selection=view.selection.with_(tab=tab)), lang, theme)
    drawn = PANELS[panel](scene)
    said = words(scene, drawn, title, base, made or date.today())
    frame = picture_room.Frame(said, drawn)
    tall = height or round(min(max(frame.height(width), HEIGHTS[0]), HEIGHTS[1]))
    figure, left = drawn.figure(frame.room(width, tall)) if drawn.figure else (None, "")
    if left and drawn.figure:
        said.footer.insert(0, left)
        figure, said.footer[0] = drawn.figure(frame.room(width, tall))
    return {
        "panel": panel,
        "width": width,
        "height": tall,
        "theme": theme,
        "lang": lang,
        **asdict(said),
        "alt": f"{said.title}. {summary.sentence(view, lang)}",
        "figure": figure and {**figure, "config": locale(lang)},
        "legend": [asdict(group) for group in drawn.legend if group.items],
        "key": frame.key(width),
        "least": drawn.least,
        "look": {name: getattr(scene.look, name) for name in LOOK},
    }
