"""The periods that the project's figures are of, and the calendar's quarters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hopdocs.domain.calendar import months_later

_MONTHS_IN_QUARTER: Final = 3
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From one day to another, both of them in it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


def quarter_of(day: date) -> Period:
    """The calendar quarter of a day."""
    first = day.replace(month=day.month - (day.month - 1) % _MONTHS_IN_QUARTER, day=1)
    return Period(first, months_later(first, _MONTHS_IN_QUARTER) - _ONE_DAY)


def quarter_number(day: date) -> int:
    """Which quarter of its year a day lies in, 1 to 4."""
    return (day.month - 1) // _MONTHS_IN_QUARTER + 1
