"""The periods that the project reports on: quarters, years, and the whole time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hopdocs.domain.calendar import months_later

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS_IN_QUARTER = 3
_MONTHS_IN_YEAR = 12
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From one day to another, both of them in it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The calendar quarters that it touches, whole ones."""
        return tuple(self._quarters())

    def _quarters(self) -> Iterator[Period]:
        found = quarter_of(self.first)
        while found.first <= self.last:
            yield found
            found = quarter_of(found.last + _ONE_DAY)


def quarter_of(day: date) -> Period:
    """The calendar quarter of a day."""
    first = day.replace(month=day.month - (day.month - 1) % _MONTHS_IN_QUARTER, day=1)
    return Period(first, months_later(first, _MONTHS_IN_QUARTER) - _ONE_DAY)


def year_of(day: date) -> Period:
    """The calendar year of a day."""
    first = day.replace(month=1, day=1)
    return Period(first, months_later(first, _MONTHS_IN_YEAR) - _ONE_DAY)


def say_period(period: Period) -> str:
    """`4. kvartal 2026`, `2026`, or from a day to a day: `1.9.2026–30.11.2026`."""
    if period == quarter_of(period.first):
        return f"{(period.first.month + 2) // _MONTHS_IN_QUARTER}. kvartal {period.first.year}"
    if period == year_of(period.first):
        return str(period.first.year)
    first, last = (f"{day.day}.{day.month}.{day.year}" for day in (period.first, period.last))
    return f"{first}–{last}"
