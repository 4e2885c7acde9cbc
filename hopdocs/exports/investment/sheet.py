"""A sheet whose cells are named as its formulas name them, and how each kind of cell looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hopdocs.exports.workbook import FORMATS, HEAD_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LOOKS: Final[Mapping[str, Mapping[str, object]]] = {
    **FORMATS,
    "title": {"bold": True, "font_size": 14},
    "input": {"num_format": "#,##0.00", "bg_color": "#FFF2CC", "border": 1},
    "kroner": {"num_format": "#,##0.00"},
    "input whole": {"num_format": "0", "bg_color": "#FFF2CC", "border": 1},
    "whole": {"num_format": "0"},
    "total": {"num_format": "#,##0.00", "bold": True, "top": 1},
    "month": {"num_format": "mm-yyyy", "align": "left"},
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Rows are counted from 1."""

    inner: Worksheet
    looks: Mapping[str, Format]

    def set_widths(self, *widths: int) -> None:
        """Of the columns from A on, in characters."""
        for number, width in enumerate(widths):
            self.inner.set_column(number, number, width)

    def write_heads(self, row: int, heads: Iterable[str]) -> None:
        """A row of heads from A on."""
        self.inner.set_row(row - 1, HEAD_HEIGHT)
        for number, head in enumerate(heads):
            self.inner.write_string(row - 1, number, head, self.looks["head"])

    def write(self, cell: str, value: str | Decimal | date | None, look: str = "") -> None:
        """What was typed or counted. Text stays text."""
        match value:
            case None:
                return
            case str():
                self.inner.write_string(cell, value, self.looks.get(look))
            case date():
                moment = datetime.combine(value, datetime.min.time())
                self.inner.write_datetime(cell, moment, self.looks[look or "month"])
            case _:
                self.inner.write_number(cell, value, self.looks[look or "kroner"])

    def compute(self, cell: str, formula: str, value: str | Decimal | date | None, look: str = "kroner") -> None:
        """A formula, with what it comes to; None for an empty text."""
        match value:
            case date():
                found: str | float = (value - _DAY_ZERO).days
            case Decimal():
                found = float(value)
            case _:
                found = value or ""
        self.inner.write_formula(cell, f"={formula}", self.looks[look], found)


_DAY_ZERO: Final = date(1899, 12, 30)
"""From which spreadsheets count days."""
