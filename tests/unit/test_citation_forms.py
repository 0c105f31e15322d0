"""The forms of a citation are read back by the libraries that others read them with."""

import json
from dataclasses import replace

import bibtexparser
import jsonschema
import pytest
import rispy
from bibtexparser.latexenc import latex_to_unicode

from serval.export import citation
from serval.export.citation_forms import FORMS, Work
from serval.figure_keys import keyed
from serval.lookup import Lookup
from serval.selection import Selection
from tests.servers import ROOT

BASE = "https://serval.example"
EVENT = "2013-02-22-tigharghar-chadian-battle"
SCHEMA = json.loads((ROOT / "tests/fixtures/csl/csl-data.json").read_text())
HOSTILE = [
    "50% of {all} $ums & #1 _x_ ~^\\end{document}",
    "one brace {",
    "}} two, @misc{x, title={y}}",
    "Tombouctou é ê ç œ تمبكتو «Ségou»",
    "a line\nER  - \nTY  - JOUR\r\nand\u2028another\x0b\x0c\x85end",
    "\"quotes\" 'and' <b>tags</b> | bar",
    "",
]


def work(title: str, **changes: object) -> Work:
    plain = Work(
        id="serval-1.0.0-x",
        kind="dataset",
        title=title,
        part_of="The whole",
        details=title,
        version_line="Data version 1.0.0",
        version="1.0.0",
        released="2026-11-25",
        hash="ab" * 32,
        url=f"{BASE}/?q=50%25+%7Bx%7D&lang=en&v=1.0.0#figure-killed.of-a_b",
        lang="en",
        accessed="2027-05-03",
    )
    return replace(plain, **changes)


def bib(text: str) -> dict[str, str]:
    parser = bibtexparser.bparser.BibTexParser(common_strings=False)
    (entry,) = bibtexparser.loads(text, parser).entries
    return entry


def csl(text: str) -> dict:
    found = json.loads(text)
    jsonschema.validate(found, SCHEMA)
    (item,) = found
    return item


def one_line(text: str) -> str:
    return " ".join(text.replace("\x0b", " ").replace("\x0c", " ").replace("\x85", " ").split())


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_text_stays_text_in_every_form(title: str):
    cited, seen = work(title), one_line(title)
    assert csl(FORMS["json"](cited)).get("title", "") == seen
    (reference,) = rispy.loads(FORMS["ris"](cited))
    assert reference.get("title", "") == seen
    assert reference["urls"] == [cited.url]
    entry = bib(FORMS["bib"](cited))
    assert entry["url"] == cited.url
    assert entry["urldate"] == "2027-05-03"
    assert entry["version"] == "1.0.0"
    assert "\n" not in FORMS["txt"](cited)


@pytest.mark.parametrize("title", HOSTILE[:4])
def test_bibtex_says_what_was_meant(title: str):
    tex = bib(FORMS["bib"](work(title)))["title"]
    assert tex.count("{") == tex.count("}")
    said = tex.removeprefix("{").removesuffix("}")
    for command, sign in {
        "\\textbackslash{}": "\x01",
        "\\textbraceleft{}": "{",
        "\\textbraceright{}": "}",
        "\\textasciitilde{}": "~",
        "\\textasciicircum{}": "^",
    }.items():
        said = said.replace(command, sign)
    for sign in "&%$#_":
        said = said.replace(f"\\{sign}", sign)
    assert said.replace("\x01", "\\") == title
    assert latex_to_unicode("Ségou") == "Ségou"


def cites(record, form: str, lang: str) -> dict[str, str]:
    view = record.select(Selection(actor=("mujao",), type=("airstrike",), at="2013-01-20"))
    return {
        "view": citation.view(view, lang, BASE, form, "2027-05-03"),
        **{name: citation.view(view, lang, BASE, form, panel=name) for name in citation.PANELS},
        "event": citation.event(record, EVENT, lang, BASE, form, "2027-05-03"),
        "figure": citation.figure(record, EVENT, "killed.of-chad", lang, BASE, form, "2027-05-03"),
    }


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_citation_is_read_back(record, lang: str):
    texts = {form: cites(record, form, lang) for form in FORMS}
    for name in texts["txt"]:
        item, entry = csl(texts["json"][name]), bib(texts["bib"][name])
        (reference,) = rispy.loads(texts["ris"][name])
        assert item["id"] == entry["ID"] == reference["id"]
        assert [item["URL"]] == [entry["url"]] == reference["urls"]
        assert item["URL"] in texts["txt"][name]
        assert item["version"] == entry["version"] == reference["edition"] == record.version
        for note in (item["note"], entry["note"], reference["notes"][0]):
            assert record.hash in note
        assert record.hash[:12] in texts["txt"][name]
        assert reference["year"] == entry["year"] == record.released[:4]
        assert ("accessed" in item) == ("urldate" in entry) == (name in ("view", "event", "figure"))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_view_is_cited_with_filters_counts_and_a_link_to_the_same(record, lang: str):
    chosen = Selection(actor=("mujao",), type=("airstrike",), q="Gao", event=EVENT, theme="dark")
    view = record.select(chosen)
    text = citation.view(view, lang, BASE)
    look = Lookup.of(record)
    words = [look.short("mujao", lang), look.label("event_types", "airstrike", lang), "Gao"]
    for part in (*words, str(view.n), str(view.total)):
        assert part in text
    again = Selection.parse(text.split(f"{BASE}/?")[1].split()[0])
    assert record.select(again).events["id"].tolist() == view.events["id"].tolist()
    assert (again.event, again.theme, again.v) == (None, None, record.version)


def test_the_title_is_the_name_that_the_licence_asks_for(record):
    assert citation.whole("en") in (ROOT / "data" / "LICENSE").read_text()


def test_a_chart_is_cited_by_its_own_name_and_link(record):
    view = record.select(Selection())
    texts = {name: citation.view(view, "en", BASE, panel=name) for name in citation.PANELS}
    assert len(set(texts.values())) == len(texts)
    assert "tab=losses" in texts["losses"]
    assert texts["losses"].startswith("“Losses”")


def test_every_figure_has_a_key_of_its_own_that_its_numbers_do_not_change(record):
    for event, figures in Lookup.of(record).parts["figures"].items():
        keys = keyed(figures)
        assert [*keys.values()] == figures, event
        changed = [{**row, "best": 1, "low": None, "note": None} for row in figures]
        assert [*keyed(changed)] == [*keys]


def test_a_figure_is_cited_with_number_claimant_source_and_place_on_the_page(record, client):
    key = "killed.of-chad.by-chad.in-tchad24-2013-02-25"
    text = citation.figure(record, EVENT, key, "en", BASE)
    for part in ("23", "claimed by Chad", "Tchad24", "not counted in totals", f"#figure-{key}"):
        assert part in text
    assert f'id="figure-{key}"' in client.get(f"/event/{EVENT}").text


def test_the_day_on_which_it_was_seen_is_the_readers(record):
    assert citation.event(record, EVENT, "en", BASE, accessed="2027-05-03").endswith(" Accessed 3 May 2027.")
    assert citation.event(record, EVENT, "fr", BASE, accessed="2027-05-01").endswith(
        "Consulté le 1er mai 2027."
    )
    assert "Accessed" not in citation.event(record, EVENT, "en", BASE)
