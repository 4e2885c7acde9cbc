"""The ledger's log: one row for every change of state, each bound to the one before by its hash.

A row can be added but not changed or removed without every later hash telling so. It proves nothing against
somebody who rewrites the whole file; it does show a slip, a half-restored backup or a hand that edited one row.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS notice_event (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    notice INTEGER,
    family TEXT NOT NULL,
    what TEXT NOT NULL,
    details TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS notice_event_family ON notice_event (family, seq);
"""

_write_details: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

START_HASH: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a notice, or to the ledger itself (`notice` is None)."""

    seq: int
    at: datetime
    notice: int | None
    family: str
    what: str
    details: Mapping[str, str]


class Chain:
    """The end of the log, for rows that are added in one transaction of the caller's: nobody else adds any meanwhile.

    Each row is bound to the one before it by its hash.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._seq, self._hash = last_link(connection)

    def append(
        self,
        at: datetime,
        what: str,
        *,
        notice: int | None = None,
        family: str = "",
        details: Mapping[str, str] | None = None,
    ) -> None:
        """Add a row behind the last one."""
        self._seq += 1
        moment, text = at.isoformat(), _write_details(dict(details or {}))
        self._hash = _link(self._hash, self._seq, moment, notice, family, what, text)
        self._connection.execute(
            "INSERT INTO notice_event (seq, at, notice, family, what, details, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (self._seq, moment, notice, family, what, text, self._hash),
        )


def last_link(connection: sqlite3.Connection) -> tuple[int, str]:
    """The number and the hash of the last row."""
    last = connection.execute("SELECT seq, hash FROM notice_event ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(last[0]), str(last[1])) if last else (0, START_HASH)


def has_link(connection: sqlite3.Connection, seq: int, digest: str) -> bool:
    """Whether the row with this number has this hash."""
    if seq == 0:
        return digest == START_HASH
    row = connection.execute("SELECT hash FROM notice_event WHERE seq = ?", (seq,)).fetchone()
    return row is not None and row[0] == digest


def find_broken_link(connection: sqlite3.Connection) -> int | None:
    """The first row whose hash doesn't fit what stands before it; None if all is well."""
    previous, expected = START_HASH, 1
    rows = connection.execute("SELECT seq, at, notice, family, what, details, hash FROM notice_event ORDER BY seq")
    for seq, at, notice, family, what, details, digest in rows:
        if seq != expected or digest != _link(previous, seq, at, notice, family, what, details):
            return int(seq)
        previous, expected = digest, seq + 1
    return None


def read_events(connection: sqlite3.Connection, family: str) -> Iterator[Event]:
    """One family's rows, oldest first."""
    rows = connection.execute(
        "SELECT seq, at, notice, family, what, details FROM notice_event WHERE family = ? ORDER BY seq", (family,)
    )
    for seq, at, notice, name, what, details in rows:
        yield Event(seq, datetime.fromisoformat(at), notice, name, what, json.loads(details))


def _link(previous: str, *fields: object) -> str:
    return hashlib.sha256("\x1f".join([previous, *map(str, fields)]).encode()).hexdigest()
