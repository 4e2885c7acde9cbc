"""Days that are not working days, and whole months: what rules and figures count with."""

from __future__ import annotations

import calendar
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hopdocs.model.config import Config

_SATURDAY = 5
_SCHOOL_HOLIDAY_WEEKS = (28, 29, 30, 42)
_CHRISTMAS = ((12, 22), (12, 31))


def months_later(anchor: date, months: int) -> date:
    """The same day `months` later, or the month's last day if it has no such day.

    Data draws and consents count whole months (samarbejdsaftale 2023, Effektmåling): what begins on 31 August
    is due on 28 February, not on 3 March.
    """
    month = anchor.month - 1 + months
    year, month = anchor.year + month // 12, month % 12 + 1
    return date(year, month, min(anchor.day, calendar.monthrange(year, month)[1]))


def last_day_of(month: date) -> date:
    """The last day of the month that a day lies in."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def birthday(born: date, age: int) -> date:
    """The day on which somebody turns `age`; who is born on 29 February does so on 1 March (Danish practice)."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


@cache
def _holidays_of(year: int) -> dict[date, str]:
    import holidays  # noqa: PLC0415 - costs a fifth of a second, and most commands never ask

    # The list leaves out store bededag from 2024 on, as the law does.
    return dict(holidays.country_holidays("DK", years=year, language="da").items())


def holiday_name(day: date) -> str | None:
    """The public holiday that falls on `day`, by its Danish name."""
    return _holidays_of(day.year).get(day)


def is_weekend(day: date) -> bool:
    """Whether `day` is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def is_school_holiday(day: date) -> bool:
    """The weeks in which schools everywhere in Denmark are closed; the others differ from town to town."""
    start, end = _CHRISTMAS
    return day.isocalendar().week in _SCHOOL_HOLIDAY_WEEKS or start <= (day.month, day.day) <= end


def is_working_day(day: date, config: Config) -> bool:
    """Whether the municipality works: Monday to Friday, no holiday, none of its own closed days."""
    return not is_weekend(day) and holiday_name(day) is None and day not in config.closed_days
