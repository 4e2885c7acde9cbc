"""Counting in working days: Monday to Friday, less public holidays and the municipality's closed days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.domain.calendar import is_working_day

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.model.config import Config

_ONE_DAY = timedelta(days=1)


def working_days_before(day: date, count: int, config: Config) -> date:
    """The working day that lies `count` working days before `day`."""
    return _step(day, count, -_ONE_DAY, config)


def working_days_after(day: date, count: int, config: Config) -> date:
    """The working day that lies `count` working days after `day`."""
    return _step(day, count, _ONE_DAY, config)


def previous_working_day(day: date, config: Config) -> date:
    """`day`, or the last working day before it: if a law sets the limit, being early is safe."""
    return day if is_working_day(day, config) else working_days_before(day, 1, config)


def next_working_day(day: date, config: Config) -> date:
    """`day`, or the first working day after it: for targets we set ourselves."""
    return day if is_working_day(day, config) else working_days_after(day, 1, config)


def _step(day: date, count: int, step: timedelta, config: Config) -> date:
    while count > 0:
        day += step
        if is_working_day(day, config):
            count -= 1
    return day
