"""Which months a series lacks: values by month have a rhythm, their closest two, and a gap where it is missed.

Values by day are taken when somebody had time, so that no day without one is a gap.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS_A_YEAR: Final = 12


def find_rhythm(days: Sequence[date]) -> int | None:
    """How many months lie between two values that follow each other; None of values by day."""
    if any(day.day != 1 for day in days):
        return None
    return max(min((months_apart(one, other) for one, other in pairwise(days)), default=1), 1)


def find_missed(days: Sequence[date]) -> tuple[date, ...]:
    """The months between the first and the last that should have a value and have none."""
    rhythm = find_rhythm(days)
    if rhythm is None:
        return ()
    return tuple(
        month for one, other in pairwise(days) for month in months_between(one, other, rhythm) if one < month < other
    )


def months_between(first: date, last: date, step: int) -> tuple[date, ...]:
    """The first days of months from the first one's month to the last one's, `step` months apart."""
    numbers = range(_number(first), _number(last) + 1, step)
    return tuple(date(number // _MONTHS_A_YEAR, number % _MONTHS_A_YEAR + 1, 1) for number in numbers)


def months_apart(first: date, last: date) -> int:
    """How many months lie from one day's month to another's."""
    return _number(last) - _number(first)


def _number(day: date) -> int:
    return day.year * _MONTHS_A_YEAR + day.month - 1
