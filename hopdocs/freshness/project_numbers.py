"""What no later day can tell of the project, in the ledger's file.

The numbers as they were on the day of each meeting and on the last day of each report: until the day has passed they
follow the families; from then on the paper stays what was read. And all that an approved report says.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Final

from hopdocs.domain.project.numbers import ProjectNumbers
from hopdocs.errors import LedgerFault

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping

_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS project_numbers (meeting TEXT PRIMARY KEY, numbers TEXT NOT NULL)"
_REPORTS: Final = "CREATE TABLE IF NOT EXISTS project_report (report TEXT PRIMARY KEY, context TEXT NOT NULL)"
_TABLES: Final = (("project_numbers", "numbers"), ("project_report", "context"))
_FORGOTTEN: Final = "slettet"


def read_numbers(connection: sqlite3.Connection) -> dict[str, ProjectNumbers]:
    """By meeting: the numbers that were kept."""
    try:
        if not _has(connection, "project_numbers"):
            return {}
        rows = connection.execute("SELECT meeting, numbers FROM project_numbers").fetchall()
        return {meeting: ProjectNumbers.from_json(json.loads(text)) for meeting, text in rows}
    except (sqlite3.Error, ValueError) as err:
        raise LedgerFault("HD413", detail=str(err)) from err


def keep_numbers(connection: sqlite3.Connection, meetings: Iterable[str], numbers: ProjectNumbers) -> None:
    """Keep today's numbers for the meetings that are still to come."""
    text = json.dumps(numbers.as_json(), ensure_ascii=False, sort_keys=True)
    try:
        with connection:
            connection.execute(_SCHEMA)
            connection.executemany(
                "INSERT INTO project_numbers VALUES (?1, ?2) ON CONFLICT (meeting) DO UPDATE SET numbers = ?2"
                " WHERE numbers != ?2",
                [(meeting, text) for meeting in meetings],
            )
    except sqlite3.Error as err:
        raise LedgerFault("HD413", detail=str(err)) from err


def read_reports(connection: sqlite3.Connection) -> dict[str, str]:
    """By report: what it said when it was approved, as JSON text."""
    try:
        if not _has(connection, "project_report"):
            return {}
        return dict(connection.execute("SELECT report, context FROM project_report").fetchall())
    except sqlite3.Error as err:
        raise LedgerFault("HD413", detail=str(err)) from err


def keep_reports(connection: sqlite3.Connection, reports: Mapping[str, str]) -> None:
    """Keep what approved reports say; what was kept before is never written over."""
    if not reports:
        return
    try:
        with connection:
            connection.execute(_REPORTS)
            connection.executemany("INSERT OR IGNORE INTO project_report VALUES (?, ?)", list(reports.items()))
    except sqlite3.Error as err:
        raise LedgerFault("HD413", detail=str(err)) from err


def forget_in_project(connection: sqlite3.Connection, said: re.Pattern[str]) -> None:
    """Take a family's id and case number out of all that is kept, in the caller's transaction; counts stay counts.

    `said` finds them. Only texts are searched: what they are called by is the program's own.
    """
    for table, column in _TABLES:
        rows = connection.execute(f"SELECT rowid, {column} FROM {table}") if _has(connection, table) else ()  # noqa: S608 - fixed
        for row, text in list(rows):
            kept = json.loads(text)
            told = _without(kept, said)
            if told != kept:
                written = json.dumps(told, ensure_ascii=False, sort_keys=True)
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (written, row))  # noqa: S608 - fixed


def _without(value: object, said: re.Pattern[str]) -> object:
    match value:
        case str():
            return said.sub(_FORGOTTEN, value)
        case list():
            return [_without(item, said) for item in value]
        case dict():
            return {key: _without(item, said) for key, item in value.items()}
        case _:
            return value


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return found is not None
