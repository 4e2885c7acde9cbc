"""CSV as Excel in Danish reads it: semicolons, decimal commas, and text that never becomes a formula."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Final

from hopdocs.exports.table import say_date

if TYPE_CHECKING:
    from hopdocs.exports.table import Cell, Column, Table

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel reads UTF-8 as Windows-1252, and every å is two signs."""
_STARTS_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What spreadsheets take for the beginning of a formula (OWASP, CSV injection), in wide letters too."""


def write_csv(table: Table, *, with_mark: bool) -> bytes:
    """The table in UTF-8, CRLF lines (RFC 4180). `with_mark` for people with Excel, without it for programs."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guard(column.head) for column in table.columns])
    for row in table.rows:
        writer.writerow([_say(cell, column) for cell, column in zip(row, table.columns, strict=True)])
    return ((BYTE_ORDER_MARK if with_mark else "") + out.getvalue()).encode()


def _say(cell: Cell, column: Column) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nej"
        case int():
            return str(cell)
        case Decimal():
            return f"{cell:f}".replace(".", ",")
        case date():
            return say_date(cell, column)
    return _guard(cell)


def _guard(text: str) -> str:
    """Text that somebody typed stays text: an apostrophe stands before what would be worked out when it is opened."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_STARTS_FORMULA) else text
