"""What was found and made last time: only ever a shortcut. Delete it, and the next build makes everything anew.

A row is trusted only with its own digest beside it, so that a damaged file is noticed and not believed. What SQLite
cannot read is renamed aside.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from hopdocs.build.fingerprint import Digest, digest_bytes
from hopdocs.build.plan import DocumentKey, Format, LeftOut, Reason, Record
from hopdocs.build.publish import Stamp
from hopdocs.build.readers import connect_to_read
from hopdocs.errors import WorkspaceFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

SCHEMA_VERSION: Final = 2
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS family (
    path TEXT PRIMARY KEY, family TEXT NOT NULL, signature TEXT NOT NULL, diagnostics TEXT NOT NULL,
    facts TEXT NOT NULL, page_row TEXT NOT NULL, findings TEXT NOT NULL, seal TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS family_id ON family (family);
CREATE TABLE IF NOT EXISTS document (
    path TEXT NOT NULL, name TEXT NOT NULL, family TEXT NOT NULL, kind TEXT NOT NULL, meeting TEXT NOT NULL,
    recipient TEXT NOT NULL, record TEXT NOT NULL, seal TEXT NOT NULL, PRIMARY KEY (path, name)
) WITHOUT ROWID;
"""


class CacheDamaged(Exception):
    """The cache cannot be read. It is no fault of anybody's: it is set aside and made again."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What an untouched family is recognised by, without opening it.

    `surroundings` digests what all families share: configuration, hopdocs' version, the day. `lookups` are files
    that were read or looked for, with the digests that they had; `stamps` the outputs as they were left.
    `is_settled` is false where something is still to be done whatever happens: a failure, a document open in Word.
    """

    digest: Digest
    config: Digest
    surroundings: Digest
    lookups: Mapping[str, str]
    stamps: Mapping[str, Stamp]
    is_settled: bool
    notices: str = ""
    """Digest of what the family asks to be told; '' for one that is stopped, or where there is no mail."""
    twins: tuple[str, ...] = ()
    """Other files that say they are the same family."""


