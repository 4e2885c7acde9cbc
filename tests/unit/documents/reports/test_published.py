"""What everybody may read gives no small group away, by itself or by subtraction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hopdocs.documents.kinds.project.reports.evaluation import fill_evaluation
from hopdocs.documents.kinds.project.reports.january import fill_january
from hopdocs.documents.kinds.project.reports.kept import pack_context
from hopdocs.documents.kinds.project.reports.network import MunicipalityCourses, fill_network
from hopdocs.documents.kinds.project.reports.parts.effects import EffectRow
from hopdocs.documents.kinds.project.reports.parts.published import (
    draw_effects,
    tell_effects,
    tell_parts,
    tell_side_by_side,
)
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


@pytest.mark.parametrize("row", [(3, 0, 0), (1, 2, 0), (0, 0, 12), (0, 5, 0)])
def test_a_row_of_few_or_of_families_that_all_went_one_way_says_nothing_at_all(row: tuple[int, int, int]) -> None:
    """`skjult, 0, 0, skjult` says of each of them that it got better."""
    [[told]] = tell_effects([EffectRow("Trivsel", dict(zip(WAYS, row, strict=True)))])
    assert told.cells == ("Trivsel", *[HIDDEN] * 4)
    assert draw_effects("Hvordan det er gået", [told]) is None
    assert set(tell_parts(row)) == {HIDDEN}


def test_a_row_of_many_who_went_several_ways_keeps_its_noughts() -> None:
    told = {"Trivsel": (7, 0, 6), "Sundhed": (0, 0, 0)}
    rows = [EffectRow(name, dict(zip(WAYS, row, strict=True))) for name, row in told.items()]
    assert [row.cells[1:] for row in tell_effects(rows)[0]] == [("7", "0", "6", "13"), ("–", "–", "–", "0")]
    assert tell_parts((7, 0, 6)) == ("7", "0", "6")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=2, max_size=3))
@example([(3, 0, 0), (9, 5, 0)])
@example([(0, 8, 0), (9, 5, 6)])
@example([(3, 0, 0), (2, 4, 1), (4, 2, 4)])
def test_the_other_municipalities_do_not_say_that_all_of_one_went_the_same_way(
    rows: list[tuple[int, int, int]],
) -> None:
    whole = tuple(map(sum, zip(*rows, strict=True)))
    every = [[EffectRow("Trivsel", dict(zip(WAYS, row, strict=True)))] for row in (*rows, whole)]
    told = [table[0].cells[1:] for table in tell_side_by_side(every[:-1], every[-1])]
    hidden = [(at, column) for at in range(len(told)) for column in range(4) if told[at][column] == HIDDEN]
    sums = [
        *([(at, 3), *((at, way) for way in range(3))] for at in range(len(told))),
        *([(len(rows), column), *((at, column) for at in range(len(rows)))] for column in range(4)),
    ]
    known = [[int(place == line[0]) - int(place in line[1:]) for place in hidden] for line in sums]
    for at, row in enumerate(rows):
        noughts = [(at, way) for way in range(3) if not row[way] and whole[way]]
        if sum(row) == max(row) > 0 and noughts and max(whole) < sum(whole):
            assert any(not is_given_away(known, hidden.index(place)) for place in noughts if place in hidden)


@pytest.mark.parametrize("rows", [((1, 1, 1), (1, 1, 1)), ((9, 5, 0), (3, 0, 0)), ((9, 5, 6), (3, 2, 1), (0, 0, 0))])
def test_of_two_municipalities_no_sum_is_told_that_one_could_take_its_own_from(
    rows: tuple[tuple[int, int, int]],
) -> None:
    tables = [[EffectRow("Trivsel", dict(zip(WAYS, row, strict=True)))] for row in rows]
    whole = [EffectRow("Trivsel", {way: sum(row[at] for row in rows) for at, way in enumerate(WAYS)})]
    *parts, [together] = tell_side_by_side(tables, whole)
    assert any(HIDDEN in row.cells for [row] in parts)
    assert set(together.cells[1:]) == {HIDDEN}


def test_two_municipalities_with_families_enough_are_told_together() -> None:
    rows = ((9, 5, 6), (7, 8, 6))
    tables = [[EffectRow("Trivsel", dict(zip(WAYS, row, strict=True)))] for row in rows]
    *_, [together] = tell_side_by_side(tables, [EffectRow("Trivsel", dict(zip(WAYS, (16, 13, 12), strict=True)))])
    assert together.cells == ("Trivsel", "16", "13", "12", "41")


def test_where_municipalities_have_few_families_each_the_sum_is_told_all_the_same() -> None:
    rows = [(3, 2, 1), (2, 4, 1), (4, 0, 3)]
    tables = [[EffectRow("Trivsel", dict(zip(WAYS, row, strict=True)))] for row in rows]
    whole = [EffectRow("Trivsel", {way: sum(row[at] for row in rows) for at, way in enumerate(WAYS)})]
    *parts, [together] = tell_side_by_side(tables, whole)
    assert together.cells == ("Trivsel", "9", "6", "5", "20")
    assert {cell for [row] in parts for cell in row.cells[1:]} == {HIDDEN}
