"""Lists of tabs; assets/page.js opens their panels, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html


def tabs(panels: Mapping[str, str], label: str, *, in_link: bool = False) -> html.Div:
    """Tabs for panels (element id -> name), the first one open. `in_link`: the query's `tab` says which."""
    first = next(iter(panels))
    buttons = [_tab(panel, name, panel == first, in_link) for panel, name in panels.items()]
    return html.Div(buttons, className="tab-row", role="tablist", **{"aria-label": label})


def _tab(panel: str, name: str, chosen: bool, in_link: bool) -> html.Button:
    id = panel.removeprefix("panel-")
    return html.Button(
        name,
        id=f"tab-{id}",
        className="tab-name",
        role="tab",
        tabIndex=0 if chosen else -1,
        **{"aria-controls": panel, "aria-selected": str(chosen).lower()},
        **({"data-tab": id} if in_link else {}),
    )


def panel(id: str, content: object, *, hidden: bool = True) -> html.Div:
    """The panel of a tab of the lower part of the page."""
    return html.Div(
        content,
        id=f"panel-{id}",
        className="tab-panel",
        role="tabpanel",
        hidden=hidden,
        **{"aria-labelledby": f"tab-{id}"},
    )


def tall(figure: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """A figure and the style of its graph: the room it needs is there before it is drawn."""
    return figure, {"height": f"{figure['layout']['height']}px"}
