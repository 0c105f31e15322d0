"""Totals and losses equal sums made with plain loops over the rows, on random selections of two records."""

from hypothesis import given
from hypothesis import strategies as st

from serval.selection import Selection
from tests.naive import LEVELS, Naive, naive, rows_of
from tests.random_selections import FEW, selections

LOSSES = {"killed", "wounded", "captured"}
Key = tuple[str, ...]


class Sum:
    """A sum as one keeps it by hand: three columns, and who is in it."""

    def __init__(self) -> None:
        self.low = self.high = self.rows = self.without = 0
        self.best: int | None = None
        self.events: set[str] = set()

    def add(self, event: dict, figure: dict) -> None:
        given_numbers = [n for n in (figure["low"], figure["best"], figure["high"]) if n is not None]
        no_low = figure["low"] is None and figure["best"] is None
        self.low += 0 if no_low else min(given_numbers)
        self.high += max(given_numbers)
        self.rows += 1
        self.events.add(event["id"])
        if figure["best"] is None:
            self.without += 1
        else:
            self.best = (self.best or 0) + figure["best"]

    def row(self) -> tuple:
        return (self.low, self.best, self.high, self.rows, self.without, len(self.events))


COLUMNS = ("low", "best", "high", "rows", "without_best", "events")


def by_hand(plain: Naive, selection: Selection) -> dict[Key, Sum]:
    """(kind,) and (kind, of) -> sum."""
    sums: dict[Key, Sum] = {}
    for event, figure in plain.counted(selection):
        if figure["kind"] in LEVELS:
            continue
        sums.setdefault((figure["kind"],), Sum()).add(event, figure)
        if figure["of"]:
            sums.setdefault((figure["kind"], figure["of"]), Sum()).add(event, figure)
    return sums


@FEW
@given(st.data())
def test_totals_are_the_sums_made_by_hand(either, data: st.DataObject):
    selection = data.draw(selections(either, q=""))
    view, plain = either.select(selection), naive(either)
    rows = rows_of(view.totals)
    found = {tuple(filter(None, (row["kind"], row["of"]))): tuple(row[c] for c in COLUMNS) for row in rows}
    sums = by_hand(plain, selection)
    assert found == {key: total.row() for key, total in sums.items()}
    assert len(rows) == len(found)
    killed = [row for row in rows if (row.pop("kind"), row.pop("of")) == ("killed", None)]
    assert [view.killed] == (killed or [None])
    for row in rows:
        assert row["events"] + row["events_without_figure"] == view.n
        assert row["low"] <= row["high"]
        if not row["without_best"]:
            assert row["low"] <= row["best"] <= row["high"]


@FEW
@given(st.data())
def test_rows_without_a_best_number_are_named(either, data: st.DataObject):
    selection = data.draw(selections(either, q=""))
    named = [(row["event"], row["rank"]) for row in rows_of(either.select(selection).without_best)]
    assert named == [
        (event["id"], figure["rank"])
        for event, figure in naive(either).counted(selection)
        if figure["best"] is None and figure["kind"] not in LEVELS
    ]
    totals = either.select(selection).totals
    assert totals[totals["of"].isna()]["without_best"].sum() == len(named)


@FEW
@given(st.data())
def test_events_without_a_figure_are_counted(either, data: st.DataObject):
    selection = data.draw(selections(either, q=""))
    counted = naive(either).counted(selection)
    with_one = {event["id"] for event, figure in counted if figure["kind"] not in LEVELS}
    view = either.select(selection)
    assert view.events_without_figure == len(set(view.events["id"]) - with_one)


@FEW
@given(st.data())
def test_the_totals_of_two_halves_add_up(either, data: st.DataObject):
    """No row counts twice: parts of the record that have no event in common add up to the whole."""
    selection = data.draw(selections(either, status=(), q=""))
    statuses = either.vocabulary.statuses
    parts = [either.select(selection.with_(status=(status.id,))).totals for status in statuses]
    added: dict[tuple, list[int]] = {}
    for row in [row for part in parts for row in rows_of(part)]:
        sums = added.setdefault((row["kind"], row["of"]), [0, 0, 0])
        sums[:] = [total + row[c] for total, c in zip(sums, ("low", "high", "rows"), strict=True)]
    whole = rows_of(either.select(selection).totals)
    assert added == {(row["kind"], row["of"]): [row["low"], row["high"], row["rows"]] for row in whole}


def losses_by_hand(plain: Naive, selection: Selection) -> dict[Key, Sum]:
    """(actor, direction, kind) -> sum."""
    sums: dict[Key, Sum] = {}
    for event, figure in plain.counted(selection):
        of, kind = figure["of"], figure["kind"]
        if kind not in LOSSES or not of:
            continue
        sums.setdefault((of, "suffered", kind), Sum()).add(event, figure)
        hit = {actor for actor, role in event["cast"] if role in ("target", "victim")}
        sides_hit = {plain.actors[actor]["side"] for actor in hit}
        is_cast = any(actor == of for actor, _ in event["cast"])
        if of in hit or (not is_cast and plain.actors[of]["side"] in sides_hit):
            for actor in {actor for actor, role in event["cast"] if role == "initiator"}:
                sums.setdefault((actor, "inflicted", kind), Sum()).add(event, figure)
    return sums


@FEW
@given(st.data())
def test_losses_are_the_sums_made_by_hand(either, data: st.DataObject):
    selection = data.draw(selections(either, q=""))
    rows = rows_of(either.select(selection).losses)
    found = {(r["actor"], r["direction"], r["kind"]): tuple(r[c] for c in COLUMNS) for r in rows}
    assert len(found) == len(rows)
    assert found == {key: total.row() for key, total in losses_by_hand(naive(either), selection).items()}


@FEW
@given(st.data())
def test_losses_suffered_are_the_totals_by_actor(either, data: st.DataObject):
    view = either.select(data.draw(selections(either)))
    suffered = view.losses[view.losses["direction"] == "suffered"]
    totals = view.totals[view.totals["kind"].isin(LOSSES) & view.totals["of"].notna()]
    columns = ["kind", *COLUMNS]
    mine = suffered.set_index("actor").sort_values(["kind", "actor"])[columns]
    theirs = totals.set_index("of").sort_values(["kind", "of"])[columns]
    assert mine.rename_axis("of").equals(theirs)


def test_rows_that_do_not_count_are_in_no_total(either):
    """A claim beside the figure that counts, or one over a longer time, changes nothing."""
    view = either.select(Selection(from_="2012-01-01", to="2014-12-31"))
    cumulative = view.figures[~view.figures["counts_in_total"]]
    assert len(cumulative)
    counted = view.figures[view.figures["counts_in_total"] & ~view.figures["kind"].isin(LEVELS)]
    of_kinds = view.totals[view.totals["of"].isna()]
    assert of_kinds["rows"].sum() == len(counted)
    assert of_kinds["best"].sum() == counted["best"].sum()
    assert not set(of_kinds["kind"]) & LEVELS
