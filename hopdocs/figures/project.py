"""All courses of a project added up: key numbers of a period, how it went until its end, and what that rests on.

A course counts from the day all have said yes until its last day. Of a course that was taken back nothing is told but
that it was there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Final

from hopdocs.domain.data_deliveries import AT_THE_END
from hopdocs.domain.project.numbers import CLOSED, WAITING, WITHDRAWN
from hopdocs.figures.conduct import Process, process_of
from hopdocs.figures.costs import CostTable, CostTrend, CostVerdict, cost_table
from hopdocs.figures.groups import MANAGES, Outcome, by_criterion, by_group
from hopdocs.figures.indicators import Series, Verdict, list_series
from hopdocs.figures.missing import Missing, find_missing
from hopdocs.figures.services import ServiceTable, service_table
from hopdocs.figures.waiting import WaitLine, waits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from hopdocs.domain.project.periods import Period
    from hopdocs.figures.course import CourseFigures
    from hopdocs.figures.groups import Criterion
    from hopdocs.model.config import Config
    from hopdocs.model.indicators import IndicatorKind

_NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class CourseResult:
    """One course as it stood on the last day of a period, and what follows from it."""

    course: CourseFigures
    is_active: bool
    process: Process
    """In the period."""
    series: tuple[Series, ...]
    costs: CostTable
    cost_verdict: CostVerdict
    services: ServiceTable
    waits: tuple[WaitLine, ...]
    """Those that lasted into the period."""
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """The numbers of one period."""

    period: Period
    active: int
    """On its last day."""
    new: int
    """All have said yes in it."""
    closed: int
    """Ended in it."""
    held: int
    """Follow-ups that were held in it."""
    due: int
    """Follow-ups that would have been held in it, had each come in time."""
    intervals: int
    kept: int
    """Of the intervals, those no longer than the rhythm."""
    overdue: int
    """Courses in which a follow-up should have been held by its last day and was not."""
    tovholder_shifts: int
    adviser_shifts: int

    @property
    def kept_share(self) -> float | None:
        """Of the intervals; None where there is none."""
        return self.kept / self.intervals if self.intervals else None


@dataclass(frozen=True, slots=True)
class AreaNumbers:
    """One area's part of the work."""

    area: str
    active: int
    """Courses that it was part of on the last day."""
    asked: int
    came: int
    cost: Decimal
    """All that was written for the period."""


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator of all courses."""

    kind: IndicatorKind
    families: int
    """Courses with a first and a latest value."""
    number: int
    """Series with a first and a latest value."""
    single: int
    """Series with one value alone."""
    verdicts: Mapping[Verdict, int]
    mean_before: Decimal | None
    mean_after: Decimal | None
    median_change: Decimal | None


@dataclass(frozen=True, slots=True)
class DrawResult:
    """One draw of all courses that made it."""

    months: int
    number: int
    """Courses with a count of every area that they are counted by."""
    mean: Decimal | None
    median: Decimal | None
    by_area: Mapping[str, Decimal]
    """The mean of the courses in which that area was counted."""
    mean_change: Decimal | None
    """Since the first draw, of the courses that made both."""


@dataclass(frozen=True, slots=True)
class CostMonth:
    """One month's expenses of the courses that have written them whole."""

    month: date
    families: int
    total: Decimal
    mean: Decimal
    median: Decimal


@dataclass(frozen=True, slots=True)
class CostResult:
    """The expenses of all courses."""

    trends: Mapping[CostTrend, int]
    families: int
    """Courses with a verdict."""
    mean_first: Decimal | None
    """The mean of their first months, in kroner a month and family."""
    mean_last: Decimal | None
    months: tuple[CostMonth, ...]


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """All courses in a period and until its end."""

    results: tuple[CourseResult, ...]
    """The courses that may be told of and had begun, by case number."""
    numbers: KeyNumbers
    waiting: int
    """For consent, on the day of the figures."""
    withdrawn: int
    managed: int
    """Closed by the end of the period because the family manages (criterion 7e)."""
    closed: int
    """Closed by the end of the period."""
    areas: tuple[AreaNumbers, ...]
    waits: tuple[WaitLine, ...]
    """The longest first."""
    indicators: tuple[IndicatorResult, ...]
    """In the catalogue's order; those with a value."""
    draws: tuple[DrawResult, ...]
    costs: CostResult
    children_attended: int
    children_away: int
    children_unsaid: int
    children_reasons: Mapping[str, int]

    @property
    def series(self) -> tuple[Series, ...]:
        """Of all courses."""
        return tuple(series for result in self.results for series in result.series)

    @property
    def groups(self) -> tuple[Outcome, ...]:
        """The children's six groups and the adults' seven."""
        return by_group(self.series)

    def criteria(self, criteria: Iterable[Criterion]) -> tuple[tuple[Criterion, Outcome], ...]:
        """How these criteria went."""
        return by_criterion(self.series, criteria)

    @property
    def missing(self) -> Mapping[str, int]:
        """In how many courses something of each kind is missing."""
        return Counter(kind for result in self.results for kind in {item.kind for item in result.missing})


