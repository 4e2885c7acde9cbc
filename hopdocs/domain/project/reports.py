"""Which reports about all families there are on a day, and what period each tells of. They follow from the period.

A report that is still running tells of whole months: its numbers stand still between the first of one month and the
first of the next, so that the passing of days alone makes no new edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.domain.calendar import months_later
from hopdocs.domain.project.periods import quarter_number, quarter_of
from hopdocs.model.project import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.model.project import Project, ProjectPeriod, ProjectReport

_ONE_DAY: Final = timedelta(days=1)
_EVALUATIONS: Final = frozenset({ReportKind.MIDTVEJS, ReportKind.AFSLUTNING})


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """One report: what kind, which days, and what people wrote for it."""

    kind: ReportKind
    start: date
    end: date
    until: date
    """The last day whose figures stand in it; before `end` while the period runs."""
    entry: ProjectReport | None = None

    @property
    def is_over(self) -> bool:
        """Whether the period is."""
        return self.until == self.end

    @property
    def approved(self) -> date | None:
        """When it was; none is approved before its last day has passed."""
        approved = self.entry.approved if self.entry is not None else None
        return approved if approved is not None and self.is_over and approved > self.end else None

    @property
    def key(self) -> str:
        """What tells it from the others of its kind, in file names: `2026-k3`, `2026-10`, `2025`, `midtvejs`."""
        match self.kind:
            case ReportKind.KVARTAL:
                return f"{self.start.year}-k{quarter_number(self.start)}"
            case ReportKind.MÅNED:
                return f"{self.start:%Y-%m}"
            case ReportKind.JANUAR:
                return str(self.start.year)
            case _:
                return self.kind.value

    def holds(self, entry: ProjectReport) -> bool:
        """Whether what people wrote is for this report. There is one mid-term evaluation, whatever its day is."""
        return entry.kind is self.kind and (self.kind in _EVALUATIONS or self.start <= entry.day <= self.end)


def midterm_of(period: ProjectPeriod) -> date:
    """The day that was named, or the one in the middle."""
    return period.midterm or period.from_ + (period.to - period.from_) / 2


def reports_on(project: Project, today: date) -> tuple[ReportPeriod, ...]:
    """All reports that there should be, the oldest of each kind first."""
    period = project.period
    if period is None or period.to < period.from_:
        return ()
    found = [*_quarters(period, today), *_januaries(period, today), *_months(project, period, today)]
    for kind, day in ((ReportKind.MIDTVEJS, midterm_of(period)), (ReportKind.AFSLUTNING, period.to)):
        if day < today:
            found.append(ReportPeriod(kind, period.from_, day, day))
    return tuple(_with_entry(item, project) for item in found)


def _with_entry(report: ReportPeriod, project: Project) -> ReportPeriod:
    entry = next((item for item in project.reports if report.holds(item)), None)
    return ReportPeriod(report.kind, report.start, report.end, report.until, entry)


def _quarters(period: ProjectPeriod, today: date) -> Iterator[ReportPeriod]:
    quarter = quarter_of(period.from_)
    while quarter.first <= min(period.to, today):
        start, end = max(quarter.first, period.from_), min(quarter.last, period.to)
        until = min(end, today.replace(day=1) - _ONE_DAY)
        if start <= until:
            yield ReportPeriod(ReportKind.KVARTAL, start, end, until)
        quarter = quarter_of(quarter.last + _ONE_DAY)


def _januaries(period: ProjectPeriod, today: date) -> Iterator[ReportPeriod]:
    for year in range(period.from_.year, min(period.to.year, today.year - 1) + 1):
        start, end = max(date(year, 1, 1), period.from_), min(date(year, 12, 31), period.to)
        yield ReportPeriod(ReportKind.JANUAR, start, end, end)


def _months(project: Project, period: ProjectPeriod, today: date) -> Iterator[ReportPeriod]:
    """The month behind us, and those that somebody wrote about: thirty reports of thirty months would tell nothing."""
    if not project.monthly_status:
        return
    last = (today.replace(day=1) - _ONE_DAY).replace(day=1)
    written = {item.day.replace(day=1) for item in project.reports if item.kind is ReportKind.MÅNED}
    for first in sorted({last, *written}):
        end = months_later(first, 1) - _ONE_DAY
        if first <= last and period.from_ <= end and first <= period.to:
            yield ReportPeriod(ReportKind.MÅNED, first, end, end)
