# ruff: noqa: E501 — the tables have one case a line
"""Every kind of broken record: one thing broken in a small valid one, one line that says where and what."""

import csv
import itertools
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from serval import record
from serval.files import MAX_BYTES

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "record"
EVENTS = "events/2013-01.yaml"
KONNA, STRIKES, GAO = (
    "2013-01-10-fight-for-konna",
    "2013-01-18-strikes-in-two-towns",
    "2013-01-25-gao-changes-hands",
)
RETAKEN = "2013-01-20-konna-retaken"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "record"))


def faults(folder: Path) -> list[str]:
    """The faults of a folder, with proof that it is refused, and quickly."""
    start = time.perf_counter()
    found = record.validate(folder)
    assert time.perf_counter() - start < 2
    assert found, "accepted"
    assert all(line.isprintable() for line in found)
    with pytest.raises(record.RecordError) as error:
        record.load(folder)
    assert sorted(map(str, error.value.faults)) == sorted(found)
    return found


class Swap(NamedTuple):
    """Text of a file put in place of another, and the one fault that must come of it.

    The fault stands on the line where `at` (else the new text) first begins.
    """

    name: str
    file: str
    old: str
    new: str
    id: str
    field: str
    says: str
    at: str = ""


def swap(folder: Path, file: str, old: str, new: str, at: str = "") -> int:
    path = folder / file
    before, found, after = path.read_text("utf-8").partition(old)
    assert found, f"{old} is not in {file}"
    path.write_text(text := before + new + after, "utf-8")
    return text[: text.index(at) if at else len(before)].count("\n") + 1


def in_events(name: str, old: str, new: str, id: str, field: str, says: str, at: str = "") -> Swap:
    return Swap(name, EVENTS, old, new, id, field, says, at)


TITLE = "title: Fight for Konna"
DATE = "date: {start: 2013-01-10, end: 2013-01-12, precision: days}"
FIRST = "low: 5, best: 11, high: 20"
CSV_GAO = "gao,Gao,Gao,Gawgaw,16.2717,-0.0447,gao,ML,city,0,made-up record,"
TROOPS = "2013-01-12-blue-deployed,2013-01-12,day,blue,deployed,military,gao,town,100,,200,reported,,gazette-2013-01-12"


def spans(text: str) -> str:
    return f"sources: [courrier-2013-01-20, gazette-2013-01-12]\n  evidence: [{text}]"


def span(source: str = "gazette-2013-01-12", start: int = 1, end: int = 5, sha: str = "0" * 64) -> str:
    return f"{{source: {source}, start: {start}, end: {end}, sha256: '{sha}', by: hand}}"


SCOPES = (
    (SMALL / "vocabulary.yaml").read_text("utf-8").partition("troop_scopes:")[2].partition("place_kinds:")[0]
)
SCOPES = f"troop_scopes:{SCOPES}"
RETAKEN_SOURCES = "sources: [courrier-2013-01-20, gazette-2013-01-12]"

