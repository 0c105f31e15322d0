"""`/report.{html,pdf,docx}`: a report sheet of the view of the query string."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from flask import Flask, Response

from components.api import asked
from components.context import base_url, language
from components.drawn import drawn, unavailable
from components.static import ALONE, asset_url, plotly_url
from serval import browser, jobs, readers, report
from serval.api import Reader
from serval.export.document import PAPERS
from serval.text import translator
from serval.view import View

TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
OWN: dict[str, Reader] = {"paper": readers.choice(*PAPERS)}
"""The routes' own parameter: the paper that the pages are for."""
DRAWN_BY = ("marks", "vectors", "picture", f"{ALONE}report")
"""Scripts that draw the pictures in the reader's browser where the server cannot."""
PATIENCE = 20.0
"""Seconds that a report waits for another one: each keeps Chromium busy for a while."""
_free = threading.BoundedSemaphore(1)


def register(server: Flask) -> None:
    """A route for each form."""
    for form in report.FORMS:
        server.add_url_rule(f"/report.{form}", f"report_{form}", lambda form=form: _report(form))


def _report(form: str) -> Response:
    view, own = asked(OWN)
    paper = own.get("paper", PAPERS[0])
    try:
        body: bytes | str = _made(view, form, paper)
    except browser.Unavailable as why:
        if form != "html":
            return unavailable(why, "no-report", "No report can be made now")
        body = _undrawn(view, paper, why)
    answer = Response(body, content_type=f"{TYPES[form]}; charset=utf-8" if form == "html" else TYPES[form])
    how = "inline" if form in ("html", "pdf") else "attachment"
    answer.headers["Content-Disposition"] = f'{how}; filename="serval-report-{view.record.version}.{form}"'
    answer.content_language.add(language(view.selection))
    if not view.selection.lang:
        answer.vary.add("Accept-Language")
    return answer


def _made(view: View, form: str, paper: str) -> bytes:
    lang, base, made = language(view.selection), base_url(), _today()
    order = jobs.report(view, form, lang, base, made, paper)

    def make() -> bytes:
        if not _free.acquire(timeout=PATIENCE):
            raise browser.Unavailable("another report is being made at this moment", after=15)
        try:
            return jobs.made(order)
        finally:
            _free.release()

    return drawn(jobs.key(*order.values()), make)


def _undrawn(view: View, paper: str, why: browser.Unavailable) -> str:
    """The report whose pictures the reader's own browser draws; without scripts it says why none is there."""
    lang = language(view.selection)
    said = translator(lang)("The server could not draw this picture: {reason}.").format(reason=why.reason)
    scripts = (plotly_url(), *(asset_url(f"{name}.js") for name in DRAWN_BY))
    return report.page(report.undrawn(view, lang, base_url(), _today(), paper, said), paper, scripts)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
