"""The sheet of columns for SØM, the national model for social investments (Social- og Boligstyrelsen).

SØM asks for a target group, a year, a price per person and how many there are. So that is what stands here, by area.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from hopdocs.exports.investment import expenses, savings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.exports.investment.sheet import Sheet
    from hopdocs.figures.investment import AreaOfCourse, InvestmentFigures, MonthOfArea

NAME: Final = "SØM-kolonner"
_HEADS: Final = (
    "målgruppe", "år", "fagområde", "post", "pris pr. person", "antal personer", "antal familier", "i alt, kr."
)  # fmt: skip
_GROUP: Final = "Familier med én samlet plan"
_EFFORT: Final = "indsatsens egen udgift"


def write_som(sheet: Sheet, figures: InvestmentFigures) -> None:
    """For each year and area what was spent, what would have been, and what was saved; then the work's own cost."""
    sheet.set_widths(30, 8, 14, 24, 16, 14, 14, 16)
    sheet.write_heads(1, _HEADS)
    rows = expenses.count_rows(figures)
    at = 1
    for year, area in sorted({(line.month.year, row.area) for row, line in _compared(figures)}):
        found = [(row, line) for row, line in _compared(figures) if (line.month.year, row.area) == (year, area)]
        spent = sum((line.spent or Decimal(0) for _, line in found), Decimal(0))
        baseline = sum((line.baseline or Decimal(0) for _, line in found), Decimal(0))
        people = {row.case: row.people for row, _ in found}
        amounts = (("udgift", "F", spent), ("uden indsatsen", "G", baseline), ("besparelse", "I", baseline - spent))
        for what, letter, amount in amounts:
            at += 1
            of_it = f"{expenses.column('C', rows)},B{at},{expenses.column('D', rows)},C{at}"
            total = f"SUMIFS({expenses.column(letter, rows)},{of_it},{expenses.column('H', rows)},1)"
            _write_row(sheet, at, (year, area, what), people, total, amount)
    for year in sorted({line.month.year for line in figures.months if line.effort}):
        at += 1
        effort = sum((line.effort for line in figures.months if line.month.year == year), Decimal(0))
        of_year = (row for row in figures.rows for line in row.months if line.month.year == year)
        last = len(figures.months) + 1
        months, paid = (f"'{savings.NAME}'!${letter}$2:${letter}${last}" for letter in "AF")
        total = f"SUMPRODUCT((YEAR({months})=B{at})*{paid})"
        _write_row(sheet, at, (year, "", _EFFORT), {row.case: row.people for row in of_year}, total, effort)


def _write_row(  # noqa: PLR0913, PLR0917 - the columns of the sheet
    sheet: Sheet, at: int, words: tuple[int, str, str], people: dict[str, int], total: str, amount: Decimal
) -> None:
    year, area, what = words
    count = sum(people.values())
    sheet.write(f"A{at}", _GROUP)
    sheet.write(f"B{at}", Decimal(year), "whole")
    sheet.write(f"C{at}", area)
    sheet.write(f"D{at}", what)
    price = (amount / count).quantize(Decimal("0.01"), ROUND_HALF_UP) if count else Decimal(0)
    sheet.compute(f"E{at}", f"IF(F{at}>0,ROUND(H{at}/F{at},2),0)", price)
    sheet.write(f"F{at}", Decimal(count), "whole")
    sheet.write(f"G{at}", Decimal(len(people)), "whole")
    sheet.compute(f"H{at}", total, amount)


def _compared(figures: InvestmentFigures) -> Iterator[tuple[AreaOfCourse, MonthOfArea]]:
    return ((row, line) for row in figures.rows for line in row.months if line.saved is not None)
