"""What python-docx has no words for: fields, links, notes that lead to sources, repeated heads, languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from serval.export.document_parts import Source

LANGUAGES = {"en": "en-US", "fr": "fr-FR"}
LINK, RULE = "9A3B12", "DDD3C2"


def element(tag: str, children: Sequence[Any] = (), **attributes: str) -> Any:
    """An element of Word's XML; attributes are Word's own."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    for child in children:
        made.append(child)
    return made


def language(made: Word, code: str) -> None:
    """The language in which the document is spelt."""
    defaults = made.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    old = properties.find(qn("w:lang"))
    if old is not None:
        properties.remove(old)
    properties.append(element("lang", val=code, eastAsia=code, bidi="ar-SA"))


def faces(style: Any, family: str) -> None:
    """The family for every script, not only for Western letters."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in name:
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), family)


def no_border(style: Any) -> None:
    """A style without the line that Word's own puts under it."""
    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)


def add_styles(made: Word, soft: RGBColor) -> None:
    """Styles of the report: sources, small text, head and foot, the box of the method, cells."""
    sizes = {"Source": 8.5, "Small": 8.0, "Running": 8.0, "Box": 9.0, "Cell": 8.5}
    for name, size in sizes.items():
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = made.styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(2)
        if name in ("Small", "Running"):
            style.font.color.rgb = soft
    source = made.styles["Source"].paragraph_format
    source.left_indent, source.first_line_indent = Mm(10), Mm(-10)
    source.tab_stops.add_tab_stop(Mm(10))
    sides = [
        element(side, val="single", sz="4", space="6", color=RULE)
        for side in ("top", "left", "bottom", "right")
    ]
    properties = made.styles["Box"].element.get_or_add_pPr()
    properties.append(element("pBdr", sides))
    properties.append(element("shd", val="clear", color="auto", fill="FBF8F1"))


def field(line: Paragraph, code: str, shown: str) -> None:
    """A field that Word works out, with what it shows until then."""
    for part in (
        element("fldChar", fldCharType="begin"),
        _text("instrText", f" {code} "),
        element("fldChar", fldCharType="separate"),
        _text("t", shown),
        element("fldChar", fldCharType="end"),
    ):
        line.add_run()._r.append(part)


def _text(tag: str, text: str) -> Any:
    made = element(tag)
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made


def caption(made: Word, label: str, number: int, text: str, sequence: str, *, above: bool = False) -> None:
    """A numbered caption; one above its table stays with it."""
    line = made.add_paragraph(style="Caption")
    line.add_run(f"{label} ").bold = True
    field(line, f"SEQ {sequence} \\* ARABIC", str(number))
    line.add_run(f". {text}")
    line.paragraph_format.keep_with_next = above
    line.paragraph_format.space_before = Pt(4 if above else 2)
    line.paragraph_format.space_after = Pt(4 if above else 12)


def link(line: Paragraph, text: str, address: str) -> None:
    """A link to an address."""
    look = [element("color", val=LINK), element("u", val="single")]
    line._p.append(link_of(line.part, text, address, look))


def link_of(part: Any, text: str, address: str, look: Sequence[Any] = ()) -> Any:
    """The element of a link; part: that of the document it stands in."""
    made = element("hyperlink", [run(text, look)])
    made.set(qn("r:id"), part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return made


def note(number: int) -> Any:
    """The element of a source's number, raised, leading to it."""
    look = [element("color", val=LINK), element("vertAlign", val="superscript")]
    return element("hyperlink", [run(f" {number}", look)], anchor=f"source_{number}", history="1")


def run(text: str, look: Sequence[Any] = ()) -> Any:
    """The element of some text; look: elements of its properties."""
    return element("r", [element("rPr", look), _text("t", text)])


def paragraph(style: str, children: Sequence[Any]) -> Any:
    """The element of a paragraph of runs and links."""
    return element("p", [element("pPr", [element("pStyle", val=style)]), *children])


def source(made: Word, row: Source) -> None:
    """Source n, as the target of its notes."""
    number, look = str(row.number), [element("color", val=LINK), element("u", val="single")]
    parts = [
        element("bookmarkStart", id=number, name=f"source_{number}"),
        run(f"{number}."),
        element("bookmarkEnd", id=number),
        element("r", [element("tab")]),
        run(f"{row.publisher}, "),
        run(row.title, [element("lang", val=row.lang)]),
        run(f", {row.day}"),
    ]
    if row.url:
        parts += [run(". "), link_of(made.part, row.url, row.url, look)]
    if row.archive:
        words = run(f"; {row.archive_words} ")
        parts += [words, link_of(made.part, row.archive, row.archive, look)]
    made.element.body.sectPr.addprevious(paragraph("Source", parts))


Cell = str | Sequence[Any]
"""Text, or elements of paragraphs."""


def table(
    made: Word, columns: list[str], rows: Sequence[Sequence[Cell]], wide: list[int], width: float
) -> None:
    """A table whose head is repeated on every page and whose rows are not torn; text of the first column is
    bold. Written as XML: python-docx takes half a minute for 400 rows.
    """
    shown: Table = made.add_table(rows=0, cols=len(columns))
    shown.autofit = False
    _look(shown)
    shares = [Mm(width * share / sum(wide)) for share in wide]
    for column, share in zip(shown.columns, shares, strict=True):
        column.width = share
    twips = [str(share.twips) for share in shares]
    shown._tbl.append(_row(columns, twips, bold=len(columns), repeated=True))
    for cells in rows:
        shown._tbl.append(_row(cells, twips, bold=1))
    made.add_paragraph().paragraph_format.space_after = Pt(2)


def _row(cells: Sequence[Cell], twips: list[str], bold: int, *, repeated: bool = False) -> Any:
    """A row; the texts of its first `bold` cells are bold."""
    kept = [element("cantSplit"), *([element("tblHeader")] if repeated else [])]
    return element(
        "tr",
        [
            element("trPr", kept),
            *(_cell(cell, wide, i < bold) for i, (cell, wide) in enumerate(zip(cells, twips, strict=True))),
        ],
    )


def _cell(cell: Cell, wide: str, bold: bool) -> Any:
    look = [element("b")] if bold else []
    lines = [paragraph("Cell", [run(cell, look)])] if isinstance(cell, str) else cell
    return element("tc", [element("tcPr", [element("tcW", w=wide, type="dxa")]), *lines])


def _look(shown: Table) -> None:
    """Hairlines between rows, nothing between columns; the first row is the head."""
    properties = shown._tbl.tblPr
    lines = {"top": "211D18", "bottom": RULE, "insideH": RULE}
    borders = [element(side, val="single", sz="4", space="0", color=colour) for side, colour in lines.items()]
    properties.append(element("tblBorders", borders))
    properties.append(element("tblLook", firstRow="1", noHBand="1", noVBand="1"))
