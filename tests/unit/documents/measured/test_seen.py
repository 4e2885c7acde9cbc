from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.audience import AreaReader, Audience, MemberReader
from hopdocs.documents.measured.seen import SeenFigures, figures_for
from hopdocs.documents.sight import EntryKind, entries_of
from hopdocs.figures.gathering import gather_figures
from hopdocs.model.scalars.values import AreaCode
from tests.unit.documents.example import on_day, regnbuehoej, zamirandi
from tests.unit.documents.measured.fjordglimt import day_of, fjordglimt
from tests.unit.documents.measured.values import with_values

if TYPE_CHECKING:
    from hopdocs.model.family import Family

IN_SPRING = date(2026, 4, 1)
AFTER_TAKING_BACK = date(2026, 9, 1)


def figures(family: Family, reader: str, today: date = date(2026, 11, 21)) -> SeenFigures:
    audience = Audience(on_day(family, today))
    members = {str(key): key for key in family.members}
    areas = {str(code): code for code in audience.config.areas}
    who = MemberReader(members[reader]) if reader in members else AreaReader(areas[reader])
    return figures_for(audience, who, gather_figures(audience.day))


def values_of(family: Family, reader: str, today: date = date(2026, 11, 21)) -> set[tuple[str, str]]:
    return {(line.indicator, line.member) for line in figures(family, reader, today).figures.measured}


@pytest.mark.parametrize("reader", ["nadira", "tariq", "yasmin", "BF", "BES", "DU"])
def test_a_value_is_seen_by_whoever_may_see_the_person_that_it_is_about(reader: str) -> None:
    family = with_values(zamirandi(), ("skolefravær", "sami", 38), ("skolefravær", "sami", 31))
    assert values_of(family, reader) == {("b_skole_fravaer", "sami")}


def test_a_value_is_not_seen_by_an_area_that_the_persons_consent_does_not_reach() -> None:
    family = with_values(zamirandi(), ("skolefravær", "sami", 38), ("a_job", "nadira", 6))
    assert values_of(family, "SO") == {("a_job", "nadira")}
    assert not figures(family, "SO").is_whole


def test_a_value_of_somebody_in_another_home_is_not_seen() -> None:
    family = with_values(regnbuehoej(), ("a_job", "karla", 10), ("a_job", "anton", 12), ("skolefravær", "storm", 4))
    assert values_of(family, "karla", IN_SPRING) == {("a_job", "karla"), ("b_skole_fravaer", "storm")}
    assert values_of(family, "anton", IN_SPRING) == {("a_job", "anton"), ("b_skole_fravaer", "storm")}


@pytest.mark.parametrize(("about", "readers"), [
    ("sami", {"nadira", "tariq"}),
    ("yasmin", {"yasmin"}),
    ("nadira", {"nadira"}),
    ("", set()),
])  # fmt: skip
def test_in_the_family_a_value_of_health_is_for_whom_it_is_about_and_parents_of_a_child(
    about: str, readers: set[str]
) -> None:
    key = "b_sdq" if about in ("sami", "yasmin") else "v_funktion"
    family = with_values(zamirandi(), (key, about, 3))
    assert {reader for reader in ("nadira", "tariq", "yasmin") if values_of(family, reader)} == readers


def test_a_consent_taken_back_from_the_health_area_takes_the_treatment_out_of_every_areas_figures() -> None:
    family = with_values(regnbuehoej(), ("a_behandling", "anton", 4), ("a_job", "anton", 12))
    assert ("a_behandling", "anton") in values_of(family, "BF", IN_SPRING)
    assert values_of(family, "BF", AFTER_TAKING_BACK) == {("a_job", "anton")}


def test_a_score_of_somebody_with_whom_no_health_area_ever_worked_is_seen_by_the_areas_that_may_share_today() -> None:
    family = with_values(regnbuehoej(), ("b_sdq", "storm", 14))
    assert values_of(family, "BF", IN_SPRING) == {("b_sdq", "storm")}
    assert values_of(family, "HP", IN_SPRING) == set()


def test_a_consent_that_has_run_out_hides_values_of_health_from_the_areas_and_no_others() -> None:
    family = with_values(regnbuehoej(), ("b_sdq", "storm", 14), ("skolefravær", "storm", 4))
    kept = family.model_copy(
        update={"consents": tuple(line.model_copy(update={"withdrawn": ()}) for line in family.consents)}
    )
    assert values_of(kept, "BF", date(2027, 3, 1)) == {("b_skole_fravaer", "storm")}


