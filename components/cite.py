"""`/cite.{txt,bib,ris,json}`: how a view, an event or a single figure is cited."""

from __future__ import annotations

from flask import Flask, Response

from components.api import asked
from components.context import base_url, language
from serval import readers
from serval.api import Fault, Reader, bad
from serval.export import citation
from serval.export.citation_forms import FORMS
from serval.figure_keys import keyed
from serval.lookup import Lookup
from serval.view import View

TYPES = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}
OWN: dict[str, Reader] = {"figure": str, "panel": readers.choice(*citation.PANELS), "accessed": readers.day}
"""The routes' own parameters: the key of one figure of `event` (see `serval.figure_keys`), the panel that is
cited, the reader's own day."""


def register(server: Flask) -> None:
    """A route for each form."""
    for form in FORMS:
        server.add_url_rule(f"/cite.{form}", f"cite_{form}", lambda form=form: _cite(form))


def _cite(form: str) -> Response:
    view, own = asked(OWN)
    body, name = _cited(view, form, **own)
    response = Response(f"{body.rstrip()}\n" if form == "txt" else body, content_type=TYPES[form])
    how = "inline" if form == "txt" else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}.{form}"'
    if not view.selection.lang:
        response.vary.add("Accept-Language")
    return response


def _cited(
    view: View, form: str, figure: str | None = None, panel: str | None = None, accessed: str | None = None
) -> tuple[str, str]:
    """The citation and a name for its file."""
    record, event, lang, base = view.record, view.selection.event, language(view.selection), base_url()
    name = f"serval-{record.version}"
    if figure is not None:
        known = keyed(Lookup.of(record).parts["figures"].get(event, [])) if event else {}
        if figure not in known:
            raise bad(Fault("figure", figure, _allowed(event, [*known])))
        text = citation.figure(record, str(event), figure, lang, base, form, accessed)
        return text, f"{name}-{event}-{figure}"
    if event:
        return citation.event(record, event, lang, base, form, accessed), f"{name}-{event}"
    text = citation.view(view, lang, base, form, accessed, panel)
    return text, f"{name}-{panel or 'view'}"


def _allowed(event: str | None, keys: list[str]) -> str:
    if not event:
        return "a figure is of an event, expected event= too"
    return f"expected a figure of the event, one of {', '.join(keys)}" if keys else "the event has no figure"
