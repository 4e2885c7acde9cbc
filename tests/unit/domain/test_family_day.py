"""One family on one day is worked out once, however many ask."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import hopdocs.deadlines.course
import hopdocs.domain.consent
import hopdocs.domain.family_day
from hopdocs.deadlines.course import deadlines_of
from hopdocs.domain.consent import ConsentAnswer
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.state import State
from hopdocs.evaluation import AttachmentLookup, evaluate_family
from hopdocs.figures.gathering import gather_figures
from hopdocs.model.meeting import MeetingType
from hopdocs.notices.kinds.table import wanted_reminders
from hopdocs.package_data import shipped_path
from hopdocs.pages.composition import family_row
from hopdocs.pages.status import family_status
from hopdocs.sources.config import parse_config
from tests.unit.rules.samples import TODAY, config, consent, zamirandi

if TYPE_CHECKING:
    import pytest

    from hopdocs.domain.consent import Consents
    from hopdocs.model.family import Family
    from tests.unit.rules.samples import Raw


def _count_days(monkeypatch: pytest.MonkeyPatch) -> Counter[date]:
    """How often each day's consents are worked out from now on."""
    work_out, days = hopdocs.domain.consent._work_out, Counter[date]()

    def count(family: Family, day: date, known: dict[date, Consents]) -> Consents:
        days[day] += 1
        return work_out(family, day, known)

    monkeypatch.setattr(hopdocs.domain.consent, "_work_out", count)
    return days


def test_an_evaluation_works_out_the_consents_of_each_day_once(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = parse_config(shipped_path("config.yaml").read_bytes(), "config.yaml").config
    assert settings is not None
    text = (shipped_path("families") / "hop-2026-007.yaml").read_text(encoding="utf-8")
    data = text.replace("decision: afventer", "decision: bevilget").encode()
    days = _count_days(monkeypatch)
    outcome = evaluate_family(data, "families/hop-2026-007.yaml", settings, TODAY, lambda _: AttachmentLookup("digest"))
    assert outcome.day is not None
    family_row(outcome.day, "hop-2026-007", outcome.diagnostics)
    assert set(days) == {TODAY, *(meeting.date for meeting in outcome.day.family.meetings)}
    assert set(days.values()) == {1}


def test_behind_a_lapse_each_day_is_worked_out_once_as_it_is_and_once_as_it_stood(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = parse_config(shipped_path("config.yaml").read_bytes(), "config.yaml").config
    assert settings is not None
    data = (shipped_path("families") / "hop-2026-007.yaml").read_bytes()
    days, lapsed = _count_days(monkeypatch), date(2027, 10, 1)
    outcome = evaluate_family(
        data, "families/hop-2026-007.yaml", settings, lapsed, lambda _: AttachmentLookup("digest")
    )
    assert outcome.is_frozen
    meetings = {meeting.date for meeting in outcome.day.family.meetings} if outcome.day is not None else set()
    assert days[lapsed] == 1
    assert {days[day] for day in meetings} == {2}


def test_a_birthday_s_eve_is_asked_for_by_many_days_and_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    family = zamirandi(lambda raw: raw["members"]["sami"].update(born="2010-11-20"))
    days = _count_days(monkeypatch)
    day = FamilyDay.on(family, config(), TODAY)
    for offset in (0, 1, 2, 1, 0):
        day.consents_on(TODAY + timedelta(days=offset))
    assert days == {TODAY + timedelta(days=offset): 1 for offset in (-2, 0, 1, 2)}


def test_a_meeting_asks_the_consents_of_its_own_day() -> None:
    def withdraw(raw: Raw) -> None:
        consent(raw, "tariq")["withdrawn"] = [{"date": "2026-12-01"}]

    day = FamilyDay.on(zamirandi(withdraw), config(), TODAY)
    before, after = day.planned(MeetingType.FAMILIEPLANSMØDE, MeetingType.OPFØLGNINGSMØDE)
    assert day.consents.standing(day.family_invited(before)[1]).answer is ConsentAnswer.GIVEN
    assert day.family_invited(before) == ("nadira", "tariq", "yasmin")
    assert day.family_invited(after) == ("nadira", "yasmin")


def test_what_was_worked_out_on_the_way_makes_no_two_days_different() -> None:
    family, settings = zamirandi(), config()
    asked = FamilyDay.on(family, settings, TODAY)
    asked.consents_on(date(2027, 9, 23))
    assert asked == FamilyDay.on(family, settings, TODAY)


def test_deadlines_and_guests_are_worked_out_once_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    day = FamilyDay.on(zamirandi(), config(), TODAY)
    [meeting] = day.planned(MeetingType.FAMILIEPLANSMØDE)
    first = deadlines_of(day), family_status(day), wanted_reminders(day), gather_figures(day)
    guests = day.invited_staff(meeting)
    monkeypatch.setattr(hopdocs.domain.family_day, "list_invited_staff", None)
    monkeypatch.setattr(hopdocs.deadlines.course, "_collect", None)
    again = deadlines_of(day), family_status(day), wanted_reminders(day), gather_figures(day)
    assert all(one is other for one, other in zip(first, again, strict=True))
    assert day.invited_staff(meeting) is guests


def test_of_two_meetings_with_one_id_each_keeps_its_own_guests() -> None:
    day = FamilyDay.on(zamirandi(), config(), TODAY)
    [meeting] = day.planned(MeetingType.FAMILIEPLANSMØDE)
    everybody = day.invited_staff(meeting)
    smaller = meeting.model_copy(update={"invited": everybody[:1]})
    assert day.invited_staff(smaller) == everybody[:1]
    assert day.invited_staff(meeting) == everybody


def test_another_day_made_of_this_one_is_asked_anew() -> None:
    day = FamilyDay.on(zamirandi(), config(), TODAY)
    assert deadlines_of(day)
    assert not deadlines_of(replace(day, state=State.AFSLUTTET))
