"""The list of events: its orders, its pages, and which page opens."""

from pathlib import Path

import pytest

from serval.listing import PAGE, SORTS, Order, listing, name_of
from serval.lookup import plain
from serval.record import load
from serval.selection import Selection

WHOLE = {"from_": "2012-01-01", "to": "2014-12-31"}


@pytest.fixture(scope="module")
def small():
    return load(Path(__file__).resolve().parents[1] / "fixtures" / "record")


def pages(view, lang: str = "en", **order):
    """Every page of the list in an order."""
    first = listing(view, Order(**order), lang)
    rest = [listing(view, Order(**order, of=first.of, page=n), lang) for n in range(2, first.pages + 1)]
    return [first, *rest]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("by", SORTS)
def test_the_pages_together_are_the_view(record, by: str, down: bool, lang: str):
    view = record.select(Selection(**WHOLE))
    shown = pages(view, lang, by=by, down=down)
    ids = [line.event["id"] for page in shown for line in page.lines]
    assert sorted(ids) == sorted(view.events["id"])
    assert len(set(ids)) == view.n
    assert [len(page.lines) for page in shown[:-1]] == [PAGE] * (len(shown) - 1)
    assert [(page.first, page.last) for page in shown][-1][1] == view.n


def test_by_day_it_is_the_order_of_the_record(record):
    view = record.select(Selection(**WHOLE))
    assert [line.event["id"] for page in pages(view) for line in page.lines] == view.events["id"].tolist()


def test_most_dead_first_and_those_without_a_count_last(small):
    [page] = pages(small.select(Selection(**WHOLE)), by="killed", down=True)
    killed = [(line.event["id"], line.killed) for line in page.lines]
    assert killed[:4] == [
        ("2013-01-10-fight-for-konna", "49–124"),
        ("2013-01-18-strikes-in-two-towns", "16 (11–31)"),
        ("2013-02-19-clash-in-the-hills", "9 (1–14)"),
        ("2012-04-01-red-takes-gao", "3–9"),
    ]
    counted = [words != "" for _, words in killed]
    assert counted == sorted(counted, reverse=True)
    [turned] = pages(small.select(Selection(**WHOLE)), by="killed")
    assert [line.killed != "" for line in turned.lines] == counted


def test_sources_of_the_day_of_knowledge_count(small):
    view = small.select(Selection(**WHOLE, known="2013-01-31"))
    counts = {line.event["id"]: line.event["n_independent"] for line in listing(view, Order(), "en").lines}
    assert counts["2013-01-10-fight-for-konna"] == 1


def test_an_open_event_opens_its_page(record):
    view = record.select(Selection(**WHOLE))
    last = view.events["id"].iloc[-1]
    shown = listing(record.select(Selection(**WHOLE, event=last)), Order(), "en")
    assert shown.page == shown.pages
    assert last in {line.event["id"] for line in shown.lines}


def test_a_page_is_kept_when_its_event_closes_but_not_in_another_view(record):
    view = record.select(Selection(**WHOLE))
    order = Order(page=2, of=name_of(view), event=None)
    assert listing(view, order, "en").page == 2
    assert listing(record.select(Selection(**WHOLE, status=("confirmed",))), order, "en").page == 1
    other = record.select(Selection(**WHOLE, event=view.events["id"].iloc[0]))
    assert listing(other, order, "en").page == 1
    assert listing(view, Order(page=99, of=name_of(view)), "en").page == listing(view, Order(), "en").pages


def test_what_changes_no_event_leaves_the_page(record):
    one = record.select(Selection(**WHOLE))
    changed = {"at": "2013-01-20", "tab": "events", "lang": "fr", "theme": "dark", "zoom": 5.0, "lat": 16.0}
    two = record.select(Selection(**WHOLE, **changed, event=one.events["id"].iloc[0]))
    assert name_of(one) == name_of(two)


def test_who_did_it_to_whom(small):
    shown = listing(small.select(Selection(**WHOLE)), Order(), "en")
    line = next(line for line in shown.lines if line.event["id"] == "2013-01-18-strikes-in-two-towns")
    cast = {row["id"]: row["short"] for row in plain(small.actors)}
    assert line.did == [cast["blue_air"], cast["green"]]
    assert line.hit == [cast["red_a"]]
    assert line.others == []
    assert len(line.places) == 2


@pytest.mark.parametrize(
    "given", [None, [], "x", {"by": "colour"}, {"by": ["date"]}, {"page": -3}, {"page": "2"}, {"event": 4}]
)
def test_what_the_browser_keeps_may_be_anything(given):
    order = Order.read(given)
    assert (order.by, order.page, order.event) == ("date", 1, None)


def test_no_event(record):
    shown = listing(record.select(Selection(q="nowhere to be found")), Order(), "en")
    assert (shown.lines, shown.n, shown.pages, shown.first, shown.last) == ([], 0, 1, 0, 0)
