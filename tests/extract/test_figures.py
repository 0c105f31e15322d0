"""What numbers count, of whom, and which event they belong to."""

import datetime as dt
from typing import Any

import pytest

from serval.extract import text, told

PUBLISHED = dt.date(2013, 2, 1)


def figures(story: str) -> list[tuple[Any, ...]]:
    events = told.proposals(text.from_text(story), PUBLISHED)["events"]
    return [(f["kind"], f["of"], f["low"], f["high"]) for e in events for f in e["figures"]]


@pytest.mark.parametrize(
    ("story", "figure"),
    [
        ("A battle near Gao on Monday left 13 rebels dead.", ("killed", "islamists", 13, 13)),
        ("French troops fought MUJAO near Gao; at least ten of the attackers were killed.", "killed"),
        ("A mine near Gossi cost the lives of four Malian soldiers.", ("killed", "mali_army", 4, 4)),
        ("Fighting at Konna left five civilians dead and 12 wounded.", ("killed", "civilians", 5, 5)),
        ("Fighting at Konna left five civilians dead and 12 wounded.", ("wounded", "civilians", 12, 12)),
        ("Islamists put to death seven captured soldiers in Konna.", ("killed", "mali_army", 7, 7)),
        ("In fighting near Gao two Frenchmen were wounded.", ("wounded", "france", 2, 2)),
        ("A bomber blew himself up in Gao and killed 21 Chadians.", ("killed", "chad", 21, 21)),
        ("A suicide bomber struck in Kidal on Friday and three MNLA men died.", ("killed", "mnla", 3, 3)),
        ("A car bomb exploded at a camp in Kidal and a worker was killed.", ("killed", "civilians", 1, 1)),
        ("About forty fighters of Ansar Dine seized the town of Konna.", ("troops", "ansar_dine", 40, 40)),
        ("Chad sent 1,400 soldiers to Kidal.", ("troops", "chad", 1400, 1400)),
        (
            "The troops of Chad, some 150, were deployed to Kidal.",
            ("troops", "chad", 150, 150),
        ),
        ("France will not send more than 4,000 soldiers to Mali.", ("troops", "france", None, 4000)),
        ("Two hundred Chadians arrived in Niamey on Friday.", ("troops", "chad", 200, 200)),
        ("About 460 French and 200 Malian soldiers fought MUJAO near Gao.", ("troops", "france", 460, 460)),
        ("A helicopter destroyed two fleeing pick-ups in an air strike near Gao.", "vehicles"),
        ("Chad sent a 500-strong battalion to Kidal.", ("troops", "chad", 500, 500)),
        ("In the battle at Konna the army put enemy losses at 30.", "killed"),
        ("Ansar Dine fighters smashed two tombs in Timbuktu.", ("mausoleums", "?", 2, 2)),
    ],
)
def test_a_number_is_of_a_kind_and_of_somebody(story: str, figure: object):
    found = figures(story)
    assert figure in found or figure in [f[0] for f in found], found


@pytest.mark.parametrize(
    ("story", "figure"),
    [
        ("A suicide bomber struck a camp in Gao on Friday. Six people died.", ("killed", "civilians", 6, 6)),
        (
            "Chadian troops fought rebels in the Ifoghas mountains. At least 26 Chadian soldiers died.",
            ("killed", "chad", 26, None),
        ),
        (
            "Rebels attacked the town of Menaka.\nAt least twelve soldiers were killed.",
            ("killed", "mali_army", 12, None),
        ),
        (
            "A car bomb exploded in Kidal on Friday. The army spoke of two dead.\n\nNo more is known.",
            "killed",
        ),
    ],
)
def test_a_figure_finds_its_event_in_the_sentence_or_paragraph_before(story: str, figure: object):
    found = figures(story)
    assert figure in found or figure in [f[0] for f in found], found


def test_a_figure_of_another_town_is_not_given_to_the_event_before():
    story = "A suicide bomber struck a camp in Gao on Friday. At Tessalit four soldiers died in a crash."
    events = told.proposals(text.from_text(story), PUBLISHED)["events"]
    assert not any(f["low"] == 4 for e in events for f in e["figures"] if e["place"] == "Gao")


def test_the_day_of_a_month_is_no_count():
    story = "Four people were killed in fighting in Kidal on July 18 and 19 last year."
    assert {f[2] for f in figures(story)} <= {4}


def test_a_count_of_units_is_no_count_of_troops():
    assert not any(f[0] == "troops" for f in figures("Three columns of French troops entered Gao."))
