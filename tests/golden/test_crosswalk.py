"""The made-up record as rows of other data sets, as they were."""

import pytest

from serval.export import crosswalk
from serval.selection import Selection

WHOLE = Selection(from_="2012-01-01", to="2013-12-31")


@pytest.mark.parametrize("kind", crosswalk.KINDS)
def test_rows_and_losses(made_up, golden, kind: str):
    view = made_up.select(WHOLE)
    for name, content in crosswalk.files(crosswalk.make(view, kind), kind).items():
        golden(f"crosswalk/{name}", content)
    assert crosswalk.to_zip(view, kind, "") == crosswalk.to_zip(view, kind, "")