class Cache:
    """`cache.db`. One writer at a time; the workspace's lock sees to it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def signatures(self) -> Iterator[tuple[str, str, Signature]]:
        """Path, family id and signature of every family that was ever evaluated; unreadable ones are left out."""
        with _damage_noticed():
            for path, family, text in self._connection.execute("SELECT path, family, signature FROM family"):
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    yield path, family, _signature(json.loads(text))

    def signature(self, path: str) -> Signature | None:
        """One family's signature."""
        row = self._row("SELECT signature FROM family WHERE path = ?", path)
        with contextlib.suppress(ValueError, KeyError, TypeError):
            return _signature(json.loads(row[0])) if row else None
        return None

    def findings(self, path: str) -> dict[str, Any] | None:
        """What evaluating a family gave, as plain data; None where there is nothing that can be trusted."""
        row = self._row("SELECT findings, seal FROM family WHERE path = ?", path)
        if row is None or digest_bytes(row[0].encode()) != row[1]:
            return None
        found: dict[str, Any] = json.loads(row[0])
        return found

    def records(self, path: str) -> dict[str, Record]:
        """What was made of a family, by file name."""
        with _damage_noticed():
            rows = self._connection.execute(
                "SELECT name, record, seal FROM document WHERE path = ? ORDER BY name", (path,)
            ).fetchall()
        return {
            name: _record(json.loads(text)) for name, text, seal in rows if digest_bytes(text.encode()) == Digest(seal)
        }

    def paths_with_id(self, family: str) -> tuple[str, ...]:
        """The files that say they are this family."""
        with _damage_noticed():
            rows = self._connection.execute("SELECT path FROM family WHERE family = ? ORDER BY path", (family,))
            return tuple(row[0] for row in rows)

    def facts(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """By path: what the rules across families read of each; families that are stopped have none."""
        with _damage_noticed():
            for path, text in self._connection.execute("SELECT path, facts FROM family WHERE facts != 'null'"):
                yield path, json.loads(text)

    def diagnostics(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """By path: what is wrong with each family that has something wrong."""
        with _damage_noticed():
            for path, text in self._connection.execute(
                "SELECT path, diagnostics FROM family WHERE diagnostics != '[]'"
            ):
                yield path, json.loads(text)

    def diagnostics_of(self, path: str) -> list[dict[str, Any]]:
        """What is wrong with one family."""
        row = self._row("SELECT diagnostics FROM family WHERE path = ?", path)
        found: list[dict[str, Any]] = json.loads(row[0]) if row else []
        return found

    def rows(self) -> Iterator[tuple[str, str]]:
        """By path, in order: each family's row on the page of all families, as JSON."""
        with _damage_noticed():
            yield from self._connection.execute(
                "SELECT path, page_row FROM family WHERE page_row != 'null' ORDER BY path"
            )

    def keep_row(self, path: str, row: Mapping[str, Any]) -> None:
        """Remember a family's row."""
        with _damage_noticed():
            self._connection.execute("UPDATE family SET page_row = ? WHERE path = ?", (_pack(row), path))

    def document_keys(self) -> Iterator[tuple[str, str, DocumentKey]]:
        """Every document that was made: the family's file, its own name, and which document it is."""
        with _damage_noticed():
            for path, name, family, kind, meeting, recipient in self._connection.execute(
                "SELECT path, name, family, kind, meeting, recipient FROM document ORDER BY path, name"
            ):
                yield path, name, DocumentKey(family, kind, meeting, recipient)

    def count_documents(self) -> dict[str, int]:
        """By the family's file: how many documents were made of it."""
        with _damage_noticed():
            return dict(self._connection.execute("SELECT path, count(*) FROM document GROUP BY path").fetchall())

    def all_records(self, path: str | None = None) -> Iterator[tuple[str, Record]]:
        """Every document that was made, with the file that it was made of."""
        where, values = ("WHERE path = ?", (path,)) if path else ("", ())
        with _damage_noticed():
            for source, text in self._connection.execute(
                f"SELECT path, record FROM document {where} ORDER BY path, name",  # noqa: S608 - one of two fixed texts
                values,
            ):
                yield source, _record(json.loads(text))

    def keep_family(self, path: str, family: str, signature: Signature, findings: Mapping[str, Any]) -> None:
        """Remember a family's evaluation; `findings` has `diagnostics`, `facts` and `page_row` among the rest."""
        texts = [_pack(findings[name]) for name in ("diagnostics", "facts", "page_row")] + [_pack(findings)]
        with _damage_noticed():
            self._connection.execute(
                "INSERT OR REPLACE INTO family VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (path, family, _pack(_as_entry(signature)), *texts, digest_bytes(texts[-1].encode())),
            )

    def keep_diagnostics(self, path: str, diagnostics: Sequence[Mapping[str, Any]]) -> None:
        """Remember what is wrong with a family, when more was found after its evaluation."""
        with _damage_noticed():
            self._connection.execute(
                "UPDATE family SET diagnostics = ? WHERE path = ?", (_pack(list(diagnostics)), path)
            )

    def keep_signature(self, path: str, signature: Signature) -> None:
        """Remember what a family is recognised by, its evaluation being as it was."""
        with _damage_noticed():
            self._connection.execute(
                "UPDATE family SET signature = ? WHERE path = ?", (_pack(_as_entry(signature)), path)
            )

    def keep_records(self, path: str, records: Iterable[Record]) -> None:
        """Remember documents as they were made."""
        rows = []
        for record in records:
            text = _pack(_as_row(record))
            key = record.key
            names = (key.family, key.kind, key.meeting, key.recipient)
            rows.append((path, record.name, *names, text, digest_bytes(text.encode())))
        with _damage_noticed():
            self._connection.executemany("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def drop_records(self, path: str, names: Iterable[str]) -> None:
        """Forget documents that were removed."""
        with _damage_noticed():
            self._connection.executemany(
                "DELETE FROM document WHERE path = ? AND name = ?", [(path, name) for name in names]
            )

    def drop_family(self, path: str) -> None:
        """Forget a family whose file is gone."""
        with _damage_noticed():
            self._connection.execute("DELETE FROM family WHERE path = ?", (path,))
            self._connection.execute("DELETE FROM document WHERE path = ?", (path,))

    def meta(self, key: str) -> str:
        """A single remembered value, or ''."""
        row = self._row("SELECT value FROM meta WHERE key = ?", key)
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Remember a single value."""
        with _damage_noticed():
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        with _damage_noticed():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

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
        with contextlib.suppress(sqlite3.Error, CacheDamaged):
            cache = Cache(connect_to_read(path))
            if cache.meta("schema") == str(SCHEMA_VERSION):
                return cache
    empty = sqlite3.connect(":memory:", isolation_level=None)
    empty.executescript(_SCHEMA)
    return Cache(empty)


def set_aside(path: Path) -> None:
    """Rename a cache that cannot be read, with its journals, so that somebody may look at it."""
    number = 1
    while path.with_name(f"{path.name}.unreadable-{number}").exists():
        number += 1
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(path.with_name(f"{path.name}.unreadable-{number}{ending}"))


def _open(path: Path) -> Cache:
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
    except sqlite3.Error as err:
        raise WorkspaceFault("HD514", path=path.name, detail=str(err)) from err
    try:
        # Losing the last commits in a power cut only means making those documents again.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
        found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        if found is None:
            connection.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
        is_sound = found is None or (
            found[0] == str(SCHEMA_VERSION) and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        )
    except sqlite3.OperationalError as err:
        connection.close()
        if "readonly" in str(err) or "locked" in str(err) or "full" in str(err):
            raise WorkspaceFault("HD514", path=path.name, detail=str(err)) from err
        raise CacheDamaged from err
    except sqlite3.DatabaseError as err:
        connection.close()
        raise CacheDamaged from err
    if not is_sound:
        connection.close()
        raise CacheDamaged
    return Cache(connection)


@contextlib.contextmanager
def _damage_noticed() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as err:
        if "disk I/O" in str(err) or "malformed" in str(err):
            raise CacheDamaged from err
        raise WorkspaceFault("HD514", path="cache.db", detail=str(err)) from err
    except sqlite3.DatabaseError as err:
        raise CacheDamaged from err


def _pack(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _as_entry(signature: Signature) -> dict[str, Any]:
    """Written out by hand: `dataclasses.asdict` copies every value and takes longer than the document."""
    return {
        "digest": signature.digest,
        "config": signature.config,
        "surroundings": signature.surroundings,
        "lookups": dict(signature.lookups),
        "stamps": {name: list(stamp) for name, stamp in signature.stamps.items()},
        "is_settled": signature.is_settled,
        "notices": signature.notices,
        "twins": list(signature.twins),
    }


def _as_row(record: Record) -> dict[str, Any]:
    return {
        "key": [record.key.family, record.key.kind, record.key.meeting, record.key.recipient],
        "format": record.format.value,
        "name": record.name,
        "title": record.title,
        "template": record.template,
        "template_digest": record.template_digest,
        "software": record.software,
        "fields": dict(record.fields),
        "whole": record.whole,
        "version": record.version,
        "day": record.day.isoformat(),
        "digest": record.digest,
        "source": record.source,
        "reason": [record.reason.code, dict(record.reason.params)],
        "made_at": record.made_at,
        "is_final": record.is_final,
        "data": record.data,
        "left_out": [[item.file, item.code, dict(item.params)] for item in record.left_out],
    }


def _signature(raw: dict[str, Any]) -> Signature:
    twins = tuple(raw["twins"])
    return Signature(
        **{**raw, "twins": twins, "stamps": {name: Stamp._make(stamp) for name, stamp in raw["stamps"].items()}}
    )


def _record(raw: dict[str, Any]) -> Record:
    return Record(
        **{
            **raw,
            "key": DocumentKey(*raw["key"]),
            "format": Format(raw["format"]),
            "day": date.fromisoformat(raw["day"]),
            "reason": Reason(*raw["reason"]),
            "left_out": tuple(LeftOut(*item) for item in raw["left_out"]),
        }
    )
