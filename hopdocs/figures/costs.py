"""What a course costs by month and area, and whether that falls (samarbejdsaftale 2023, succeskriterium 8).

A month without a line is a gap and no zero: an area without expenses in a month writes 0. A month with a gap is no
month to hold others against, so a verdict that would rest on one is not given.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile
from typing import TYPE_CHECKING

from hopdocs.danish import decimal
from hopdocs.domain.calendar import months_later

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from hopdocs.figures.course import CostLine, CourseFigures, Place
    from hopdocs.model.reports import Reports

_PERCENT = Decimal(100)


class CostTrend(StrEnum):
    """The verdict on a row of months, as a report says it."""

    STABLE = "stabil"
    FALL = "fald"
    RISE = "stigning"
    UNKNOWN = "uvist"


@dataclass(frozen=True, slots=True)
class CostVerdict:
    """The mean of the first months held against the mean of the last."""

    trend: CostTrend
    first_months: tuple[date, ...]
    """Those that count as the first; empty where there are too few months."""
    last_months: tuple[date, ...]
    first: Decimal | None
    """Kroner a month; None where a month of them has a gap."""
    last: Decimal | None
    change: Decimal | None
    """In percent of the first, below zero for a fall; None without both, and where the first is nothing."""
    why_unknown: str
    """A sentence that says what is missing; '' where there is a verdict."""
    at: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class CostTable:
    """All months from the first to the last that anything was written for, by the areas that wrote any."""

    months: tuple[date, ...]
    areas: tuple[str, ...]
    lines: Mapping[tuple[date, str], tuple[CostLine, ...]]
    """By month and area; several where one area wrote several lines of a month."""

    def amount(self, month: date, area: str) -> Decimal | None:
        """One area's expenses in one month, None where nothing was written."""
        found = self.lines.get((month, area))
        return sum((line.amount for line in found), Decimal(0)) if found else None

    def total(self, month: date) -> Decimal | None:
        """All areas' expenses in one month, None where one of them has written none."""
        amounts = [self.amount(month, area) for area in self.areas]
        written = [amount for amount in amounts if amount is not None]
        return sum(written, Decimal(0)) if len(written) == len(amounts) and written else None

    def sum_of(self, area: str) -> Decimal:
        """All that was written for one area."""
        return sum((line.amount for (_, of), lines in self.lines.items() if of == area for line in lines), Decimal(0))

    @property
    def sum(self) -> Decimal:
        """All that was written."""
        return sum((line.amount for lines in self.lines.values() for line in lines), Decimal(0))

    @property
    def gaps(self) -> tuple[tuple[date, str], ...]:
        """The months that an area has written nothing for, though others or other months have."""
        return tuple((month, area) for area in self.areas for month in self.months if (month, area) not in self.lines)

    def of_area(self, area: str) -> CostTable:
        """The same of one area alone, from its own first month to its own last."""
        return _table([line for (_, of), lines in self.lines.items() if of == area for line in lines], (area,))

    def verdict(self, rule: Reports) -> CostVerdict:
        """Whether it falls."""
        count = rule.cost_months
        if not count or len(self.months) < 2 * count:
            why = f"Der skal være udgifter for mindst {2 * count} måneder. Her er {len(self.months)}."
            return CostVerdict(CostTrend.UNKNOWN, (), (), None, None, None, why, ())
        heads, tails = self.months[:count], self.months[-count:]
        at = tuple(
            line.at for month in (*heads, *tails) for area in self.areas for line in self.lines.get((month, area), ())
        )
        first, last = self._mean(heads), self._mean(tails)
        if first is None or last is None:
            why = "Der mangler udgifter i en eller flere af de måneder, som holdes op mod hinanden."
            return CostVerdict(CostTrend.UNKNOWN, heads, tails, first, last, None, why, at)
        change = (last - first) / first * _PERCENT if first else None
        return CostVerdict(_trend(first, last, rule.cost_band), heads, tails, first, last, change, "", at)

    def _mean(self, months: tuple[date, ...]) -> Decimal | None:
        totals = [total for month in months if (total := self.total(month)) is not None]
        return sum(totals, Decimal(0)) / len(months) if len(totals) == len(months) else None


def cost_table(course: CourseFigures) -> CostTable:
    """The costs of one course; areas in the order in which they may share, then as written."""
    order = dict.fromkeys((*course.areas, *(line.area for line in course.costs)))
    return _table(course.costs, tuple(order))


def say_rule(rule: Reports) -> str:
    """The sentence that stands beside each verdict."""
    return (
        f"Gennemsnittet af de sidste {rule.cost_months} måneder holdes op mod gennemsnittet af de første "
        f"{rule.cost_months}. Er forskellen højst {decimal(rule.cost_band)} %, er udgiften stabil."
    )


def _table(lines: Iterable[CostLine], order: tuple[str, ...]) -> CostTable:
    by_place: dict[tuple[date, str], list[CostLine]] = {}
    for line in lines:
        by_place.setdefault((line.month, line.area), []).append(line)
    months = sorted({month for month, _ in by_place})
    written = {area for _, area in by_place}
    every = tuple(takewhile(lambda month: month <= months[-1], _months_from(months[0]))) if months else ()
    areas = tuple(area for area in order if area in written)
    return CostTable(every, areas, {place: tuple(found) for place, found in by_place.items()})


def _months_from(month: date) -> Iterator[date]:
    while True:
        yield month
        month = months_later(month, 1)


def _trend(first: Decimal, last: Decimal, band: Decimal) -> CostTrend:
    """By multiplication, so that a difference of just the band is stable and never a rounding away from it."""
    if abs(last - first) * _PERCENT <= band * abs(first):
        return CostTrend.STABLE
    return CostTrend.FALL if last < first else CostTrend.RISE
