"""What everybody may read gives no small group away, by itself or by subtraction."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopdocs.documents.kinds.project.reports.evaluation import fill_evaluation
from hopdocs.documents.kinds.project.reports.january import fill_january
from hopdocs.documents.kinds.project.reports.kept import pack_context
from hopdocs.documents.kinds.project.reports.network import MunicipalityCourses, fill_network
from hopdocs.documents.kinds.project.reports.parts.effects import EffectRow
from hopdocs.documents.kinds.project.reports.parts.published import tell_side_by_side
from hopdocs.domain.project.reports import midterm_of
from hopdocs.figures.indicators import Verdict
from hopdocs.figures.suppression.protection import HIDDEN
from hopdocs.model.project import ReportKind
from tests.unit.documents.reports.many_courses import TODAY, facts_of, many_courses
from tests.unit.figures.courses import sample_config

if TYPE_CHECKING:
    from hopdocs.documents.views import Context

WAYS = (Verdict.BETTER, Verdict.SAME, Verdict.WORSE)
numbers = st.integers(0, 9)


def published() -> list[Context]:
    few = many_courses()[:9]
    found = [
        MunicipalityCourses(name="Vesterlyng Kommune", until=TODAY, courses=few),
        MunicipalityCourses(name="Østermarken Kommune", until=TODAY, courses=many_courses()[9:]),
    ]
    return [
        *(fill_january(facts_of(ReportKind.JANUAR, number=number)) for number in (3, 9, 60)),
        *(fill_evaluation(facts_of(ReportKind.AFSLUTNING, number=number)) for number in (3, 9, 60)),
        fill_network(found, 2026, sample_config(), "Netværket"),
    ]


def test_no_case_stands_in_what_is_published() -> None:
    text = "".join(map(pack_context, published()))
    assert not [course.case for course in many_courses() if course.case in text]
    assert not re.search(r"HOP-\d", text)


@pytest.mark.parametrize("number", [1, 4])
def test_of_fewer_than_five_families_no_number_is_told(number: int) -> None:
    found = fill_evaluation(facts_of(ReportKind.AFSLUTNING, number=number))
    for table in (found.experienced, found.counted, found.children, found.adults):
        for row in table:
            assert set(row.cells[1:]) <= {HIDDEN, "færre end 5", "–", "0"}
    assert all(row.cells[2].startswith("Vises ikke") for row in found.costs)
    assert found.cost_chart is found.experienced_chart is None
    assert {row.cells[2] for row in found.services} == {"–"}


def is_given_away(known: list[list[int]], cell: int) -> bool:
    """Whether what is known of the hidden cells, as sums of some of them, comes to one of them alone."""
    if not known:
        return False
    matrix = np.array(known, dtype=float)
    one = np.zeros((1, matrix.shape[1]))
    one[0, cell] = 1
    return int(np.linalg.matrix_rank(np.vstack([matrix, one]))) == int(np.linalg.matrix_rank(matrix))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=3))
def test_no_small_number_can_be_taken_from_totals_and_from_the_sum_of_all(rows: list[tuple[int, int, int]]) -> None:
    tables = [[EffectRow("Trivsel", dict(zip(WAYS, row, strict=True)))] for row in rows]
    whole = [EffectRow("Trivsel", {way: sum(row[at] for row in rows) for at, way in enumerate(WAYS)})]
    told = [table[0].cells[1:] for table in tell_side_by_side(tables, whole)]
    numbers_of = [[*row, sum(row)] for row in (*rows, tuple(whole[0].counts[way] for way in WAYS))]
    places = [(at, column) for at in range(len(told)) for column in range(4)]
    hidden = [place for place in places if told[place[0]][place[1]] == HIDDEN]
    for at, column in places:
        number = numbers_of[at][column]
        assert (at, column) in hidden or number == 0 or number >= 5
    sums = [
        *(((at, 3), [(at, column) for column in range(3)]) for at in range(len(told))),
        *(((len(rows), column), [(at, column) for at in range(len(rows))]) for column in range(4)),
    ]
    known = [[int(place in parts) - int(place == total) for place in hidden] for total, parts in sums]
    for number, place in enumerate(hidden):
        if 0 < numbers_of[place[0]][place[1]] < 5:
            assert not is_given_away([line for line in known if any(line)], number), (rows, told)


def test_no_area_with_few_families_in_one_year_is_given_away_by_the_reports_of_the_others() -> None:
    facts = facts_of(ReportKind.AFSLUTNING, number=12)
    assert facts.project.period is not None
    midterm = midterm_of(facts.project.period)
    left: dict[tuple[str, int, bool], set[str]] = defaultdict(set)
    for course in facts.courses:
        for line in course.costs:
            left[line.area, line.month.year, line.month > midterm].add(course.case)
    thin = {area for (area, _, _), cases in left.items() if len(cases) < 5}
    assert thin
    names = {str(code): area.name for code, area in facts.config.areas.items()}
    told = {row.cells[0]: row.cells[2] for row in fill_evaluation(facts).costs}
    assert {told[names[area]] for area in thin} <= {"Skjult", "Vises ikke: færre end 5 familier"}
    assert "Skjult" in told.values()


def test_where_municipalities_have_few_families_each_the_sum_is_told_all_the_same() -> None:
    rows = [(3, 2, 1), (2, 4, 1), (4, 0, 3)]
    tables = [[EffectRow("Trivsel", dict(zip(WAYS, row, strict=True)))] for row in rows]
    whole = [EffectRow("Trivsel", {way: sum(row[at] for row in rows) for at, way in enumerate(WAYS)})]
    *parts, [together] = tell_side_by_side(tables, whole)
    assert together.cells == ("Trivsel", "9", "6", "5", "20")
    assert {cell for [row] in parts for cell in row.cells[1:]} == {HIDDEN}
