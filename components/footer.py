"""The foot of the page: version, licences, method."""

from __future__ import annotations

from dash import html

from serval import record as records
from serval.text import Translator, format_day


def footer(_: Translator) -> html.Footer:
    """Version and date of the record, licences and credits of what is drawn."""
    record = records.load()
    version = _("Record {version} of {day}, content {hash}").format(
        version=record.version, day=format_day(record.released, _.lang), hash=record.hash[:12]
    )
    lines = [
        version,
        _("Data CC BY 4.0, code Apache-2.0"),
        _("Base map: Natural Earth, GSHHG (LGPL), GeoNames (CC BY 4.0), © OpenStreetMap contributors"),
    ]
    about = html.A(
        _("How events are coded, what the marks mean, what is missing"), href=f"/about?lang={_.lang}"
    )
    return html.Footer([*(html.Span(line) for line in lines), about], className="footer")
