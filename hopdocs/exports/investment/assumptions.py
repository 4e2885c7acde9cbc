"""The sheet of assumptions: all that the result rests on, in cells that may be changed, and the result itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Final

from hopdocs.exports.investment import expenses
from hopdocs.figures.investment import rested_on, say_assumptions
from hopdocs.model.reports import BaselineMethod

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.exports.investment.sheet import Sheet
    from hopdocs.figures.investment import InvestmentFigures
    from hopdocs.model.config import Config
    from hopdocs.model.reports import Investment

NAME: Final = "Forudsætninger"
_FIRST_AREA: Final = 14
_UNUSED: Final = "bruges ikke"
_ROOM_FOR_SENTENCES: Final = 9
"""Rows, with the next table's heads."""
_METHODS: Final = {
    BaselineMethod.FIRST_MONTHS: "gennemsnittet af forløbets første måneder",
    BaselineMethod.TREND: "udviklingen i forløbets første måneder, ført videre",
    BaselineMethod.FIXED: "et fast beløb om måneden pr. familie",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the assumptions stand, for formulas on other sheets."""

    areas: tuple[str, ...]

    months: ClassVar[str] = f"'{NAME}'!$B$4"
    growth: ClassVar[str] = f"'{NAME}'!$B$5"
    effort: ClassVar[str] = f"'{NAME}'!$B$6"

    def row_of(self, area: str) -> int:
        """The row of one area's own assumptions."""
        return _FIRST_AREA + self.areas.index(area)

    @property
    def first_sentence(self) -> int:
        """The row of the first sentence about what the result rests on."""
        return _FIRST_AREA + len(self.areas) + 1

    @property
    def first_course(self) -> int:
        """The row of the first course's first area."""
        return self.first_sentence + _ROOM_FOR_SENTENCES

    def fixed(self, area: str) -> str:
        """The amount that the municipality states for an area."""
        return f"'{NAME}'!$C${self.row_of(area)}"

    def share(self, area: str) -> str:
        """How much of the work's own cost an area pays, in percent."""
        return f"'{NAME}'!$D${self.row_of(area)}"

    def level(self, number: int) -> str:
        """The mean of the first months of one area of one course."""
        return f"'{NAME}'!$D${self.first_course + number}"

    def slope(self, number: int) -> str:
        """How much more each month costs, on the line through the first months."""
        return f"'{NAME}'!$E${self.first_course + number}"

    def start(self, number: int) -> str:
        """Where that line begins, before the first month."""
        return f"'{NAME}'!$F${self.first_course + number}"


def places_of(figures: InvestmentFigures) -> Places:
    """Where everything will stand. The areas are those that spent, or that pay for the work."""
    return Places(tuple(line.area for line in figures.areas))


def write_assumptions(  # noqa: PLR0913, PLR0917 - what the sheet shows, and where
    sheet: Sheet, figures: InvestmentFigures, config: Config, today: date, places: Places, result: tuple[str, str]
) -> None:
    """Everything that was taken for granted. `result` has the formulas of the break-even month and of what is left."""
    rule = config.investment
    names = {str(code): area.name for code, area in config.areas.items()}
    sheet.set_widths(44, 30, 22, 22, 18, 18)
    sheet.write("A1", f"Investering på tværs. {config.municipality.name}, opgjort {today:%d.%m.%Y}", "title")
    sheet.write_heads(2, ("forudsætning (gule felter kan ændres)", "værdi"))
    sheet.write("A3", "Udgifterne holdes op mod")
    sheet.write("B3", _METHODS[rule.method])
    _write_inputs(sheet, rule)
    sheet.write_heads(8, ("resultat (et skøn)", "værdi"))
    sheet.write("A9", "Tjent hjem fra og med")
    sheet.compute("B9", result[0], figures.break_even or "endnu ikke", "month")
    sheet.write("A10", "Sparet i alt, når indsatsen er betalt (kr.)")
    sheet.compute("B10", result[1], figures.net, "total")
    sheet.write_heads(13, ("fagområde", "navn", "uden indsatsen, kr. om måneden", "andel af indsatsens udgift, %"))
    shares = {str(area): share for area, share in rule.share_area.items()} or {"": Decimal(100)}
    fixed = {str(area): amount for area, amount in rule.baseline.items()}
    for area in places.areas:
        row = places.row_of(area)
        sheet.write(f"A{row}", area or "(ikke fordelt)")
        sheet.write(f"B{row}", names.get(area, ""))
        if rule.method is BaselineMethod.FIXED:
            sheet.write(f"C{row}", fixed.get(area, Decimal(0)), "input")
        sheet.write(f"D{row}", shares.get(area, Decimal(0)), "input")
    for row, sentence in enumerate(say_assumptions(rule, names), start=places.first_sentence):
        sheet.write(f"A{row}", sentence)
    _write_bases(sheet, figures, config, places)


def _write_inputs(sheet: Sheet, rule: Investment) -> None:
    """Cells to change; one that the method has no use for says so."""
    has_growth, is_worked_out = rule.method is not BaselineMethod.TREND, rule.method is not BaselineMethod.FIXED
    months, growth = Decimal(rested_on(rule)), rule.growth
    sheet.write("A4", "Måneder, som grundlaget hviler på")
    sheet.write("B4", months if is_worked_out else _UNUSED, "input whole" if is_worked_out else "")
    sheet.write("A5", "Grundlagets vækst, procent om året")
    sheet.write("B5", growth if has_growth else _UNUSED, "input" if has_growth else "")
    sheet.write("A6", "Indsatsens egen udgift, kr. om måneden pr. familie")
    sheet.write("B6", rule.effort, "input")


def _write_bases(sheet: Sheet, figures: InvestmentFigures, config: Config, places: Places) -> None:
    """What each course's first months say of each area."""
    rule = config.investment
    if rule.method is BaselineMethod.FIXED:
        return
    sheet.write_heads(
        places.first_course - 1, ("sagsnummer", "fagområde", "første måneder i alt, kr.", *_HEADS_OF_BASES[rule.method])
    )
    for index, line in enumerate(figures.rows):
        row = places.first_course + index
        sums = expenses.sum_of_first(figures, index, rule)
        number, spent, weighted = (expenses.cells_of(figures, index, letter) for letter in "EFJ")
        of_first = f'{number},"<="&{places.months}'
        sheet.write(f"A{row}", line.case)
        sheet.write(f"B{row}", line.area)
        sheet.compute(f"C{row}", f"SUMIFS({spent},{of_first})", sums[0])
        if rule.method is BaselineMethod.TREND:
            sheet.compute(f"D{row}", f"SUMIFS({weighted},{of_first})", sums[1])
            _write_trend(sheet, row, sums, rule.months, places.months)
        else:
            sheet.compute(f"D{row}", f"C{row}/{places.months}", sums[0] / rule.months)


_HEADS_OF_BASES: Final = {
    BaselineMethod.FIRST_MONTHS: ("kr. om måneden",),
    BaselineMethod.TREND: ("nr. gange udgift i alt", "kr. mere for hver måned", "linjens begyndelse, kr."),
}


def _write_trend(sheet: Sheet, row: int, sums: tuple[Decimal, Decimal], count: int, months: str) -> None:
    """The line of least squares through months 1, 2 …, from its sums."""
    spent, weighted = sums
    sum_x = Decimal(count * (count + 1)) / 2
    sum_xx = Decimal(count * (count + 1) * (2 * count + 1)) / 6
    slope = (count * weighted - sum_x * spent) / (count * sum_xx - sum_x * sum_x)
    x, xx = f"({months}*({months}+1)/2)", f"({months}*({months}+1)*(2*{months}+1)/6)"
    sheet.compute(f"E{row}", f"({months}*D{row}-{x}*C{row})/({months}*{xx}-{x}^2)", slope)
    sheet.compute(f"F{row}", f"(C{row}-E{row}*{x})/{months}", (spent - slope * sum_x) / count)
