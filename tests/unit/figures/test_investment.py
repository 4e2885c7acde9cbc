"""An estimate of what was saved, with every doubt counted against it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from hopdocs.figures.course import CostLine, CourseFigures, CourseMember, Place
from hopdocs.figures.investment import compare_costs, say_assumptions, say_result
from hopdocs.model.reports import Investment
from tests.unit.figures.test_gathering import figures_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hopdocs.figures.investment import InvestmentFigures

START = date(2025, 11, 1)


def month(number: int) -> date:
    """The first is November 2025."""
    count = START.month - 1 + number - 1
    return date(START.year + count // 12, count % 12 + 1, 1)


def course(case: str, **areas: Sequence[int | None]) -> CourseFigures:
    lines = [
        CostLine(month(number), area, Decimal(amount), Place(""))
        for area, amounts in areas.items()
        for number, amount in enumerate(amounts, start=1)
        if amount is not None
    ]
    members = (CourseMember("a", is_child=False), CourseMember("b", is_child=True))
    return CourseFigures(
        family=case, case=case, group="active", state="aktiv", start=START, members=members, costs=tuple(lines)
    )


def rule(**keys: Any) -> Investment:
    return Investment.model_validate(keys)


def saved(figures: InvestmentFigures) -> list[Decimal | None]:
    [row] = figures.rows
    return [line.saved for line in row.months]


def test_the_first_months_are_the_measure_and_are_not_measured() -> None:
    figures = compare_costs([course("1", BF=(100, 200, 300, 150, 250))], rule(months=3))
    assert saved(figures) == [None, None, None, 50, -50]
    assert figures.net == 0


def test_a_month_without_a_figure_is_no_saving_and_a_zero_is_one() -> None:
    figures = compare_costs([course("1", BF=(100, 100, 100, None, 0))], rule(months=3))
    assert saved(figures) == [None, None, None, None, 100]


def test_a_gap_in_the_first_months_makes_the_measure_lower() -> None:
    figures = compare_costs([course("1", BF=(300, None, 300, 200))], rule(months=3))
    assert saved(figures)[-1] == 0


def test_an_area_that_comes_in_later_only_costs_more() -> None:
    figures = compare_costs([course("1", BF=(100, 100, 40), HP=(None, None, 50))], rule(months=2))
    assert {line.area: line.net for line in figures.areas if line.area} == {"BF": 60, "HP": -50}


def test_the_work_costs_from_the_first_month_and_pays_for_itself_later() -> None:
    figures = compare_costs([course("1", BF=(100, 100, 70, 70, 70))], rule(months=2, effort=15))
    assert [line.so_far for line in figures.months] == [-15, -30, -15, 0, 15]
    assert figures.break_even == month(4)


def test_what_is_lost_again_is_not_earned() -> None:
    figures = compare_costs([course("1", BF=(100, 50, 200, 40, 40))], rule(months=1))
    assert [line.so_far for line in figures.months] == [0, 50, -50, 10, 70]
    assert figures.break_even == month(4)


def test_nothing_is_earned_before_anything_is_compared() -> None:
    short = course("1", BF=(100, 100, 100))
    figures = compare_costs([short], rule(months=3))
    assert figures.break_even is None
    assert figures.too_short == ("1",)
    assert say_result(figures) == ("Der er ingen måneder at sammenligne endnu.",)


def test_a_course_that_costs_more_has_not_paid_for_itself() -> None:
    figures = compare_costs([course("1", BF=(100, 150))], rule(months=1))
    assert say_result(figures) == (
        "Til og med december 2025 er der brugt mere: 50\u00a0kr.",
        "Indsatsen er endnu ikke tjent hjem.",
    )


def test_a_stated_baseline_holds_from_the_first_month_and_grows_by_whole_years() -> None:
    stated = rule(method="fixed", baseline={"BF": "100,10"}, growth=3)
    figures = compare_costs([course("1", BF=[0] * 14)], stated)
    assert saved(figures) == [Decimal("100.10")] * 12 + [Decimal("103.10")] * 2


def test_a_trend_is_drawn_on_and_never_below_nothing() -> None:
    figures = compare_costs([course("1", BF=(300, 200, 100, 0, 0, 50))], rule(method="trend", months=3))
    assert saved(figures) == [None, None, None, 0, 0, -50]


def test_a_trend_is_the_line_of_least_squares() -> None:
    amounts = (130, 90, 160, 150, 210, 180, 170, 260)
    figures = compare_costs([course("1", BF=amounts)], rule(method="trend", months=5))
    slope, start = np.polyfit(range(1, 6), amounts[:5], 1)
    expected = [round(start + slope * number, 2) for number in (6, 7, 8)]
    assert [float(line.baseline or 0) for line in figures.rows[0].months[5:]] == pytest.approx(expected)


def test_areas_pay_for_the_work_as_was_agreed() -> None:
    shared = rule(months=1, effort=10, share_area={"BF": 75, "DU": 25})
    figures = compare_costs([course("1", BF=(100, 60)), course("2", BF=(100, 100))], shared)
    assert {line.area: line.effort for line in figures.areas} == {"BF": 30, "DU": 10}
    assert {line.area: line.net for line in figures.areas} == {"BF": 10, "DU": -10}
    assert sum(line.net for line in figures.areas) == figures.net


def test_the_sums_are_those_of_another_calculation() -> None:
    """The sample family's rows in pandas."""
    sample = figures_of("hop-2025-003.yaml")
    figures = compare_costs([sample], rule(months=3, effort=500))
    frame = pd.DataFrame([(line.month, line.area, float(line.amount)) for line in sample.costs], columns=list("mak"))
    wide = frame.pivot_table(index="m", columns="a", values="k", aggfunc="sum")
    level = wide.iloc[:3].fillna(0).mean()
    net = (level - wide.iloc[3:]).sum(axis=1).reindex(wide.index, fill_value=0) - 500
    assert [float(line.so_far) for line in figures.months] == pytest.approx(list(net.cumsum()))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({}, ("gennemsnittet af forløbets første 3 måneder", "egen udgift er ikke regnet med", "kontrolgruppe")),
        ({"method": "fixed", "baseline": {"BF": 40000}}, ("Børn og Familie 40.000\u00a0kr.",)),
        ({"method": "trend", "months": 6}, ("udviklingen i forløbets første 6 måneder",)),
        ({"growth": "2,5"}, ("vokser 2,5 %",)),
        ({"effort": 4500, "share_area": {"BF": 100}}, ("koster 4.500\u00a0kr.", "betales af Børn og Familie 100 %")),
    ],
)
def test_what_a_result_rests_on_is_said_beside_it(keys: Mapping[str, Any], words: tuple[str, ...]) -> None:
    said = " ".join(say_assumptions(rule(**keys), {"BF": "Børn og Familie"}))
    assert [word for word in words if word not in said] == []
