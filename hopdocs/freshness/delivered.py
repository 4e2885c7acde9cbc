"""What was handed over, to whom and when, with the copies that are kept of it for ever.

Kept in the ledger's file: a copy that is gone can't be made again, and only what stands here says that one was there.
A row is written once its files lie safely in `udleveret`. None is changed but to add a file that was not ready before
(a PDF), and none is removed but with all of a family that is forgotten.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from hopdocs.errors import LedgerFault
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.ledger_access import as_ledger_fault, ledger_transaction
from hopdocs.table_shapes import add_columns, find_lacking

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from hopdocs.freshness.staleness import DocumentKey

FOLDER: Final = "udleveret"
"""Below a family's output folder: what people hold, as they got it."""
ON_THE_CASE: Final = "on_the_case"
"""How an area has its own copy of what the family was handed: nobody hands it over, it lies on the shared case."""
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS delivered_copy (
    family TEXT NOT NULL, kind TEXT NOT NULL, meeting TEXT NOT NULL, recipient TEXT NOT NULL, receiver TEXT NOT NULL,
    day TEXT NOT NULL, how TEXT NOT NULL, edition INTEGER NOT NULL, folder TEXT NOT NULL, files TEXT NOT NULL,
    facts TEXT NOT NULL, PRIMARY KEY (family, kind, meeting, recipient, receiver, day, how)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS delivered_facts (
    family TEXT NOT NULL, reader TEXT NOT NULL, day TEXT NOT NULL, facts TEXT NOT NULL,
    PRIMARY KEY (family, reader, day)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class DeliveredCopy:
    """One document as one person got it.

    `kind`, `meeting` and `recipient` say which document, as in its key: '' for what belongs to no meeting or is the
    same for all. `to` got it, a member's key or an area's code. `files` are names in the `udleveret` folder of
    `folder`, each with the digest of its contents. `facts`: JSON text of what that reader saw, '' if not known.
    """

    family: str
    kind: str
    meeting: str
    recipient: str
    edition: int
    day: date
    how: str
    to: str
    folder: str
    files: tuple[tuple[str, str], ...]
    facts: str = ""

    @property
    def handing(self) -> tuple[str, str, str, str, date, str]:
        """What makes it the same handing over: which document, to whom, when and how."""
        return (self.kind, self.meeting, self.recipient, self.to, self.day, self.how)


@dataclass(frozen=True, slots=True)
class DeliveredBefore:
    """What the ledger knows when a family is looked at: its copies, its documents' editions, and what stands.

    `editions` has by document and number the day on which each was first built; `standing` by file name the digest of
    what hopdocs put there last, and since when.
    """

    copies: tuple[DeliveredCopy, ...] = ()
    editions: Mapping[DocumentKey, Mapping[int, date]] = field(default_factory=dict)
    standing: Mapping[str, tuple[str, date]] = field(default_factory=dict)

    def edition_on(self, key: DocumentKey, day: date) -> int:
        """The edition that stood on a day; 0 if there was none yet."""
        return max((number for number, built in self.editions.get(key, {}).items() if built <= day), default=0)


class DeliveredCopies:
    """The table, on a connection to the ledger's file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def prepare(self) -> None:
        """Make the table if it is missing."""
        with as_ledger_fault():
            add_columns(self._connection, {"delivered_copy.facts": "TEXT NOT NULL DEFAULT ''"})
            lacking = find_lacking(self._connection, SCHEMA)
            if lacking:
                raise LedgerFault("HD487", what=", ".join(lacking))
            self._connection.executescript(SCHEMA)

    def of_family(self, family: str) -> tuple[DeliveredCopy, ...]:
        """Everything that one family got, oldest first; nothing where no build has written here yet."""
        return tuple(self._read("WHERE family = ? ORDER BY day, kind, meeting, recipient, receiver", (family,)))

    def facts(self, family: str) -> dict[tuple[str, date], str]:
        """By reader and day of a delivery: what stood in her plan then, '' if nobody can tell.

        Of readers who got no copy of their own, as areas, and of copies that nobody knew it of when they were kept.
        """
        with as_ledger_fault():
            if not self._is_prepared():
                return {}
            rows = self._connection.execute(
                "SELECT reader, day, facts FROM delivered_facts WHERE family = ?", (family,)
            )
            return {(reader, date.fromisoformat(day)): facts for reader, day, facts in rows}

    def keep_facts(self, rows: Iterable[tuple[str, str, date, str]]) -> None:
        """Write down, by family, reader and day, what was found out; what is known already stays."""
        with as_ledger_fault():
            self._connection.executemany(
                "INSERT OR IGNORE INTO delivered_facts VALUES (?, ?, ?, ?)",
                [(family, reader, day.isoformat(), facts) for family, reader, day, facts in rows],
            )

    def tally(self) -> dict[str, int]:
        """By family: how many there are. No row is ever removed, so another number is another row."""
        with as_ledger_fault():
            if not self._is_prepared():
                return {}
            return dict(self._connection.execute("SELECT family, count(*) FROM delivered_copy GROUP BY family"))

    def count_by_folder(self) -> dict[str, int]:
        """By output folder: how many copies lie there."""
        with as_ledger_fault():
            if not self._is_prepared():
                return {}
            return dict(self._connection.execute("SELECT folder, count(*) FROM delivered_copy GROUP BY folder"))

    def in_folder(self, folder: str) -> tuple[DeliveredCopy, ...]:
        """Everything that lies in one output folder."""
        return tuple(self._read("WHERE folder = ?", (folder,)))

    def all(self) -> Iterator[DeliveredCopy]:
        """Everything that was ever handed over, by folder."""
        return self._read("ORDER BY folder, day, kind, meeting, recipient, receiver", ())

    def keep(self, copies: Iterable[DeliveredCopy]) -> None:
        """Write down copies whose files stand. One that is known already gets the files that it lacked."""
        rows = [
            (
                *(item.family, item.kind, item.meeting, item.recipient, item.to, item.day.isoformat(), item.how),
                *(item.edition, item.folder, json.dumps(item.files, ensure_ascii=False), item.facts),
            )
            for item in copies
        ]
        with ledger_transaction(self._connection) as connection:
            connection.executemany(
                "INSERT INTO delivered_copy VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET files = excluded.files",
                rows,
            )

    def _is_prepared(self) -> bool:
        found = self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'delivered_facts'").fetchone()
        return found is not None

    def _read(self, where: str, values: tuple[str, ...]) -> Iterator[DeliveredCopy]:
        with as_ledger_fault():
            if not self._is_prepared():
                return
            for row in self._connection.execute(
                "SELECT family, kind, meeting, recipient, edition, day, how, receiver, folder, files, facts"  # noqa: S608 - one of two fixed texts
                f" FROM delivered_copy {where}",
                values,
            ):
                who, kind, meeting, recipient, edition, day, how, receiver, folder, files, facts = row
                on, kept = date.fromisoformat(day), tuple((name, digest) for name, digest in json.loads(files))
                yield DeliveredCopy(who, kind, meeting, recipient, edition, on, how, receiver, folder, kept, facts)


def read_copies(ledger: Path, family: str | None = None) -> tuple[DeliveredCopy, ...]:
    """What a ledger's file says that one family got, or all; it is not written. No file is a ledger of nothing."""
    if not ledger.is_file():
        return ()
    with closing(connect_to_read(ledger)) as connection:
        copies = DeliveredCopies(connection)
        return copies.of_family(family) if family is not None else tuple(copies.all())


def count_by_folder(ledger: Path) -> dict[str, int]:
    """By output folder how many copies a ledger's file knows; no row ever goes, so another number is another row."""
    if not ledger.is_file():
        return {}
    with closing(connect_to_read(ledger)) as connection:
        return DeliveredCopies(connection).count_by_folder()


def copies_in(ledger: Path, folder: str) -> tuple[DeliveredCopy, ...]:
    """What a ledger's file says that lies in one output folder."""
    with closing(connect_to_read(ledger)) as connection:
        return DeliveredCopies(connection).in_folder(folder)
