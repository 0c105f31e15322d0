"""The rules of matching, and the learning of the score."""

from typing import Any

import pytest

from serval.extract import evaluate, score, train


def event(**changes: Any) -> dict[str, Any]:
    plain = {
        "event_type": "town_retaken",
        "date_start": "2013-01-26",
        "date_end": "2013-01-27",
        "place": "Gao",
        "actors": [{"actor": "france", "role": "initiator"}],
        "start": 10,
        "end": 40,
        "score": 0.9,
        "figures": [],
    }
    return plain | changes


@pytest.mark.parametrize(
    ("gold", "guess", "fits"),
    [
        ({}, {}, True),
        ({}, {"event_type": "deployment"}, False),
        ({"alt_types": ["deployment"]}, {"event_type": "deployment"}, True),
        ({"event_type": "political"}, {"event_type": "diplomatic"}, True),
        ({}, {"date_start": "2013-01-28", "date_end": "2013-01-28"}, True),
        ({}, {"date_start": "2013-01-29", "date_end": "2013-01-29"}, False),
        ({}, {"date_start": "2012-12-01", "date_end": "2013-01-28"}, False),
        ({"place": "Timbuktu"}, {"place": "Tombouctou"}, True),
        ({"place": None}, {"place": "northern Mali"}, True),
        ({"alt_places": ["Kidal"]}, {"place": "Kidal"}, True),
        ({}, {"place": "Kidal"}, False),
        ({}, {"actors": [{"actor": "chad", "role": "initiator"}]}, False),
        ({"actors": []}, {"actors": []}, True),
        (
            {"actors": [{"actor": "mujao", "role": "x"}]},
            {"actors": [{"actor": "islamists", "role": "x"}]},
            True,
        ),
        ({"actors": [{"actor": "un", "role": "x"}]}, {"actors": [{"actor": "minusma", "role": "x"}]}, True),
    ],
)
def test_when_a_proposal_matches(gold: dict[str, Any], guess: dict[str, Any], fits: bool):
    assert evaluate.fits(event(**gold), event(**guess)) is fits


def test_matching_is_one_to_one_and_optional_events_cost_nothing():
    tally = evaluate.judge("t", [event()], [event(), event()], 0.0)
    assert (tally.counts["right"], tally.counts["guesses"]) == (1, 2)
    tally = evaluate.judge("t", [event(optional=True)], [event()], 0.0)
    assert (tally.counts["gold"], tally.counts["guesses"]) == (0, 0)
    assert evaluate.judge("t", [event()], [event(score=0.2)], 0.5).counts["missed"] == 1


def test_the_weights_learn_what_is_accepted():
    rows = [("a", {"good": 1.0}, True)] * 9 + [("b", {"bad": 1.0}, False)] * 9 + [("c", {"good": 1.0}, False)]
    known = train.fit(rows, penalty=0.5)
    assert score.score({"good": 1.0}, known) > 0.7 > 0.3 > score.score({"bad": 1.0}, known)
    assert score.score({"modality denied": 1.0, "good": 1.0}, known) == score.DENIED
