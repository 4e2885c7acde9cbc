from __future__ import annotations

from datetime import date

import pytest

from hopdocs.domain.calendar import birthday, holiday_name, is_working_day, months_later
from tests.unit.rules.samples import config


@pytest.mark.parametrize(
    ("anchor", "months", "due"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 10, 6), 0, date(2026, 10, 6)),
        (date(2026, 10, 6), 18, date(2028, 4, 6)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last_of_the_month(anchor: date, months: int, due: date) -> None:
    assert months_later(anchor, months) == due


def test_a_leap_day_child_has_its_birthday_on_the_first_of_march() -> None:
    assert birthday(date(2012, 2, 29), 16) == date(2028, 2, 29)
    assert birthday(date(2012, 2, 29), 15) == date(2027, 3, 1)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25),
        date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17),
        date(2028, 4, 13), date(2028, 6, 5), date(2026, 12, 25), date(2027, 1, 1),
    ],
)  # fmt: skip
def test_danish_holidays_are_known(day: date) -> None:
    assert holiday_name(day)
    assert not is_working_day(day, config())


def test_store_bededag_is_a_holiday_until_2023_and_a_working_day_since() -> None:
    assert holiday_name(date(2023, 5, 5)) is not None
    assert holiday_name(date(2024, 4, 26)) is None
    assert is_working_day(date(2027, 4, 23), config())


def test_the_municipality_s_closed_days_are_no_working_days() -> None:
    assert holiday_name(date(2026, 12, 24)) is None
    assert not is_working_day(date(2026, 12, 24), config())
