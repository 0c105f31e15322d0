"""`serval figure`: a picture of a view as a file."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from serval.cli.common import Commands, fault
from serval.export import picture_options
from serval.readers import Bad
from serval.selection import LANGS, THEMES

FORMS = ("png", "svg", "pdf", "json")


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "figure",
        help="a picture of a view",
        description="Draw a panel of a view as PNG, SVG, PDF or, as JSON, its spec: by the end of the file's "
        "name. Needs Chromium, on PATH or named by SERVAL_CHROMIUM.",
    )
    command.add_argument(
        "panel", metavar="NAME", choices=[*picture_options.PANELS], help=", ".join(picture_options.PANELS)
    )
    command.add_argument("--query", default="", help="the query string of the view, as in its link")
    command.add_argument("--out", type=Path, required=True, metavar="F", help=f"the file: {', '.join(FORMS)}")
    for name, words in _OWN.items():
        command.add_argument(f"--{name}", type=_read(name), help=words)
    command.add_argument("--theme", choices=THEMES, help="in place of the query's, light")
    command.add_argument("--lang", choices=LANGS, help="in place of the query's, en")
    command.add_argument(
        "--base",
        default=os.environ.get("SERVAL_BASE_URL") or "",
        help="the site that the picture's link leads to (SERVAL_BASE_URL)",
    )
    command.set_defaults(run=run)


_OWN = {
    "width": "CSS pixels, {} to {} ({})".format(*picture_options.WIDTHS, picture_options.WIDTH),
    "height": "CSS pixels, {} to {} (as the rows need)".format(*picture_options.HEIGHTS),
    "scale": "of a PNG: pixels to each of these, {:g} to {:g} (1)".format(*picture_options.SCALES),
    "title": f"in place of the panel's own, at most {picture_options.LONGEST_TITLE} characters",
}


def _read(name: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return picture_options.READERS[name](text)
        except Bad as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read


def run(args: argparse.Namespace) -> int:
    """Draw the picture."""
    import orjson

    from serval import browser, releases
    from serval.export import picture
    from serval.selection import BadQuery, Selection

    form = args.out.suffix.removeprefix(".").lower()
    if form not in FORMS:
        return fault(f"{args.out}: expected a name that ends in {', '.join(FORMS)}")
    query = args.query.lstrip("?")
    record, allowed = releases.pinned(query)
    try:
        chosen = Selection.parse(query, allowed)
    except BadQuery as error:
        return fault(*map(str, error.problems))
    own = {name: getattr(args, name) for name in ("width", "height", "title") if getattr(args, name)}
    lang, theme = args.lang or chosen.lang or LANGS[0], args.theme or chosen.theme or THEMES[0]
    spec = picture.spec(record.select(chosen), args.panel, lang=lang, theme=theme, base=args.base, **own)
    scale = args.scale or 1.0
    wrong = picture_options.too_large(spec["width"], spec["height"], scale) if form == "png" else ""
    if wrong:
        return fault(f"scale={scale:g}: {wrong}")
    try:
        args.out.write_bytes(orjson.dumps(spec) if form == "json" else browser.picture(spec, form, scale))
    except browser.Unavailable as error:
        return fault(error.reason)
    except OSError as error:
        return fault(f"{args.out}: {error.strerror}")
    return 0
