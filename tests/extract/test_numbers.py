"""Counts with their hedges."""

import pytest

from serval.extract import numbers


@pytest.mark.parametrize(
    ("words", "low", "high", "best"),
    [
        ("5,000 to 8,000 troops", 5000, 8000, None),
        ("between 12 and 25 rebels", 12, 25, None),
        ("at least 13 dead", 13, None, None),
        ("more than 100 men", 100, None, None),
        ("up to 3,000 soldiers", None, 3000, None),
        ("thirteen soldiers", 13, 13, 13),
        ("twenty-five men", 25, 25, 25),
        ("about a dozen men", 12, 12, 12),
        ("2.5 million people", 2_500_000, 2_500_000, 2_500_000),
        ("half a million people", 500_000, 500_000, 500_000),
        ("1,400 chadian troops", 1400, 1400, 1400),
        ("two hundred and fifty paratroopers", 250, 250, 250),
        ("one thousand two hundred and six men", 1206, 1206, 1206),
        ("one hundred thousand people", 100_000, 100_000, 100_000),
        ("between two and three thousand manuscripts", 2000, 3000, None),
        ("seven or more soldiers", 7, None, None),
        ("eighteen soldiers at the very least.", 18, None, None),
        ("four people, by the highest count, died", None, 4, None),
        ("will not send more than 4,000 soldiers", None, 4000, None),
        ("no fewer than seven", 7, None, None),
        ("ten soldiers and at least five civilians", 10, 10, 10),
    ],
)
def test_a_count_keeps_its_bounds(words: str, low: int | None, high: int | None, best: int | None):
    found = numbers.find(words)[0]
    assert (found.low, found.high, found.best) == (low, high, best)


@pytest.mark.parametrize(
    "words", ["some 360 km away", "in 2012", "at 9:30", "resolution 2085", "40 per cent", "two weeks"]
)
def test_distances_years_times_and_shares_are_not_counts(words: str):
    assert numbers.find(words) == []


def test_two_counts_joined_by_and_stay_two():
    assert [n.best for n in numbers.find("two and three")] == [2, 3]