SWAPS = [
    # the shape of a row
    in_events("unknown key", TITLE, f"{TITLE}\n  colour: red", KONNA, "colour", "unknown key, expected one of id, date", "colour:"),
    in_events("unknown key inside", "role: initiator}, {actor: green, role: target}, {actor: folk", "role: initiator}, {actor: green, role: target, side: left}, {actor: folk", KONNA, "actors[1].side", "unknown key"),
    in_events("the model's name for a key", "control: {place: konna, from: [green]", "control: {place: konna, from: [green], from_: [green]", KONNA, "control[0].from_", "unknown key"),
    in_events("missing key", f"  {TITLE}\n", "", KONNA, "title", "missing, expected a value", f"id: {KONNA}"),
    in_events("missing key inside", "precision: days}", "}", KONNA, "date.precision", "missing, expected a value"),
    in_events("null where a value must be", TITLE, "title: null", KONNA, "title", "got 'None', expected a valid string"),
    in_events("number for text", TITLE, "title: 1789", KONNA, "title", "got '1789', expected a valid string"),
    in_events("flag for text", TITLE, "title: true", KONNA, "title", "got 'True', expected a valid string"),
    in_events("text for a mapping", DATE, "date: 2013-01-10", KONNA, "date", "got '2013-01-10', expected the keys of EventDate"),
    in_events("text for a list", "actors: [{actor: blue, role: initiator}, {actor: red_a, role: target}]", "actors: blue", GAO, "actors", "got 'blue', expected a valid list"),
    in_events("empty list of actors", "actors: [{actor: blue, role: initiator}, {actor: red_a, role: target}]", "actors: []", GAO, "actors", "expected at least 1 item, not 0"),
    in_events("no source", "sources: [official-2013-02-10]", "sources: []", GAO, "sources", "expected at least 1 item, not 0"),
    in_events("no place", "place: [gao, kidal]", "place: []", STRIKES, "place", "expected at least 1 item, not 0"),
    in_events("bad shape of id", f"id: {KONNA}", "id: 2013-1-10 Konna", "2013-1-10 Konna", "id", "expected text of the form"),
    in_events("line break in an id", f"id: {KONNA}", 'id: "2013\\nkonna"', r"2013\nkonna", "id", "expected text of the form"),
    in_events("empty title", TITLE, "title: ''", KONNA, "title", "got '', expected at least 1 character"),
    in_events("title too long", TITLE, f"title: {'k' * 91}", KONNA, "title", "expected at most 90 characters"),
    in_events("summary too long", "summary: Made up. Rival figures by two claimants.", f"summary: {'k' * 2001}", KONNA, "summary", "expected at most 2000 characters"),
    in_events("line break in text", TITLE, 'title: "Fight\\nfor Konna"', KONNA, "title", r"got 'Fight\nfor Konna', expected text without control characters, line breaks"),
    in_events("block of lines", TITLE, "title: |\n    Fight\n    for Konna", KONNA, "title", "expected text without control characters, line breaks", "title: |"),
    in_events("control character in text", TITLE, 'title: "Fight \\x07 for Konna"', KONNA, "title", "expected text without control characters"),
    in_events("mark that turns the reading direction", TITLE, 'title: "Fight \\u202Efor Konna"', KONNA, "title", "expected text without control characters"),
    in_events("blanks at the ends", TITLE, 'title: " Fight for Konna"', KONNA, "title", "or blanks at its ends"),
    # numbers
    in_events("text for a number", FIRST, "low: five, best: 11, high: 20", KONNA, "figures[0].low", "got 'five', expected a valid integer"),
    in_events("quoted number", FIRST, "low: '5', best: 11, high: 20", KONNA, "figures[0].low", "got '5', expected a valid integer"),
    in_events("float for a count", FIRST, "low: 5.0, best: 11, high: 20", KONNA, "figures[0].low", "got '5.0', expected a valid integer"),
    in_events("flag for a count", FIRST, "low: true, best: 11, high: 20", KONNA, "figures[0].low", "got 'True', expected a valid integer"),
    in_events("not a number", FIRST, "low: .NaN, best: 11, high: 20", KONNA, "figures[0].low", "got 'nan', expected"),
    in_events("infinity", FIRST, "low: 5, best: 11, high: .inf", KONNA, "figures[0].high", "got 'inf', expected"),
    in_events("negative count", FIRST, "low: -5, best: 11, high: 20", KONNA, "figures[0].low", "got '-5', expected greater than or equal to 0"),
    in_events("a milliard people", FIRST, "low: 5, best: 11, high: 1000000000", KONNA, "figures[0].high", "1000000000 is a slip, expected at most 30000000"),
    in_events("a milliard in scientific notation", FIRST, "low: 5, best: 11, high: 1e9", KONNA, "figures[0].high", "got '1000000000.0', expected a valid integer"),
    in_events("a milliard vehicles", "low: 3, best: 4, high: 5, unit: vehicles", "low: 3, best: 4, high: 1000000000, unit: vehicles", STRIKES, "figures[3].high", "1000000000 is a slip, expected at most 100000"),
    in_events("1e30 people", FIRST, f"low: 5, best: 11, high: 1{'0' * 30}", KONNA, "figures[0].high", "expected less than or equal to 100000000000"),
    in_events("thousands of digits", FIRST, f"low: 5, best: 11, high: {'9' * 9000}", KONNA, "figures[0].high", "expected a valid integer"),
    in_events("low above best", FIRST, "low: 12, best: 11, high: 20", KONNA, "figures[0]", "low, best, high are 12, 11, 20: expected low ≤ best ≤ high"),
    in_events("best above high", FIRST, "low: 5, best: 21, high: 20", KONNA, "figures[0]", "low, best, high are 5, 21, 20: expected low ≤ best ≤ high"),
    in_events("low above high, no best", FIRST, "low: 21, high: 20", KONNA, "figures[0]", "low, best, high are 21, None, 20: expected low ≤ best ≤ high"),
    in_events("figure with nothing", "low: 5, best: 11, high: 20, ", "", KONNA, "figures[0]", "has neither low, best nor high: expected at least one", "- {kind: killed, of: green, unit"),
    # words and references
    in_events("unknown type", "type: ground_combat", "type: brawl", KONNA, "type", "'brawl' is not known, expected one of agreement, airstrike"),
    in_events("unknown role", "{actor: red_a, role: initiator}", "{actor: red_a, role: boss}", KONNA, "actors[0].role", "'boss' is not known, expected one of ally, claimed_by"),
    in_events("unknown actor", "{actor: red_a, role: initiator}", "{actor: mauve, role: initiator}", KONNA, "actors[0].actor", "'mauve' is not known, expected one of blue"),
    in_events("unknown place", "place: konna\n", "place: atlantis\n", KONNA, "place[0]", "'atlantis' is not known, expected one of algiers, gao"),
    in_events("unknown source", "sources: [official-2013-02-10]", "sources: [hearsay]", GAO, "sources[0]", "'hearsay' is not known, expected one of courrier-2013-01-20"),
    in_events("unknown status", "status: disputed", "status: rumoured", KONNA, "status", "'rumoured' is not known, expected one of confirmed, disputed, reported"),
    in_events("unknown precision of the date", "precision: days", "precision: decade", KONNA, "date.precision", "'decade' is not known, expected one of day, days"),
    in_events("unknown precision of the place", "geo_precision: exact", "geo_precision: roughly", KONNA, "geo_precision", "'roughly' is not known, expected one of area, country"),
    in_events("unknown kind of figure", "{kind: displaced", "{kind: camels", KONNA, "figures[4].kind", "'camels' is not known, expected one of aircraft"),
    in_events("unknown unit", "unit: vehicles", "unit: carts", STRIKES, "figures[3].unit", "'carts' is not known, expected one of aircraft"),
    Swap("holder that is no actor", "events/2013-08.yaml", "to: [red_c, gold]", "to: [red_c, the_devil]", "2013-08-25-kidal-joint", "control[0].to[1]", "'the_devil' is not known, expected one of blue"),
    in_events("source twice", "sources: [official-2013-02-10]", "sources: [official-2013-02-10, official-2013-02-10]", GAO, "sources[1]", "'official-2013-02-10' stands twice, expected once"),
    in_events("place twice", "place: [gao, kidal]", "place: [gao, gao]", STRIKES, "place[1]", "'gao' stands twice, expected once"),
    # dates
    in_events("a day that no calendar has", DATE, "date: {start: 2013-01-10, end: 2013-02-30, precision: days}", KONNA, "date.end", "got '2013-02-30', expected a day of the calendar as YYYY-MM-DD"),
    in_events("a day with a time", DATE, "date: {start: 2013-01-10T08:00:00, end: 2013-01-12, precision: days}", KONNA, "date.start", "got '2013-01-10T08:00:00', expected a day as YYYY-MM-DD"),
    in_events("a day in another order", DATE, "date: {start: 2013-01-10, end: 12/01/2013, precision: days}", KONNA, "date.end", "got '12/01/2013', expected a day as YYYY-MM-DD"),
    in_events("a day in digits of another script", DATE, "date: {start: ٢٠١٣-٠١-١٠, end: 2013-01-12, precision: days}", KONNA, "date.start", "expected a day as YYYY-MM-DD"),
    in_events("end before start", DATE, "date: {start: 2013-01-10, end: 2013-01-09, precision: days}", KONNA, "date", "end 2013-01-09 is before start 2013-01-10"),
    in_events("one day that is two", DATE, "date: {start: 2013-01-10, end: 2013-01-12, precision: day}", KONNA, "date", "precision day, but start and end differ: expected days, week, month or year"),
    in_events("end out of the record", DATE, "date: {start: 2013-01-10, end: 2031-01-12, precision: days}", KONNA, "date.end", "2031-01-12 is outside the record, expected 2012-01-01 to 2014-12-31"),
    in_events("wrong month's file", "date: {start: 2013-01-27, end: 2013-01-27, precision: day}", "date: {start: 2013-02-27, end: 2013-02-27, precision: day}", "2013-01-27-gao-handed-over", "date.start", "2013-02-27 is in events/2013-01.yaml, expected its month's file"),
    in_events("rows out of order", "{start: 2013-01-18, end: 2013-01-18", "{start: 2013-01-09, end: 2013-01-09", STRIKES, "date.start", f"stands after {KONNA}, expected rows by start and id"),
    # what must hold between rows
    in_events("id twice in a file", f"id: {RETAKEN}", f"id: {STRIKES}", STRIKES, "id", f"stands in {EVENTS}:", f"{STRIKES}\n  date: {{start: 2013-01-20"),
    Swap("id twice in two files", "events/2013-02.yaml", "id: 2013-02-19-clash-in-the-hills", f"id: {STRIKES}", STRIKES, "id", f"stands in {EVENTS}:"),
    in_events("confirmed by one source", "sources: [courrier-2013-01-20, gazette-2013-01-12]", "sources: [gazette-2013-01-12]", RETAKEN, "status", "confirmed by 1 independent source, expected two or an official one", "status: confirmed\n  sources: [gazette"),
    in_events("confirmed by two of one publisher", "sources: [courrier-2013-01-20, gazette-2013-01-12]", "sources: [courrier-2013-01-20, courrier-2013-03-01]", RETAKEN, "status", "confirmed by 1 independent source, expected two or an official one", "status: confirmed\n  sources: [courrier-2013-01-20, courrier"),
    in_events("disputed without a dispute", "  dispute: Made up. The day and the dead are disputed.\n", "", KONNA, "dispute", "missing, expected a sentence that says what is disputed", f"id: {KONNA}"),
    in_events("figure from a source of another event", "source: gazette-2013-01-12}", "source: undated}", KONNA, "figures[0].source", "'undated' is not a source of the event, expected one of its sources"),
    in_events("holders contradict those before", "control: {place: konna, from: [red_a]", "control: {place: konna, from: [gold]", RETAKEN, "control[0].from", "konna was gold's before, expected red_a's, by the change before this one"),
    in_events("evidence from a source of another event", RETAKEN_SOURCES, spans(span("undated")), RETAKEN, "evidence[0].source", "'undated' is not a source of the event", "evidence:"),
    in_events("evidence in a text not held", RETAKEN_SOURCES, spans(span()), RETAKEN, "evidence[0].end", "5 is past the text, expected a source whose text_chars covers it", "evidence:"),
    in_events("evidence that ends before it starts", RETAKEN_SOURCES, spans(span(start=9)), RETAKEN, "evidence[0]", "span ends at 5, not after its start 9", "evidence:"),
    in_events("evidence with a negative start", RETAKEN_SOURCES, spans(span(start=-1)), RETAKEN, "evidence[0].start", "got '-1', expected greater than or equal to 0", "evidence:"),
    in_events("evidence with a bad hash", RETAKEN_SOURCES, spans(span(sha="XYZ")), RETAKEN, "evidence[0].sha256", "got 'XYZ', expected text of the form", "evidence:"),
    Swap("actor twice", "actors.yaml", "- id: unseen", "- id: gold", "gold", "id", "stands in actors.yaml:"),
    Swap("its own parent", "actors.yaml", "parent: blue_air", "parent: blue_pilots", "blue_pilots", "parent", "leads back to the actor itself, expected no cycle"),
    Swap("its own successor", "actors.yaml", "relation: renamed_from, actor: red_a", "relation: renamed_from, actor: red_b", "red_b", "lineage", "leads back to the actor itself, expected no cycle", "lineage:"),
    Swap("unknown relation", "actors.yaml", "relation: renamed_from", "relation: cousin_of", "red_b", "lineage[0].relation", "got 'cousin_of', expected 'split_from'"),
    Swap("leader that is no person", "actors.yaml", "  description: Made up. In no event.", "  leaders: [blue]\n  description: Made up. In no event.", "unseen", "leaders[0]", "'blue' is a state_force, expected a person", "leaders:"),
    Swap("dissolved before founded", "actors.yaml", "  description: Made up. In no event.", "  founded: 2013-05\n  dissolved: 2012\n  description: Made up. In no event.", "unseen", "dissolved", "2012 is before founded 2013-05", "dissolved:"),
    Swap("a month that no calendar has", "actors.yaml", "  description: Made up. In no event.", "  founded: 2013-13\n  description: Made up. In no event.", "unseen", "founded", "got '2013-13', expected YYYY, YYYY-MM or YYYY-MM-DD", "founded:"),
    Swap("a strength of a milliard", "actors.yaml", "  description: Made up. In no event.", "  strength: {high: 1000000000}\n  description: Made up. In no event.", "unseen", "strength.high", "1000000000 is a slip, expected at most 1000000", "strength:"),
    Swap("confirmed actor without a source", "actors.yaml", "  status: reported\n  description: Made up. In no event.", "  description: Made up. In no event.", "unseen", "status", "confirmed by 0 independent source, expected two or an official one", "- id: unseen"),
    Swap("source of an unknown kind", "sources.yaml", "kind: blog", "kind: graffiti", "undated", "kind", "'graffiti' is not known, expected one of academic, blog"),
    Swap("address that is none", "sources.yaml", "date: null, language: en", "date: null, url: 'www.example', language: en", "undated", "url", "got 'www.example', expected text of the form"),
    Swap("language that is none", "sources.yaml", "date: null, language: en", "date: null, language: English", "undated", "language", "got 'English', expected text of the form"),
    # tables
    Swap("latitude of 91", "places.csv", "16.2717", "91", "gao", "lat", "got '91.0', expected less than or equal to 90"),
    Swap("latitude that is no number", "places.csv", "16.2717", "NaN", "gao", "lat", "got 'NaN', expected a valid number"),
    Swap("latitude in degrees and minutes", "places.csv", "16.2717", "16°16", "gao", "lat", "got '16°16', expected a valid number"),
    Swap("missing latitude", "places.csv", "16.2717", "", "gao", "lat", "missing, expected a value", "gao,Gao"),
    Swap("latitude and longitude in each other's place", "places.csv", "16.2717,-0.0447", "-0.0447,16.2717", "gao", "lat", "-0.0447, 16.2717 is outside gao, expected coordinates inside it"),
    Swap("place outside its region", "places.csv", "14.944,-3.89", "16.944,-3.89", "konna", "lat", "16.944, -3.89 is outside mopti, expected coordinates inside it"),
    Swap("unknown region", "places.csv", "-0.0447,gao,", "-0.0447,menaka,", "gao", "region", "'menaka' is not known, expected one of bamako, gao"),
    Swap("negative radius", "places.csv", "massif,60", "massif,-60", "ifoghas", "radius_km", "got '-60.0', expected greater than or equal to 0"),
    Swap("line break in a cell", "places.csv", "gao,Gao,Gao,", 'gao,"Ga\no",Gao,', "gao", "name", r"got 'Ga\no', expected text without control characters, line breaks"),
    Swap("troops: text for a number", "troops.csv", "town,100,", "town,a hundred,", "2013-01-12-blue-deployed", "low", "got 'a hundred', expected a valid integer"),
    Swap("troops: decimal for a number", "troops.csv", "town,100,", "town,100.5,", "2013-01-12-blue-deployed", "low", "got '100.5', expected a valid integer"),
    Swap("troops: thousands of digits", "troops.csv", "town,100,", f"town,{'9' * 9000},", "2013-01-12-blue-deployed", "low", "expected a valid integer"),
    Swap("troops: digits of another script", "troops.csv", "town,100,", "town,١٠٠,", "2013-01-12-blue-deployed", "low", "expected a valid integer"),
    Swap("troops: low above high", "troops.csv", "town,100,", "town,300,", "2013-01-12-blue-deployed", "-", "low, best, high are 300, None, 200: expected low ≤ best ≤ high"),
    Swap("troops: no number", "troops.csv", "100,,200", ",,", "2013-01-12-blue-deployed", "low", "has neither low, best nor high, expected at least one"),
    Swap("troops: millions of soldiers", "troops.csv", "100,,200", "100,,2000000", "2013-01-12-blue-deployed", "high", "2000000 is a slip, expected at most 1000000"),
    Swap("missing column", "places.csv", ",note\n", "\n", "-", "-", "header is id,name,name_fr,alt_names,lat,lon,region,country,kind,radius_km,source, expected id,", "id,name"),
    Swap("columns in another order", "places.csv", "lat,lon", "lon,lat", "-", "-", "alt_names,lon,lat,region", "id,name"),
    Swap("extra cell", "places.csv", CSV_GAO, f"{CSV_GAO},", "gao", "-", "13 cells, expected 12"),
    Swap("blank line in a table", "places.csv", f"{CSV_GAO}\n", f"{CSV_GAO}\n\n", "-", "-", "0 cells, expected 12", "\ntimbuktu,"),
    Swap("unclosed quote", "places.csv", CSV_GAO, f'"{CSV_GAO}', "-", "-", "not CSV: unexpected end of data, expected 12 cells"),
    # words
    Swap("word twice", "vocabulary.yaml", "- {id: host,", "- {id: mediator,", "-", "roles[6].id", "'mediator' stands twice, expected once"),
    Swap("unknown family", "vocabulary.yaml", "  family: control\n", "  family: circus\n", "-", "event_types[0].family", "'circus' is not known, expected one of control, ground", "  family: circus"),
    Swap("missing list", "vocabulary.yaml", SCOPES, "", "-", "troop_scopes", "missing, expected a value", "# The words"),
]  # fmt: skip


