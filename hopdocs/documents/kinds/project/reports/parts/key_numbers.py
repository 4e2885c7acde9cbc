"""How many families are where, as it may be told: a number under five says no more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.documents.kinds.project.reports.parts.work import area_name, areas_by_courses
from hopdocs.documents.kinds.project.reports.views import Fact, TextRow
from hopdocs.domain.project.numbers import WAITING, WITHDRAWN, say_count
from hopdocs.figures.suppression.protection import HIDDEN

if TYPE_CHECKING:
    from hopdocs.documents.kinds.project.reports.facts import ReportFacts

NOT_KEPT: Final = "kendes ikke"
"""Of a day that has passed, where nobody counted on it."""
RUNNING, NEW, ENDED = "i gang", "nye", "afsluttet"
"""What these are called among the numbers of all reports."""


def key_numbers(facts: ReportFacts) -> tuple[Fact, ...]:
    """Where the families are on the report's last day, and what happened in its days."""
    return (
        *count_courses(facts),
        Fact(name="Venter på samtykke", value=_kept(facts, WAITING), note="på den sidste dag"),
        Fact(
            name="Samtykket er trukket tilbage",
            value=HIDDEN if facts.is_untold(WITHDRAWN) else _kept(facts, WITHDRAWN),
            note="siden projektets start",
        ),
    )


def count_courses(facts: ReportFacts) -> tuple[Fact, ...]:
    """What follows from the courses' own days, whenever somebody counts."""
    running = sum(course.end is None for course in facts.courses)
    begun = sum(facts.is_within(course.consented) for course in facts.courses)
    ended = sum(facts.is_within(course.end) for course in facts.courses)
    return (
        Fact(name="I gang", value=tell_families(facts, RUNNING, running), note="på den sidste dag"),
        Fact(name="Nye", value=tell_families(facts, NEW, begun), note="alle har sagt ja i perioden"),
        Fact(name="Afsluttet", value=tell_families(facts, ENDED, ended), note="i perioden"),
    )


def tell_families(facts: ReportFacts, name: str, number: int) -> str:
    """A number of families, unless it is hidden for the other reports' sake."""
    return HIDDEN if facts.is_untold(name) else say_count(number)


def _kept(facts: ReportFacts, group: str) -> str:
    """What nobody wrote a day for can be counted on that day alone."""
    return say_count(facts.numbers.counts.get(group, 0)) if facts.numbers is not None else NOT_KEPT


def area_rows(facts: ReportFacts) -> tuple[TextRow, ...]:
    """By area: in how many of the courses that run it takes part."""
    return tuple(
        TextRow(cells=(area_name(facts.config, area), say_count(number)))
        for area, number in areas_by_courses(facts).items()
    )
