# ruff: noqa: E501 — the lists of parts have many to a line
"""What `tools/fuzz.py` tries: the readers of queries, files and requests, and what may come out of each."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

from serval import record
from serval.extract import text
from serval.files import Fault, csv_rows, read_text, rows_of
from serval.imports import acled, ged
from serval.imports.faults import Unusable
from serval.imports.read import Wanted
from serval.imports.read import read as read_import
from serval.selection import KEYS, BadQuery, Selection
from tools.fuzz import ROOT, Target

SMALL = ROOT / "tests" / "fixtures" / "record"
NASTY = st.sampled_from(
    ["\x00", "\ud800", "\u202e", "\uffff", "%", "%ff", "%00", "+", ",", "&", "=", ";", "#", "'", '"', "<", "\\",
     "{{7*7}}", "../", "a" * 5000, "9" * 400, "-0", "1e9", "NaN", "2013-02-30", "١٢", "null", "[]", "\r\n"]
)  # fmt: skip
TEXT = st.lists(st.text(max_size=12) | NASTY, max_size=6).map("".join)
GOOD = st.sampled_from(
    ["2013-01-11", "possible", "certain", "france", "gao", "kidal", "airstrike", "confirmed", "1", "0", "16.5",
     "timeline", "events", "en", "fr", "dark", "1.0.0", "2013-01-26-gao-retaken", "initiator", "killed.of-chad"]
)  # fmt: skip
NAMES = st.sampled_from([*(key.key for key in KEYS), "scope", "width", "height", "scale", "title", "paper"])
PAIRS = st.lists(st.tuples(NAMES | TEXT, GOOD | TEXT), max_size=8)
PATHS = (
    *(
        "/",
        "/about",
        "/changes",
        "/check",
        "/take-away",
        "/event/{}",
        "/actor/{}",
        "/embed/map",
        "/embed/troops",
    ),
    *("/cite.txt", "/cite.bib", "/cite.ris", "/cite.json", "/figure/map.json", "/figure/{}.json", "/{}"),
    *(
        "/api/v1/{}",
        "/api/v1/events.csv",
        "/api/v1/figures.json",
        "/releases/{}.zip",
        "/releases/{}/search.json",
    ),
)
YAML = st.sampled_from(
    ["- ", "id: ", "x", "\n", "\n  ", "{", "}", "[", "]", ", ", ": ", "? ", "&a ", "*a", "!!int ", "!x ", "'", '"',
     "|\n", ">-\n", "---\n", "...\n", "<<: ", "null", "~", "true", "12", "1e9", ".nan", "9" * 5000, "\x85", "\t"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 44>>stream\nBT /F 9 Tf 9 9 Td (The army of Mali was there.) Tj ET\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n"
)
HTML = b"<!doctype html><html><body><article><p>The army of Mali was in Gao, and it is said to stay.</p></article>"


def targets(folder: Path) -> dict[str, Target]:
    """Name -> target. folder: where their files may lie."""
    os.environ.setdefault("RATE_LIMIT", "off")
    file = folder / "file"
    texts = st.binary(max_size=300) | TEXT.map(_bytes)
    yaml = st.lists(YAML | st.text(max_size=3), max_size=40).map("".join).map(_bytes)
    return {
        "selection": Target(PAIRS.map(_query).map(_bytes) | texts, _selection, guided=True),
        "yaml": Target(texts | yaml, partial(_yaml, file), guided=True),
        "csv": Target(texts | changed([b"id,name,lat\ngao,Gao,16.2\n"]), partial(_csv, file), guided=True),
        "record": Target(changed(_months()), partial(_record, folder / "record")),
        "ged": Target(texts | changed([_table("ged")]), partial(_import, file, "ged"), guided=True),
        "acled": Target(texts | changed([_table("acled")]), partial(_import, file, "acled"), guided=True),
        "reader": Target(texts | changed([PDF, HTML]), _reader, guided=True),
        "requests": Target(st.tuples(st.sampled_from(PATHS), TEXT, PAIRS), _request),
        "callbacks": Target(st.tuples(st.integers(0, 9), JSON, JSON), _callback),
        "api": Target(_described(), _called),
    }


def changed(wholes: list[bytes]) -> Any:
    """Bytes of which some stretches were cut, doubled or put in place of others."""

    @st.composite
    def made(draw: Any) -> bytes:
        data = draw(st.sampled_from(wholes))
        for _ in range(draw(st.integers(1, 4))):
            start = draw(st.integers(0, len(data)))
            end = draw(st.integers(start, min(len(data), start + 40)))
            new = draw(
                st.binary(max_size=8) | NASTY.map(_bytes) | YAML.map(_bytes) | st.just(data[:start][-60:])
            )
            data = data[:start] + new + data[end:]
        return bytes(data)

    return made()


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def _query(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{name}={value}" for name, value in pairs)


def _selection(data: bytes) -> None:
    query = data.decode("utf-8", "replace")
    Selection.read(query)
    try:
        found = Selection.parse(query)
    except BadQuery:
        return
    assert Selection.parse(found.query()) == found


def _faults(faults: list[Fault]) -> None:
    assert all(str(fault).isprintable() for fault in faults)


def _yaml(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    faults: list[Fault] = []
    read_text(file, "x", faults)
    list(rows_of(file, "x", faults))
    _faults(faults)


def _csv(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    faults: list[Fault] = []
    list(csv_rows(file, "x", ["id", "name", "lat"], faults))
    _faults(faults)


def _months() -> list[bytes]:
    return [(SMALL / "events" / "2013-01.yaml").read_bytes()]


def _record(folder: Path, data: bytes) -> None:
    if not folder.exists():
        for path in SMALL.rglob("*"):
            if path.is_file():
                (folder / path.relative_to(SMALL)).parent.mkdir(parents=True, exist_ok=True)
                (folder / path.relative_to(SMALL)).write_bytes(path.read_bytes())
    (folder / "events" / "2013-01.yaml").write_bytes(data)
    assert all(line.isprintable() for line in record.validate(folder))


def _table(name: str) -> bytes:
    from tests import made_exports as made

    rows, columns = (made.ged(6), made.GED) if name == "ged" else (made.acled(6), made.ACLED)
    return made.table(rows, columns).encode()


def _import(file: Path, name: str, data: bytes) -> None:
    file.write_bytes(data)
    layout, other = (ged.LAYOUT, acled.LAYOUT) if name == "ged" else (acled.LAYOUT, ged.LAYOUT)
    with suppress(Unusable):
        read_import(file, layout, [other], Wanted(0, 30_000), lambda batch: None, "made")


def _reader(data: bytes) -> None:
    with suppress(text.Unreadable):
        text.from_bytes(data)


def _client() -> Any:
    import app

    return app.server.test_client()


def _request(asked: tuple[str, str, list[tuple[str, str]]]) -> None:
    path, own, pairs = asked
    parts = [f"{quote(n, errors='replace')}={quote(v, errors='replace')}" for n, v in pairs]
    answer = _client().get(path.format(quote(own, safe="", errors="replace")), query_string="&".join(parts))
    assert answer.status_code < 500, answer.status


def _callback(asked: tuple[int, Any, Any]) -> None:
    import app

    number, value, whole = asked
    own = [(key, one) for key, one in app.app.callback_map.items() if "callback" in one]
    key, found = own[number % len(own)]
    ids = [target.rpartition(".") for target in key.strip(".").split("...")]
    outputs = [{"id": id, "property": name} for id, _, name in ids]
    body = {
        "output": key,
        "outputs": outputs if len(outputs) > 1 else outputs[0],
        "inputs": [{**one, "value": value} for one in found["inputs"]],
        "state": [{**one, "value": value} for one in found["state"]],
        "changedPropIds": [],
    }
    for sent in (body, whole, {**body, "inputs": whole}, {**body, "outputs": whole}):
        data = json.dumps(sent)
        answer = _client().post("/_dash-update-component", data=data, content_type="application/json")
        assert answer.status_code < 500, answer.status


def _called(case: Any) -> None:
    from schemathesis import checks

    # Not whether it is refused: a day `from` after the day `to` is well formed, a list of commas alone is as none.
    held = [
        checks.not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
    ]
    case.call_and_validate(headers={"Accept-Encoding": "identity"}, checks=held)


def _described() -> Any:
    """Calls that the API's own description allows, and such as it does not."""
    import schemathesis
    from schemathesis.generation import GenerationMode

    import app

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app.server)
    found = [result.ok() for result in schema.get_all_operations()]
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    return st.one_of([one.as_strategy(generation_mode=mode) for one in found for mode in modes])
