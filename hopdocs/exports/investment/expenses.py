"""The sheet of expenses: a row for each area's month in each course, beside what it would have cost."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hopdocs.figures.investment import rested_on
from hopdocs.model.reports import BaselineMethod

if TYPE_CHECKING:
    from hopdocs.exports.investment.assumptions import Places
    from hopdocs.exports.investment.sheet import Sheet
    from hopdocs.figures.investment import InvestmentFigures, MonthOfArea
    from hopdocs.model.reports import Investment

NAME: Final = "Udgifter"
_HEADS: Final = (
    "sagsnummer", "måned", "år", "fagområde", "forløbets måned nr.", "udgift", "uden indsatsen", "sammenlignet (1/0)",
    "besparelse", "nr. gange udgift",
)  # fmt: skip


def column(letter: str, rows: int) -> str:
    """All cells of one of its columns, as other sheets name them."""
    return f"'{NAME}'!${letter}$2:${letter}${max(rows + 1, 2)}"


def cells_of(figures: InvestmentFigures, number: int, letter: str) -> str:
    """The cells of one column that belong to one area of one course."""
    before = sum(len(row.months) for row in figures.rows[:number])
    last = before + len(figures.rows[number].months)
    return f"'{NAME}'!${letter}${before + 2}:${letter}${last + 1}"


def count_rows(figures: InvestmentFigures) -> int:
    """How many rows the sheet has below its heads."""
    return sum(len(row.months) for row in figures.rows)


def write_expenses(sheet: Sheet, figures: InvestmentFigures, rule: Investment, places: Places) -> None:
    """All rows. An amount that nobody wrote is an empty cell."""
    sheet.set_widths(14, 10, 8, 12, 12, 14, 14, 12, 14, 14)
    sheet.write_heads(1, _HEADS if rule.method is BaselineMethod.TREND else _HEADS[:-1])
    at = 1
    for number, row in enumerate(figures.rows):
        for line in row.months:
            at += 1
            sheet.write(f"A{at}", row.case)
            sheet.write(f"B{at}", line.month)
            sheet.compute(f"C{at}", f"YEAR(B{at})", Decimal(line.month.year), "whole")
            sheet.write(f"D{at}", row.area)
            sheet.write(f"E{at}", Decimal(line.number), "whole")
            sheet.write(f"F{at}", line.spent, "input")
            baseline = _baseline_formula(at, number, row.area, rule, places)
            sheet.compute(f"G{at}", baseline, line.baseline)
            _compare(sheet, at, line)
            if rule.method is BaselineMethod.TREND:
                sheet.compute(f"J{at}", f"E{at}*F{at}", line.number * (line.spent or Decimal(0)))


def _compare(sheet: Sheet, at: int, line: MonthOfArea) -> None:
    is_compared = Decimal(line.saved is not None)
    sheet.compute(f"H{at}", f"IF(AND(ISNUMBER(F{at}),ISNUMBER(G{at})),1,0)", is_compared, "whole")
    sheet.compute(f"I{at}", f'IF(H{at}=1,G{at}-F{at},"")', line.saved)


def _baseline_formula(at: int, number: int, area: str, rule: Investment, places: Places) -> str:
    years = f"(1+{places.growth}/100)^INT((E{at}-1)/12)"
    match rule.method:
        case BaselineMethod.FIXED:
            return f"ROUND({places.fixed(area)}*{years},2)"
        case BaselineMethod.FIRST_MONTHS:
            worked_out = f"{places.level(number)}*{years}"
        case BaselineMethod.TREND:
            worked_out = f"MAX(0,{places.start(number)}+{places.slope(number)}*E{at})"
    return f'IF(E{at}<={places.months},"",ROUND({worked_out},2))'


def sum_of_first(figures: InvestmentFigures, number: int, rule: Investment) -> tuple[Decimal, Decimal]:
    """What one area of one course spent in the months that its baseline rests on; also each times its number."""
    first = [line for line in figures.rows[number].months if line.number <= rested_on(rule)]
    spent = [line.spent or Decimal(0) for line in first]
    weighted = (line.number * amount for line, amount in zip(first, spent, strict=True))
    return sum(spent, Decimal(0)), sum(weighted, Decimal(0))