@pytest.mark.parametrize("case", SWAPS, ids=lambda case: case.name)
def test_one_thing_broken_gives_one_line(small: Path, case: Swap):
    line = swap(small, case.file, case.old, case.new, case.at)
    place = f"{case.file}:{line}: {case.id}: {case.field}: "
    found = faults(small)
    fits = [fault for fault in found if fault.startswith(place) and case.says in fault]
    assert fits, f"expected {place}…{case.says}…, got {found}"
    assert found == fits


# Files that cannot be read as what they should be. What follows from them is not told.
TEXT = (SMALL / EVENTS).read_bytes()
LATIN = (
    TEXT.decode().replace("été", "ete").replace("Combats à", "Combats \N{LATIN SMALL LETTER A WITH GRAVE}")
)
BOMB = "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in itertools.pairwise("abcdefghi"))


def line_of(text: str) -> int:
    return TEXT.decode()[: TEXT.decode().index(text)].count("\n") + 1


FILES = [
    ("bad YAML", TEXT.replace(b"title: Fight", b"title: [Fight"), line_of(TITLE) + 1, "not YAML: "),
    ("unclosed brace", TEXT.replace(b"precision: days}", b"precision: days", 1), line_of(DATE) + 1, "not YAML: "),
    ("wrong indentation", TEXT.replace(b"  title: Fight", b" title: Fight"), line_of(TITLE), "not YAML: "),
    ("tab", TEXT.replace(b"  title: Fight", b"\ttitle: Fight"), line_of(TITLE), "holds a tab, expected plain"),
    ("byte order mark", b"\xef\xbb\xbf" + TEXT, 1, "starts with a byte order mark, expected plain UTF-8"),
    ("CRLF", TEXT.replace(b"\n", b"\r\n"), 1, "holds a carriage return, expected plain lines"),
    ("UTF-16", TEXT.decode().encode("utf-16"), 1, "starts with a byte order mark, expected plain UTF-8"),
    ("UTF-16 without a mark", "- id: x\n".encode("utf-16-le"), 1, "holds a NUL character, expected"),
    ("Latin-1", LATIN.encode("latin-1"), line_of("title_fr:"), "byte 0xe0 is not UTF-8, expected UTF-8"),
    ("NUL", TEXT.replace(b"Fight", b"Fi\x00ght"), line_of(TITLE), "holds a NUL character, expected"),
    ("next line", TEXT.replace(b"Fight", "Fi\x85ght".encode()), line_of(TITLE), "holds a line break that is no line feed, expected"),
    ("paragraph separator", TEXT.replace(b"Fight", "Fi\u2029ght".encode()), line_of(TITLE), "holds a line break that is no"),
    ("control character", TEXT.replace(b"Fight", b"Fi\x07ght"), 1, "not YAML: "),
    ("empty", b"", 1, "is empty, expected at least one row"),
    ("blank", b"\n\n  \n", 1, "is empty, expected at least one row"),
    ("only comments", b"# nothing yet\n# to come\n", 1, "holds nothing, expected at least one row"),
    ("null", b"null\n", 1, "holds nothing, expected at least one row"),
    ("empty list", b"[]\n", 1, "holds an empty list, expected a list of rows"),
    ("text instead of a list", b"Gao fell.\n", 1, "holds a text, expected a list of rows"),
    ("mapping instead of a list", b"id: gao\n", 1, "holds a mapping, expected a list of rows"),
    ("flow 10,000 deep", b"[" * 10_000 + b"]" * 10_000, 1, "not YAML: exceeded maximum nesting depth"),
    ("blocks 10,000 deep", b"- " * 10_000 + b"x\n", 1, "not YAML: exceeded maximum nesting depth"),
    ("mappings 10,000 deep", b"- " + b"{a: " * 10_000 + b"}" * 10_000, 1, "not YAML: exceeded maximum"),
    ("never closed", b"[" * 10_000, 1, "not YAML: exceeded maximum nesting depth"),
    ("random bytes", bytes(range(128, 256)), 1, "byte 0x80 is not UTF-8, expected UTF-8"),
    ("undefined tag handle", b"- !x!y z\n", 1, "not YAML: "),
    ("half a character", b'- "\\ud800"\n', 1, "not YAML: "),
    ("25 MB", b"# " + b"x" * 25_000_000, 1, f"25000002 bytes, expected at most {MAX_BYTES}"),
]  # fmt: skip


