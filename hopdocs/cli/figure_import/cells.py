"""What one cell means: the forms of files are understood, and those that registers and spreadsheets add to them."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pydantic_core import PydanticCustomError

from hopdocs.catalogue.masking import find_cpr_shapes, is_counted_cpr_shape
from hopdocs.model.scalars.moments import parse_date, parse_month
from hopdocs.model.scalars.values import parse_decimal, parse_yes_no, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from hopdocs.cli.figure_import.tables import Cell

    Read = TypeVar("Read")

_HUNDREDTH: Final = Decimal("0.01")
_UNITS: Final = re.compile(r"(?i)\s*(?:kr\.?|dkk|%|,-)$")
_BLANKS: Final = re.compile("[\\s\u00a0\u202f]")
_NUMBER_FORMS: Final = {
    "comma": re.compile(r"-?(?:\d{1,3}(?P<thousands>(?:\.\d{3})+)|\d+)(?P<decimals>,\d+)?"),
    "point": re.compile(r"-?(?:\d{1,3}(?P<thousands>(?:,\d{3})+)|\d+)(?P<decimals>\.\d+)?"),
}
_BARE_NUMBER: Final = re.compile(r"-?[\d.,]+")
_COMPACT_MONTH: Final = re.compile(r"((?:19|20|21)\d\d)(0[1-9]|1[0-2])")


class DecimalMark(StrEnum):
    """Which mark the decimals follow, where somebody has said so: the other one parts thousands."""

    UNKNOWN = ""
    COMMA = "comma"
    POINT = "point"


class Refused(Exception):
    """A row that is not taken, with the code and what its words are filled with; `column` counts from 0."""

    def __init__(self, code: str, params: Mapping[str, str] | None = None, column: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.params = params or {}
        self.column = column


def read_text(cell: Cell, column: int) -> str:
    """The cell as a text; a number that a spreadsheet made of it without its `.0`."""
    text = " ".join(f"{cell:f}".split() if isinstance(cell, Decimal) else str(cell).split())
    if next(find_cpr_shapes(text), None) is not None:
        raise Refused("HD127", {}, column)
    return text


def read_number(cell: Cell, column: int, mark: DecimalMark = DecimalMark.UNKNOWN) -> Decimal:
    """A number, at most two decimals kept. `18.200` is asked about until somebody says which mark is which.

    Somebody's CPR number is none, also where a spreadsheet made a count of it: it would stand in the family's file.
    """
    number = _read_number(cell, column, mark)
    if is_counted_cpr_shape(f"{number:f}"):
        raise Refused("HD127", {}, column)
    return number


def _read_number(cell: Cell, column: int, mark: DecimalMark) -> Decimal:
    if isinstance(cell, Decimal):
        return _rounded(cell)
    if isinstance(cell, date):
        raise Refused("HD828", {"why": "HD135", "value": cell.isoformat()}, column)
    text = _BLANKS.sub("", _UNITS.sub("", cell)).replace("\N{MINUS SIGN}", "-")
    for name, form in _NUMBER_FORMS.items():
        found = form.fullmatch(text)
        if found is None or mark not in ("", name):
            continue
        parts = found["thousands"] or ""
        if mark or (parts and (found["decimals"] or len(parts) > len(".000"))):
            return _rounded(Decimal(text.replace(parts[:1] or " ", "").replace(",", ".")))
    if mark and _BARE_NUMBER.fullmatch(text):
        raise Refused("HD828", {"why": "HD135", "value": shorten(text)}, column)
    return _rounded(_try(parse_decimal, text, column))


def read_answer(cell: Cell, column: int, mark: DecimalMark) -> Decimal:
    """A yes or a no as 1 and 0."""
    text = str(cell).lower()
    if isinstance(cell, Decimal) or text in ("0", "1"):
        return read_number(cell, column, mark)
    return Decimal(int(_try(parse_yes_no, text, column)))


def read_month(cell: Cell, column: int) -> date:
    """A month as its first day: as in the files, as `202611`, or as any day of it."""
    if isinstance(cell, date):
        return cell.replace(day=1)
    text = read_text(cell, column)
    if compact := _COMPACT_MONTH.fullmatch(text):
        return date(int(compact[1]), int(compact[2]), 1)
    try:
        return parse_date(text).replace(day=1)
    except PydanticCustomError:
        return _try(parse_month, text, column)


def read_day(cell: Cell, column: int) -> date:
    """A day; the time of day that a register adds to it is left out."""
    if isinstance(cell, date):
        return cell
    text = read_text(cell, column)
    return _try(parse_date, re.sub(r"[T ]\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?Z?$", "", text), column)


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(_HUNDREDTH, ROUND_HALF_UP).normalize() + 0


def _try(parse: Callable[[str], Read], text: str, column: int) -> Read:
    try:
        return parse(text)
    except PydanticCustomError as err:
        params = {key: str(value) for key, value in (err.context or {}).items()}
        raise Refused("HD828", {"value": shorten(text), **params, "why": err.type}, column) from err
