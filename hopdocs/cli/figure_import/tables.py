"""A file of figures as rows of cells: CSV as Excel and registers write it in Danish, or a workbook."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from hopdocs.rendering.docx.zip_member import UNREADABLE
from hopdocs.sources.file_sizes import LARGEST_TABLE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Cell: TypeAlias = str | Decimal | date
"""What stands in one cell; an empty one is ''. CSV has texts only, a workbook knows numbers and days too."""

_LARGEST_UNPACKED_BYTES: Final = 512 * 1024 * 1024
_WORKBOOK_LEADS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How an .xlsx or .ods, and an old .xls, begin."""
_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS: Final = (";", "\t", ",")
"""The likeliest first: where a comma may stand in a number, a semicolon stands between the columns."""
_LOOKED_AT: Final = 20
_GUARD: Final = re.compile(r"^'(?=[=+\-@])")
"""The sign that keeps a spreadsheet from working a text out, as `hopdocs export` writes it."""


class UnreadableTable(Exception):
    """The file holds no table; the argument says why, as a word of `HD820`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with its number as the program that it was written in counts them."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell of that column, counted from 0; '' beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one CSV file, or of one sheet, which then has a name."""

    sheet: str
    rows: tuple[Row, ...]


def read_tables(data: bytes) -> tuple[Table, ...]:
    """Every table in the file, each with those of its rows that hold anything. Raises `UnreadableTable`."""
    if len(data) > LARGEST_TABLE_BYTES:
        reason = "size"
        raise UnreadableTable(reason)
    tables = _read_sheets(data) if data.startswith(_WORKBOOK_LEADS) else (_read_csv(_decode(data)),)
    found = tuple(table for table in tables if table.rows)
    if not found:
        reason = "empty"
        raise UnreadableTable(reason)
    return found


def _decode(data: bytes) -> str:
    """UTF-8 or UTF-16 by its mark; what is neither is Windows' own, as Danish systems still write it."""
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as err:
            reason = "encoding"
            raise UnreadableTable(reason) from err
    if "\0" in text:
        reason = "encoding"
        raise UnreadableTable(reason)
    return unicodedata.normalize("NFC", text)


def _read_csv(text: str) -> Table:
    delimiter, skipped = _delimiter_of(text), 0
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):  # Excel's own hint
        delimiter, text, skipped = first.strip()[-1], rest, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            rows += _row(begins + skipped, (_GUARD.sub("", cell.strip()) for cell in cells))
            begins = reader.line_num + 1  # a cell in quotes may hold line breaks
    except csv.Error as err:
        reason = "quotes"
        raise UnreadableTable(reason) from err
    return Table("", tuple(rows))


def _delimiter_of(text: str) -> str:
    lines = [line for line in islice(io.StringIO(text), _LOOKED_AT) if line.strip()]
    return next((mark for mark in _DELIMITERS if 2 * sum(mark in line for line in lines) >= len(lines)), _DELIMITERS[0])


def _read_sheets(data: bytes) -> Iterator[Table]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only where a workbook is read

    _refuse_bomb(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            raw: Iterable[list[Any]] = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            rows = (_row(number, map(_cell, cells)) for number, cells in enumerate(raw, 1))
            yield Table(name, tuple(row for found in rows for row in found))
    except CalamineError as err:
        reason = "workbook"
        raise UnreadableTable(reason) from err


def _refuse_bomb(data: bytes) -> None:
    """A workbook is a zip file: a small one may hold more than the machine has room for."""
    if not data.startswith(_WORKBOOK_LEADS[0]):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(item.file_size for item in package.infolist())
    except UNREADABLE as err:
        reason = "workbook"
        raise UnreadableTable(reason) from err
    if unpacked > _LARGEST_UNPACKED_BYTES:
        reason = "size"
        raise UnreadableTable(reason)


def _cell(value: Any) -> Cell:
    match value:
        case bool():
            return "ja" if value else "nej"
        case int() | float():
            return Decimal(repr(value)).normalize() + 0
        case datetime():
            return value.date()
        case date():
            return value
        case _:
            return unicodedata.normalize("NFC", str(value)).strip()


def _row(number: int, cells: Iterable[Cell]) -> list[Row]:
    """The row, or nothing where all its cells are empty."""
    found = tuple(cells)
    return [Row(number, found)] if any(cell != "" for cell in found) else []