@pytest.mark.parametrize("file", [EVENTS, "sources.yaml", "actors.yaml"])
@pytest.mark.parametrize(("name", "content", "line", "says"), FILES, ids=[name for name, *_ in FILES])
def test_a_file_that_cannot_be_read_gives_one_line(
    small: Path, file: str, name: str, content: bytes, line: int, says: str
):
    (small / file).write_bytes(content)
    found = faults(small)
    assert found[0].startswith(f"{file}:{line}: -: -: {says}"), found
    assert len(found) == 1


TABLES = [
    ("empty", b"", 1, "is empty"),
    ("wrong header", b"place,where\ngao,there\n", 1, "header is place,where, expected id,"),
    ("no header", b"gao,Gao,Gao,,16,0,gao,ML,city,0,x,\n", 1, "header is gao,Gao"),
    ("semicolons", (SMALL / "places.csv").read_bytes().replace(b",", b";"), 1, "header is id;name;name_fr"),
    ("CRLF", (SMALL / "places.csv").read_bytes().replace(b"\n", b"\r\n"), 1, "holds a carriage return"),
    ("tabs", (SMALL / "places.csv").read_bytes().replace(b",", b"\t"), 1, "holds a tab"),
    ("byte order mark", b"\xef\xbb\xbf" + (SMALL / "places.csv").read_bytes(), 1, "starts with a byte order"),
    ("huge cell", b"id\n" + b"x" * 200_000, 1, "header is id, expected"),
    ("header of one line only, endless", b"x," * 500_000, 1, "header is x,x,"),
]  # fmt: skip