def project_figures(courses: Iterable[CourseFigures], config: Config, period: Period, on: date) -> ProjectFigures:
    """The figures of a period as they are on a day: `on`, or the period's last day when that has passed."""
    every = sorted(courses, key=lambda course: course.case)
    until = min(on, period.last)
    begun = [course for course in every if course.is_told and (course.consented or course.start) <= until]
    results = tuple(_result(stand_of(course, until), config, period, until) for course in begun)
    groups = Counter(course.group for course in every)
    closed = [course for course in begun if course.group == CLOSED and course.end is not None and course.end <= until]
    children = [child for result in results for child in result.process.children]
    reasons: Counter[str] = Counter()
    for child in children:
        reasons.update(child.reasons)
    waits = (line for result in results for line in result.waits)
    return ProjectFigures(
        results=results,
        numbers=_numbers(results, period, until),
        waiting=groups[WAITING],
        withdrawn=groups[WITHDRAWN],
        managed=sum(course.closing == MANAGES for course in closed),
        closed=len(closed),
        areas=tuple(_area(area, results, period, until) for area in config.areas),
        waits=tuple(sorted(waits, key=lambda line: (-line.days, line.case))),
        indicators=tuple(found for kind in config.catalogue.kinds if (found := _indicator(kind, results)) is not None),
        draws=tuple(_draw(months, results) for months in (*config.deadlines.data_draws_months, AT_THE_END)),
        costs=_costs(results, period),
        children_attended=sum(child.attended for child in children),
        children_away=sum(child.stayed_away for child in children),
        children_unsaid=sum(child.unsaid for child in children),
        children_reasons=dict(reasons.most_common()),
    )


def stand_of(course: CourseFigures, on: date) -> CourseFigures:
    """A course as it was known on a day: a report of a period that is over tells of nothing that came later."""
    return replace(
        course,
        end=_by(course.end, on),
        lapsed=course.lapsed if course.lapsed is not None and course.lapsed < on else None,
        closing=course.closing if _by(course.end, on) else "",
        measured=tuple(line for line in course.measured if line.month <= on),
        draws=tuple(
            draw if _by(draw.made, on) else replace(draw, made=None, counts={})
            for draw in course.draws
            if draw.months != AT_THE_END or draw.due <= on
        ),
        costs=tuple(line for line in course.costs if line.month <= on),
        meetings=tuple(meeting for meeting in course.meetings if meeting.date <= on),
        at_work=tuple(replace(it, last=_by(it.last, on)) for it in course.at_work if it.first <= on),
        shifts=tuple(shift for shift in course.shifts if shift.date <= on),
        waits=tuple(replace(wait, granted=_by(wait.granted, on)) for wait in course.waits if wait.applied <= on),
        baseline=_by(course.baseline, on),
        final=_by(course.final, on),
    )


def _by(day: date | None, on: date) -> date | None:
    return day if day is not None and day <= on else None


def _result(course: CourseFigures, config: Config, period: Period, until: date) -> CourseResult:
    costs = cost_table(course)
    return CourseResult(
        course=course,
        is_active=course.end is None,
        process=process_of(course, until, period),
        series=list_series(course, config.catalogue),
        costs=costs,
        cost_verdict=costs.verdict(config.reports),
        services=service_table(course),
        waits=waits_of(course, until, config.deadlines.waiting_time, period),
        missing=find_missing(course, config.catalogue, until, is_monthly=config.deadlines.monthly_registration),
    )


