"""Early warning as the reports show it: the courses that are not green, by case number, with what was seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hopdocs.danish import capitalise
from hopdocs.documents.kinds.project.reports.views import CaseRow
from hopdocs.domain.project.numbers import say_count
from hopdocs.figures.course import TOVHOLDER_AT_WORK
from hopdocs.figures.warning import Light, count_long_waits, early_warnings, list_rules

if TYPE_CHECKING:
    from hopdocs.documents.kinds.project.reports.facts import ReportFacts
    from hopdocs.model.config import Config


def warning_rows(facts: ReportFacts, *, is_today: bool = False) -> tuple[CaseRow, ...]:
    """The red ones first. Who is at work is known of today alone, so no other day's report says anything of it."""
    running = (course for course in facts.courses if course.end is None)
    courses = running if is_today else (replace(course, tovholder=TOVHOLDER_AT_WORK) for course in running)
    of_cases = tuple(
        CaseRow(case=found.case, light=capitalise(found.light.value), sentences=tuple(it.seen for it in found.signals))
        for found in early_warnings(courses, facts.config, facts.until)
        if found.light is not Light.GREEN
    )
    return (*of_cases, *_long_waits(facts))


def _long_waits(facts: ReportFacts) -> tuple[CaseRow, ...]:
    """One row for all that wait for consent: a row each would tell a small number of them, and the days of each."""
    number = count_long_waits(facts.waiting, facts.config, facts.until)
    if not number:
        return ()
    days = facts.config.reports.consent_wait_days
    told = capitalise(say_count(number))
    sentence = f"{told} venter på samtykke mere end {days} dage efter startdatoen."
    return (CaseRow(case="Uden sagsnummer", light=capitalise(Light.AMBER.value), sentences=(sentence,)),)


def warning_rules(config: Config) -> tuple[str, ...]:
    """By which rule a course is red or yellow: a sentence a light."""
    rules = list_rules(config)
    return tuple(
        f"{capitalise(light.value)}: {' '.join(rule.seen for rule in rules if rule.light is light)}" for light in Light
    )
