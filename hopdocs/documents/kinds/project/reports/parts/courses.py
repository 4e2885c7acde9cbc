"""What the reports say of single courses, by case number: new ones, those that lack figures, those that stand still."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hopdocs.documents.kinds.project.groups import name_of
from hopdocs.documents.kinds.project.reports.parts.key_numbers import NOT_KEPT
from hopdocs.documents.kinds.project.reports.parts.work import area_name, in_order
from hopdocs.documents.kinds.project.reports.views import CaseRow, NewCourse
from hopdocs.domain.calendar import months_later
from hopdocs.figures.missing import find_missing, say_missing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.documents.kinds.project.reports.facts import ReportFacts
    from hopdocs.domain.project.numbers import CourseRow
    from hopdocs.figures.course import CourseFigures
    from hopdocs.figures.missing import Missing

UNNAMED: Final = "En indikator"
"""What an indicator of health is called beside a case number."""


def new_courses(facts: ReportFacts) -> tuple[NewCourse, ...]:
    """The courses that all said yes to in the report's days, and who works with them.

    That is the team of the report's last day, less what was taken back since.
    """
    running = {row.case: row for row in (facts.numbers.running if facts.numbers is not None else ())}
    return tuple(
        _new_course(facts, course, running.get(course.case))
        for course in facts.courses
        if facts.is_within(course.consented)
    )


def _new_course(facts: ReportFacts, course: CourseFigures, row: CourseRow | None) -> NewCourse:
    config, shared = facts.config, frozenset(course.areas)
    area_of = {str(key): person.area for key, person in config.staff.items()}
    on_team = [key for key in (row.staff if row is not None else ()) if area_of.get(key) in shared]
    return NewCourse(
        case=course.case,
        areas=tuple(area_name(config, area) for area in in_order(config, course.areas_at_work(facts.until))),
        staff=tuple(name_of(config, key) for key in on_team) if facts.numbers is not None else (NOT_KEPT,),
    )


def rows_missing_month(facts: ReportFacts, month: date) -> tuple[CaseRow, ...]:
    """The courses that lack figures of one month, and what else of them is overdue.

    A figure of health has no name here: that talks about alcohol are to be counted says of a case that somebody has
    them. And what lacks of an area that may not share any more is nobody's to ask for.
    """
    return tuple(_missing(facts, month))


def _missing(facts: ReportFacts, month: date) -> Iterator[CaseRow]:
    names = {str(code): area.name for code, area in facts.config.areas.items()}
    day = max(facts.until, months_later(month, 1))  # until it is over, nothing of a month is missing
    unnamed = {kind.label for kind in facts.config.catalogue.kinds if kind.health}
    for course in facts.courses:
        found = find_missing(course, facts.config.catalogue, day, is_monthly=True)
        lines = (_of_month(item, month) for item in found if not item.area or item.area in course.areas)
        said = (
            say_missing(replace(line, indicator=UNNAMED) if line.indicator in unnamed else line, names)
            for line in lines
            if line is not None
        )
        sentences = tuple(dict.fromkeys(said))  # two children's absence is one sentence
        if sentences:
            yield CaseRow(case=course.case, light="", sentences=sentences)


def _of_month(item: Missing, month: date) -> Missing | None:
    """The same of that month alone; None for what lacks other months."""
    if not item.months:
        return item if item.due is not None else None
    return replace(item, months=(month,), number=1) if month in item.months else None
