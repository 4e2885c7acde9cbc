"""What no later day can tell of the project, in the ledger's file.

The numbers as they were on the day of each meeting and on the last day of each report: until the day has passed they
follow the families; from then on the paper stays what was read. And all that an approved report says.
"""

from __future__ import annotations

import json
import re
import sqlite3
from typing import TYPE_CHECKING, Any, Final

from hopdocs.domain.project.numbers import ProjectNumbers
from hopdocs.errors import LedgerFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS project_numbers (meeting TEXT PRIMARY KEY, numbers TEXT NOT NULL)"
_REPORTS: Final = "CREATE TABLE IF NOT EXISTS project_report (report TEXT PRIMARY KEY, context TEXT NOT NULL)"
_TABLES: Final = (("project_numbers", "meeting", "numbers"), ("project_report", "report", "context"))
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


def forget_in_project(connection: sqlite3.Connection, words: Sequence[str]) -> None:
    """Take a family's id and case number out of all that is kept, in the caller's transaction; counts stay counts.

    They are looked for in texts, as whole words: a case number may begin as another does, or be the digits of a count.
    """
    alternatives = "|".join(map(re.escape, filter(None, words)))
    if not alternatives:
        return
    said = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)
    for table, key, column in _TABLES:
        if not _has(connection, table):
            continue
        for name, text in connection.execute(f"SELECT {key}, {column} FROM {table}").fetchall():  # noqa: S608 - fixed
            kept = json.loads(text)
            left = _without(kept, said)
            if left != kept:
                written = json.dumps(left, ensure_ascii=False, sort_keys=True)
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (written, name))  # noqa: S608 - fixed


def _without(value: Any, said: re.Pattern[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(item, said) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, said) for item in value]
    return said.sub(_FORGOTTEN, value) if isinstance(value, str) else value


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return found is not None
