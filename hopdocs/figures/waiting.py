"""Waits for a decision that held a plan up: area by area, how long, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.domain.project.periods import Period
    from hopdocs.figures.course import CourseFigures, Wait


@dataclass(frozen=True, slots=True)
class WaitLine:
    """One wait of one course."""

    family: str
    case: str
    wait: Wait
    days: int
    """How long it took, or has taken by the day of the figures."""
    is_over: bool
    """Whether the decision has been made."""
    is_long: bool
    """Whether it is longer than the municipality wants."""


@dataclass(frozen=True, slots=True)
class WaitSummary:
    """Several waits of one area, or of all."""

    area: str
    number: int
    ongoing: int
    long: int
    median_days: float
    longest_days: int


def waits_of(course: CourseFigures, on: date, limit_days: int, period: Period | None = None) -> tuple[WaitLine, ...]:
    """The waits of one course until `on`, the longest first; of a period, those that lasted into it."""
    until = min(on, period.last) if period is not None else on
    asked = (wait for wait in course.waits if wait.applied <= until)
    lines = [
        _line(course, wait, until, limit_days)
        for wait in asked
        if period is None or wait.granted is None or wait.granted >= period.first
    ]
    return tuple(sorted(lines, key=lambda line: (-line.days, line.wait.area, line.wait.applied)))


def _line(course: CourseFigures, wait: Wait, until: date, limit_days: int) -> WaitLine:
    is_over = wait.granted is not None and wait.granted <= until
    waited = max(0, (course.last_day(until) - wait.applied).days)  # for the plan: nobody works with it after that
    days = wait.days_on(until) if is_over else waited
    return WaitLine(course.family, course.case, wait, days, is_over, days > limit_days)


def summarise_waits(lines: Iterable[WaitLine]) -> tuple[WaitSummary, ...]:
    """By area, those with the longest median first."""
    by_area: dict[str, list[WaitLine]] = {}
    for line in lines:
        by_area.setdefault(line.wait.area, []).append(line)
    found = [
        WaitSummary(
            area,
            len(of),
            sum(not line.is_over for line in of),
            sum(line.is_long for line in of),
            float(median(line.days for line in of)),
            max(line.days for line in of),
        )
        for area, of in by_area.items()
    ]
    return tuple(sorted(found, key=lambda item: (-item.median_days, item.area)))
