"""What the ledger remembers of families whose file is gone: which wait for a person, and what stays of the others.

In the ledger's file and not in the cache: a person's word must last, and what was final must be known when the file
comes back, whatever became of the cache meanwhile.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hopdocs.freshness.read_only import connect_to_read
from hopdocs.freshness.signatures import pack
from hopdocs.freshness.staleness import pack_record, unpack_record
from hopdocs.ledger_access import as_ledger_fault, ledger_transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from hopdocs.freshness.staleness import Record

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS family_absent (
    path TEXT PRIMARY KEY, family TEXT NOT NULL, since TEXT NOT NULL, state TEXT NOT NULL, papers TEXT NOT NULL
) WITHOUT ROWID;
"""


class AbsenceState(StrEnum):
    """How far it has come with a file that is gone."""

    WAITING = "waiting"
    """Its papers stay until somebody says that they shall go."""
    RELEASED = "released"
    """Somebody has said so."""
    LEFT = "left"
    """Its papers are gone, but for the final ones."""


class Absences:
    """The table, on a connection to the ledger's file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def prepare(self) -> None:
        """Make the table if it is missing."""
        with as_ledger_fault():
            self._connection.executescript(SCHEMA)

    def states(self) -> dict[str, AbsenceState]:
        """By path of the family's file: how far it has come."""
        with as_ledger_fault():
            rows = self._connection.execute("SELECT path, state FROM family_absent").fetchall()
        return {path: AbsenceState(state) for path, state in rows}

    def hold(self, families: Mapping[str, str], today: date) -> None:
        """Let these wait for a person; by path what each family calls itself."""
        with ledger_transaction(self._connection) as connection:
            connection.executemany(
                "INSERT INTO family_absent VALUES (?, ?, ?, ?, '')"
                " ON CONFLICT DO UPDATE SET state = excluded.state, since = excluded.since",
                [(path, name, today.isoformat(), AbsenceState.WAITING) for path, name in families.items()],
            )

    def release(self, paths: Iterable[str]) -> None:
        """A person has said that these were removed on purpose."""
        with ledger_transaction(self._connection) as connection:
            connection.executemany(
                "UPDATE family_absent SET state = ? WHERE path = ? AND state = ?",
                [(AbsenceState.RELEASED, path, AbsenceState.WAITING) for path in paths],
            )

    def leave(self, path: str, family: str, papers: Sequence[Record], today: date) -> None:
        """Its papers go, but for these."""
        kept = pack([pack_record(item) for item in papers])
        with ledger_transaction(self._connection) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO family_absent VALUES (?, ?, ?, ?, ?)",
                (path, family, today.isoformat(), AbsenceState.LEFT, kept),
            )

    def papers(self, path: str) -> dict[str, Record]:
        """By file name what stayed when the family's file went, as it was made."""
        with as_ledger_fault():
            row = self._connection.execute("SELECT papers FROM family_absent WHERE path = ?", (path,)).fetchone()
        records = [unpack_record(item) for item in json.loads(row[0] or "[]")] if row else []
        return {item.name: item for item in records}

    def forget(self, paths: Iterable[str]) -> None:
        """These are there again, or nothing of them is."""
        with ledger_transaction(self._connection) as connection:
            connection.executemany("DELETE FROM family_absent WHERE path = ?", [(path,) for path in paths])


def read_waiting(ledger: Path) -> dict[str, str]:
    """By path of its file each family that waits for a person, as a ledger's file knows it; it is not written."""
    if not ledger.is_file():
        return {}
    # The table is missing in a ledger of a time before it.
    with closing(connect_to_read(ledger)) as connection, suppress(sqlite3.OperationalError):
        return dict(
            connection.execute(
                "SELECT path, family FROM family_absent WHERE state = ? ORDER BY path", (AbsenceState.WAITING,)
            ).fetchall()
        )
    return {}


def read_states(ledger: Path) -> dict[str, AbsenceState]:
    """By path of its file how far it has come with each family, as a ledger's file knows it; it is not written."""
    if not ledger.is_file():
        return {}
    with closing(connect_to_read(ledger)) as connection, suppress(sqlite3.Error):
        rows = connection.execute("SELECT path, state FROM family_absent").fetchall()
        return {path: AbsenceState(state) for path, state in rows}
    return {}  # a ledger of a time before the table; what is wrong with it, whoever opens it to write will say


def paths_of(ledger: Path, family: str) -> tuple[str, ...]:
    """The files of one family that are gone, as a ledger's file knows them: it may have another by now."""
    if not ledger.is_file():
        return ()
    with closing(connect_to_read(ledger)) as connection, suppress(sqlite3.OperationalError):
        rows = connection.execute("SELECT path FROM family_absent WHERE family = ? ORDER BY path", (family,))
        return tuple(path for (path,) in rows)
    return ()
