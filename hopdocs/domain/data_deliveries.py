"""Data draws: a family's services are counted at the start and at every half year (samarbejdsaftale 2023)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.domain.calendar import months_later

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.model.family import Family

AT_THE_END = -1
DRAW_LEAD = timedelta(days=31)
"""A count made so long before a data draw is due belongs to it."""


@dataclass(frozen=True, slots=True)
class DataDraw:
    """One data draw: how many months after the start, the day it is due, and when it was made.

    `months` is `AT_THE_END` for the last one, which no month counts.
    """

    months: int
    due: date
    made: date | None


def data_draws_of(family: Family, months: tuple[int, ...]) -> tuple[DataDraw, ...]:
    """The draws of a course, each with the first count that belongs to it: one is over when the next may begin."""
    counted = sorted(line.date for line in family.measurements.services) if family.measurements is not None else []
    days = [months_later(family.start_date, number) for number in months]
    ends = [day - DRAW_LEAD for day in days[1:]]
    draws = []
    for place, (number, due) in enumerate(zip(months, days, strict=True)):
        end = ends[place] if place < len(ends) else None
        own = (day for day in counted if due - DRAW_LEAD <= day and (end is None or day < end))
        draws.append(DataDraw(number, due, next(own, None)))
    return tuple(draws)


def final_draw_of(family: Family, ended: date) -> DataDraw:
    """The last draw of a course that ended on that day."""
    counted = [line.date for line in family.measurements.services] if family.measurements is not None else []
    return DataDraw(AT_THE_END, ended, min((day for day in counted if day >= ended), default=None))
