"""What a database that outlives versions looks like: which columns it lacks, and how those are added that came later.

The ledger's file is shared by several rooms, each with tables of its own; each looks after the shape of these.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def columns_of(connection: sqlite3.Connection, table: str) -> frozenset[str]:
    """The names of a table's columns; empty where there is no such table."""
    return frozenset(row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,)))


def add_columns(connection: sqlite3.Connection, added: Mapping[str, str]) -> None:
    """Add what came after a table's first version: by `table.column` the column's declaration.

    Nothing else is added by itself: a column that a table always had, and lacks, is damage.
    """
    for place, declaration in added.items():
        table, _, column = place.partition(".")
        found = columns_of(connection, table)
        if found and column not in found:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {declaration}")


def find_lacking(connection: sqlite3.Connection, schema: str) -> tuple[str, ...]:
    """By `table.column`, what a database lacks of a schema; a table that is missing as a whole is no lack."""
    return tuple(
        f"{table}.{column}"
        for table, columns in _expected(schema)
        if (found := columns_of(connection, table))
        for column in columns
        if column not in found
    )


@lru_cache
def _expected(schema: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.executescript(schema)
        tables = [row[0] for row in empty.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return tuple((table, tuple(sorted(columns_of(empty, table)))) for table in tables)