@pytest.mark.parametrize("file", ["places.csv", "troops.csv"])
@pytest.mark.parametrize(("name", "content", "line", "says"), TABLES, ids=[name for name, *_ in TABLES])
def test_a_table_that_cannot_be_read_gives_one_line(
    small: Path, file: str, name: str, content: bytes, line: int, says: str
):
    (small / file).write_bytes(content)
    (found,) = faults(small)
    assert found.startswith(f"{file}:{line}: -: -: {says}")
    assert len(found) < 800


@pytest.fixture
def _usual_limit() -> Iterator[None]:
    """Python's own limit of a cell: it is of the whole process, and frictionless raises it when imported."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("_usual_limit")
def test_a_cell_too_large_for_csv(small: Path):
    line = swap(small, "places.csv", "made-up record,\ntimbuktu", f"{'x' * 200_000},\ntimbuktu")
    (found,) = faults(small)
    assert found.startswith(f"places.csv:{line}: -: -: not CSV: field larger than field limit")


NAMES = ["vocabulary.yaml", "actors.yaml", "sources.yaml", "places.csv", "troops.csv", "CHANGES.md"]


@pytest.mark.parametrize("file", NAMES)
def test_a_missing_file(small: Path, file: str):
    (small / file).unlink()
    assert faults(small) == [f"{file}:1: -: -: missing, expected a readable file"]


@pytest.mark.parametrize("file", NAMES)
def test_a_folder_in_place_of_a_file(small: Path, file: str):
    (small / file).unlink()
    (small / file).mkdir()
    assert faults(small) == [f"{file}:1: -: -: Is a directory, expected a readable file"]


@pytest.mark.parametrize("file", [*NAMES, EVENTS])
def test_a_file_that_the_system_will_not_read(small: Path, file: str):
    # A link to itself: unlike a mode of 000, it stops the superuser too.
    (small / file).unlink()
    (small / file).symlink_to(small / file)
    (found,) = faults(small)
    assert found == f"{file}:1: -: -: Too many levels of symbolic links, expected a readable file"


def no_events(folder: Path) -> None:
    shutil.rmtree(folder / "events")


def file_for_folder(folder: Path) -> None:
    no_events(folder)
    (folder / "events").write_text("gao fell")


def empty_folder(folder: Path) -> None:
    no_events(folder)
    (folder / "events").mkdir()


@pytest.mark.parametrize("break_it", [no_events, file_for_folder, empty_folder])
def test_no_months(small: Path, break_it: Callable[[Path], None]):
    break_it(small)
    assert faults(small) == ["events/YYYY-MM.yaml:1: -: -: missing, expected events/YYYY-MM.yaml"]


@pytest.mark.parametrize(
    "name", ["2013-13.yaml", "2013-1.yaml", "2013-03.yml", "january.yaml", "2013-01.yaml~"]
)
def test_a_file_that_is_no_month(small: Path, name: str):
    (small / "events" / name).write_text("- id: x\n")
    assert faults(small) == [f"events/{name}:1: -: -: not a month's file, expected events/YYYY-MM.yaml"]


def test_no_folder_at_all(tmp_path: Path):
    found = faults(tmp_path / "nowhere")
    assert len(found) == 7
    assert all("missing, expected" in line for line in found)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("# Changes\n\nSome.\n", 1, "no release, expected a heading `## x.y.z — YYYY-MM-DD`"),
        ("# Changes\n\n## 1.0 — 2013-01-01\n", 1, "no release, expected a heading `## x.y.z — YYYY-MM-DD`"),
        ("# Changes\n\n## 1.0.0 — 2013-02-30\n", 3, "2013-02-30 is no day, expected YYYY-MM-DD"),
    ],
)
def test_no_release(small: Path, text: str, line: int, says: str):
    (small / "CHANGES.md").write_text(text)
    assert faults(small) == [f"CHANGES.md:{line}: -: -: {says}"]


@pytest.mark.parametrize("content", [b"# none\n", b"[]\n", b"- families\n", b"families\n"])
def test_a_vocabulary_that_is_none(small: Path, content: bytes):
    (small / "vocabulary.yaml").write_bytes(content)
    (found,) = faults(small)
    assert found.startswith("vocabulary.yaml:1: -: -: ")
    assert "expected" in found


# What YAML allows and the record does not. The rest of the row is still read.
REFUSED = [
    ("anchor", TITLE, "title: &t Fight for Konna", KONNA, "title", "&t is an anchor, expected a plain value"),
    ("alias", "title: Konna is retaken", "title: *t", RETAKEN, "title", "*t is an alias, expected the value written out"),
    ("key twice", TITLE, f"{TITLE}\n  title: Another", KONNA, "title", "stands twice, expected once"),
    ("key twice inside", FIRST, f"low: 4, {FIRST}", KONNA, "figures[0].low", "stands twice, expected once"),
    ("tag of Python", TITLE, "title: !!python/object/apply:os.system [ls]", KONNA, "title", "tag tag:yaml.org,2002:python/object/apply:os.system, expected a plain value"),
    ("tag of our own", TITLE, "title: !town Konna", KONNA, "title", "tag !town, expected a plain value"),
    ("tag on a key", TITLE, "!!str title: Fight for Konna", KONNA, "-", "tag tag:yaml.org,2002:str, expected a plain value"),
    ("list as a key", TITLE, f"{TITLE}\n  ? [a, b]\n  : c", KONNA, "-", "a key that is not a word, expected a word"),
    ("nested deeply", TITLE, f"title: {'[' * 20}{']' * 20}", KONNA, f"title{'[0]' * 11}", "nested deeper than 12, expected a flat row"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "id", "field", "says"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_plain_values_do_not_need_is_refused(
    small: Path, name: str, old: str, new: str, id: str, field: str, says: str
):
    line = swap(small, EVENTS, old, new) + (new.count("\n") > 0)
    found = faults(small)
    assert f"{EVENTS}:{line}: {id}: {field}: {says}" in found
    assert all(f": {id}: " in fault for fault in found)


def test_billion_laughs_and_an_alias_of_itself(small: Path):
    (small / "sources.yaml").write_text(f"a: &a [ha,ha,ha,ha,ha,ha,ha,ha,ha]\n{BOMB}")
    (small / "actors.yaml").write_text("- &a [*a]\n")
    found = faults(small)
    assert "sources.yaml:9: -: i[8]: *h is an alias, expected the value written out" in found
    assert "actors.yaml:1: -: [0][0]: *a is an alias, expected the value written out" in found


def test_two_documents_in_a_file(small: Path):
    line = swap(small, EVENTS, f"- id: {STRIKES}", f"---\n- id: {STRIKES}")
    assert f"{EVENTS}:{line}: -: -: a second document, expected one" in faults(small)


def test_rows_that_are_no_rows(small: Path):
    (small / EVENTS).write_text("- gao\n- 5\n- [gao]\n- null\n- 1.5\n- true\n")
    kinds = ["text", "number", "list", "blank", "number", "flag"]
    assert faults(small) == [
        f"{EVENTS}:{i + 1}: -: [{i}]: is a {kind}, expected a row of keys" for i, kind in enumerate(kinds)
    ]


def test_longer_cycles(small: Path):
    swap(small, "actors.yaml", "  short: Blue\n", "  short: Blue\n  parent: blue_pilots\n")
    swap(
        small,
        "actors.yaml",
        "  short: Red A\n",
        "  short: Red A\n  lineage: [{relation: split_from, actor: red_c}]\n",
    )
    found = faults(small)
    assert [f.split(": ")[1:3] for f in found] == [
        ["blue", "parent"], ["blue_air", "parent"], ["blue_pilots", "parent"],
        ["red_a", "lineage"], ["red_b", "lineage"], ["red_c", "lineage"],
    ]  # fmt: skip
    assert all(f.endswith("leads back to the actor itself, expected no cycle") for f in found)


def test_two_reprints_of_one_wire_are_one_source(small: Path):
    for source in ("courrier-2013-01-20", "gazette-2013-01-12"):
        swap(small, "sources.yaml", f"{{id: {source},", f"{{id: {source}, wire: AFP,")
    (found,) = faults(small)
    assert f": {RETAKEN}: status: confirmed by 1 independent source, expected two or an official one" in found


def test_an_armed_groups_own_word_confirms_nothing(small: Path):
    swap(small, "sources.yaml", "kind: official, side: french", "kind: official, side: insurgent")
    (found,) = faults(small)
    assert f": {GAO}: status: confirmed by 1 independent source" in found


def test_evidence_past_the_text(small: Path):
    swap(small, "sources.yaml", "{id: gazette-2013-01-12,", "{id: gazette-2013-01-12, text_chars: 100,")
    line = swap(small, EVENTS, RETAKEN_SOURCES, spans(span(start=90, end=101))) + 1
    assert faults(small) == [
        f"{EVENTS}:{line}: {RETAKEN}: evidence[0].end: 101 is past the text, "
        "expected a source whose text_chars covers it"
    ]
    swap(small, EVENTS, "end: 101", "end: 100")
    assert record.validate(small) == []


def test_a_row_that_does_not_parse_brings_no_faults_of_others(small: Path):
    # The event before it in the chain of Konna, its source's row and its actor's row are all broken.
    swap(small, EVENTS, TITLE, "title: 5")
    swap(small, "sources.yaml", "title: Front page", "title: 5")
    swap(small, "actors.yaml", "name: Red Front", "name: 5")
    assert [fault.split(": ")[1:3] for fault in faults(small)] == [
        ["red_a", "name"], [KONNA, "title"], ["gazette-2013-01-12", "title"],
    ]  # fmt: skip


def test_every_fault_is_told_in_the_order_of_files_and_lines(small: Path):
    swap(small, EVENTS, TITLE, "title: 5")
    swap(small, EVENTS, "type: airstrike", "type: brawl")
    swap(small, EVENTS, "low: 10, best: 15", "low: 16, best: 15")
    swap(small, EVENTS, "  summary: Made up. Between two days.\n", "")
    swap(small, EVENTS, "title: Gao is handed over", "titre: Gao is handed over")
    found = faults(small)
    assert [(f.split(": ")[1], f.split(": ")[2]) for f in found] == [
        (KONNA, "title"), (STRIKES, "figures[0]"), (GAO, "summary"),
        ("2013-01-27-gao-handed-over", "title"), ("2013-01-27-gao-handed-over", "titre"),
    ]  # fmt: skip
    lines = [int(f.split(":")[1]) for f in found]
    assert lines == sorted(lines)


def test_rules_between_rows_are_all_told_too(small: Path):
    swap(
        small,
        EVENTS,
        "{actor: red_a, role: initiator}, {actor: green, role: target}, {actor: folk",
        "{actor: mauve, role: boss}, {actor: green, role: target}, {actor: folk",
    )
    swap(small, EVENTS, "type: ground_combat", "type: brawl")
    swap(small, EVENTS, "place: konna\n", "place: atlantis\n")
    swap(small, EVENTS, "end: 2013-01-12", "end: 2031-01-12")
    fields = ["actors[0].actor", "actors[0].role", "date.end", "place[0]", "type"]
    assert sorted(f.split(": ")[2] for f in faults(small)) == fields


def test_at_least_forty_kinds():
    assert len(SWAPS) + len(FILES) + len(TABLES) + len(REFUSED) > 140


def test_the_small_record_itself_is_valid():
    assert record.validate(SMALL) == []
