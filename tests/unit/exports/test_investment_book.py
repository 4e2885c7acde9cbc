"""The investment's workbook: its values here, what LibreOffice makes of its formulas in tests/interop."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from hopdocs.exports.investment.book import write_investment
from hopdocs.figures.investment import InvestmentFigures, compare_costs
from hopdocs.model.reports import Investment
from tests.unit.figures.test_gathering import day_of
from tests.unit.figures.test_investment import course

COURSES = (
    course("26-000001", BF=(100, 110, 90, None, 60, 55, 50), DU=(30, 30, 30, 20, 20, 0, 0)),
    course("=26-2", BF=(200, 210, 260, 240, 190, 180), HP=(None, None, None, None, 40, 40)),
)
METHODS: tuple[dict[str, Any], ...] = (
    {"months": 3, "effort": 7, "growth": 2},
    {"method": "fixed", "baseline": {"BF": 150, "DU": 25}, "effort": 3, "share_area": {"BF": 60, "DU": 40}},
    {"method": "trend", "months": 3, "effort": 1},
)


def workbook(keys: dict[str, Any]) -> tuple[InvestmentFigures, bytes]:
    config = day_of("hop-2025-003.yaml").config
    rule = Investment.model_validate(keys)
    config = config.model_copy(update={"investment": rule})
    figures = compare_costs(COURSES, rule)
    return figures, write_investment(figures, config, date(2026, 11, 29))


def sheets_of(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("keys", METHODS)
def test_the_values_beside_the_formulas_are_the_figures(keys: dict[str, Any]) -> None:
    figures, data = workbook(keys)
    sheets = sheets_of(data)
    assert list(sheets) == ["Forudsætninger", "Udgifter", "Besparelse", "SØM-kolonner"]
    months = sheets["Besparelse"][1 : 1 + len(figures.months)]
    assert [row[0] for row in months] == [line.month for line in figures.months]
    assert [row[7] for row in months] == pytest.approx([float(line.so_far) for line in figures.months])
    assert sheets["Forudsætninger"][8][1] == (figures.break_even or "endnu ikke")


@pytest.mark.parametrize("keys", METHODS)
def test_the_columns_for_som_add_up_to_the_savings(keys: dict[str, Any]) -> None:
    figures, data = workbook(keys)
    rows = sheets_of(data)["SØM-kolonner"][1:]
    totals = {what: sum(row[7] for row in rows if row[3] == what) for what in {row[3] for row in rows}}
    assert totals["besparelse"] - totals["indsatsens egen udgift"] == pytest.approx(float(figures.net))
    assert totals["udgift"] == pytest.approx(float(sum(line.spent for line in figures.areas)))
    for row in rows:
        assert row[4] * row[5] == pytest.approx(row[7], abs=0.005 * row[5])


def test_a_case_number_that_looks_like_a_formula_is_text() -> None:
    _, data = workbook(METHODS[0])
    assert "=26-2" in {row[0] for row in sheets_of(data)["Udgifter"]}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "<f>26-2</f>" not in package.read("xl/worksheets/sheet2.xml").decode()


def test_the_same_figures_give_the_same_bytes() -> None:
    assert workbook(METHODS[0])[1] == workbook(METHODS[0])[1]


def test_without_any_expenses_there_is_a_workbook_all_the_same() -> None:
    config = day_of("hop-2025-003.yaml").config
    data = write_investment(compare_costs([], config.investment), config, date(2026, 11, 29))
    assert sheets_of(data)["Forudsætninger"][8][1] == "endnu ikke"


@pytest.mark.parametrize(
    ("keys", "shown"),
    [(METHODS[0], [3, 2]), (METHODS[1], ["bruges ikke", 0]), (METHODS[2], [3, "bruges ikke"])],
)
def test_an_assumption_without_effect_is_no_cell_to_change(keys: dict[str, Any], shown: list[Any]) -> None:
    _, data = workbook(keys)
    assert [row[1] for row in sheets_of(data)["Forudsætninger"][3:5]] == shown
