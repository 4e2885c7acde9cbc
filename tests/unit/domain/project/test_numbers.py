"""The project's numbers: which courses are counted where, and what of each is told."""

from __future__ import annotations

from datetime import date

import pytest

from hopdocs.domain.project.numbers import (
    ACTIVE,
    CLOSED,
    NOT_TOLD,
    WAITING,
    WITHDRAWN,
    CourseRow,
    ProjectNumbers,
    add_up,
    course_row,
    say_count,
)
from hopdocs.model.consent import Consent
from tests.unit.documents.example import on_day, regnbuehoej, zamirandi


def test_an_active_course_is_told_by_its_case_number_its_areas_and_its_people() -> None:
    row = course_row(on_day(zamirandi()))
    assert (row.group, row.case, row.consented) == (ACTIVE, "26-012345", date(2026, 9, 22))
    assert row.areas == ("BF", "BES", "SO", "DU")
    assert row.staff == ("rri", "iik", "ssk", "yym", "ppa", "bbl")


def test_before_consent_a_course_is_no_more_than_one_that_waits() -> None:
    assert course_row(on_day(zamirandi().model_copy(update={"consents": ()}))) == CourseRow(WAITING)


def test_after_a_withdrawal_there_is_a_count_and_nothing_else() -> None:
    assert course_row(on_day(regnbuehoej())) == CourseRow(WITHDRAWN)


def test_a_family_that_moved_is_closed_and_one_that_said_no_is_in_no_number() -> None:
    moved = zamirandi().model_copy(update={"moved_away": date(2026, 11, 1)})
    said_no = Consent(member="nadira", refused=date(2026, 9, 20))
    assert course_row(on_day(moved)) == CourseRow(CLOSED)
    assert course_row(on_day(zamirandi().model_copy(update={"consents": (said_no,)}))) == NOT_TOLD


def test_an_area_that_nobody_lets_share_is_not_told_with_its_people() -> None:
    apart = zamirandi(("areas: [BF, BES, DU, SO]", "areas: [BF, BES, DU]"))
    row = course_row(on_day(apart))
    assert "SO" not in row.areas
    assert "ssk" not in row.staff


@pytest.mark.parametrize(("number", "said"), [(0, "0"), (1, "færre end 5"), (4, "færre end 5"), (5, "5"), (12, "12")])
def test_a_small_group_is_not_told_as_a_number(number: int, said: str) -> None:
    assert say_count(number) == said


def test_new_courses_are_those_between_two_meetings() -> None:
    rows = [CourseRow(ACTIVE, str(day), date(2026, 9, day)) for day in (20, 1, 10)]
    numbers = add_up(rows)
    assert [row.case for row in numbers.new_between(date(2026, 9, 1), date(2026, 9, 20))] == ["10", "20"]
    assert [row.case for row in numbers.new_between(None, date(2026, 9, 10))] == ["1", "10"]


def test_what_is_kept_is_read_back_as_it_was() -> None:
    numbers = add_up([course_row(on_day(zamirandi())), CourseRow(WAITING)], unread=2)
    assert ProjectNumbers.from_json(numbers.as_json()) == numbers
