"""The spec of a picture: all that `assets/picture.js` composes into one SVG, as plain JSON.

Title, what is shown and by which filters, the figure, its legend, sources, licence, version, day, and the
link by which one comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from serval import summary
from serval.export import picture_panels, picture_room, picture_sums
from serval.export.picture_options import HEIGHTS, WIDTH
from serval.export.picture_scene import Drawn, Scene
from serval.export.picture_words import words
from serval.figures.axis import locale

if TYPE_CHECKING:
    from serval.view import View

DRAWN: dict[str, Callable[[Scene], Drawn]] = {
    "map": picture_panels.map_of,
    "timeline": picture_panels.timeline_of,
    "actors": picture_sums.actors_of,
    "control": picture_panels.control_of,
    "troops": picture_sums.troops_of,
    "losses": picture_sums.losses_of,
}
TABS = ("timeline", "control", "troops", "losses")
LOOK = ("paper", "ink", "soft", "rule", "accent")


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
    drawn = DRAWN[panel](scene)
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
