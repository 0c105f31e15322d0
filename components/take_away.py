"""The take-away dialog: pictures, rows, citations, links and reports of the view, each a link of its own.

The dashboard fetches its inside from `/take-away` when it is first opened (assets/take_away.js). As a page of
its own, which needs no script, that has the same links at their defaults.
"""

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from flask import Flask, Response, request

from components.context import Context, context
from components.icons import icon
from components.pages import answer, sheet
from serval import summary
from serval.export import citation
from serval.selection import LANGS, THEMES, Selection
from serval.text import Translator, format_number

EMBEDDED = ("map", "timeline", "control", "troops")


@dataclass(frozen=True)
class Size:
    """The size of a picture: CSS pixels, none for as high as it needs; pixels of a PNG to one of them."""

    id: str
    words: str
    width: int
    height: int | None
    scale: float

    @property
    def across(self) -> int:
        """Pixels of a PNG from side to side."""
        return round(self.width * self.scale)

    @property
    def down(self) -> int | None:
        """Pixels of a PNG from top to bottom."""
        return round(self.height * self.scale) if self.height else None


@dataclass(frozen=True)
class Form:
    """A format: its name, what it is for, and the path that gives it, with the names of choices in braces.

    uses: the choice that only some formats have; opens: whether it is opened instead of saved.
    """

    id: str
    name: str
    words: str
    path: str
    uses: str = ""
    opens: bool = False

    def filled(self, name: str, value: str) -> str:
        """The path with a choice made."""
        return self.path.replace(f"{{{name}}}", value)


def take_away(_: Translator) -> html.Dialog:
    """The empty dialog, with the words of its script."""
    said = {
        "loading": _("Loading…"),
        "making": _("Being made…"),
        "seconds": _("{n} s"),
        "saved": _("Saved: {name}, {size}"),
        "cancelled": _("Cancelled."),
        "failed": _("That did not work: {reason}"),
        "no-answer": _("the server does not answer"),
        "drawing": _("The picture is being drawn…"),
        "own": _("The server cannot draw just now ({reason}), so your browser has drawn this picture."),
        "own-pdf": _("A PDF needs the server. Take the SVG, or the PNG, or try again later."),
        "copied": _("Copied."),
    }
    close = html.Button(
        icon("close"), id="take-away-close", className="button quiet", **{"aria-label": _("Close")}
    )
    head = html.Div([html.H2(_("Take it away"), id="take-away-name"), close], className="take-head")
    return html.Dialog(
        [
            head,
            html.Div(id="take-away-body", className="take-body"),
            html.Div(className="toast", role="status"),
        ],
        id="take-away-dialog",
        className="take",
        **{"aria-labelledby": "take-away-name", **{f"data-{key}": text for key, text in said.items()}},
    )


def button(_: Translator) -> html.Button:
    """What opens the dialog."""
    return html.Button(
        [icon("take"), _("Take away")],
        id="take-away",
        className="button",
        title=_("Pictures, rows, citations, links and reports of this view (key d)"),
        **{"aria-haspopup": "dialog", "aria-keyshortcuts": "d"},
    )


def register(server: Flask) -> None:
    """`/take-away`: what the dialog holds, for the view of the query string."""
    server.add_url_rule("/take-away", "take_away", page)


def page() -> Response:
    """`/take-away`, a plain page."""
    shown = context(request.query_string.decode(errors="replace"))
    frame = sheet(shown, shown._("Take it away"), "", "/take-away", None)
    return answer("page_take_away.html", shown, frame, **parts(shown))


def parts(page: Context) -> dict[str, object]:
    """What the template of the dialog shows."""
    _, chosen = page._, page.selection
    here, rows = Selection(lang=page.lang, v=chosen.v), _rows(_)
    return {
        "n": format_number(page.view.n, page.lang),
        "total": format_number(page.view.total, page.lang),
        "sentence": summary.sentence(page.view, page.lang),
        "query": chosen.with_(lang=page.lang).query(),
        "whole": f"scope=all&{here.query()}",
        "view": page.link(),
        "panels": _panels(page),
        "embedded": EMBEDDED,
        "sizes": _sizes(_),
        "pictures": _pictures(_),
        "rows": rows,
        "rows_each": [form for form in rows if form.uses == "table"],
        "rows_whole": [form for form in rows if form.uses != "table"],
        "tables": _tables(_),
        "forms": _forms(_),
        "reports": _reports(_),
        "themes": {"light": _("light"), "dark": _("dark")},
        "theme": chosen.theme or THEMES[0],
        "spoken": {lang: {"en": "English", "fr": "Français"}[lang] for lang in LANGS},
        "papers": ("A4", "Letter"),
        "licence": citation.licence(page.record),
    }


def _panels(page: Context) -> dict[str, str]:
    _ = page._
    return {
        "map": _("Map"),
        "timeline": _("Timeline"),
        "actors": _("Actors"),
        "control": _("Control"),
        "troops": _("Troops"),
        "losses": _("Losses"),
    }


def _sizes(_: Translator) -> list[Size]:
    return [
        Size("web", _("Web page"), 1200, None, 2),
        Size("slide", _("Slide 16:9"), 1280, 720, 2),
        Size("a4", _("A4 across, 300 dpi"), 1123, 794, 3.125),
        Size("a4-high", _("A4 upright, 300 dpi"), 794, 1123, 3.125),
    ]


def _pictures(_: Translator) -> list[Form]:
    path = "/figure/{panel}"
    return [
        Form("png", "PNG", _("for text programs, slides and the web"), f"{path}.png", "scale"),
        Form("svg", "SVG", _("vectors, to be worked on"), f"{path}.svg"),
        Form("pdf", "PDF", _("vectors, for print"), f"{path}.pdf"),
    ]


def _rows(_: Translator) -> list[Form]:
    path = "/api/v1/"
    return [
        Form("csv", "CSV", _("one table, opens in any program"), f"{path}{{table}}.csv", "table"),
        Form("xlsx", "Excel (XLSX)", _("all tables, a sheet each"), f"{path}events.xlsx"),
        Form("json", "JSON", _("one table, for programs"), f"{path}{{table}}.json", "table"),
        Form("geojson", "GeoJSON", _("the events, for maps"), f"{path}events.geojson"),
        Form("zip", _("Data package"), _("all tables, described (Frictionless)"), f"{path}datapackage.zip"),
    ]


def _tables(_: Translator) -> dict[str, str]:
    return {
        "events": _("Events"),
        "figures": _("Figures"),
        "actors": _("Actors"),
        "troops": _("Troops"),
        "control": _("Control"),
        "sources": _("Sources"),
        "places": _("Places"),
    }


def _forms(_: Translator) -> list[Form]:
    path = "/cite"
    return [
        Form("txt", _("Text"), "", f"{path}.txt"),
        Form("bib", "BibTeX", "", f"{path}.bib"),
        Form("ris", "RIS", "", f"{path}.ris"),
        Form("json", "CSL-JSON", "", f"{path}.json"),
    ]


def _reports(_: Translator) -> list[Form]:
    return [
        Form("pdf", "PDF", _("to read and print"), "/report.pdf", "paper"),
        Form("docx", "Word (DOCX)", _("to write on in"), "/report.docx", "paper"),
        Form("html", "HTML", _("a page, to print from"), "/report.html", "paper", opens=True),
        Form(
            "interactive",
            _("Interactive copy"),
            _("one file that works without a network"),
            "/report-interactive.html",
        ),
    ]