def _numbers(results: Sequence[CourseResult], period: Period, until: date) -> KeyNumbers:
    processes = [result.process for result in results]
    return KeyNumbers(
        period=period,
        active=sum(result.is_active for result in results),
        new=sum((result.course.consented or result.course.start) in period for result in results),
        closed=sum(
            result.course.group == CLOSED and period.first <= result.course.end <= until
            for result in results
            if result.course.end is not None
        ),
        held=sum(len(process.held) for process in processes),
        due=sum(len(process.due) for process in processes),
        intervals=sum(len(process.intervals) for process in processes),
        kept=sum(process.kept for process in processes),
        overdue=sum(result.process.is_overdue and result.is_active for result in results),
        tovholder_shifts=sum(len(process.tovholder_shifts) for process in processes),
        adviser_shifts=sum(len(process.adviser_shifts) for process in processes),
    )


def _area(area: str, results: Sequence[CourseResult], period: Period, until: date) -> AreaNumbers:
    own = [line for result in results for line in result.process.attendance if line.area == area]
    lines = [line for result in results for line in result.course.costs if line.area == area]
    return AreaNumbers(
        area,
        active=sum(result.is_active and area in result.course.areas_at_work(until) for result in results),
        asked=sum(line.asked for line in own),
        came=sum(line.came for line in own),
        cost=sum((line.amount for line in lines if line.month in period), _NOTHING),
    )


def _indicator(kind: IndicatorKind, results: Sequence[CourseResult]) -> IndicatorResult | None:
    series = [(result.course.family, item) for result in results for item in result.series if item.kind is kind]
    if not series:
        return None
    pairs = [(family, item.before.value, item.after.value) for family, item in series if item.after is not None]
    return IndicatorResult(
        kind,
        families=len({family for family, _, _ in pairs}),
        number=len(pairs),
        single=len(series) - len(pairs),
        verdicts=Counter(item.verdict for _, item in series if item.after is not None),
        mean_before=_mean(before for _, before, _ in pairs),
        mean_after=_mean(after for _, _, after in pairs),
        median_change=_median(after - before for _, before, after in pairs),
    )


def _draw(months: int, results: Sequence[CourseResult]) -> DrawResult:
    totals: dict[str, Decimal] = {}
    changes: list[Decimal] = []
    by_area: dict[str, list[Decimal]] = {}
    for result in results:
        table = result.services
        draw = next((draw for draw in table.made if draw.months == months), None)
        if draw is None:
            continue
        for area, count in draw.counts.items():
            by_area.setdefault(area, []).append(Decimal(count))
        total = table.total(draw)
        first = next((table.total(one) for one in table.made if one.months == 0), None)
        if total is not None:
            totals[result.course.family] = Decimal(total)
            changes += [Decimal(total - first)] if first is not None else []
    means = {area: sum(counts, _NOTHING) / len(counts) for area, counts in by_area.items()}
    return DrawResult(months, len(totals), _mean(totals.values()), _median(totals.values()), means, _mean(changes))


def _costs(results: Sequence[CourseResult], period: Period) -> CostResult:
    verdicts = [result.cost_verdict for result in results if result.costs.months]
    judged = [item for item in verdicts if item.trend is not CostTrend.UNKNOWN]
    by_month: dict[date, list[Decimal]] = {}
    for result in results:
        for month in result.costs.months:
            total = result.costs.total(month)
            if total is not None and month in period:
                by_month.setdefault(month, []).append(total)
    return CostResult(
        trends=Counter(item.trend for item in verdicts),
        families=len(judged),
        mean_first=_mean(item.first for item in judged if item.first is not None),
        mean_last=_mean(item.last for item in judged if item.last is not None),
        months=tuple(
            CostMonth(month, len(of), sum(of, _NOTHING), sum(of, _NOTHING) / len(of), median(of))
            for month, of in sorted(by_month.items())
        ),
    )


def _mean(values: Iterable[Decimal]) -> Decimal | None:
    found = list(values)
    return sum(found, _NOTHING) / len(found) if found else None


def _median(values: Iterable[Decimal]) -> Decimal | None:
    found = list(values)
    middle: Callable[[list[Decimal]], Decimal] = median
    return middle(found) if found else None
