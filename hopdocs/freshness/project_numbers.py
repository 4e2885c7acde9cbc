"""The project's numbers as they were on the day of each meeting, in the ledger's file: no later day can tell them.

Until a meeting's day has passed they follow the families; from then on its agenda stays what those at the table read.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Final

from hopdocs.domain.project.numbers import ProjectNumbers
from hopdocs.errors import LedgerFault

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS project_numbers (meeting TEXT PRIMARY KEY, numbers TEXT NOT NULL)"


def read_numbers(connection: sqlite3.Connection) -> dict[str, ProjectNumbers]:
    """By meeting: the numbers that were kept."""
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'project_numbers'").fetchone():
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
