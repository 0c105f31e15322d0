"""Every form of a citation of the made-up record, as it was."""

import pytest

from serval.export import citation
from serval.export.citation_forms import FORMS
from serval.selection import Selection

BASE = "https://serval.example"
EVENT, FIGURE = "2013-01-10-fight-for-konna", "killed.of-green.by-red_a"
VIEW = Selection(
    from_="2012-01-01", to="2013-12-31", actor=("red_a",), family=True, q="100% {f\\é}", known="2014-01-01"
)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("form", FORMS)
def test_a_citation(made_up, golden, form: str, lang: str):
    view = made_up.select(VIEW)
    cited = {
        "view": citation.view(view, lang, BASE, form, "2027-05-01"),
        "chart": citation.view(view, lang, BASE, form, panel="control"),
        "event": citation.event(made_up, EVENT, lang, BASE, form),
        "figure": citation.figure(made_up, EVENT, FIGURE, lang, BASE, form),
    }
    for name, text in cited.items():
        golden(f"cite/{name}.{lang}.{form}", text.encode())
