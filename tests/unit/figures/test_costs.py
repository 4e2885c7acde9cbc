from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
import yaml

from hopdocs.figures.costs import CostTrend, cost_table, say_rule
from hopdocs.model.reports import Reports
from tests.unit.figures.courses import FJORDGLIMT, ROOT, cost, course, month, sample_course

RULE = Reports()
MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06")


def verdict_of(*amounts: int | str) -> CostTrend:
    lines = tuple(cost(on, "BF", amount) for on, amount in zip(MONTHS, amounts, strict=True))
    return cost_table(course(costs=lines)).verdict(RULE).trend


def test_the_means_are_those_of_the_file() -> None:
    raw = pd.DataFrame(yaml.safe_load((ROOT / "families" / FJORDGLIMT).read_text("utf-8"))["measurements"]["costs"])
    by_month = raw.groupby("month")["amount"].sum().sort_index()
    first, last = by_month.head(3).mean(), by_month.tail(3).mean()
    found = cost_table(sample_course(FJORDGLIMT)).verdict(RULE)
    assert found.first is not None
    assert found.last is not None
    assert found.change is not None
    assert float(found.first) == pytest.approx(first)
    assert float(found.last) == pytest.approx(last)
    assert float(found.change) == pytest.approx((last / first - 1) * 100)
    assert found.trend is CostTrend.FALL
    compared = [*sorted(set(raw["month"]))[:3], *sorted(set(raw["month"]))[-3:]]
    assert len(found.at) == raw["month"].isin(compared).sum()


def test_a_difference_of_just_the_band_is_stable() -> None:
    assert verdict_of(100, 100, 100, 103, 103, 103) is CostTrend.STABLE
    assert verdict_of(100, 100, 100, 97, 97, 97) is CostTrend.STABLE
    assert verdict_of(100, 100, 100, "103.01", "103.01", "103.01") is CostTrend.RISE
    assert verdict_of(100, 100, 100, "96.99", "96.99", "96.99") is CostTrend.FALL


def test_nothing_that_stays_nothing_is_stable_and_has_no_percentage() -> None:
    assert verdict_of(0, 0, 0, 0, 0, 0) is CostTrend.STABLE
    assert verdict_of(0, 0, 0, 1, 0, 0) is CostTrend.RISE


def test_a_month_that_an_area_left_out_is_a_gap_and_no_zero() -> None:
    lines = (*(cost(on, "BF", 100) for on in MONTHS), *(cost(on, "BES", 50) for on in MONTHS[1:]))
    table = cost_table(course(costs=lines))
    assert table.gaps == ((month("2025-01"), "BES"),)
    assert table.total(month("2025-01")) is None
    assert table.total(month("2025-02")) == 150
    found = table.verdict(RULE)
    assert found.trend is CostTrend.UNKNOWN
    assert "mangler" in found.why_unknown
    assert table.of_area("BF").verdict(RULE).trend is CostTrend.STABLE
    assert (table.sum, table.sum_of("BES")) == (Decimal(850), Decimal(250))


def test_a_gap_in_the_middle_is_said_and_changes_no_verdict() -> None:
    lines = tuple(cost(on, "BF", 100) for on in (*MONTHS, "2025-08", "2025-09", "2025-10"))
    table = cost_table(course(costs=lines))
    assert table.gaps == ((month("2025-07"), "BF"),)
    assert table.verdict(RULE).trend is CostTrend.STABLE


def test_too_few_months_give_no_verdict() -> None:
    table = cost_table(course(costs=tuple(cost(on, "BF", 100) for on in MONTHS[:5])))
    assert table.verdict(RULE).trend is CostTrend.UNKNOWN
    assert table.verdict(RULE).why_unknown == "Der skal være udgifter for mindst 6 måneder. Her er 5."
    assert cost_table(course()).verdict(RULE).trend is CostTrend.UNKNOWN


def test_the_rule_is_said_with_the_municipalitys_own_numbers() -> None:
    assert say_rule(Reports(cost_months=4, cost_band=Decimal("2.5"))) == (
        "Gennemsnittet af de sidste 4 måneder holdes op mod gennemsnittet af de første 4. "
        "Er forskellen højst 2,5 %, er udgiften stabil."
    )
