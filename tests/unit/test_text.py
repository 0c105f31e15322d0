"""Folding for search, and days and numbers in the two languages."""

import pandas as pd
import pytest

from serval.text import fold, format_day, format_days, format_number, format_range, translator


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Gao", "gao"),
        ("ÉLYSÉE", "elysee"),
        ("Serge Daniel’s  book", "serge daniel s book"),
        ("MNLA–MUJAO (2012)", "mnla mujao 2012"),
        ("Timbuctú", "timbuctu"),
        ("ﬁn", "fin"),
        ("تُمْبُكْتُو", "تمبكتو"),
        ("تـمـبـكـتو", "تمبكتو"),
        ("أزواد", "ازواد"),
        ("إيفوغاس", "ايفوغاس"),
        ("تمبكتة", "تمبكته"),
        ("على", "علي"),
        ("", ""),
        (" … ", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("iso", "lang", "words"),
    [
        ("2013-01-11", "en", "11 January 2013"),
        ("2013-01-01", "en", "1 January 2013"),
        ("2013-01-01", "fr", "1er janvier 2013"),
        ("2013-01-11", "fr", "11 janvier 2013"),
        ("2013-08-21", "fr", "21 août 2013"),
    ],
)
def test_a_day(iso, lang, words):
    assert format_day(iso, lang) == words


@pytest.mark.parametrize(
    ("start", "end", "lang", "words"),
    [
        ("2013-01-11", "2013-01-11", "en", "11 January 2013"),
        ("2013-01-11", "2013-01-31", "en", "11–31 January 2013"),
        ("2013-01-01", "2013-01-31", "fr", "1er–31 janvier 2013"),
        ("2013-01-11", "2013-02-03", "en", "11 January – 3 February 2013"),
        ("2012-01-11", "2013-01-12", "en", "11 January 2012 – 12 January 2013"),
        ("2013-06-30", "2013-07-01", "fr", "30 juin – 1er juillet 2013"),
    ],
)
def test_days_say_once_what_both_ends_share(start, end, lang, words):
    assert format_days(start, end, lang) == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((12, 25, 50), "25 (12–50)"),
        ((25, 25, 25), "25"),
        ((12, None, 50), "12–50"),
        ((12, None, 12), "12"),
        ((12, None, None), "at least 12"),
        ((0, None, None), "at least 0"),
        ((None, None, 50), "up to 50"),
        ((None, 1400, None), "1,400"),
        ((1000, 1400, None), "1,400 (at least 1,000)"),
        ((None, None, None), ""),
        ((pd.NA, float("nan"), None), ""),
    ],
)
def test_a_number_with_its_doubt(numbers, words):
    assert format_range(*numbers, "en") == words


def test_thousands_as_each_language_sets_them_apart():
    assert format_number(1234567, "en") == "1,234,567"
    assert format_number(1234567, "fr") == "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567"


def test_what_has_no_translation_stays_english():
    for lang in ("en", "fr"):
        assert translator(lang)("No catalogue has this.") == "No catalogue has this."
    assert translator("en").n("{n} day", "{n} days", 1) == "1 day"
    assert translator("en").n("{n} day", "{n} days", 1400) == "1,400 days"


def test_labels_are_of_the_language(record):
    term = record.vocabulary.statuses[0]
    assert translator("en").label(term) == term.label
    assert translator("fr").label(term) == term.label_fr
