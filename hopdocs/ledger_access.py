"""How every table in the ledger's file is read and written: what SQLite refuses is a fault of the ledger."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hopdocs.errors import LedgerFault

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def as_ledger_fault() -> Iterator[None]:
    """Raise what SQLite says as `LedgerFault`."""
    try:
        yield
    except sqlite3.Error as err:
        raise LedgerFault("HD413", detail=str(err)) from err


@contextmanager
def ledger_transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing, with the write lock taken first."""
    with as_ledger_fault():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
