from __future__ import annotations

from datetime import date

from hopdocs.domain.working_days import (
    next_working_day,
    previous_working_day,
    working_days_after,
    working_days_before,
)
from tests.unit.rules.samples import config


def test_working_days_pass_over_weekends() -> None:
    assert working_days_before(date(2026, 11, 10), 3, config()) == date(2026, 11, 5)
    assert working_days_after(date(2026, 11, 24), 5, config()) == date(2026, 12, 1)


def test_working_days_pass_over_holidays_and_closed_days() -> None:
    assert working_days_after(date(2026, 12, 23), 1, config()) == date(2026, 12, 28)
    assert working_days_before(date(2027, 1, 4), 1, config()) == date(2026, 12, 30)


def test_no_days_is_the_day_itself() -> None:
    assert working_days_after(date(2026, 11, 22), 0, config()) == date(2026, 11, 22)


def test_a_day_off_moves_back_for_a_law_and_on_for_a_target() -> None:
    sunday = date(2027, 4, 18)
    assert previous_working_day(sunday, config()) == date(2027, 4, 16)
    assert next_working_day(sunday, config()) == date(2027, 4, 19)
    assert previous_working_day(date(2027, 4, 16), config()) == date(2027, 4, 16)
