"""The tables of a scope as a workbook (XLSX): a first sheet that says what it is, then a sheet per table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from serval import dictionary
from serval.export import citation, fields, rows
from serval.export.fields import Field
from serval.export.rows import Table
from serval.export.scope import Scope
from serval.summary import filters, sentence
from serval.text import Translator, translator

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FIRST_DAY = "1900-03-01"  # before it Excel's calendar is wrong or has no day
MOST_LINKS = 65_000  # Excel drops the links of a sheet beyond 65,530
NARROWEST, WIDEST = 8, 60  # characters
Formats = dict[str, Format]


def to_xlsx(scope: Scope, lang: str, base: str) -> bytes:
    """The workbook. Days, numbers and flags are typed, addresses are links, no text is ever a formula.

    base: the site, no slash after. The same scope gives the same bytes.
    """
    out, record, _ = io.BytesIO(), scope.record, translator(lang)
    book = xlsxwriter.Workbook(out, OPTIONS)
    released = datetime.fromisoformat(record.released)
    book.set_properties({"title": citation.whole(lang), "author": "Serval", "created": released})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "label": book.add_format({"bold": True, "valign": "top"}),
        "url": book.get_default_url_format(),
    }
    tables = [rows.table(scope, name, base) for name in fields.TABLES]
    _about(book.add_worksheet(_("About")), scope, tables, formats, _, base)
    for table in tables:
        _sheet(book.add_worksheet(table.name), table, formats)
    _columns(book.add_worksheet(_("Columns")), tables, formats, _)
    book.close()
    return out.getvalue()


def _about(
    sheet: Worksheet, scope: Scope, tables: list[Table], formats: Formats, _: Translator, base: str
) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, citation.whole(_.lang), formats["title"])
    for row, (label, value, link) in enumerate(_lines(scope, _, base), 2):
        sheet.write_string(row, 0, label, formats["label"])
        if link and value.startswith("http"):
            sheet.write_url(row, 1, value, formats["url"], string=value)
        else:
            sheet.write_string(row, 1, value, formats["text"])
    top = row + 2
    sheet.write_string(top, 0, _("Sheet"), formats["head"])
    sheet.write_string(top, 1, _("Rows, and what they are"), formats["head"])
    for row, table in enumerate(tables, top + 1):
        size = _.n("{n} row", "{n} rows", len(table.rows))
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", formats["url"], string=table.name)
        sheet.write_string(row, 1, f"{size}. {dictionary.FRAMES[table.name]}", formats["text"])


def _lines(scope: Scope, _: Translator, base: str) -> Iterator[tuple[str, str, bool]]:
    """Label, text and whether it is a link."""
    view, record, lang = scope.view, scope.record, _.lang
    yield _("What it holds"), _("The whole record") if scope.whole else _("What a view shows"), False
    yield _("Summary"), sentence(view, lang), False
    yield _("Events"), citation.view_words(view, lang), False
    active = [] if scope.whole else [words for *_key, words in filters(view.selection, record, lang)]
    yield _("Filters"), "\n".join(active) or _("none"), False
    yield _("Data"), citation.version_line(record, lang), False
    yield _("Content hash"), record.hash, False
    yield _("How to cite"), citation.view(view, lang, base), False
    yield _("Address of this view"), citation.view_link(view, lang, base), True
    licence = citation.licence(record)
    yield _("Licence"), f"{licence.name} ({licence.id})", False
    yield _("Text of the licence"), licence.url, True


def _sheet(sheet: Worksheet, table: Table, formats: Formats) -> None:
    sheet.freeze_panes(1, 1)
    widths = [len(field.name) + 3 for field in table.fields]
    for column, field in enumerate(table.fields):
        sheet.write_string(0, column, field.name, formats["head"])
    for number, row in enumerate(table.rows, 1):
        for column, (field, value) in enumerate(zip(table.fields, row.values(), strict=True)):
            if value is not None:
                _write(sheet, number, column, field, value, formats)
                widths[column] = max(widths[column], len(str(value)) + 1)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width, NARROWEST), WIDEST))
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.fields) - 1)


def _write(sheet: Worksheet, row: int, column: int, field: Field, value: Any, formats: Formats) -> None:
    if field.kind == "day" and value >= FIRST_DAY:
        sheet.write_datetime(row, column, date.fromisoformat(value), formats["day"])
    elif field.kind == "url" and value.startswith("http") and row <= MOST_LINKS:
        sheet.write_url(row, column, value, formats["url"], string=value)
    elif field.kind == "flag":
        sheet.write_boolean(row, column, value)
    elif field.kind in ("integer", "number"):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))


def _columns(sheet: Worksheet, tables: list[Table], formats: Formats, _: Translator) -> None:
    for column, (name, width) in enumerate(
        [(_("Sheet"), 16), (_("Column"), 22), (_("Type"), 14), (_("Meaning"), 90)]
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, formats["head"])
    sheet.freeze_panes(1, 0)
    every = [(table.name, field) for table in tables for field in table.fields]
    for row, (name, field) in enumerate(every, 1):
        for column, text in enumerate((name, field.name, field.kind, field.description)):
            sheet.write_string(row, column, text)
    sheet.autofilter(0, 0, len(every), 3)
