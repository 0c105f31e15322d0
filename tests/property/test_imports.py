"""Imports: tables come back as written, matching is one to one, within its limits, and grows with them."""

import io
import itertools
import math
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serval.imports import parquet
from serval.imports.match import Ours, Theirs, distance, gap, match

DAY = st.integers(15_700, 15_730)
LENGTH = st.sampled_from([0, 0, 0, 1, 5])
SPOT = st.tuples(st.floats(15, 17), st.floats(-4, -2)).map(
    lambda spot: (round(spot[0], 2), round(spot[1], 2))
)
OURS = st.lists(st.tuples(DAY, LENGTH, st.lists(SPOT, max_size=2)), max_size=9)
THEIRS = st.lists(st.tuples(DAY, LENGTH, SPOT), max_size=12)
LIMITS = st.tuples(st.sampled_from([0, 10, 25, 60, 200]), st.sampled_from([0, 1, 3, 10, 31]))


def lists(ours, theirs) -> tuple[Ours, Theirs]:
    start, end = [a for a, _, _ in ours], [a + n for a, n, _ in ours]
    columns = [(a, a + n, *spot) for a, n, spot in theirs]
    return Ours(start, end, [s for _, _, s in ours]), Theirs(*np.array(columns, float).reshape(-1, 4).T)


def most(edges: set[tuple[int, int]], left: tuple[int, ...]) -> int:
    """The most pairs that can be had one to one, found by trying all."""
    if not left:
        return 0
    first, rest = left[0], left[1:]
    free = [b for a, b in edges if a == first]
    without = most(edges, rest)
    return max([without, *(1 + most({(a, c) for a, c in edges if c != b}, rest) for b in free)])


@given(OURS, THEIRS, LIMITS)
def test_pairs_are_one_to_one_and_within_both_limits(ours, theirs, limits):
    mine, other = lists(ours, theirs)
    pairs = match(mine, other, *limits)
    assert len({p.ours for p in pairs}) == len({p.theirs for p in pairs}) == len(pairs)
    for p in pairs:
        km = min(
            float(distance(other.lat[p.theirs], other.lon[p.theirs], spot)) for spot in mine.spots[p.ours]
        )
        apart = gap(other.start[p.theirs], other.end[p.theirs], mine.start[p.ours], mine.end[p.ours])
        assert (p.km, p.days) == (pytest.approx(km), apart)
        assert p.km <= limits[0]
        assert p.days <= limits[1]
    assert pairs == match(mine, other, *limits)


@given(OURS, THEIRS, LIMITS, LIMITS)
def test_wider_limits_never_match_fewer(ours, theirs, one, two):
    wide = (max(one[0], two[0]), max(one[1], two[1]))
    assert len(match(*lists(ours, theirs), *one)) <= len(match(*lists(ours, theirs), *wide))


@given(OURS.filter(lambda ours: len(ours) < 6), THEIRS.filter(lambda theirs: len(theirs) < 7), LIMITS)
@settings(max_examples=60)
def test_as_many_match_as_can(ours, theirs, limits):
    mine, other = lists(ours, theirs)
    edges = {
        (i, j)
        for i, j in itertools.product(range(len(ours)), range(len(theirs)))
        if any(distance(other.lat[j], other.lon[j], spot) <= limits[0] for spot in mine.spots[i])
        and gap(other.start[j], other.end[j], mine.start[i], mine.end[i]) <= limits[1]
    }
    assert len(match(mine, other, *limits)) == most(edges, tuple(range(len(ours))))


@given(DAY, LENGTH, DAY, LENGTH)
def test_the_gap_is_the_days_between_intervals(a, n, b, m):
    days = {abs(x - y) for x in range(a, a + n + 1) for y in range(b, b + m + 1)}
    assert gap(np.array([float(b)]), np.array([float(b + m)]), a, a + n) == [min(days)]


@given(SPOT, SPOT)
def test_the_distance_is_that_on_a_sphere(one, two):
    (a, b), (c, d) = (tuple(map(math.radians, spot)) for spot in (one, two))
    straight = math.dist(
        *((math.cos(x) * math.cos(y), math.cos(x) * math.sin(y), math.sin(x)) for x, y in ((a, b), (c, d)))
    )
    arc = 2 * 6371.0088 * math.asin(straight / 2)
    assert float(distance(np.array(one[0]), np.array(one[1]), two)) == pytest.approx(arc, abs=1e-6)


TEXT = st.none() | st.text(st.characters(codec="utf-8"), max_size=300)
COUNT = st.none() | st.integers(-(2**53), 2**53)
NUMBER = st.none() | st.floats(allow_nan=False)
EPOCH_DAY = st.none() | st.integers(-100_000, 100_000)
ROWS = st.lists(st.lists(st.tuples(TEXT, EPOCH_DAY, COUNT, NUMBER), min_size=1, max_size=20), max_size=3)


class Named(io.BytesIO):
    name = "made"


@given(ROWS, st.dictionaries(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"))))
@settings(max_examples=50)
def test_a_table_comes_back_as_it_was_written(tmp_path_factory, groups, notes):
    kinds = {"a": "text", "b": "day", "c": "count", "d": "number"}
    file = Named()
    writer = parquet.Writer(file, kinds)
    for rows in groups:
        writer.write(dict(zip(kinds, zip(*rows, strict=True), strict=True)))
    writer.close(notes)
    path: Path = tmp_path_factory.getbasetemp() / "made.parquet"
    path.write_bytes(file.getvalue())
    found = parquet.read(path, list(kinds))
    back = [
        [None if value is None or value != value else value for value in column.tolist()]
        for column in found.values()
    ]
    written = [[row[i] for rows in groups for row in rows] for i in range(4)]
    assert back == written
    assert parquet.notes(path) == notes


def test_epoch_is_that_of_the_record():
    from serval.imports.values import EPOCH
    from serval.index import day

    assert date.fromordinal(EPOCH) + timedelta(day("2013-01-11")) == date(2013, 1, 11)
