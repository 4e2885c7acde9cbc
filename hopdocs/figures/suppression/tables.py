"""Tables as they are published: cells by a key that all tables of a run share, and what adds up to what."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Cell:
    """One number, and how many families it tells of.

    The same key in two tables is the same number: "aktive|område=BF" on the front page and in the annex. That is what
    somebody would subtract by, so a number that tells of the same families must have the same key everywhere.
    """

    key: str
    value: Decimal
    families: int

    @property
    def is_count(self) -> bool:
        """Whether the number is how many families there are: of kroner and meetings even a large one tells of few."""
        return self.value == self.families


@dataclass(frozen=True, slots=True)
class Sum:
    """What adds up: a total, and all of its parts."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One table of a report."""

    name: str
    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...] = ()


def list_table(name: str, measure: str, cells: Iterable[tuple[str, Decimal | int, int]]) -> PublishedTable:
    """Numbers that stand beside each other and add up to nothing: a family may be in several areas."""
    return PublishedTable(
        name, tuple(Cell(key_of(measure, row), Decimal(value), families) for row, value, families in cells)
    )


def cross_table(
    name: str,
    measure: str,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    value_of: Callable[[str | None, str | None], tuple[Decimal | int, int]],
) -> PublishedTable:
    """A table with totals below and to the right. Each thing counted stands in one row and one column alone.

    `value_of` gives a cell's number and how many families it tells of, None standing for all rows or columns: a
    family that had meetings in two quarters is one family in the total. `rows` and `columns` name what they are of
    ("kvartal=2026-k3"), so that a total is the same key in every table that has it.
    """
    cells = {
        (row, column): _cell(measure, row, column, *value_of(row, column))
        for row in (*rows, None)
        for column in (*columns, None)
    }
    sums = (
        *(Sum(cells[row, None].key, tuple(cells[row, column].key for column in columns)) for row in (*rows, None)),
        *(Sum(cells[None, column].key, tuple(cells[row, column].key for row in rows)) for column in (*columns, None)),
    )
    return PublishedTable(name, tuple(cells.values()), sums)


def key_of(measure: str, *of: str) -> str:
    """What a number is called in every table: the measure, and what it is narrowed to, in one order."""
    return "|".join((measure, *sorted(of)))


def _cell(measure: str, row: str | None, column: str | None, value: Decimal | int, families: int) -> Cell:
    return Cell(key_of(measure, *(of for of in (row, column) if of is not None)), Decimal(value), families)
