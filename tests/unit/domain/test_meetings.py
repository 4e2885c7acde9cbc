from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.meetings import children_of, children_to_assess, held_meetings, planned_meetings, status_of
from hopdocs.model.meeting import MeetingStatus, MeetingType
from tests.unit.rules.samples import TODAY, config, consent, meeting, regnbuehoej, zamirandi

if TYPE_CHECKING:
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting
    from tests.unit.rules.samples import Raw


def _meeting(family: Family, meeting_id: str) -> Meeting:
    found = family.meeting(meeting_id)
    assert found is not None
    return found


def _invited(family: Family, meeting_id: str = "familieplan") -> tuple[str, ...]:
    return FamilyDay.on(family, config(), TODAY).invited_staff(_meeting(family, meeting_id))


def _asked(family: Family) -> tuple[str, ...]:
    return FamilyDay.on(family, config(), TODAY).family_invited(_meeting(family, "familieplan"))


def test_the_whole_team_of_that_day_is_invited() -> None:
    assert _invited(zamirandi()) == ("rri", "iik", "ssk", "yym", "ppa", "bbl")
    assert _invited(regnbuehoej(), "formoede") == ("mmo", "rri", "hha")


def test_who_has_left_the_team_by_then_is_not_invited() -> None:
    family = zamirandi(lambda raw: raw["team"][0].update(to="2026-11-23"))
    assert "rri" not in _invited(family)
    assert "rri" in _invited(family, "formoede")


def test_invited_names_fewer() -> None:
    assert _invited(zamirandi(lambda raw: meeting(raw, "familieplan").update(invited=["iik", "rri"]))) == ("iik", "rri")


def test_a_stand_in_comes_instead() -> None:
    family = zamirandi(lambda raw: meeting(raw, "familieplan").update(stand_ins={"ppa": "bbl"}))
    assert _invited(family) == ("rri", "iik", "ssk", "yym", "bbl")


def test_an_interview_is_the_tovholder_s_alone() -> None:
    assert _invited(zamirandi(lambda raw: meeting(raw, "familieplan").update(type="interview"))) == ("iik",)


def test_an_area_that_nobody_lets_share_any_more_is_left_out_at_once() -> None:
    def withdraw(raw: Raw) -> None:
        consent(raw, "nadira")["withdrawn"] = [{"date": "2026-11-20", "areas": ["SO"]}]

    assert "ssk" not in _invited(zamirandi(withdraw))
    assert "ssk" in _invited(zamirandi(withdraw), "formoede")


def test_an_expired_consent_takes_nobody_off_the_list() -> None:
    family = zamirandi(lambda raw: meeting(raw, "opfoelgning-1").update(date="2027-11-19"))
    assert "ssk" in _invited(family, "opfoelgning-1")


@pytest.mark.parametrize("kind", ["introduktionsmøde", "fagligt formøde"])
def test_the_family_is_not_asked_to_the_professionals_own_meetings(kind: str) -> None:
    family = zamirandi(lambda raw: meeting(raw, "familieplan").update(type=kind))
    assert _asked(family) == ()
    assert children_to_assess(family, _meeting(family, "familieplan")) == ()


def test_adults_and_youth_from_fifteen_get_an_invitation() -> None:
    family = zamirandi()
    assert _asked(family) == ("nadira", "tariq", "yasmin")


def test_a_youth_who_is_not_to_take_part_gets_no_invitation() -> None:
    family = zamirandi(lambda raw: meeting(raw, "familieplan")["children"]["yasmin"].update(attends="nej"))
    assert _asked(family) == ("nadira", "tariq")


def test_who_has_stepped_out_gets_no_invitation() -> None:
    def withdraw(raw: Raw) -> None:
        consent(raw, "tariq")["withdrawn"] = [{"date": "2026-11-20"}]

    family = zamirandi(withdraw)
    assert _asked(family) == ("nadira", "yasmin")


def test_children_are_brought_along_from_another_meeting() -> None:
    family = zamirandi()
    inherited = children_of(family, _meeting(family, "opfoelgning-1"))
    assert inherited == dict(_meeting(family, "familieplan").children)


def test_a_difference_keeps_the_rest_of_the_entry() -> None:
    family = zamirandi(lambda raw: meeting(raw, "opfoelgning-1").update(children={"sami": {"part": "hele mødet"}}))
    entry = children_of(family, _meeting(family, "opfoelgning-1"))["sami"]  # type: ignore[index]
    assert (entry.part, entry.reason) == ("hele mødet", "Han vil selv fortælle om skolen.")


