"""Files become documents, or a clear refusal."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter

from serval.extract import text

STORY = (
    "French troops entered Gao on Saturday, the defence ministry said in Paris. "
    "The soldiers had driven through the night and met no resistance in the town."
)
FRENCH = (
    "Les soldats français sont entrés dans la ville de Gao samedi, a annoncé le ministère de la Défense. "
    "Les habitants ont accueilli les troupes dans les rues de la ville, qui était aux mains des islamistes."
)


def written(folder: Path, data: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x00\x01\x02rubbish\xff" * 50, "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"x" * 10_000_000, "10.0 MB"),
        (b"word " * 40_000, "120,000"),
        (FRENCH.encode(), "French"),
        ("القوات الفرنسية تدخل مدينة غاو".encode(), "Latin letters"),
        (b"%PDF-1.4 broken", "PDF"),
        (b"<html><body><script>x()</script></body></html>", "no article"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, data: bytes, told: str):
    path = written(tmp_path, data)
    with pytest.raises(text.Unreadable, match=told) as caught:
        text.load(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(text.Unreadable):
            text.load(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(tmp_path: Path, encoding: str):
    story = STORY.replace("Gao", "Ménaka")
    document = text.load(written(tmp_path, story.encode(encoding)))
    assert "Ménaka" in document.text


def test_plain_text_is_untouched_line_ends_included(tmp_path: Path):
    story = "Headline\r\n\r\n" + STORY + "\r\n"
    document = text.load(written(tmp_path, story.encode()))
    assert document.text == story
    for paragraph in document.paragraphs:
        assert len(paragraph.shown) == paragraph.end - paragraph.start


def test_the_article_of_a_web_page_is_read(tmp_path: Path):
    page = (
        "<!doctype html><html><head><title>t</title></head><body><nav>Home | World</nav><article><h1>Gao</h1>"
        + (f"<p>{STORY}</p>" * 4)
        + "</article><footer>All rights reserved</footer></body></html>"
    )
    document = text.load(written(tmp_path, page.encode(), "a.html"))
    assert document.kind == "html"
    assert "French troops entered Gao" in document.text
    assert "<p>" not in document.text


def test_a_pdf_without_text_is_told(tmp_path: Path):
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    with pytest.raises(text.Unreadable, match="no text"):
        text.load(written(tmp_path, out.getvalue(), "a.pdf"))


def test_navigation_bylines_and_datelines_are_set_apart():
    nav = "(MORE: Mali's War)\n\nJOE PENNEY / Reuters"
    story = f"Title of it\n\n{nav}\n\nBAMAKO, Mali, Jan 18 (Reuters) - {STORY}"
    paragraphs = text.from_text(story).paragraphs
    assert [p.number for p in paragraphs] == [1, 4]
    assert paragraphs[1].dateline.startswith("BAMAKO")
    assert "Reuters" not in paragraphs[1].shown


def test_hard_wrapped_lines_are_one_paragraph():
    lines = STORY.split(" ")
    wrapped = "\n".join(" ".join(lines[i : i + 9]) for i in range(0, len(lines), 9))
    story = "\n\n".join([wrapped] * 3)
    assert len(text.from_text(story).paragraphs) == 3
