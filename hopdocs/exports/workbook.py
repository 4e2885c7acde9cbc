"""Tables as a workbook: a sheet each, dates and amounts as such, the same bytes for the same tables."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from hopdocs.exports.table import Cell, Column, Table

NO_MOMENT: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a file's own property, which has no zone
"""Stands as the moment when each workbook was made: with the real one no two would be the same."""
HEAD_HEIGHT: Final = 30
"""Two lines, in points: not every program makes a row as high as its text."""
FORMATS: Final[Mapping[str, Mapping[str, object]]] = {
    "head": {"bold": True, "bg_color": "#E7E6E6", "text_wrap": True, "valign": "top", "bottom": 1},
    "day": {"num_format": "dd-mm-yyyy"},
    "month": {"num_format": "mm-yyyy"},
    "whole": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.00"},
}


def write_workbook(tables: Iterable[Table]) -> bytes:
    """The tables, a sheet each: heads that stay in sight, filters, and cells that spreadsheets can count with.

    Text is written as text: here nothing that somebody typed can become a formula or a link.
    """
    out = BytesIO()
    book = open_workbook(out)
    formats = {name: book.add_format(dict(look)) for name, look in FORMATS.items()}
    for table in tables:
        _write_sheet(book.add_worksheet(table.name), table, formats)
    book.close()
    return out.getvalue()


def open_workbook(out: BytesIO) -> Workbook:
    """A new workbook that nothing but what is written into it makes different."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - most commands write no spreadsheet

    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": NO_MOMENT, "author": "hopdocs"})
    return book


def set_up_page(sheet: Worksheet) -> None:
    """Heads that stay in sight and stand on each page, which is as wide as the sheet."""
    sheet.set_row(0, HEAD_HEIGHT)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_sheet(sheet: Worksheet, table: Table, formats: Mapping[str, Format]) -> None:
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.head, formats["head"])
    for line, row in enumerate(table.rows, start=1):
        for number, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _write_cell(sheet, (line, number), cell, column, formats)
    set_up_page(sheet)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write_cell(
    sheet: Worksheet, at: tuple[int, int], cell: Cell, column: Column, formats: Mapping[str, Format]
) -> None:
    match cell:
        case None:
            return
        case bool():
            sheet.write_string(*at, "ja" if cell else "nej")
        case int() | Decimal():
            look = "whole" if cell == int(cell) else "number"
            sheet.write_number(*at, cell, formats[look])
        case date():
            look = "month" if column.is_month and cell.day == 1 else "day"
            sheet.write_datetime(*at, datetime.combine(cell, datetime.min.time()), formats[look])
        case _:
            sheet.write_string(*at, cell)
