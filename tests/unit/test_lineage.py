"""Lineage: kin hang together by splits, mergers and new names; partners come with their days."""

from serval.lineage import lineage
from serval.record import Record


def test_ansar_dine_mia_and_hcua_are_kin(record: Record):
    found = lineage(record, "mia", "en")
    kin = [life.id for life in found.lives if life.kin]
    assert set(kin) >= {"ansar_dine", "mia", "hcua"}
    ties = {(tie.older, tie.newer): tie for tie in found.ties}
    assert ties["ansar_dine", "mia"].relation == "split_from"
    assert ties["ansar_dine", "mia"].day == "2013-01-24"
    assert ties["mia", "hcua"].relation == "merged_into"


def test_mujao_and_signed_in_blood_become_al_mourabitoun(record: Record):
    ties = {(tie.older, tie.newer) for tie in lineage(record, "al_mourabitoun", "en").ties}
    assert {("mujao", "al_mourabitoun"), ("signed_in_blood", "al_mourabitoun")} <= ties


def test_every_tie_and_turn_has_a_row(record: Record):
    for actor in record.actors["id"]:
        found = lineage(record, actor, "fr")
        rows = {life.id for life in found.lives}
        assert actor in rows
        assert {end for tie in found.ties for end in (tie.older, tie.newer)} <= rows
        assert {turn.toward for turn in found.turns} <= rows
        assert len(rows) == len(found.lives)


def test_partners_are_not_kin_and_come_last(record: Record):
    found = lineage(record, "mnla", "en")
    flags = [life.kin for life in found.lives]
    assert flags == sorted(flags, reverse=True)
    assert "france" in [life.id for life in found.lives if not life.kin]
