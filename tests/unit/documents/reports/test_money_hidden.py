"""A sum of few families' costs cannot be taken from the year's by subtracting the months that are drawn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from hopdocs.danish import money
from hopdocs.documents.kinds.project.reports.parts.money import cost_rows, draw_costs
from hopdocs.figures.course import CostLine, Place
from hopdocs.model.project import ReportKind
from tests.unit.documents.reports.many_courses import facts_of

if TYPE_CHECKING:
    from hopdocs.documents.kinds.project.reports.facts import ReportFacts

FEW, ALL = 4, 8


def year_of_eight(few_in: int) -> ReportFacts:
    """Eight families with 1.000 kr. a month in one area, and in one month only four of them."""
    facts = facts_of(ReportKind.JANUAR, number=60)
    months = [facts.report.start.replace(month=number, day=1) for number in range(1, 13)]

    def costs(at: int) -> tuple[CostLine, ...]:
        own = [month for month in months if at < FEW or month.month != few_in]
        return tuple(CostLine(month, "BF", Decimal(1000), Place("costs")) for month in own)

    courses = [replace(course, costs=costs(at)) for at, course in enumerate(facts.courses[:ALL])]
    return replace(facts, courses=tuple(courses))


def drawn(facts: ReportFacts) -> list[Decimal]:
    chart = draw_costs(facts)
    assert chart is not None
    (row,) = chart.rows
    return [value for value in row.values if value is not None]


def test_the_month_of_few_takes_another_with_it() -> None:
    facts = year_of_eight(few_in=3)
    (row,) = cost_rows(facts)
    assert row.cells[2] == money(Decimal(11 * ALL * 1000 + FEW * 1000))
    shown = drawn(facts)
    left = Decimal(11 * ALL * 1000 + FEW * 1000) - sum(shown)
    assert len(shown) == 10
    assert left > FEW * 1000


def test_a_year_of_many_is_drawn_whole() -> None:
    assert drawn(year_of_eight(few_in=0)) == [Decimal(ALL * 1000)] * 12
