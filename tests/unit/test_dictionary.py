"""The data dictionary says what the code does."""

from pathlib import Path

import pytest

from serval import dictionary, frames, schema, vocabulary
from serval.record import PLACE_COLUMNS, TROOP_COLUMNS, Record

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"


def test_the_page_is_up_to_date(record: Record):
    renew = "run: python -m serval.dictionary > docs/data-dictionary.md"
    assert PAGE.read_text("utf-8") == dictionary.text(record.vocabulary), renew


def test_every_table_list_and_model_is_on_it(record: Record):
    assert set(dictionary.FRAMES) == {*frames.TABLES, "control"}
    assert set(dictionary.LISTS) == set(vocabulary.Vocabulary.model_fields)
    page = dictionary.text(record.vocabulary)
    for name in (*dictionary.FRAMES, *dictionary.LISTS):
        assert f"\n### `{name}`\n" in page
    shown = {model for *_, models in dictionary.FILES for model in models}
    rows = {m for m in vars(schema).values() if isinstance(m, type) and issubclass(m, schema.Row)}
    assert rows - shown == {schema.Row, schema.Range}


def test_every_word_is_on_it(record: Record):
    page = dictionary.text(record.vocabulary)
    for name in vocabulary.Vocabulary.model_fields:
        for term in getattr(record.vocabulary, name):
            assert f"| `{term.id}` | {term.label} | {term.label_fr} |" in page


def test_the_control_frame_has_the_documented_columns(record: Record):
    assert {c: str(t) for c, t in record.control.dtypes.items()} == {c.name: c.dtype for c in frames.CONTROL}


def test_tables_of_cells_are_explained_in_full():
    assert set(PLACE_COLUMNS) == set(schema.Place.model_fields)
    assert set(TROOP_COLUMNS) == set(schema.Troops.model_fields)


@pytest.mark.parametrize("model", [m for *_, models in dictionary.FILES for m in models])
def test_every_key_has_a_meaning(model: type[schema.Row]):
    nested = {"date", "control", "figures", "evidence", "lineage", "alignment", "strength"}
    assert {name for name, f in model.model_fields.items() if not f.description} <= nested
