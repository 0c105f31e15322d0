"""A record full of markup, formulae and templates: what is made of it holds them as text and runs nothing."""

import base64
import csv
import hashlib
import io
import json
import re
import shutil
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import bibtexparser
import lxml.etree
import lxml.html
import openpyxl
import pytest
import rispy
import yaml

from serval import record as records
from serval import report
from serval.export import citation, fields, kinds, rows
from serval.export.citation_forms import tex
from serval.export.docx import docx
from serval.export.scope import Scope
from serval.selection import Selection
from tests.conftest import serving
from tests.security import hostile

EVENT, ACTOR = "2013-01-10-fight-for-konna", "red_a"
WHOLE = Selection(from_="2012-01-01", to="2014-12-31")
BASE = "http://127.0.0.1"
PAGES = (
    f"/event/{EVENT}", f"/event/{EVENT}?lang=fr", f"/actor/{ACTOR}", "/about", "/changes", "/take-away",
    *(f"/embed/{panel}?{WHOLE.query()}" for panel in ("map", "timeline", "control", "troops")),
    f"/report-interactive.html?{WHOLE.query()}",
)  # fmt: skip
HANDLER = re.compile(r"on[a-z]+$")
ADDRESSES = ("href", "src", "action", "formaction", "data", "srcset", "poster")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.write(tmp_path_factory.mktemp("hostile") / "data")


@pytest.fixture(scope="module")
def bad(folder: Path):
    return records.read(folder)


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """A server of the hostile record."""
    with serving(folder.parent / "log", SERVAL_DATA=str(folder)) as url:
        yield url


def asked(url: str) -> tuple[str, str]:
    """The text at an address and its policy."""
    with urlopen(Request(url, headers={"Accept-Encoding": "identity"}), timeout=60) as answer:
        return answer.read().decode(), answer.headers.get("Content-Security-Policy", "")


def harmless(text: str, policy: str = "") -> None:
    """No script but those of the policy, no handler, no address that runs, no template filled in."""
    tree = lxml.html.document_fromstring(text)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            assert not HANDLER.match(name), (element.tag, name, value)
            if name in ADDRESSES:
                assert not re.match(r"\s*(javascript|vbscript|data:text)", value, re.I), (element.tag, value)
        if element.tag == "script" and "src" not in element.attrib:
            code = element.text or ""
            if "json" in element.get("type", ""):
                json.loads(code)
            else:
                digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
                assert f"'sha256-{digest}'" in policy, code[:200]
        assert element.tag not in ("iframe", "object", "embed"), element.tag
        assert element.get("http-equiv", "").lower() != "refresh"
        assert element.tag != "base" or "href" not in element.attrib
        assert element.tag != "img" or element.get("src") != "x"
    assert hostile.SUM not in " ".join(tree.itertext())


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_what_no_text_may_hold_is_refused(folder: Path, tmp_path: Path, name: str):
    copy = Path(shutil.copytree(folder, tmp_path / "data"))
    field, value = hostile.REFUSED[name]
    sources = yaml.safe_load((copy / "sources.yaml").read_text("utf-8"))
    sources[0][field] = value
    (copy / "sources.yaml").write_text(json.dumps(sources, ensure_ascii=False), "utf-8")
    (fault,) = records.validate(copy)
    assert fault.startswith(f"sources.yaml:1: {sources[0]['id']}: {field}: got ")
    assert fault.isprintable()
    assert len(fault) < 300


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_it_as_text(site: str, path: str):
    text, policy = asked(f"{site}{path}")
    harmless(text, policy)
    if path.startswith(("/event", "/actor", "/embed/map", "/report")):
        assert "&lt;script&gt;window.hacked=1&lt;/script&gt;" in text


def test_json_for_search_engines_holds_it_as_text(site: str, bad):
    text, _ = asked(f"{site}/event/{EVENT}")
    (data,) = lxml.html.document_fromstring(text).xpath("//script[@type='application/ld+json']/text()")
    event = next(node for node in json.loads(data)["@graph"] if node["@type"] == "Event")
    row = bad.events.set_index("id").loc[EVENT]
    assert (event["name"], event["description"]) == (row["title"], row["summary"])


