from datetime import date

import pytest

from hopdocs.domain.project.periods import Period, quarter_number, quarter_of


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


@pytest.mark.parametrize(("month", "number"), [(1, 1), (3, 1), (4, 2), (12, 4)])
def test_a_quarter_has_its_number_in_the_year(month: int, number: int) -> None:
    assert quarter_number(date(2026, month, 15)) == number
