"""Reports with their pictures: pages as a printer and as LibreOffice make them."""

import io
import re
import shutil
import subprocess
from itertools import chain

import pypdf
import pytest

from serval import browser, report
from serval.selection import Selection

QUERY = "place=konna&to=2013-01-31"
BASE, MADE = "https://serval.example", "2026-01-02"


def words(text: str) -> str:
    """Text without its breaks, hyphens at them among these."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


@pytest.fixture(scope="module")
def view(record):
    return record.select(Selection.parse(QUERY))


@pytest.fixture(scope="module")
def made(view):
    try:
        browser.path()
    except browser.Unavailable as why:
        pytest.skip(why.reason)
    return lambda form, lang="en", paper="A4": report.make(view, form, lang, BASE, MADE, paper)


@pytest.mark.parametrize(("lang", "paper", "size"), [("en", "A4", (595, 842)), ("fr", "Letter", (612, 792))])
def test_the_pdf_has_every_event_source_and_page_number(made, view, lang, paper, size):
    pages = pypdf.PdfReader(io.BytesIO(made("pdf", lang, paper))).pages
    assert [round(float(n)) for n in pages[0].mediabox[2:]] == pytest.approx(size, abs=1)
    text = words("".join(page.extract_text() for page in pages))
    for title in view.events["title_fr" if lang == "fr" else "title"]:
        assert words(title) in text
    for publisher in view.sources["publisher"].unique():
        assert words(publisher) in text
    of = "sur" if lang == "fr" else "of"
    for n, page in enumerate(pages, 1):
        assert f"Page {n} {of} {len(pages)}" in " ".join(page.extract_text().split())


def test_the_pdf_is_tagged_and_named(made):
    pdf = pypdf.PdfReader(io.BytesIO(made("pdf")))
    assert pdf.metadata.title.startswith("Operation Serval: a report")
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "en"


def test_the_html_carries_its_pictures_as_vectors(made):
    page = made("html").decode()
    assert page.count('src="data:image/svg+xml;base64,') == 5
    assert not re.search(r'(?:src|url\()="?(?:https?:|/)', page)


def pictures(page: pypdf.PageObject) -> list[int]:
    """The numbers of the pictures that a page has."""
    objects = page["/Resources"].get("/XObject", {})
    return [objects.raw_get(name).idnum for name, x in objects.items() if x["/Subtype"] == "/Image"]


def test_libreoffice_opens_the_word_document_whole(made, view, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice: install it for this test")
    (tmp_path / "report.docx").write_bytes(made("docx"))
    command = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "report.docx")]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    pages = pypdf.PdfReader(tmp_path / "report.pdf").pages
    text = words("".join(page.extract_text() for page in pages))
    for title in view.events["title"]:
        assert words(title) in text
    assert len(set(chain.from_iterable(map(pictures, pages)))) == 5
    heads = [line for page in pages for line in page.extract_text().splitlines()[-3:-1]]
    assert not {"Sources", "Events", "How to read this report"} & {line.strip() for line in heads}
