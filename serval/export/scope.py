"""What is taken away: what a view shows, or the whole record that it is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pandas as pd

from serval.export import fields
from serval.lookup import split
from serval.selection import Selection

if TYPE_CHECKING:
    from serval.record import Record
    from serval.view import View

SHOWN, ALL = "shown", "all"


@dataclass(frozen=True, eq=False)
class Scope:
    """A view, of which the rows are taken or, with `whole`, all rows of its record."""

    view: View
    whole: bool = False

    @classmethod
    def of(cls, view: View, name: str) -> Scope:
        """`shown` or `all` of a view. With `all` its selection leaves but the language and the version."""
        chosen = view.selection
        return cls(entire(view.record, chosen.lang, chosen.v), True) if name == ALL else cls(view)

    @property
    def record(self) -> Record:
        return self.view.record

    @property
    def query(self) -> str:
        """The query string that asks the API for the same rows."""
        chosen = self.view.selection
        if not self.whole:
            return chosen.query()
        kept = Selection(lang=chosen.lang, v=chosen.v).query()
        return "&".join(filter(None, [f"scope={ALL}", kept]))

    @property
    def lang(self) -> str:
        """Of titles and summaries in JSON: English unless the query names another language."""
        return self.view.selection.lang or "en"

    def frame(self, table: str) -> pd.DataFrame:
        """The rows of a table, as the record or the view has them. Raises KeyError for no such table."""
        if table not in fields.TABLES:
            raise KeyError(table)
        if self.whole:
            return cast(pd.DataFrame, getattr(self.record, table))
        if table in ("lineage", "alignment"):
            return self._of_actors(getattr(self.record, table))
        return cast(pd.DataFrame, getattr(self.view, table))

    def total(self, table: str) -> int:
        """Rows of a table in the whole record."""
        return len(getattr(self.record, table))

    def _of_actors(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of the actors in the view, as far as a source of theirs counts in it."""
        mine = frame["actor"].isin(self.view.actors["id"])
        sources = [split(None if text != text else text) for text in frame["sources"]]
        said = [not ids or any(map(self.view.knows, ids)) for ids in sources]
        return frame[mine & pd.Series(said, index=frame.index, dtype=bool)]


def entire(record: Record, lang: str | None = None, v: str | None = None) -> View:
    """The view of every event of a record."""
    first, last = record.events["date_start"].min(), record.events["date_end"].max()
    return record.select(Selection(from_=first, to=last, lang=lang, v=v))
