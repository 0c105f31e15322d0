"""The counts of sources and gaps against plain loops over the rows."""

from pathlib import Path

import pytest

from serval import basis
from serval.lookup import plain
from serval.record import load


@pytest.fixture(scope="module", params=["made up", "whole"])
def either(request):
    made_up = Path(__file__).resolve().parents[1] / "fixtures" / "record"
    return load(made_up if request.param == "made up" else None)


def test_sources(either):
    found, rows = basis.sources(either), plain(either.sources)
    assert found.n == len(rows)
    assert found.reprints == sum(1 for row in rows if row["wire"])
    assert found.voices == len({row["independent"] for row in rows})
    assert found.publishers == len({row["publisher"] for row in rows})
    for counts, key in ((found.kinds, "kind"), (found.sides, "side"), (found.languages, "language")):
        assert sum(n for _, n in counts) == found.n
        assert all(n == sum(row[key] == id for row in rows) for id, n in counts)
        assert [n for _, n in counts] == sorted((n for _, n in counts), reverse=True)
    assert sum(n for _, n in found.wires) == found.reprints
    assert sum(found.backing.values()) == len(either.events)


def test_gaps(either):
    found, events, sources = basis.gaps(either), plain(either.events), plain(either.sources)
    figures = plain(either.figures)
    dead = {f["event"] for f in figures if f["kind"] == "killed" and f["counts_in_total"]}
    assert found.no_dead_counted == sum(e["id"] not in dead for e in events)
    assert found.no_figure == sum(e["id"] not in {f["event"] for f in figures} for e in events)
    assert found.vague_day == sum(e["date_precision"] != "day" for e in events)
    for precision in ("near", "area", "country"):
        assert getattr(found, precision) == sum(e["geo_precision"] == precision for e in events)
    for status in ("reported", "disputed"):
        assert getattr(found, status) == sum(e["status"] == status for e in events)
    assert found.undated == sum(s["date"] is None for s in sources)
    assert found.archived == sum(s["archive_url"] is not None for s in sources)
    assert found.spans == len(either.evidence)
