"""The two records that the properties are tried on."""

from pathlib import Path

import pytest

from serval.record import load

MADE_UP = Path(__file__).resolve().parents[1] / "fixtures" / "record"


@pytest.fixture(scope="session", params=["made up", "whole"])
def either(request: pytest.FixtureRequest):
    """The made-up record with every awkward case, and then the one of data/."""
    return load(MADE_UP if request.param == "made up" else None)
