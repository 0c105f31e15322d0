"""The report of a view as a model, as HTML and as a Word document, with made-up pictures."""

import base64
import io
import re

import docx as word
import pytest
from docx.oxml.ns import qn

from serval.export import docx
from serval.export.document import PANELS, Picture, document
from serval.export.document_html import html
from serval.lookup import Lookup
from serval.selection import Selection

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
BASE, MADE = "https://serval.example", "2026-01-02"
PICTURES = {
    panel: Picture(f"Title of {panel}", f"What {panel} shows", 860, 500, "<svg xmlns='s'/>", PNG)
    for panel in PANELS
}


def report(record, query="place=konna", lang="en", pictures=PICTURES):
    return document(record.select(Selection.parse(query)), lang, BASE, MADE, pictures)


@pytest.fixture(scope="module")
def made(record):
    return report(record)


@pytest.fixture(scope="module")
def opened(made):
    return word.Document(io.BytesIO(docx.docx(made, "Letter")))


@pytest.mark.parametrize("query", ["place=konna", "", "known=2013-01-20", "from=2012-01-01&to=2014-12-31"])
def test_note_n_is_source_n(record, query):
    view = record.select(Selection.parse(query))
    made, look = report(record, query), Lookup.of(record)
    assert [source.number for source in made.sources] == [*range(1, len(made.sources) + 1)]
    assert [row.id for row in made.events.rows] == view.events["id"].tolist()
    cited = view.event_sources.groupby("event")["source"].apply(set).to_dict()
    for row in made.events.rows:
        urls = {made.sources[n - 1].url or made.sources[n - 1].title for n in row.notes}
        known = {look.sources[id]["url"] for id in cited[row.id] if look.sources[id]["url"]}
        assert known <= urls
        assert len(row.notes) == len(cited[row.id])


def test_a_view_without_events_has_a_report(record):
    made = report(record, "q=nosuchword", pictures={})
    assert made.events.rows == made.sources == []
    assert made.events.empty in html(made)
    assert docx.docx(made)


def test_a_long_report_leaves_the_summaries_out_and_says_so(record, made):
    long = report(record, "")
    assert not any(row.summary for row in long.events.rows)
    assert "titles" in long.events.caption
    assert all(row.summary for row in made.events.rows)
    assert "titles" not in made.events.caption


def test_html_has_notes_that_lead_to_sources(made):
    page = html(made, "Letter")
    assert {*re.findall(r'href="#source-(\d+)"', page)} == {*re.findall(r'id="source-(\d+)"', page)}
    assert "@page { size: Letter;" in page
    assert page.count("<img ") == len(PANELS)
    assert all(f'alt="What {panel} shows"' in page for panel in PANELS)
    for source in made.sources:
        assert source.url.replace("&", "&amp;") in page


def test_no_text_of_a_query_is_markup(record):
    page = html(report(record, 'q=%3Cimg+src%3Dx%3E"%3B}', pictures={}))
    assert "<img" not in page


def test_french_is_french(record):
    made = report(record, lang="fr")
    page = html(made)
    assert '<html lang="fr">' in page
    assert "Comment lire ce rapport" in page
    assert not re.search(r"How to read|Losses suffered|Figure \d+\. Map", page)


def test_word_has_real_headings_in_order(opened, made):
    heads = [line.text for line in opened.paragraphs if line.style.name == "Heading 1"]
    assert heads == [*made.heads.values()]
    assert [line.text for line in opened.paragraphs if line.style.name == "Title"] == [made.title]


def test_word_has_numbered_captions_and_pictures_with_texts(opened):
    captions = [line for line in opened.paragraphs if line.style.name == "Caption"]
    assert [line.text.split(".")[0] for line in captions[:5]] == [f"Figure {n}" for n in range(1, 6)]
    fields = [e.text.strip() for line in captions for e in line._p.iter(qn("w:instrText"))]
    assert fields == [r"SEQ Figure \* ARABIC"] * 5 + [r"SEQ Table \* ARABIC"] * 3
    texts = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert texts == [f"What {panel} shows" for panel in PANELS]


def test_word_tables_repeat_their_heads_and_keep_rows_whole(opened, made):
    assert len(opened.tables) == 3
    for table in opened.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert len(opened.tables[2].rows) == len(made.events.rows) + 1


def test_word_notes_lead_to_the_source_of_their_number(opened, made):
    marks = {e.get(qn("w:name")): e for e in opened.element.iter(qn("w:bookmarkStart"))}
    notes = [e for e in opened.element.iter(qn("w:hyperlink")) if e.get(qn("w:anchor"))]
    assert len(notes) == sum(len(row.notes) for row in made.events.rows)
    for link in notes:
        number = "".join(t.text for t in link.iter(qn("w:t"))).strip()
        target = marks[link.get(qn("w:anchor"))].getparent()
        assert "".join(t.text or "" for t in target.iter(qn("w:t"))).startswith(f"{number}.")


@pytest.mark.parametrize(("lang", "code"), [("en", "en-US"), ("fr", "fr-FR")])
def test_word_says_its_language_and_what_it_is(record, lang, code):
    made = report(record, lang=lang)
    opened = word.Document(io.BytesIO(docx.docx(made)))
    assert opened.core_properties.title == made.title
    assert opened.core_properties.language == code
    assert opened.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val")) == code


@pytest.mark.parametrize(("paper", "width"), [("A4", 210.0), ("Letter", 215.9)])
def test_word_is_for_the_paper(made, paper, width):
    section = word.Document(io.BytesIO(docx.docx(made, paper))).sections[0]
    assert section.page_width.mm == pytest.approx(width, abs=0.1)


def test_the_same_report_is_the_same_words(record):
    assert html(report(record)) == html(report(record))
