"""What was found and made last time: only ever a shortcut. Delete it, and the next build makes everything anew.

A value is trusted only with its own checksum beside it, so that a damaged file is noticed and not believed. What
SQLite cannot read is renamed aside.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from typing import TYPE_CHECKING, Any, Final

from hopdocs.errors import WorkspaceFault
from hopdocs.freshness.cache_keys import MetaKey
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.freshness.signatures import SCHEMA as SIGNATURE_SCHEMA
from hopdocs.freshness.signatures import Signature, SignatureRow, Signatures, pack
from hopdocs.freshness.staleness import DocumentKey, Record, pack_record, unpack_record
from hopdocs.plain_files import make_private_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from hopdocs.freshness.file_stats import FileStat

SCHEMA_VERSION: Final = 5
MOST_SET_ASIDE: Final = 3
"""How many damaged caches are kept for somebody to look at: each may be as large as the one that is used."""
_SCHEMA: Final = f"""
{SIGNATURE_SCHEMA}
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS family (
    path TEXT PRIMARY KEY, diagnostics TEXT NOT NULL, facts TEXT NOT NULL, figures TEXT NOT NULL,
    page_row TEXT NOT NULL, findings TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS family_fault ON family (path) WHERE diagnostics != '';
CREATE TABLE IF NOT EXISTS document (
    path TEXT NOT NULL, name TEXT NOT NULL, family TEXT NOT NULL, kind TEXT NOT NULL, meeting TEXT NOT NULL,
    recipient TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (path, name)
);
"""
_DOCUMENT_KEY: Final = "path, name, family, kind, meeting, recipient"
_PRIMARY: Final = 0xFF
"""SQLite's primary result code stands in the lowest byte of an extended one (sqlite.org/rescode.html)."""
_NOT_OURS_TO_REPAIR: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_CANTOPEN,
    }
)


class CacheDamaged(Exception):
    """The cache cannot be read. It is no fault of anybody's: it is set aside and made again."""