def test_a_child_who_now_comes_does_not_keep_the_reason_for_staying_away() -> None:
    family = zamirandi(lambda raw: meeting(raw, "opfoelgning-1").update(children={"lina": {"attends": "ja"}}))
    entry = children_of(family, _meeting(family, "opfoelgning-1"))["lina"]  # type: ignore[index]
    assert entry.attends
    assert entry.reason is None
    assert entry.view is not None


def test_meetings_that_lean_on_each_other_in_a_circle_end() -> None:
    family = zamirandi(lambda raw: meeting(raw, "familieplan").update(children_as="opfoelgning-1"))
    assert set(children_of(family, _meeting(family, "opfoelgning-1"))) == {"yasmin", "sami", "lina", "omar"}


def test_a_past_meeting_that_nobody_mentions_counts_as_held() -> None:
    one = _meeting(zamirandi(), "familieplan")
    assert status_of(one, date(2026, 11, 24)) is MeetingStatus.PLANNED
    assert status_of(one, date(2026, 11, 25)) is MeetingStatus.HELD


def test_what_is_written_about_a_meeting_is_what_happened() -> None:
    family = regnbuehoej()
    assert status_of(_meeting(family, "opfoelgning-1"), TODAY) is MeetingStatus.CANCELLED


def test_held_and_planned_meetings_come_in_order() -> None:
    family = zamirandi(lambda raw: raw["meetings"].reverse())
    assert [one.id for one in held_meetings(family, TODAY, *MeetingType)] == ["intro", "formoede"]
    assert [one.id for one in planned_meetings(family, TODAY)] == ["familieplan", "opfoelgning-1"]


def test_a_meeting_still_to_come_cannot_have_been_held() -> None:
    family = zamirandi()
    assert status_of(_meeting(family, "formoede"), date(2026, 11, 5)) is MeetingStatus.PLANNED
    assert status_of(_meeting(family, "formoede"), date(2026, 11, 10)) is MeetingStatus.HELD


def test_a_partner_who_said_no_gets_no_invitation_though_the_course_goes_on() -> None:
    def add_partner(raw: Raw) -> None:
        raw["members"]["bo"] = {"name": "Bo Zamirandi", "role": "partner", "born": "1984-02-02"}

    def refuse(raw: Raw) -> None:
        add_partner(raw)
        raw["consents"].append({"member": "bo", "form_given": "2026-09-15", "refused": "2026-09-22"})

    for edit, is_asked in ((add_partner, True), (refuse, False)):
        family = zamirandi(edit)
        assert ("bo" in _asked(family)) is is_asked


def test_who_works_only_with_somebody_who_took_her_area_back_is_left_out_though_another_lets_it_share() -> None:
    def withdraw(raw: Raw) -> None:
        consent(raw, "nadira")["withdrawn"] = [{"date": "2026-11-20", "areas": ["BES"]}]
        raw["team"].append({"staff": "tta", "from": "2026-10-06", "for": ["nadira"]})

    def serve_all(raw: Raw) -> None:
        withdraw(raw)
        del raw["team"][-1]["for"]

    assert "tta" not in _invited(zamirandi(withdraw))
    assert "tta" in _invited(zamirandi(serve_all))


def test_who_works_with_a_child_is_left_out_when_one_of_the_parents_takes_her_area_back() -> None:
    def withdraw(raw: Raw) -> None:
        consent(raw, "tariq")["withdrawn"] = [{"date": "2026-11-20", "areas": ["DU"]}]

    assert set(_invited(zamirandi())) - set(_invited(zamirandi(withdraw))) == {"ppa"}


def test_a_stand_in_is_left_out_with_whom_she_stands_in_for() -> None:
    def withdraw(raw: Raw) -> None:
        consent(raw, "tariq")["withdrawn"] = [{"date": "2026-11-20", "areas": ["DU", "BF"]}]
        meeting(raw, "familieplan")["stand_ins"] = {"ppa": "bbl"}

    assert set(_invited(zamirandi(withdraw))) & {"ppa", "bbl"} == set()


def test_the_tovholder_is_there_for_the_whole_family() -> None:
    def withdraw(raw: Raw) -> None:
        raw["team"][1]["for"] = ["tariq"]
        consent(raw, "tariq")["withdrawn"] = [{"date": "2026-11-20", "areas": ["BES"]}]

    assert "iik" in _invited(zamirandi(withdraw))
