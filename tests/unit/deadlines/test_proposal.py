from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.deadlines.proposal import propose_day
from hopdocs.domain.calendar import is_school_holiday, is_working_day
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.meeting import MeetingType
from tests.unit.rules.samples import TODAY, config, zamirandi

if TYPE_CHECKING:
    from hopdocs.model.family import Family
    from tests.unit.rules.samples import Raw


def _proposed(kind: MeetingType, family: Family, today: date = TODAY) -> date:
    return propose_day(FamilyDay.on(family, config(), today), kind)


def _only(*ids: str) -> Family:
    def edit(raw: Raw) -> None:
        raw["meetings"] = [line for line in raw["meetings"] if line["id"] in ids]

    return zamirandi(edit)


def test_an_introduction_comes_as_soon_as_the_team_can_be_called() -> None:
    assert _proposed(MeetingType.INTRODUKTIONSMØDE, _only(), date(2026, 9, 23)) == date(2026, 10, 5)


def test_an_introduction_stays_within_three_weeks_of_the_last_consent() -> None:
    """The consents are of 22 September: on 6 October the usual notice would lead beyond the limit of 13 October."""
    assert _proposed(MeetingType.INTRODUKTIONSMØDE, _only(), date(2026, 10, 6)) == date(2026, 10, 13)


def test_when_the_limit_has_passed_the_meeting_is_still_proposed_in_the_days_to_come() -> None:
    assert _proposed(MeetingType.INTRODUKTIONSMØDE, _only(), date(2026, 11, 2)) == date(2026, 11, 12)


def test_a_formøde_leaves_ten_working_days_for_everybodys_own_part() -> None:
    assert _proposed(MeetingType.FAGLIGT_FORMØDE, _only("intro"), date(2026, 10, 20)) == date(2026, 11, 3)


def test_the_familieplansmøde_lies_three_to_twenty_one_days_after_the_formøde() -> None:
    found = _proposed(MeetingType.FAMILIEPLANSMØDE, _only("intro", "formoede"), date(2026, 10, 20))
    assert 3 <= (found - date(2026, 11, 10)).days <= 21
    assert found == date(2026, 11, 24)


def test_an_interview_comes_before_the_plan_is_made() -> None:
    assert _proposed(MeetingType.INTERVIEW, zamirandi(), date(2026, 11, 18)) == date(2026, 11, 23)


def test_a_follow_up_follows_the_rhythm_of_the_last_one_planned() -> None:
    assert _proposed(MeetingType.OPFØLGNINGSMØDE, zamirandi()) == date(2027, 3, 16)


@pytest.mark.parametrize("today", [date(2026, 11, day) for day in range(23, 30)] + [date(2026, 12, 20)])
def test_no_family_is_asked_to_meet_in_a_school_holiday_or_on_a_day_off(today: date) -> None:
    found = _proposed(MeetingType.AFSLUTNINGSMØDE, zamirandi(), today)
    assert is_working_day(found, config())
    assert not is_school_holiday(found)
    assert (found - today).days >= config().deadlines.invitation_with_interpreter
