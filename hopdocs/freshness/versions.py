"""Which version of a document is which, and since when: what a letter's number and date come from.

Kept in the ledger's file, since it can't be computed again: a document's date is the day on which its contents
were first built. Beside it stands what hopdocs itself last put at each path, so that
even without the cache a file that a person changed is not taken for one of ours.
"""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from hopdocs.errors import LedgerFault
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.freshness.staleness import DocumentKey
from hopdocs.ledger_access import as_ledger_fault, ledger_transaction
from hopdocs.table_shapes import add_columns, columns_of, find_lacking

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from hopdocs.freshness.fingerprint import Digest

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS document_version (
    family TEXT NOT NULL, kind TEXT NOT NULL, meeting TEXT NOT NULL, recipient TEXT NOT NULL,
    version INTEGER NOT NULL, content TEXT NOT NULL, whole TEXT NOT NULL, first_built TEXT NOT NULL,
    PRIMARY KEY (family, kind, meeting, recipient, version)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS document_output (
    path TEXT PRIMARY KEY, folder TEXT NOT NULL, digest TEXT NOT NULL, previous TEXT NOT NULL,
    since TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS versions_stand (book TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS family_told (path TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS document_output_folder ON document_output (folder);
"""


@dataclass(frozen=True, slots=True)
class Stand:
    """How far the versions in a ledger's file have come: which book it is, and how often versions were added to it."""

    book: str
    number: int

    def follows(self, known: Stand) -> bool:
        """Whether it is `known`, or what a build left that was cut short before it could remember its last step."""
        return self.book == known.book and self.number in (known.number, known.number + 1)


def read_stand(ledger: Path) -> Stand | None:
    """The stand of a ledger's file, which is not written; None if no build has written there yet."""
    if ledger.is_file():
        with suppress(sqlite3.Error), closing(connect_to_read(ledger)) as connection:
            return _stand_of(connection)
    return None


def _stand_of(connection: sqlite3.Connection) -> Stand | None:
    row = connection.execute("SELECT book, number FROM versions_stand").fetchone()
    return Stand(*row) if row is not None else None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document: `content` digests what it shows, `whole` all data that its template was given."""

    number: int
    day: date
    content: str
    whole: str

    def is_of(self, content: str, whole: str) -> bool:
        """Whether it is what a document shows, or all that its template was given."""
        return content == self.content or whole == self.whole


def number_version(latest: Version | None, content: Digest, whole: Digest, today: date) -> Version:
    """The version that these contents are: the latest one again, or the next, dated today.

    The same data through a template that shows more or less of it is no new version: the family's letter did not
    change, the municipality's wording did.
    """
    if latest is not None and latest.is_of(content, whole):
        return latest
    return Version(1 if latest is None else latest.number + 1, today, content, whole)


class VersionBook:
    """The tables, on a connection to the ledger's file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def prepare(self) -> None:
        """Make the tables if they are missing."""
        with as_ledger_fault():
            add_columns(self._connection, {"document_output.since": "TEXT NOT NULL DEFAULT ''"})
            lacking = find_lacking(self._connection, SCHEMA)
            if lacking:
                raise LedgerFault("HD487", what=", ".join(lacking))
            self._connection.executescript(SCHEMA)
            if _stand_of(self._connection) is None:
                self._connection.execute("INSERT INTO versions_stand VALUES (?, 0)", (secrets.token_hex(8),))

    def stand(self) -> Stand | None:
        """How far it has come."""
        with as_ledger_fault():
            return _stand_of(self._connection)

    def is_prepared(self) -> bool:
        """Whether a build has written here before."""
        with as_ledger_fault():
            found = self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'document_version'").fetchone()
        return found is not None

    def latest(self, family: str) -> dict[DocumentKey, Version]:
        """The latest version of each of a family's documents."""
        with as_ledger_fault():
            rows = self._connection.execute(
                "SELECT kind, meeting, recipient, version, first_built, content, whole"
                " FROM document_version WHERE family = ? ORDER BY version",
                (family,),
            ).fetchall()
        return {
            DocumentKey(family, kind, meeting, recipient): Version(number, date.fromisoformat(day), content, whole)
            for kind, meeting, recipient, number, day, content, whole in rows
        }

    def editions(self, family: str) -> dict[DocumentKey, dict[int, date]]:
        """By document: each version with the day on which it was first built."""
        with as_ledger_fault():
            rows = self._connection.execute(
                "SELECT kind, meeting, recipient, version, first_built FROM document_version WHERE family = ?",
                (family,),
            ).fetchall()
        found: dict[DocumentKey, dict[int, date]] = {}
        for kind, meeting, recipient, number, day in rows:
            found.setdefault(DocumentKey(family, kind, meeting, recipient), {})[number] = date.fromisoformat(day)
        return found

    def standing_since(self, folder: str) -> dict[str, tuple[str, date]]:
        """By file name: the digest of what hopdocs put there last, and the day on which it did."""
        with as_ledger_fault():
            if not self._knows_since():
                return {}
            rows = self._connection.execute(
                "SELECT path, digest, since FROM document_output WHERE folder = ? AND since != ''", (folder,)
            ).fetchall()
        return {path.rpartition("/")[2]: (digest, date.fromisoformat(since)) for path, digest, since in rows}

    def _knows_since(self) -> bool:
        """Whether the ledger is from a time when the day was written down."""
        return "since" in columns_of(self._connection, "document_output")

    def outputs(self, folder: str) -> dict[str, frozenset[str]]:
        """By file name: the digests that a file of ours may have. Two, since a crash may come before the rename."""
        with as_ledger_fault():
            rows = self._connection.execute(
                "SELECT path, digest, previous FROM document_output WHERE folder = ?", (folder,)
            ).fetchall()
        return {path.rpartition("/")[2]: frozenset({digest, previous} - {""}) for path, digest, previous in rows}

    def folders(self) -> frozenset[str]:
        """All families' folders that hold something of ours."""
        with as_ledger_fault():
            return frozenset(row[0] for row in self._connection.execute("SELECT DISTINCT folder FROM document_output"))

    def record_outputs(
        self, versions: Mapping[DocumentKey, Version], outputs: Mapping[str, Mapping[str, str]], today: date
    ) -> None:
        """Before files take their names, write down their versions, and by folder and name their digests."""
        with ledger_transaction(self._connection) as connection:
            if versions:
                connection.execute("UPDATE versions_stand SET number = number + 1")
            connection.executemany(
                "INSERT OR REPLACE INTO document_version VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        *(key.family, key.kind, key.meeting, key.recipient),
                        *(item.number, item.content, item.whole, item.day.isoformat()),
                    )
                    for key, item in versions.items()
                ],
            )
            connection.executemany(
                "INSERT INTO document_output VALUES (?1, ?2, ?3, '', ?4) ON CONFLICT (path) DO UPDATE"
                " SET previous = digest, digest = ?3, since = ?4 WHERE digest != ?3",
                [
                    (f"{folder}/{name}", folder, digest, today.isoformat())
                    for folder, names in outputs.items()
                    for name, digest in names.items()
                ],
            )

    def forget_outputs(self, folder: str, names: Iterable[str]) -> None:
        """After files were removed: they are no longer ours to look for."""
        with ledger_transaction(self._connection) as connection:
            connection.executemany(
                "DELETE FROM document_output WHERE path = ?", [(f"{folder}/{name}",) for name in names]
            )

    def told_keys(self) -> dict[str, str]:
        """By family file: what it asked to be told when its notices were last planned, as a digest."""
        with as_ledger_fault():
            return dict(self._connection.execute("SELECT path, key FROM family_told").fetchall())

    def remember_told(self, keys: Mapping[str, str]) -> None:
        """Remember that the notices of these families are planned: by path, the digest of what each asked for."""
        with ledger_transaction(self._connection) as connection:
            connection.executemany("INSERT OR REPLACE INTO family_told VALUES (?, ?)", list(keys.items()))

    def forget_told(self) -> None:
        """Plan every family's notices again: whatever may have happened to the ledger meanwhile."""
        with ledger_transaction(self._connection) as connection:
            connection.execute("DELETE FROM family_told")
