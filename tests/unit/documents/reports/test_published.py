"""What everybody may read gives no small group away, by itself or by subtraction."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopdocs.documents.kinds.project.reports.evaluation import fill_evaluation
from hopdocs.documents.kinds.project.reports.january import fill_january
from hopdocs.documents.kinds.project.reports.kept import pack_context
from hopdocs.documents.kinds.project.reports.network import MunicipalityCourses, fill_network
from hopdocs.documents.kinds.project.reports.parts.effects import EffectRow
from hopdocs.documents.kinds.project.reports.parts.published import HIDDEN, find_hidden, tell_side_by_side
from hopdocs.figures.indicators import Verdict
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


@settings(max_examples=60)
@given(st.lists(numbers, min_size=3, max_size=3))
def test_no_hidden_number_of_a_row_can_be_worked_out_from_its_total(row: list[int]) -> None:
    total, hidden = sum(row), find_hidden(row)
    for at, number in enumerate(row):
        assert at in hidden or number == 0 or number >= 5
    if not hidden or total < 5:
        return
    rest = total - sum(number for at, number in enumerate(row) if at not in hidden)
    fitting = {
        guess
        for guess in product(range(rest + 1), repeat=len(hidden))
        if sum(guess) == rest and any(0 < number < 5 for number in guess)
    }
    for place, at in enumerate(sorted(hidden)):
        if 0 < row[at] < 5:
            assert len({guess[place] for guess in fitting}) > 1, row


@settings(max_examples=60)
@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=2, max_size=4))
def test_no_municipalitys_small_number_can_be_taken_from_the_sum_of_all(rows: list[tuple[int, int, int]]) -> None:
    tables = [[EffectRow("Trivsel", dict(zip(WAYS, row, strict=True)))] for row in rows]
    whole = [EffectRow("Trivsel", {way: sum(row[at] for row in rows) for at, way in enumerate(WAYS)})]
    *parts, together = tell_side_by_side(tables, whole)
    if any(0 < number < 5 for row in rows for number in row):
        assert all(set(table[0].cells[1:]) == {HIDDEN} for table in parts)
    else:
        told = [[int(cell) for cell in table[0].cells[1:] if cell.isdecimal()] for table in parts]
        assert all(sum(line[:-1]) == line[-1] for line in told)
    assert len(together) == 1