def test_what_the_staff_say_of_their_own_work_is_on_no_sheet_of_the_family() -> None:
    family = with_values(zamirandi(), ("m_oplevelse_5", "", 4), ("f_oplevelse_1", "", 6))
    assert values_of(family, "nadira") == {("f_oplevelse_1", "")}
    assert values_of(family, "BES") == {("f_oplevelse_1", ""), ("m_oplevelse_5", "")}


def test_what_the_catalogue_does_not_know_nobody_sees() -> None:
    family = with_values(zamirandi(), ("noget_andet", "sami", 3))
    assert values_of(family, "BF") == set() == values_of(family, "nadira")


def test_what_areas_counted_and_spent_is_for_professionals_whom_a_consent_covers_with_them() -> None:
    apart = zamirandi(("areas: [BF, BES, DU, SO], received_by", "areas: [DU, SO], received_by"))
    assert set(figures(zamirandi(), "BES").figures.draws[0].counts) == {"BF", "BES", "DU", "SO"}
    assert set(figures(apart, "BES").figures.draws[0].counts) == {"BF", "BES", "DU"}
    assert not figures(zamirandi(), "nadira").figures.draws[0].counts


def test_what_is_whole_is_said_to_be_whole() -> None:
    assert figures(with_values(zamirandi(), ("a_job", "nadira", 6)), "BES").is_whole


def test_why_a_child_stayed_away_is_hidden_where_the_area_that_considered_it_is_not_shared() -> None:
    known = figures(regnbuehoej(), "BF", IN_SPRING).figures.meetings[2].children
    assert [(child.attended, child.reason) for child in known] == [(False, "Emnet er de voksnes behandling.")]
    assert not figures(regnbuehoej(), "HP", IN_SPRING).figures.meetings[2].children


def test_what_is_measured_is_listed_once_for_all_its_values_among_what_each_reader_sees() -> None:
    family = with_values(zamirandi(), ("skolefravær", "sami", 38), ("b_skole_fravaer", "sami", 31), ("ukendt", "", 1))
    measured = [entry for entry in entries_of(Audience(on_day(family))) if entry.kind is EntryKind.MEASURED]
    assert [(entry.name, entry.at, entry.also_at) for entry in measured] == [
        ("b_skole_fravaer sami", ("measurements", "indicators", 0), (("measurements", "indicators", 1),)),
    ]


def test_an_area_that_no_consent_reaches_has_neither_money_nor_waits_nor_who_came_and_who_left() -> None:
    """Sundhed og Omsorg is in no consent of this family; who has been its tovholder everybody knows."""
    audience = Audience(day_of(fjordglimt()))
    whole = gather_figures(audience.day)
    seen = figures_for(audience, AreaReader(AreaCode("SO")), whole).figures
    assert whole.costs
    assert whole.waits
    assert any(not shift.is_tovholder for shift in whole.shifts)
    assert (seen.costs, seen.waits) == ((), ())
    assert seen.shifts == tuple(shift for shift in whole.shifts if shift.is_tovholder)
    assert {areas for meeting in seen.meetings for areas in (meeting.asked, meeting.came)} == {()}
    shared = figures_for(audience, AreaReader(AreaCode("BF")), whole).figures
    assert (shared.costs, shared.waits, shared.shifts) == (whole.costs, whole.waits, whole.shifts)


def test_that_a_child_stayed_away_is_told_without_what_another_area_alone_may_know() -> None:
    """Sundhed og Omsorg considered it, and the children's father lets it share nothing."""
    known = zamirandi()
    kept = zamirandi(*(("assessed_by: rri", "assessed_by: hha") for _ in range(3)))
    meetings = (figures(family, "DU").figures.meetings for family in (known, kept))
    told, hidden = (
        {child.member: (child.attended, child.reason) for meeting in found for child in meeting.children}
        for found in meetings
    )
    assert hidden.keys() == told.keys() >= {"sami", "lina", "omar"}
    for child in ("sami", "lina", "omar"):
        assert told[child][1]
        assert hidden[child] == (told[child][0], "")
