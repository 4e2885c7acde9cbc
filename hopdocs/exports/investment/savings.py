"""The sheet of savings: month by month in all courses, how it adds up, and what each area gains or pays."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hopdocs.exports.investment import expenses

if TYPE_CHECKING:
    from hopdocs.exports.investment.assumptions import Places
    from hopdocs.exports.investment.sheet import Sheet
    from hopdocs.figures.investment import InvestmentFigures, MonthOfAll

NAME: Final = "Besparelse"
_HEADS: Final = (
    "måned", "forløb", "udgift", "uden indsatsen", "besparelse", "indsatsens egen udgift", "netto", "netto i alt",
    "tjent hjem (1/0)",
)  # fmt: skip
_AREA_HEADS: Final = ("fagområde", "", "udgift", "uden indsatsen", "besparelse", "andel af indsatsen", "netto")


def result_formulas(figures: InvestmentFigures) -> tuple[str, str]:
    """The break-even month, and what is left at the end."""
    last = len(figures.months) + 1
    if not figures.months:
        return '"endnu ikke"', "0"
    months, flags = f"'{NAME}'!$A$2:$A${last}", f"'{NAME}'!$I$2:$I${last}"
    return f'IFERROR(INDEX({months},MATCH(1,{flags},0)),"endnu ikke")', f"'{NAME}'!$H${last}"


def write_savings(sheet: Sheet, figures: InvestmentFigures, places: Places) -> None:
    """The months, then the areas."""
    sheet.set_widths(14, 10, 16, 16, 16, 18, 16, 16, 12)
    sheet.write_heads(1, _HEADS)
    last, rows = len(figures.months) + 1, expenses.count_rows(figures)
    broke_even = figures.break_even
    for at, line in enumerate(figures.months, start=2):
        is_earned = broke_even is not None and line.month >= broke_even
        _write_month(sheet, at, line, places, rows)
        flags, months = expenses.column("H", rows), expenses.column("B", rows)
        is_begun = f'SUMIFS({flags},{months},"<="&A{at})>0'
        earned = f"IF(AND({is_begun},ROUND(MIN(H{at}:H${last}),2)>=0),1,0)"
        sheet.compute(f"I{at}", earned, Decimal(is_earned), "whole")
    _write_areas(sheet, figures, places, last)


def _write_month(sheet: Sheet, at: int, line: MonthOfAll, places: Places, rows: int) -> None:
    of_it = f"{expenses.column('B', rows)},A{at},{expenses.column('H', rows)},1"
    sheet.write(f"A{at}", line.month)
    sheet.write(f"B{at}", Decimal(line.courses), "whole")
    sheet.compute(f"C{at}", f"SUMIFS({expenses.column('F', rows)},{of_it})", line.spent)
    sheet.compute(f"D{at}", f"SUMIFS({expenses.column('G', rows)},{of_it})", line.baseline)
    sheet.compute(f"E{at}", f"D{at}-C{at}", line.saved)
    sheet.compute(f"F{at}", f"B{at}*{places.effort}", line.effort)
    sheet.compute(f"G{at}", f"E{at}-F{at}", line.saved - line.effort)
    sheet.compute(f"H{at}", f"SUM(G$2:G{at})", line.so_far)


def _write_areas(sheet: Sheet, figures: InvestmentFigures, places: Places, last: int) -> None:
    head = last + 3
    sheet.write_heads(head, _AREA_HEADS)
    rows = expenses.count_rows(figures)
    for at, line in enumerate(figures.areas, start=head + 1):
        of_it = f"{expenses.column('D', rows)},A{at},{expenses.column('H', rows)},1"
        sheet.write(f"A{at}", line.area or "(ikke fordelt)")
        sheet.compute(f"C{at}", f"SUMIFS({expenses.column('F', rows)},{of_it})", line.spent)
        sheet.compute(f"D{at}", f"SUMIFS({expenses.column('G', rows)},{of_it})", line.baseline)
        sheet.compute(f"E{at}", f"D{at}-C{at}", line.baseline - line.spent)
        sheet.compute(f"F{at}", f"SUM(F$2:F${last})*{places.share(line.area)}/100", line.effort)
        sheet.compute(f"G{at}", f"E{at}-F{at}", line.net)
    end = head + len(figures.areas)
    sheet.write(f"A{end + 1}", "i alt")
    for letter, total in zip("CDEFG", _totals(figures), strict=True):
        cells = f"{letter}{head + 1}:{letter}{end}" if figures.areas else "0"
        sheet.compute(f"{letter}{end + 1}", f"SUM({cells})", total, "total")


def _totals(figures: InvestmentFigures) -> tuple[Decimal, ...]:
    zero = Decimal(0)
    spent = sum((line.spent for line in figures.areas), zero)
    baseline = sum((line.baseline for line in figures.areas), zero)
    effort = sum((line.effort for line in figures.areas), zero)
    return spent, baseline, baseline - spent, effort, baseline - spent - effort
