from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hopdocs.notices.kinds.course.task_reminder import wanted_task_reminders
from tests.unit.documents.example import load_config, on_day
from tests.unit.documents.minutes_sample import AFTER, held

if TYPE_CHECKING:
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.notices.wanted import WantedReminder

FOR_PELLE = "who: ppa, due: 2026-12-01"


def reminders(family: Family, today: date = AFTER, config: Config | None = None) -> list[WantedReminder]:
    return list(wanted_task_reminders(on_day(family, today, config)))


def later(days: int) -> tuple[str, str]:
    return (FOR_PELLE, f"who: ppa, due: {date(2026, 12, 1) + timedelta(days=days)}")


def test_whoever_promised_something_is_reminded_before_and_after_its_last_day() -> None:
    before, after = reminders(held(later(3)))
    assert before.recipient.staff == after.recipient.staff == "ppa"
    assert (before.due, after.due) == (date(2026, 12, 1), date(2026, 12, 7))
    assert before.subject == "en opgave fra et møde"
    assert after.subject == "en opgave er over tiden"


def test_what_was_promised_for_the_next_days_is_not_reminded_of_before() -> None:
    assert [item.key for item in reminders(held((FOR_PELLE, "who: ppa, due: 2026-11-26")))] == [
        "opgave-efter-2026-11-26"
    ]


def test_the_mail_names_case_and_day_and_nothing_that_was_promised() -> None:
    for item in reminders(held()):
        text = " ".join((item.subject, *item.lines))
        assert item.case_number == "26-012345"
        assert "1. december" in text.replace("\u00a0", " ")
        for word in ("Sami", "døren", "Skolen", "Zamirandi"):
            assert word not in text


@pytest.mark.parametrize(("who", "told"), [("ppa", "sig det til tovholderen"), ("iik", "skriv dagen ved punktet")])
def test_the_tovholder_is_not_asked_to_tell_herself(who: str, told: str) -> None:
    [_, after] = reminders(held((FOR_PELLE, f"who: {who}, due: 2026-12-01")))
    assert after.recipient.staff == who
    assert told in after.lines[-1]


def test_two_tasks_for_one_day_are_one_mail() -> None:
    two = held(("who: yasmin}", "who: ppa, due: 2026-12-01}"))
    assert [item.subject for item in reminders(two)] == ["2 opgaver fra et møde", "2 opgaver er over tiden"]


def test_who_has_done_it_is_not_reminded() -> None:
    assert reminders(held((FOR_PELLE, f"{FOR_PELLE}, done: 2026-11-26"))) == []


@pytest.mark.parametrize("who", ["yasmin", "nadira", "Farbror Karim"])
def test_the_family_and_its_friends_are_never_mailed(who: str) -> None:
    assert reminders(held((FOR_PELLE, f"who: {who}, due: 2026-12-01"))) == []


def test_who_has_left_the_team_is_not_reminded() -> None:
    left = ("{staff: ppa, from: 2026-10-06, ", "{staff: ppa, from: 2026-10-06, to: 2026-11-26, ")
    assert reminders(held(left)) == []


def test_who_may_no_longer_share_is_not_reminded() -> None:
    withdrawn = "withdrawn: [{date: 2026-11-26, areas: [DU]}], received_by"
    without_school = [
        (f"areas: [{areas}], received_by: {by}", f"areas: [{areas}], {withdrawn}: {by}")
        for areas, by in (("BF, BES, DU, SO", "iik"), ("BF, BES, DU", "iik"), ("BF, BES, DU", "yym"))
    ]
    assert reminders(held(*without_school)) == []


def test_the_municipality_may_do_without_them() -> None:
    config = load_config()
    off = config.model_copy(update={"deadlines": config.deadlines.model_copy(update={"task_reminder": 0})})
    assert reminders(held(), config=off) == []


def test_two_weeks_after_its_last_day_no_mail_is_worth_sending() -> None:
    after = reminders(held())[-1]
    assert after.expires.date() == date(2026, 12, 15)