class Cache:
    """`cache.db`. One writer at a time; the workspace's lock sees to it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._signatures = Signatures(connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def remembered(self) -> Iterator[SignatureRow]:
        """What every family that was ever evaluated is recognised by."""
        with _damage_noticed():
            yield from self._signatures.all()

    def signature(self, path: str) -> Signature | None:
        """One family's signature, unpacked."""
        with _damage_noticed():
            found = self._signatures.of(path)
        return found[1] if found else None

    def remembered_of(self, path: str) -> SignatureRow | None:
        """The same for one family."""
        with _damage_noticed():
            found = self._signatures.of(path)
        return found[0] if found else None

    def file_stats(self, path: str) -> dict[str, FileStat]:
        """The outputs of a family as they were left."""
        with _damage_noticed():
            return self._signatures.file_stats(path)

    def ids(self) -> dict[str, str]:
        """By path: what each family calls itself."""
        with _damage_noticed():
            return self._signatures.ids()

    def keep_folders(self, seen: Iterable[tuple[str, str]]) -> None:
        """Remember by path the entries of output folders in which all was seen to be ours."""
        with self.transaction():
            self._signatures.keep_folders(seen)

    def findings(self, path: str) -> dict[str, Any] | None:
        """A family's outcome (`FamilyOutcome.as_json`); None if there is nothing that can be trusted."""
        row = self._row("SELECT findings FROM family WHERE path = ?", path)
        with contextlib.suppress(CacheDamaged):
            found: dict[str, Any] | None = json.loads(unseal(row[0], path)) if row else None
            return found
        return None

    def records(self, path: str) -> dict[str, Record]:
        """What was made of a family, by file name."""
        return {record.name: record for _, record in self.all_records(path)}

    def paths_with_id(self, family: str) -> tuple[str, ...]:
        """The files that say they are this family."""
        with _damage_noticed():
            return self._signatures.paths_with_id(family)

    def facts(self, naming: Collection[str] | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
        """By path: what the rules across families read of each; families that are stopped have none.

        With `naming`, only those in which one of these texts stands.
        """
        such = "AND EXISTS (SELECT 1 FROM json_each(?) AS text WHERE instr(facts, text.value))"
        where, values = ("", ()) if naming is None else (such, (json.dumps([pack(text)[1:-1] for text in naming]),))
        with _damage_noticed():
            for path, text in self._connection.execute(
                f"SELECT path, facts FROM family WHERE facts != '' {where}",  # noqa: S608 - one of two fixed texts
                values,
            ):
                yield path, json.loads(unseal(text, path))

    def figures(self) -> Iterator[tuple[str, str]]:
        """By path, as JSON: what was counted and measured in each course; families that are stopped have none."""
        with _damage_noticed():
            for path, text in self._connection.execute("SELECT path, figures FROM family WHERE figures != ''"):
                yield path, unseal(text, path)

    def diagnostics(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """By path: what is wrong with each family that has something wrong."""
        with _damage_noticed():
            for path, text in self._connection.execute("SELECT path, diagnostics FROM family WHERE diagnostics != ''"):
                yield path, json.loads(unseal(text, path))

    def diagnostics_of(self, path: str) -> list[dict[str, Any]]:
        """What is wrong with one family."""
        row = self._row("SELECT diagnostics FROM family WHERE path = ?", path)
        with _damage_noticed():
            found: list[dict[str, Any]] = json.loads(unseal(row[0], path)) if row and row[0] else []
        return found

    def rows(self) -> Iterator[tuple[str, str]]:
        """By path, in order: each family's row on the page of all families, as JSON."""
        with _damage_noticed():
            for path, text in self._connection.execute(
                "SELECT path, page_row FROM family WHERE page_row != '' ORDER BY path"
            ):
                yield path, unseal(text, path)

    def keep_row(self, path: str, row: Mapping[str, Any]) -> None:
        """Remember a family's row."""
        with _damage_noticed():
            self._connection.execute("UPDATE family SET page_row = ? WHERE path = ?", (_seal(row, path), path))

    def document_keys(self, paths: Collection[str] = ()) -> Iterator[tuple[str, str, DocumentKey]]:
        """Every document that was made, or those of some files: the file, its own name, and which document it is."""
        chosen = "WHERE path IN (SELECT value FROM json_each(?))"
        where, values = (chosen, (json.dumps(sorted(paths)),)) if paths else ("", ())
        with _damage_noticed():
            for path, name, family, kind, meeting, recipient in self._connection.execute(
                f"SELECT {_DOCUMENT_KEY} FROM document {where} ORDER BY path, name",  # noqa: S608 - one of two fixed texts
                values,
            ):
                yield path, name, DocumentKey(family, kind, meeting, recipient)

    def all_records(self, path: str | None = None) -> Iterator[tuple[str, Record]]:
        """Every document that was made, with the file that it was made of."""
        where, values = ("WHERE path = ?", (path,)) if path else ("", ())
        with _damage_noticed():
            for source, text in self._connection.execute(
                f"SELECT path, record FROM document {where} ORDER BY path, name",  # noqa: S608 - one of two fixed texts
                values,
            ):
                with contextlib.suppress(CacheDamaged):  # made anew, like one that is not remembered
                    yield source, unpack_record(json.loads(unseal(text, source)))

    def keep_family(self, path: str, family: str, signature: Signature, findings: Mapping[str, Any]) -> None:
        """Remember a family's evaluation; `findings` has what stands in the columns among the rest."""
        columns = [_seal(findings[name], path) for name in ("diagnostics", "facts", "figures", "page_row")]
        with _damage_noticed():
            self._forget_standing(MetaKey.TOGETHER)
            self._signatures.keep(path, family, signature)
            self._connection.execute(
                "INSERT OR REPLACE INTO family VALUES (?, ?, ?, ?, ?, ?)", (path, *columns, _seal(findings, path))
            )

    def keep_diagnostics(self, path: str, diagnostics: Sequence[Mapping[str, Any]]) -> None:
        """Remember what is wrong with a family, when more was found after its evaluation."""
        with _damage_noticed():
            self._connection.execute(
                "UPDATE family SET diagnostics = ? WHERE path = ?", (_seal(list(diagnostics), path), path)
            )

    def keep_signature(self, path: str, signature: Signature) -> None:
        """Remember what a family is recognised by, its evaluation being as it was."""
        known = self.remembered_of(path)
        if known is not None:
            with _damage_noticed():
                self._forget_standing()
                self._signatures.keep(path, known.family, signature)

    def keep_records(self, path: str, records: Iterable[Record]) -> None:
        """Remember documents as they were made."""
        rows = []
        for record in records:
            key = record.key
            names = (key.family, key.kind, key.meeting, key.recipient)
            rows.append((path, record.name, *names, _seal(pack_record(record), path)))
        with _damage_noticed():
            self._connection.executemany("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def drop_records(self, path: str, names: Iterable[str]) -> None:
        """Forget documents that were removed."""
        with _damage_noticed():
            self._connection.executemany(
                "DELETE FROM document WHERE path = ? AND name = ?", [(path, name) for name in names]
            )

    def drop_family(self, path: str) -> None:
        """Forget a family whose file is gone."""
        with _damage_noticed():
            self._forget_standing(MetaKey.TOGETHER)
            self._signatures.drop(path)
            self._connection.execute("DELETE FROM family WHERE path = ?", (path,))
            self._connection.execute("DELETE FROM document WHERE path = ?", (path,))

    def compact(self) -> None:
        """Write the file anew: what was dropped stands nowhere in it any more."""
        with _damage_noticed():
            self._connection.execute("VACUUM")
            is_read = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if is_read:  # by another command: the journal keeps what was dropped
            raise WorkspaceFault("HD514", path="cache.db", detail="database is locked")

    def meta(self, key: MetaKey) -> str:
        """A single remembered value, or ''."""
        row = self._row("SELECT value FROM meta WHERE key = ?", key)
        with _damage_noticed():
            return unseal(row[0], key) if row else ""

    def set_meta(self, key: MetaKey, value: str) -> None:
        """Remember a single value."""
        with _damage_noticed():
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, _checksum(value, key) + value))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything that is written inside is committed together, or nothing of it."""
        with _damage_noticed():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _forget_standing(self, *also: MetaKey) -> None:
        """It was about all families as they were, and says nothing once something else is known of one."""
        self._connection.executemany("DELETE FROM meta WHERE key = ?", [(key,) for key in (MetaKey.STANDING, *also)])

    def _row(self, query: str, value: str) -> tuple[Any, ...] | None:
        with _damage_noticed():
            found: tuple[Any, ...] | None = self._connection.execute(query, (value,)).fetchone()
            return found


def open_cache(path: Path) -> Cache:
    """Open the cache, or begin a new one; one that cannot be read is set aside first."""
    try:
        return _open(path)
    except CacheDamaged:
        set_aside(path)
        return _open(path)


def open_cache_to_read(path: Path) -> Cache:
    """The cache as it is, never written: of a dry run, or beside a running service. Damaged or missing is empty."""
    if path.is_file():
        with contextlib.suppress(sqlite3.Error, CacheDamaged), contextlib.ExitStack() as opening:
            connection = connect_to_read(path)
            opening.callback(connection.close)
            if _version_of(connection) == SCHEMA_VERSION:
                opening.pop_all()
                return Cache(connection)
    return empty_cache()


def empty_cache() -> Cache:
    """A cache in memory that knows nothing yet."""
    empty = sqlite3.connect(":memory:", isolation_level=None)
    empty.executescript(_SCHEMA)
    return Cache(empty)


def set_aside(path: Path) -> None:
    """Rename a cache that cannot be read, with its journals, so that somebody may look at it. The last few stay."""
    numbers = [int(item.name.rpartition("-")[2]) for item in path.parent.glob(f"{path.name}.unreadable-*[0-9]")]
    number = max(numbers, default=0) + 1
    for ending in ("", "-wal", "-shm"):
        for old in sorted(numbers)[: len(numbers) + 1 - MOST_SET_ASIDE]:
            path.with_name(f"{path.name}.unreadable-{old}{ending}").unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(path.with_name(f"{path.name}.unreadable-{number}{ending}"))


def find_set_aside(state: Path) -> list[str]:
    """The names of damaged databases that were put aside, the newest last."""
    names = (path.name for path in state.glob("*.unreadable-*[0-9]"))
    return sorted(names, key=lambda name: int(name.rpartition("-")[2]))


def _open(path: Path) -> Cache:
    try:
        make_private_file(path)
    except OSError as err:
        raise WorkspaceFault("HD514", path=path.name, detail=err.strerror or str(err)) from err
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
    except sqlite3.Error as err:
        raise WorkspaceFault("HD514", path=path.name, detail=str(err)) from err
    try:
        # Losing the last commits in a power cut only means making those documents again.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        version = _version_of(connection)
        if version == 0:
            connection.executescript(_SCHEMA)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except sqlite3.OperationalError as err:
        connection.close()
        raise _fault_or_damage(err) from err
    except sqlite3.DatabaseError as err:
        connection.close()
        raise CacheDamaged from err
    if version not in (0, SCHEMA_VERSION):
        connection.close()
        raise CacheDamaged
    return Cache(connection)


def _version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextlib.contextmanager
def _damage_noticed() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as err:
        raise _fault_or_damage(err) from err
    except (sqlite3.DatabaseError, ValueError) as err:
        raise CacheDamaged from err


def _fault_or_damage(err: sqlite3.OperationalError) -> WorkspaceFault | CacheDamaged:
    """What somebody can repair by giving us the disk, or a file that says nothing we can use."""
    code: int = getattr(err, "sqlite_errorcode", 0)  # none if Python itself could not read the text
    if code & _PRIMARY in _NOT_OURS_TO_REPAIR:
        return WorkspaceFault("HD514", path="cache.db", detail=str(err))
    return CacheDamaged()


def _checksum(text: str, place: str) -> str:
    return f"{zlib.crc32(text.encode(), zlib.crc32(place.encode())):08x}"


def _seal(value: object, place: str) -> str:
    """JSON behind a checksum of it and of what it belongs to; nothing for nothing."""
    if not value:
        return ""
    text = pack(value)
    return _checksum(text, place) + text


def unseal(sealed: str, place: str) -> str:
    """The JSON again; `CacheDamaged` if the disk has changed it."""
    text = sealed[8:]
    if _checksum(text, place) != sealed[:8]:
        raise CacheDamaged
    return text
