from __future__ import annotations

from datetime import date

import pytest

from hopdocs.domain.tasks import find_person, tasks_of
from tests.unit.documents.example import load_config, on_day, zamirandi
from tests.unit.documents.minutes_sample import AFTER, held

AFTER_THE_DAY = date(2026, 12, 2)
DONE = ("who: ppa, due: 2026-12-01", "who: ppa, due: 2026-12-01, done: 2026-11-30")


def test_each_agreement_is_a_task_those_with_a_last_day_first() -> None:
    tasks = tasks_of(on_day(held(), AFTER))
    assert [(task.what, task.due) for task in tasks] == [
        ("Pelle møder Sami ved døren", date(2026, 12, 1)),
        ("Sofus finder en tid", None),
        ("Yasmin melder sig i klubben", None),
    ]
    assert tasks[0].area == "DU"
    assert tasks[0].meeting.id == "familieplan"


def test_a_task_is_somebodys_on_the_staff_or_in_the_family() -> None:
    school, treatment, club = tasks_of(on_day(held(), AFTER))
    assert school.who is not None
    assert (school.who.staff, school.who.member, school.who.name) == ("ppa", None, "Pelle Pærevang")
    assert treatment.who is not None
    assert treatment.who.staff == "ssk"
    assert club.who is not None
    assert (club.who.staff, club.who.member) == (None, "yasmin")


def test_a_task_is_overdue_the_day_after_its_last_day() -> None:
    assert not tasks_of(on_day(held(), date(2026, 12, 1)))[0].is_overdue
    assert tasks_of(on_day(held(), AFTER_THE_DAY))[0].is_overdue


def test_a_task_that_is_done_is_neither_open_nor_overdue() -> None:
    task = tasks_of(on_day(held(DONE), AFTER_THE_DAY))[0]
    assert task.done == date(2026, 11, 30)
    assert not task.is_open
    assert not task.is_overdue


def test_what_is_done_later_was_still_open_on_the_day_before() -> None:
    assert tasks_of(on_day(held(DONE), date(2026, 11, 29)))[0].is_open


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_nothing_was_agreed_at_a_meeting_that_was_not_held(status: str) -> None:
    assert not tasks_of(on_day(held(("status: held\n    attendance", f"status: {status}\n    attendance")), AFTER))


def test_nothing_is_agreed_yet_at_a_meeting_to_come() -> None:
    assert not tasks_of(on_day(held(), date(2026, 11, 23)))


@pytest.mark.parametrize(
    ("text", "staff", "member"),
    [
        ("ppa", "ppa", None),
        ("Pelle Pærevang", "ppa", None),
        ("nadira", None, "nadira"),
        ("nadira  ZAMIRANDI", None, "nadira"),
        ("Pelle", None, None),
        ("Bisidderen", None, None),
    ],
)
def test_a_name_means_whom_has_it_as_key_or_whole_name(text: str, staff: str | None, member: str | None) -> None:
    person = find_person(zamirandi(), load_config(), text)
    assert (person.staff, person.member) == (staff, member)
    assert person.name == (text if staff is member is None else person.name)
