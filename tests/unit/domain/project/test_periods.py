from datetime import date

import pytest

from hopdocs.domain.project.periods import Period, quarter_of, say_period, year_of


def test_a_period_has_both_of_its_ends() -> None:
    period = Period(date(2026, 10, 1), date(2026, 12, 31))
    assert date(2026, 10, 1) in period
    assert date(2026, 12, 31) in period
    assert date(2027, 1, 1) not in period


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 29), date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2028, 6, 30), date(2028, 4, 1), date(2028, 6, 30)),
    ],
)
def test_quarters_are_those_of_the_calendar(day: date, first: date, last: date) -> None:
    assert quarter_of(day) == Period(first, last)


def test_a_time_is_cut_into_the_quarters_that_it_touches() -> None:
    found = Period(date(2025, 12, 31), date(2026, 4, 1)).quarters
    assert [say_period(quarter) for quarter in found] == ["4. kvartal 2025", "1. kvartal 2026", "2. kvartal 2026"]


def test_periods_are_said_as_people_do() -> None:
    assert say_period(year_of(date(2026, 11, 29))) == "2026"
    assert say_period(Period(date(2026, 9, 1), date(2026, 11, 30))) == "1.9.2026–30.11.2026"
