"""The foot of the page: version, licences, method."""

from __future__ import annotations

from dash import html

from components import check
from serval.record import Record
from serval.text import Translator, format_day


def footer(_: Translator, record: Record) -> html.Footer:
    """Version and date of the record, licences and credits of what is drawn."""
    version = _("Record {version} of {day}, content {hash}").format(
        version=record.version, day=format_day(record.released, _.lang), hash=record.hash[:12]
    )
    lines = [
        _("Data CC BY 4.0, code Apache-2.0"),
        _("Base map: Natural Earth, GSHHG (LGPL), GeoNames (CC BY 4.0), © OpenStreetMap contributors"),
    ]
    about = html.A(
        _("How events are coded, what the marks mean, what is missing"), href=f"/about?lang={_.lang}"
    )
    address = check.link(f"lang={_.lang}")
    more = [html.A(_("Counter-check with what was imported here"), href=address)] if address else []
    return html.Footer(
        [html.A(version, href=f"/changes?lang={_.lang}"), *(html.Span(line) for line in lines), about, *more],
        className="footer",
    )
