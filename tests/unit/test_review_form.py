"""The record's YAML as text: canonical rows, and edits that leave every other byte alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serval import files
from serval.review import entry, form

DATA = Path(__file__).resolve().parents[2] / "data"
MONTHS = sorted((DATA / "events").glob("*.yaml"))
SOURCE = {"id": "a", "publisher": "A", "title": "T", "date": None, "url": None, "language": "en"}


def rows(text: str, tmp_path: Path) -> list[dict]:
    path = tmp_path / "rows.yaml"
    path.write_text(text, encoding="utf-8")
    faults: list[files.Fault] = []
    found = [raw.values for raw in files.rows_of(path, path.name, faults)]
    assert faults == []
    return found


def event(id: str, day: str) -> dict:
    return {
        "id": id,
        "date": {"start": day, "end": day, "precision": "day"},
        "place": "gao",
        "type": "other",
        "title": "A: title",
        "sources": ["a"],
    }


@pytest.mark.parametrize("path", MONTHS, ids=lambda p: p.stem)
def test_a_month_written_anew_is_the_same_bytes(path: Path, tmp_path: Path):
    text = path.read_text(encoding="utf-8")
    assert "".join(form.event(row) for row in rows(text, tmp_path)) == text


def test_sources_written_anew_are_the_same_bytes(tmp_path: Path):
    text = (DATA / "sources.yaml").read_text(encoding="utf-8")
    comment, body = text.split("\n", 1)
    assert comment.startswith("#")
    assert "".join(form.source(row) for row in rows(text, tmp_path)) == body


def test_an_event_goes_where_its_day_and_id_say():
    one, two, three = (event(f"2013-01-0{n}-x", f"2013-01-0{n}") for n in (1, 2, 3))
    text = "# Of the file.\n" + form.event(one) + "# Of the third.\n" + form.event(three)
    after = form.insert_event(text, two)
    assert after == (
        "# Of the file.\n" + form.event(one) + form.event(two) + "# Of the third.\n" + form.event(three)
    )
    assert form.insert_event("", one) == form.event(one)
    first = form.insert_event("# Of the file.\n" + form.event(two), one)
    assert first == "# Of the file.\n" + form.event(one) + form.event(two)


@given(st.lists(st.integers(1, 28), min_size=1, max_size=8, unique=True), st.data())
def test_every_order_of_inserting_gives_the_same_file_and_keeps_comments(days: list[int], data):
    made = [event(f"2013-01-{day:02}-x", f"2013-01-{day:02}") for day in days]
    text = "# Above.\n"
    for row in data.draw(st.permutations(made)):
        before, text = text, form.insert_event(text, row)
        assert set(before.split("\n")) <= set(text.split("\n"))
    assert text == "# Above.\n" + "".join(form.event(row) for row in sorted(made, key=lambda r: r["id"]))


LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Co", "Cn")), max_size=300
)


@given(title=LINE, note=LINE, low=st.one_of(st.none(), st.integers(0, 10**9)))
def test_any_text_is_read_back_as_it_was(title: str, note: str, low, tmp_path_factory):
    row = event("2013-01-01-x", "2013-01-01") | {"title": entry.plain(title)}
    row["figures"] = [{"kind": "killed", "note": entry.plain(note), "low": low}]
    assert rows(form.event(row), tmp_path_factory.mktemp("any")) == [row]


def test_a_list_is_lengthened_at_its_end_and_comments_stay():
    text = (
        "- id: a\n  title: T  # said\n  sources:\n  - x  # the first\n  # about the next\n  title_fr: U\n"
        "# b follows\n- id: b\n  sources:\n  - y\n"
    )
    after = form.extend(text, "a", "sources", ["z"])
    assert after == text.replace("  - x  # the first\n", "  - x  # the first\n  - z\n")
    assert form.extend(after, "b", "sources", ["z"]) == after + "  - z\n"
    spans = form.extend(text, "a", "evidence", [{"source": "x", "start": 1}])
    assert "  # about the next\n  evidence:\n  - {source: x, start: 1}\n  title_fr: U\n# b follows\n" in spans


def test_a_list_in_one_line_is_opened_unless_a_comment_would_be_lost():
    assert form.extend("- id: a\n  sources: [x]\n", "a", "sources", ["z"]) == (
        "- id: a\n  sources:\n  - x\n  - z\n"
    )
    with pytest.raises(form.FormError, match="by hand"):
        form.extend("- id: a\n  sources: [x]  # why\n", "a", "sources", ["z"])
    with pytest.raises(form.FormError, match="not in the file"):
        form.extend("- id: a\n", "b", "sources", ["z"])
    with pytest.raises(form.FormError, match="begin with"):
        form.blocks("[{id: a}]\n")


def test_keys_are_added_to_a_source_and_never_changed():
    text = "# Top.\n- id: a  # mine\n  publisher: A\n  side: none\n- id: b\n"
    after = form.add_keys(text, "a", {"publisher": "B", "text_chars": 12, "language": "en"})
    assert after == (
        "# Top.\n- id: a  # mine\n  publisher: A\n  language: en\n  side: none\n  text_chars: 12\n- id: b\n"
    )
