"""A report as one HTML document that carries all it needs, with a style sheet for A4 and Letter."""

from __future__ import annotations

import base64
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from serval.export.document import Document, Picture

_ENV = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
)


def html(document: Document, paper: str = "A4", faces: str = "", scripts: tuple[str, ...] = ()) -> str:
    """The report for a paper.

    faces: font faces as CSS, for a page that is printed without a network. scripts: addresses of scripts that
    draw the pictures that are missing (assets/alone/report.js).
    """
    return _ENV.get_template("report.html").render(
        doc=document,
        paper=paper,
        faces=Markup(faces),
        scripts=scripts,
        source=_source,
        css_text=_css_text,
        json=lambda text: Markup(text.replace("<", "\\u003c")),
    )


def _source(picture: Picture) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.svg.encode()).decode()}"


def _css_text(text: str) -> Markup:
    """Text as a string of CSS, which nothing in it can end."""
    kept = "".join(c if c.isalnum() or c in " .,:·–-/" else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{kept}"')
