"""Whatever a file holds, reading it raises nothing and tells each fault in a line; good rows come back."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from serval import record
from serval.files import Fault, csv_rows, read_text, read_yaml, rows_of

COLUMNS = ["id", "name", "lat"]
SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)


@pytest.fixture(scope="module")
def file() -> Iterator[Path]:
    # One file for all examples: a fixture of a function would be made for each.
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "file"


def told(faults: list[Fault], lines: int) -> None:
    for fault in faults:
        assert str(fault).isprintable()
        assert str(fault).startswith(f"x:{fault.line}: ")
        assert 1 <= fault.line <= lines + 1
        assert "expected" in fault.message


def read_all(file: Path, content: bytes) -> list[Fault]:
    file.write_bytes(content)
    faults: list[Fault] = []
    text = read_text(file, "x", faults)
    read_yaml(file, "x", faults)
    raws = [*rows_of(file, "x", faults), *csv_rows(file, "x", COLUMNS, faults)]
    assert text is not None or (faults and not raws)
    told(faults, content.count(b"\n") + 1)
    for raw in raws:
        told([raw.fault(("id",), "wrong, expected right")], content.count(b"\n") + 1)
    return faults


@given(st.binary(max_size=400))
@example(b"- " * 2000)
@example(b"{" * 2000)
def test_random_bytes(file: Path, content: bytes):
    read_all(file, content)


@given(st.text(max_size=400))
@example("- {id: \u2028}")
@example("- id: a\n- id: \ufeff")
def test_random_text(file: Path, content: str):
    read_all(file, content.encode("utf-8", "replace"))


PARTS = [
    *("- ", "id: ", "x", "\n", "\n  ", "{", "}", "[", "]", ", ", ": ", "? ", "&a ", "*a", "!!int ", "!x "),
    *("'", '"', "|\n", ">-\n", "---\n", "...\n", "%YAML 1.1\n", "<<: ", "null", "~", "true", "12", "1e9"),
    *(".nan", "+.NaN", "9" * 5000, "0x1F", "1_000", "2013-02-30", "\\", "@", "`", "# ", "\x85"),
    *("id,name,lat\n", "gao,Gao,1\n"),
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
@example("- &a [*a]\n")
@example("- id: {[x]: y}\n")
@example("- id: x\n  <<: {id: y}\n")
@example("{null\x85- ")
@example("? - x\n: y\n")
def test_text_that_looks_like_yaml_or_csv(file: Path, content: str):
    read_all(file, content.encode())


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30).filter(
    lambda text: not set(text) & set("\u2028\u2029\x85\ufeff")
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | WORDS
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS.filter(bool), inner, max_size=3),
    max_leaves=12,
)
ROWS = st.lists(st.dictionaries(WORDS.filter(bool), VALUES, max_size=5), min_size=1, max_size=5)


@given(ROWS)
def test_rows_written_as_json_come_back_whole(file: Path, rows: list[dict]):
    # JSON is YAML; Python writes every float so that the reader knows it.
    file.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    faults: list[Fault] = []
    assert [raw.values for raw in rows_of(file, "x", faults)] == rows
    assert faults == []


@given(ROWS)
def test_rows_written_as_yaml_come_back_whole(file: Path, rows: list[dict]):
    text = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=10**6)
    loaded = yaml.safe_load(text)
    file.write_text(text, "utf-8")
    if "\t" in text or "&id" in text:
        return
    faults: list[Fault] = []
    assert [raw.values for raw in rows_of(file, "x", faults)] == loaded
    assert faults == []


@given(st.lists(st.tuples(SLUGS, WORDS, WORDS), max_size=6))
def test_cells_written_as_csv_come_back_whole(file: Path, cells: list[tuple[str, str, str]]):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *cells])
    file.write_text(out.getvalue(), "utf-8")
    faults: list[Fault] = []
    found = [*csv_rows(file, "x", COLUMNS, faults)]
    assert faults == []
    assert [tuple(raw.values.get(c, "") for c in COLUMNS) for raw in found] == cells
    assert [raw.line for raw in found] == [*range(2, len(cells) + 2)]


SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "record"
MONTH = (SMALL / "events" / "2013-01.yaml").read_text("utf-8")


@given(st.data())
def test_a_month_with_any_stretch_replaced_is_accepted_or_told(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):
    start = data.draw(st.integers(0, len(MONTH)))
    end = data.draw(st.integers(start, min(len(MONTH), start + 40)))
    text = MONTH[:start] + data.draw(st.sampled_from(PARTS)) + MONTH[end:]
    folder = tmp_path_factory.getbasetemp() / "month"
    (folder / "events").mkdir(parents=True, exist_ok=True)
    for path in SMALL.rglob("*"):
        copy = folder / path.relative_to(SMALL)
        if path.is_file() and not copy.exists():
            copy.write_bytes(path.read_bytes())
    (folder / "events" / "2013-01.yaml").write_bytes(text.encode())
    found = record.validate(folder)
    assert all(line.isprintable() and line.count(": ") >= 3 for line in found)
