"""The version of the ledger's file, and the way from every earlier one to this.

`user_version` counts the shapes since there was a reason to count. Before, it was 0, and `notice_meta` said 1.
`application_id` says whose file it is, as `file` shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.errors import LedgerFault
from hopdocs.notices.ledger import event_log, rows
from hopdocs.table_shapes import add_columns, columns_of, find_lacking

if TYPE_CHECKING:
    import sqlite3

VERSION: Final = 2
APPLICATION_ID: Final = int.from_bytes(b"hopd", "big")

_SCHEMA: Final = rows.SCHEMA + event_log.SCHEMA
_ADDED: Final = {"notice.draft": "TEXT NOT NULL DEFAULT ''"}
_RENAMED: Final = (("notice", "ends_at", "expires_at"),)


def refuse_foreign(connection: sqlite3.Connection) -> None:
    """Raise a `LedgerFault` for the file of another program (HD410), or of a newer hopdocs (HD411)."""
    owner, version = _pragma(connection, "application_id"), _pragma(connection, "user_version")
    if owner not in (0, APPLICATION_ID):
        raise LedgerFault("HD410", path="ledger.db", detail=f"application_id {owner:#x}")
    if version > VERSION:
        raise LedgerFault("HD411", found=str(version), known=str(VERSION))


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the notices' tables what this version reads and writes, in one transaction or not at all.

    Raises a `LedgerFault`: HD411 for a newer version, HD487 where something is missing that was always there.
    """
    refuse_foreign(connection)
    if _pragma(connection, "user_version") < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        try:
            _migrate(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    lacking = find_lacking(connection, _SCHEMA)
    if lacking:
        raise LedgerFault("HD487", what=", ".join(lacking))
    connection.executescript(_SCHEMA)  # a table that is missing as a whole: an erasure or a person took it out


def _migrate(connection: sqlite3.Connection) -> None:
    found = _version_before_counting(connection)
    if found > VERSION:
        raise LedgerFault("HD411", found=str(found), known=str(VERSION))
    for table, old, new in _RENAMED:
        columns = columns_of(connection, table)
        if old in columns and new not in columns:
            connection.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    add_columns(connection, _ADDED)
    for statement in _SCHEMA.split(";"):  # `executescript` would end the transaction
        connection.execute(statement)
    # What did not count refused a ledger by this alone, and would send the empty bytes of what was not tried yet.
    connection.execute("INSERT OR REPLACE INTO notice_meta VALUES ('schema', ?)", (str(VERSION),))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _version_before_counting(connection: sqlite3.Connection) -> int:
    if not columns_of(connection, "notice_meta"):
        return 0
    row = connection.execute("SELECT value FROM notice_meta WHERE key = 'schema'").fetchone()
    return int(row[0]) if row and str(row[0]).isdecimal() else 0


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