def test_the_dashboards_words_hold_it_as_text(site: str):
    query = WHOLE.with_(event=EVENT, tab="events", actor=(ACTOR,)).query()
    for output, given in {
        "words.data": {"query": query},
        "events-words.data": {"asked-events": query, "events-order": {}},
        "profiles.data": {"opened": {"query": query, "actors": [ACTOR, "<b>", "../x"]}},
    }.items():
        body = {
            "output": output,
            "outputs": {"id": output.partition(".")[0], "property": "data"},
            "inputs": [{"id": id, "property": "data", "value": value} for id, value in given.items()],
            "changedPropIds": [],
        }
        asking = Request(
            f"{site}/_dash-update-component", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urlopen(asking, timeout=60) as answer:
            made = json.load(answer)["response"][output.partition(".")[0]]["data"]
        assert made
        for html in made.get("parts", made).values():
            if html:
                harmless(f"<div>{html}</div>")


def test_tables_hold_what_was_written(bad):
    scope = Scope.of(bad.select(WHOLE), "all")
    titles = set(bad.events["title"])
    for kind in ("events.json", "events.geojson"):
        found = json.loads(kinds.make(kind, scope, BASE, str))
        listed = found.get("rows") or [feature["properties"] for feature in found["features"]]
        assert {row["title"] for row in listed} == titles


@pytest.mark.parametrize("table", fields.TABLES)
def test_no_cell_of_a_csv_is_calculated(bad, table: str):
    made = rows.to_csv(rows.table(Scope.of(bad.select(WHOLE), "all"), table, BASE)).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(made, newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r", "\n")), cell
            assert not cell.startswith("-") or re.fullmatch(r"-[0-9.]+", cell), cell


def test_no_cell_of_a_workbook_is_calculated(bad):
    made = kinds.make("events.xlsx", Scope.of(bad.select(WHOLE), "all"), BASE, str)
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=cmd|'/C calc'!A0" for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    links = [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target]
    assert links
    assert all(link.startswith(("http://", "https://")) for link in links)


def test_a_package_is_whole_and_its_files_stay_inside(bad):
    made = kinds.make(kinds.PACKAGE, Scope.of(bad.select(WHOLE), "all"), BASE, records.licence)
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert all(re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name) for name in packed.namelist())
        described = json.loads(packed.read("datapackage.json"))
        assert len(described["resources"]) >= len(fields.TABLES)
        assert packed.testzip() is None


@pytest.mark.parametrize("event", [EVENT, "2013-01-18-strikes-in-two-towns"])
def test_citations_keep_their_form(bad, event: str):
    entry = bibtexparser.loads(citation.event(bad, event, "en", BASE, "bib"))
    assert [one["ENTRYTYPE"] for one in entry.entries] == ["misc"]
    (found,) = rispy.loads(citation.event(bad, event, "en", BASE, "ris").replace("\r\n", "\n"))
    assert found["type_of_reference"] == "DATA"
    title = bad.events.set_index("id").loc[event]["title"]
    assert hostile.plain(found["title"]) == hostile.plain(title)
    (item,) = json.loads(citation.event(bad, event, "en", BASE, "json"))
    assert hostile.plain(item["title"]) == hostile.plain(title)
    assert len(citation.event(bad, event, "fr", BASE, "txt").splitlines()) == 1


def test_every_title_survives_in_bibtex():
    for title in hostile.WORDS:
        text = f"@misc{{one,\n title = {{{{{tex(title)}}}}},\n}}\n@misc{{two, title = {{x}},}}\n"
        assert [entry["ID"] for entry in bibtexparser.loads(text).entries] == ["one", "two"]


def test_reports_hold_it_as_text(bad):
    made = report.undrawn(bad.select(WHOLE), "en", BASE, "2026-01-01", "A4", "no pictures")
    html = report.page(made, "A4")
    harmless(html)
    with zipfile.ZipFile(io.BytesIO(docx(made))) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                tree = lxml.etree.fromstring(packed.read(name))
                codes = [node.text.split()[0] for node in tree.iter("{*}instrText")]
                assert set(codes) <= {"PAGE", "NUMPAGES", "SEQ"}
                for link in tree.iter("{*}Relationship"):
                    if link.get("TargetMode") == "External":
                        assert link.get("Target").startswith(("http://", "https://"))
        assert "<script>window.hacked=1</script>" in "".join(
            lxml.etree.fromstring(packed.read("word/document.xml")).itertext()
        )


@pytest.mark.parametrize(
    ("asking", "status"),
    [
        (f"GET /?q={'x' * 9000} HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (f"GET / HTTP/1.1\r\nHost: a\r\nX-Long: {'x' * 9000}\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: a\r\n" + "X-Many: x\r\n" * 70 + "\r\n", 431),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
            400,
        ),
        ("NONSENSE\r\n\r\n", 400),
    ],
    ids=["address", "header", "headers", "two lengths", "nonsense"],
)
def test_the_server_refuses_what_is_too_much(site: str, asking: str, status: int):
    host, _, port = site.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(asking.encode())
        said = line.recv(2000).decode()
    assert said.startswith(f"HTTP/1.1 {status} ")
    assert "Traceback" not in said
