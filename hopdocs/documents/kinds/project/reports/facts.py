"""What a report about all families is filled from: the courses as they were known on its last day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.danish import day_and_month, month_name
from hopdocs.documents.kinds.project.reports.views import ReportHead
from hopdocs.domain.project.numbers import WAITING
from hopdocs.domain.project.periods import quarter_number
from hopdocs.domain.project.reports import ReportPeriod
from hopdocs.figures.project import stand_of
from hopdocs.model.project import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.domain.project.numbers import ProjectNumbers
    from hopdocs.figures.course import CourseFigures
    from hopdocs.model.config import Config
    from hopdocs.model.project import Project

TITLES: Final = {
    ReportKind.KVARTAL: "Status til styregruppen",
    ReportKind.MÅNED: "Statusrapport for projektet",
    ReportKind.JANUAR: "Status til fagudvalgene",
    ReportKind.MIDTVEJS: "Midtvejsevaluering",
    ReportKind.AFSLUTNING: "Afsluttende evaluering",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """One report, and everything that it may tell of. `numbers` are None where nobody kept those of its last day."""

    report: ReportPeriod
    project: Project
    config: Config
    courses: tuple[CourseFigures, ...]
    """All of which anything may be told, cut off at the report's last day."""
    numbers: ProjectNumbers | None
    waiting: tuple[CourseFigures, ...] = ()
    """Those that wait for consent today; none in a report of days that are over, on which others waited."""
    unread: int = 0
    untold: frozenset[str] = frozenset()
    """Which of its numbers the other reports of the run would give a small group away with."""

    def key_of(self, *number: str) -> str:
        """What one of its numbers is called among those of all reports."""
        return "|".join((self.report.key, *number))

    def is_untold(self, *number: str) -> bool:
        """Whether a number is hidden for the other reports' sake."""
        return self.key_of(*number) in self.untold

    @property
    def until(self) -> date:
        """The last day whose figures stand in it."""
        return self.report.until

    def is_within(self, day: date | None) -> bool:
        """Whether a day is one of the report's."""
        return day is not None and self.report.start <= day <= self.until


def facts_until(
    project: Project, config: Config, today: date, courses: Iterable[CourseFigures], numbers: ProjectNumbers
) -> ReportFacts:
    """All that may be told today, from the project's first day or the first course's."""
    every = tuple(courses)
    told = told_until(every, today)
    first = project.period.from_ if project.period is not None else min((item.start for item in told), default=today)
    report = ReportPeriod(ReportKind.AFSLUTNING, min(first, today), today, today)
    return ReportFacts(
        report=report,
        project=project,
        config=config,
        courses=told,
        numbers=numbers,
        waiting=waiting_of(every),
        unread=numbers.unread,
    )


def told_until(courses: Iterable[CourseFigures], until: date) -> tuple[CourseFigures, ...]:
    """The courses that all had said yes to by a day, with what was known by then, in the order of their cases."""
    told = [course for course in courses if course.is_told and course.consented and course.consented <= until]
    return tuple(sorted((stand_of(course, until) for course in told), key=lambda course: course.case))


def waiting_of(courses: Iterable[CourseFigures]) -> tuple[CourseFigures, ...]:
    """The courses that wait for consent."""
    return tuple(course for course in courses if course.group == WAITING)


def head_of(facts: ReportFacts) -> ReportHead:
    """Which report it is, and how far it has come."""
    report, entry = facts.report, facts.report.entry
    return ReportHead(
        project=facts.project.name or "",
        title=TITLES[report.kind],
        period=say_period(report),
        start=report.start,
        until=report.until,
        is_running=not report.is_over,
        approved=report.approved,
        summary=(entry.summary or "") if entry is not None else "",
    )


def say_period(report: ReportPeriod) -> str:
    """`3. kvartal 2026`, `oktober 2026`, `2025`, or the days of an evaluation."""
    match report.kind:
        case ReportKind.KVARTAL:
            return f"{quarter_number(report.start)}. kvartal {report.start.year}"
        case ReportKind.MÅNED:
            return month_name(report.start)
        case ReportKind.JANUAR:
            return str(report.start.year)
        case _:
            return f"{day_and_month(report.start)}–{day_and_month(report.end)}"
