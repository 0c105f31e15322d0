"""A report as a Word document: real headings, captions, tables with repeated heads, pictures with their
texts, numbers that lead to the sources. The visible words are those of the HTML report.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import docx as word
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from serval.export import docx_parts as parts
from serval.export.document import Document, Figure
from serval.export.document_parts import EventRow

SIZES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
MARGIN, HIGHEST = 18.0, 205.0
"""Millimetres: at the sides of a page, and how tall a picture may be."""
TEXT, HEAD = "Arial", "Georgia"
"""Letters that readers have: ours are not in their system, and Word does not take them from the file."""
INK, SOFT, ACCENT = RGBColor(0x21, 0x1D, 0x18), RGBColor(0x66, 0x5C, 0x4F), RGBColor(0x9A, 0x3B, 0x12)


def docx(document: Document, paper: str = "A4") -> bytes:
    """The report for a paper, A4 or Letter."""
    made = word.Document()
    _properties(made, document)
    _styles(made, document.lang)
    width = _page(made, document, paper)
    made.add_paragraph(document.kicker, style="Subtitle")
    made.add_paragraph(document.title, style="Title")
    made.add_paragraph(document.sentence).runs[0].font.size = Pt(12)
    _pairs(made, document.facts)
    made.add_heading(document.heads["pictures"], 1)
    for figure in document.figures:
        _figure(made, figure, width)
    made.add_heading(document.heads["tables"], 1)
    for table in document.tables:
        if table.rows:
            parts.caption(made, table.label, table.number, table.caption, "Table", above=True)
            parts.table(made, table.columns, table.rows, table.wide, width)
        else:
            made.add_paragraph(table.empty)
    made.add_heading(document.heads["events"], 1)
    _events(made, document, width)
    if document.sources:
        made.add_heading(document.heads["sources"], 1)
        for source in document.sources:
            parts.source(made, source)
    made.add_heading(document.heads["method"], 1)
    _pairs(made, document.method, style="Box")
    made.add_heading(document.heads["colophon"], 1)
    _pairs(made, document.colophon, link=document.link)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _properties(made: Word, document: Document) -> None:
    core, day = made.core_properties, datetime.fromisoformat(document.made)
    core.title, core.subject, core.author = document.title, document.running, "Serval"
    core.language = parts.LANGUAGES[document.lang]
    core.comments, core.keywords = document.link, "Serval, Mali, 2013"
    core.created = core.modified = day
    core.last_modified_by, core.revision = "Serval", 1


def _styles(made: Word, lang: str) -> None:
    parts.language(made, parts.LANGUAGES[lang])
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = TEXT, Pt(10), INK
    parts.faces(normal, TEXT)
    normal.paragraph_format.space_after = Pt(5)
    normal.paragraph_format.widow_control = True
    sizes = {"Title": (25, INK), "Heading 1": (15, INK), "Subtitle": (9, ACCENT), "Caption": (8.5, SOFT)}
    for name, (size, colour) in sizes.items():
        style = made.styles[name]
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), colour, False
        family = HEAD if name in ("Title", "Heading 1") else TEXT
        style.font.name = family
        parts.faces(style, family)
        style.font.bold = name != "Caption"
    parts.no_border(made.styles["Title"])
    made.styles["Heading 1"].paragraph_format.space_before = Pt(18)
    made.styles["Heading 1"].paragraph_format.space_after = Pt(6)
    parts.add_styles(made, SOFT)


def _page(made: Word, document: Document, paper: str) -> float:
    """Paper, margins, head and foot; gives the width of the text in millimetres."""
    section = made.sections[0]
    across, down = SIZES[paper]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.style = foot.style = made.styles["Running"]
    head.add_run(document.running)
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page, of = document.page_words
    foot.add_run(f"{page} ")
    parts.field(foot, "PAGE", "1")
    foot.add_run(f" {of} ")
    parts.field(foot, "NUMPAGES", "1")
    return across - 2 * MARGIN


def _pairs(made: Word, pairs: list[tuple[str, str]], style: str | None = None, link: str = "") -> None:
    for label, words in pairs:
        line = made.add_paragraph(style=style)
        line.add_run(f"{label}  ").bold = True
        if link and words == link:
            parts.link(line, words, words)
        else:
            line.add_run(words)
        line.paragraph_format.space_after = Pt(3)


def _figure(made: Word, figure: Figure, width: float) -> None:
    if figure.picture is None:
        made.add_paragraph(figure.missing).paragraph_format.keep_with_next = True
    else:
        size = figure.picture
        across = min(width, HIGHEST * size.width / size.height)
        line: Paragraph = made.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.keep_with_next = True
        shown = line.add_run().add_picture(io.BytesIO(size.png), width=Mm(across))
        shown._inline.docPr.set("descr", size.alt)
        shown._inline.docPr.set("title", size.title)
    parts.caption(made, figure.label, figure.number, figure.caption, "Figure")


def _events(made: Word, document: Document, width: float) -> None:
    events = document.events
    if not events.rows:
        made.add_paragraph(events.empty)
        return
    parts.caption(made, events.label, events.number, events.caption, "Table", above=True)
    rows = [[e.days, _event(made, e), e.place, e.kind, e.status, e.killed] for e in events.rows]
    parts.table(made, events.columns, rows, events.wide, width)


def _event(made: Word, event: EventRow) -> list[Any]:
    """The paragraphs of an event's cell: its title, with the notes after it, and its summary."""
    title = parts.link_of(made.part, event.title, event.link, [parts.element("b")])
    lines = [parts.paragraph("Cell", [title, *map(parts.note, event.notes)])]
    if event.summary:
        lines.append(parts.paragraph("Small", [parts.run(event.summary)]))
    return lines
