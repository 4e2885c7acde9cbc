from __future__ import annotations

from hopdocs.figures.groups import (
    ADULT_GROUPS,
    ADULTS,
    CHILD_GROUPS,
    CHILDREN,
    COUNTED,
    EXPERIENCED,
    by_criterion,
    by_group,
)
from hopdocs.figures.indicators import Verdict, list_series
from hopdocs.model.indicators import Subject
from tests.unit.figures.courses import course, measured, shipped_catalogue

LINES = (
    measured("b_trivsel", "2025-05", 5),
    measured("b_trivsel", "2025-11", 7),
    measured("b_sundhed", "2025-05", 5),
    measured("v_sundhed", "2025-05", 3, "mor"),
    measured("v_sundhed", "2026-05", 4, "mor"),
    measured("b_indsatstrin", "2025-05", 4),
    measured("b_indsatstrin", "2026-05", 2),
    measured("f_oplevelse_1", "2025-05", 4, ""),
    measured("f_oplevelse_1", "2026-05", 8, ""),
)


def test_health_of_children_and_of_adults_are_two_groups() -> None:
    found = {(item.who, item.name): item for item in by_group(list_series(course(measured=LINES), shipped_catalogue()))}
    assert [name for who, name in found if who == CHILDREN] == list(CHILD_GROUPS)
    assert [name for who, name in found if who == ADULTS] == list(ADULT_GROUPS)
    assert found[CHILDREN, "Trivsel"].verdict is Verdict.BETTER
    assert found[CHILDREN, "Sundhed"].verdict is Verdict.UNKNOWN
    assert found[ADULTS, "Sundhed"].verdict is Verdict.WORSE
    assert found[ADULTS, "Mobilitet"].series == ()


def test_every_group_that_the_catalogue_names_is_one_of_the_thirteen() -> None:
    for kind in shipped_catalogue().kinds:
        if kind.group is not None:
            names = ADULT_GROUPS if kind.who is Subject.VOKSEN else CHILD_GROUPS
            assert kind.group in names, kind.key


def test_every_indicator_of_a_criterion_is_in_the_catalogue() -> None:
    catalogue = shipped_catalogue()
    for criterion in (*EXPERIENCED, *COUNTED):
        for key in criterion.keys:
            assert catalogue.find(key) is not None, key


def test_a_criterion_has_the_series_that_it_is_judged_by() -> None:
    series = list_series(course(measured=LINES), shipped_catalogue())
    found = {criterion.number: outcome for criterion, outcome in by_criterion(series, (*EXPERIENCED, *COUNTED))}
    assert found["1"].verdict is Verdict.BETTER
    assert found["7f"].verdicts == {Verdict.BETTER: 1}
    assert found["7e"].series == ()
    assert found["2"].verdict is Verdict.UNKNOWN
