"""What was laid ready for the family, what came of it, and what the records system has already.

Kept in the ledger's file, since none of it can be worked out again: which message a receipt speaks of, what the
municipality's sender said of it, and which documents were handed over to the records system. No CPR number is among it.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from hopdocs.ledger_access import as_ledger_fault, ledger_transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS dispatch_letter (
    id TEXT PRIMARY KEY, family TEXT NOT NULL, kind TEXT NOT NULL, meeting TEXT NOT NULL, recipient TEXT NOT NULL,
    edition INTEGER NOT NULL, route TEXT NOT NULL, laid TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dispatch_receipt (
    id TEXT NOT NULL, file TEXT NOT NULL, status TEXT NOT NULL, at TEXT NOT NULL, read TEXT NOT NULL,
    PRIMARY KEY (id, file, status, at)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journal_entry (
    key TEXT PRIMARY KEY, family TEXT NOT NULL, marked TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS dispatch_letter_family ON dispatch_letter (family);
"""


LetterKey: TypeAlias = tuple[str, str, str, str, int]
"""A family's id, kind, meeting, recipient, and the edition: which letter, whichever way it goes."""


class ReceiptStatus(StrEnum):
    """What became of a message, in the sender's words."""

    DELIVERED = "delivered"
    NO_MAILBOX = "no_mailbox"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LaidLetter:
    """A letter that was laid ready: its message's id, which edition of which document it is, and the first moment."""

    id: str
    family: str
    kind: str
    meeting: str
    recipient: str
    edition: int
    route: str
    laid: str

    @property
    def document(self) -> LetterKey:
        """Which edition of which document, whichever way it goes."""
        return (self.family, self.kind, self.meeting, self.recipient, self.edition)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender wrote back about one message. `at` and `read` are moments in ISO 8601; `file` has no folder."""

    id: str
    file: str
    status: ReceiptStatus
    at: str
    read: str


class Dispatched:
    """The tables, on a connection to the ledger's file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def prepare(self) -> None:
        """Make the tables if they are missing."""
        with as_ledger_fault():
            self.connection.executescript(SCHEMA)

    def remember_laid(self, letters: Iterable[LaidLetter]) -> None:
        """Write down letters before they are laid ready; one that is known keeps its moment."""
        self._add("dispatch_letter", LaidLetter, letters)

    def laid(self, family: str | None = None) -> dict[str, LaidLetter]:
        """By id what was laid ready, for one family or for all."""
        where, values = ("", ()) if family is None else (" WHERE family = ?", (family,))
        return {row[0]: LaidLetter(*row) for row in self._rows(f"dispatch_letter{where}", values)}

    def keep_receipts(self, receipts: Iterable[Receipt]) -> None:
        """Write down what was read; a file that was read before changes nothing."""
        self._add("dispatch_receipt", Receipt, receipts)

    def receipts(self) -> dict[str, tuple[Receipt, ...]]:
        """By the message's id what came back about it, oldest first."""
        found: dict[str, list[Receipt]] = {}
        for identity, file, status, *moments in self._rows("dispatch_receipt ORDER BY at, file", ()):
            found.setdefault(identity, []).append(Receipt(identity, file, ReceiptStatus(status), *moments))
        return {identity: tuple(items) for identity, items in found.items()}

    def forget_receipts(self, family: str) -> None:
        """Take out what came back about a family's letters, whose ids say what stood in them to who can guess it."""
        known = self.laid(family).keys() & self.receipts().keys()
        with as_ledger_fault():
            for item in known:
                self.connection.execute("DELETE FROM dispatch_receipt WHERE id = ?", (item,))

    def outcomes(self, family: str | None = None) -> dict[LetterKey, Receipt]:
        """By edition of a document, of one family or all: the last that came back, whichever way it went."""
        receipts = self.receipts()
        found: dict[LetterKey, Receipt] = {}
        for letter in self.laid(family).values():
            for item in receipts.get(letter.id, ()):
                known = found.get(letter.document)
                if known is None or known.at <= item.at:
                    found[letter.document] = item
        return found

    def journalled(self, family: str) -> frozenset[str]:
        """The keys of what the records system has of a family."""
        return frozenset(row[0] for row in self._rows("journal_entry WHERE family = ?", (family,)))

    def mark_journalled(self, family: str, keys: Iterable[str], day: str) -> None:
        """Remember what was handed over to the records system."""
        rows = [(key, family, day) for key in keys]
        with as_ledger_fault():
            self.connection.executemany("INSERT OR IGNORE INTO journal_entry VALUES (?, ?, ?)", rows)

    def _add(self, table: str, kind: type[LaidLetter | Receipt], rows: Iterable[LaidLetter | Receipt]) -> None:
        marks = ", ".join("?" * len(fields(kind)))
        with ledger_transaction(self.connection) as connection:
            connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", map(astuple, rows))  # noqa: S608 - fixed texts

    def _rows(self, rest: str, values: tuple[str, ...]) -> list[tuple[Any, ...]]:
        """Rows of one of the tables; none where they were never made."""
        table = rest.partition(" ")[0]
        with as_ledger_fault():
            if not self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                return []
            return self.connection.execute(f"SELECT * FROM {rest}", values).fetchall()  # noqa: S608 - fixed texts
