"""What the warm Chromium needs to draw, a page with our letters and the scripts; what its files lack."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from functools import cache
from importlib.resources import files
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[1] / "assets"
SCRIPTS = ("marks.js", "vectors.js", "picture.js")
CSS_PIXELS, INCH = 96, 0.0254
AFTER_HEADER = 33
"""Bytes of a PNG's signature and first chunk."""


def lay_out(folder: Path) -> str:
    """Write the page on which pictures are drawn, with its scripts and letters; gives its address."""
    for name, script in scripts().items():
        (folder / name).write_text(script, encoding="utf-8")
    tags = "".join(f'<script src="{name}"></script>' for name in scripts())
    page = folder / "page.html"
    head = f'<!doctype html><meta charset="utf-8"><title>Serval</title><style>{faces()}</style>'
    page.write_text(f"{head}<body>{tags}", encoding="utf-8")
    return page.as_uri()


@cache
def faces() -> str:
    """The font faces of the site's style sheet, each font as a data URI."""
    css = (ASSETS / "tokens.css").read_text(encoding="utf-8")
    found = re.findall(r"@font-face\s*\{[^}]*\}", css)
    return "\n".join(re.sub(r'url\("([^"]+)"\)', _embedded, face) for face in found)


def _embedded(match: re.Match[str]) -> str:
    font = base64.b64encode((ASSETS / match[1]).read_bytes()).decode()
    return f'url("data:font/woff2;base64,{font}")'


@cache
def scripts() -> dict[str, str]:
    """Name -> text: stock Plotly, which has every kind of trace, and our own scripts, in their order."""
    plotly = files("plotly").joinpath("package_data", "plotly.min.js").read_text(encoding="utf-8")
    ours = {name: (ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS}
    return {"plotly.js": plotly, **ours}


def with_density(png: bytes, scale: float) -> bytes:
    """A PNG that says how many pixels it has to the metre: it prints in the size it was laid out in."""
    density = round(CSS_PIXELS * scale / INCH)
    body = b"pHYs" + struct.pack(">IIB", density, density, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:AFTER_HEADER] + chunk + png[AFTER_HEADER:]


def with_day(pdf: bytes) -> bytes:
    """A PDF that says the day on which it was made, not the second: made again that day it is the same."""
    return re.sub(rb"(/(?:Creation|Mod)Date \(D:\d{8})\d{6}", rb"\g<1>000000", pdf)
