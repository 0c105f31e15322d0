"""Reports: the pictures that Chromium draws, and the file made of them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, cast

import orjson

from serval import browser, drawing
from serval.export import document_html, picture
from serval.export.document import PANELS, Document, Picture, document

if TYPE_CHECKING:
    from serval.view import View

Paper = Literal["A4", "Letter"]
WIDTH = 860
"""CSS pixels of a picture: letters of 7 points across a page."""
HEIGHTS = {
    "A4": {"map": 740, "timeline": 490, "control": 640},
    "Letter": {"map": 650, "timeline": 430, "control": 610},
}
"""Pixels at most of pictures that share a page with words or with one another."""
FOOT = 60
LINE, LETTER, RIM = 15.0, 5.4, 60
"""Pixels: what a picture's foot may take; a line of it, a letter of it, the rims beside it."""
FORMS = ("html", "pdf", "docx")
DENSITY = 2
"""Pixels of a PNG to each of these: 260 to the inch across a page."""


def make(view: View, form: str, lang: str, base: str, made: str, paper: str = "A4") -> bytes:
    """The report in one of FORMS. Raises `browser.Unavailable` where no picture can be drawn."""
    drawn, missing = _pictures(view, lang, base, made, paper, png=form == "docx")
    report = document(view, lang, base, made, drawn, missing)
    if form == "docx":
        from serval.export import docx

        return docx.docx(report, paper)
    html = page(report, paper)
    return html.encode() if form == "html" else browser.print_html(html, cast(Paper, paper))


def page(report: Document, paper: str, scripts: tuple[str, ...] = ()) -> str:
    """The HTML of a report, with the site's letters in it."""
    return document_html.html(report, paper, drawing.faces(), scripts)


def undrawn(view: View, lang: str, base: str, made: str, paper: str, why: str) -> Document:
    """The report without pictures, but with their specs. `why`: said in place of each."""
    specs = {panel: _spec(view, panel, lang, base, made, paper) for panel in PANELS}
    said = {panel: why if spec["figure"] else str(spec["empty"]) for panel, spec in specs.items()}
    kept = {panel: orjson.dumps(spec).decode() for panel, spec in specs.items() if spec["figure"]}
    return document(view, lang, base, made, {}, said, kept)


def _pictures(
    view: View, lang: str, base: str, made: str, paper: str, *, png: bool
) -> tuple[dict[str, Picture], dict[str, str]]:
    drawn, missing = {}, {}
    for panel in PANELS:
        spec = _spec(view, panel, lang, base, made, paper)
        if not spec["figure"]:
            missing[panel] = str(spec["empty"])
            continue
        svg = _svg(orjson.dumps(spec))
        size = (spec["width"], spec["height"])
        drawn[panel] = Picture(spec["title"], spec["alt"], *size, svg, _png(svg, *size) if png else b"")
    return drawn, missing


def _spec(view: View, panel: str, lang: str, base: str, made: str, paper: str) -> dict[str, Any]:
    """A picture's spec without its foot: the report says the same once for all."""
    day, most = date.fromisoformat(made), HEIGHTS[paper].get(panel, 0) + FOOT

    def drawn(height: int | None) -> dict[str, Any]:
        return picture.spec(
            view, panel, lang=lang, theme="light", width=WIDTH, height=height, base=base, made=day
        )

    spec = drawn(None)
    if most > FOOT and spec["height"] > most:
        spec = drawn(most)
    foot = [*spec["footer"], spec["link"]]
    lines = sum(1 + int(len(text) * LETTER // (WIDTH - RIM)) for text in foot)
    return {**spec, "footer": [], "link": "", "height": round(spec["height"] - LINE * lines)}


@lru_cache(maxsize=20)
def _svg(spec: bytes) -> str:
    """Drawn once for the three forms in which one may want a report."""
    return browser.svg(orjson.loads(spec))


@lru_cache(maxsize=20)
def _png(svg: str, width: int, height: int) -> bytes:
    return browser.png(svg, width, height, DENSITY)
