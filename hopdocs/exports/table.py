"""A table on its way out: columns with a key for programs and a head for people, and cells that keep their types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Cell: TypeAlias = str | bool | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    key: str
    """What programs call it: English, and never changed."""
    head: str
    """What stands above it in a spreadsheet: Danish."""
    is_month: bool = False
    """Whether its dates say a month when they are a month's first day."""
    width: int = 14
    """In characters."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns. `name` is the sheet's."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def as_json(self) -> list[dict[str, Any]]:
        """A mapping a row. Amounts are text, as nothing between here and the reader may round them."""
        return [
            {column.key: _plain(cell, column) for column, cell in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]


def say_date(day: date, column: Column) -> str:
    """`2026-11-24`; `2026-11` for a month."""
    return f"{day:%Y-%m}" if column.is_month and day.day == 1 else day.isoformat()


def _plain(cell: Cell, column: Column) -> Any:
    match cell:
        case date():
            return say_date(cell, column)
        case Decimal():
            return f"{cell:f}"
    return cell


def describe_export(name: str, facts: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """The whole of an export for programs: what it is, then its rows."""
    return {"export": name, "schema": SCHEMA, **facts, "rows": table.as_json()}


SCHEMA = 1
"""Grows when a key goes or changes its meaning; keys may be added without."""
