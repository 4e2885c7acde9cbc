"""How a family that nobody touched is recognised without opening its documents: one row each, read for all at once."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hopdocs.freshness.aside_names import aside_of
from hopdocs.freshness.cache_keys import Lookup
from hopdocs.freshness.file_stats import FileStat
from hopdocs.freshness.fingerprint import Digest

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from hopdocs.freshness.cache_keys import LookupKey

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS signature (
    path TEXT PRIMARY KEY, family TEXT NOT NULL, digest TEXT NOT NULL, config TEXT NOT NULL, shared TEXT NOT NULL,
    is_settled INTEGER NOT NULL, notices TEXT NOT NULL, twins TEXT NOT NULL, lookups TEXT NOT NULL, answers TEXT,
    documents INTEGER NOT NULL, seal INTEGER NOT NULL, folder TEXT NOT NULL, file_stats TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS signature_family ON signature (family);
"""
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SEALED: Final = "path, family, digest, config, shared, is_settled, notices, twins, lookups, answers, documents"
_SEALED_COLUMNS: Final = _SEALED.count(",") + 1


@dataclass(frozen=True, slots=True)
class Signature:
    """What an untouched family is recognised by, without opening it.

    `shared` digests what all families share: configuration, hopdocs' version, the day. `lookups` are files
    that were read or looked for, with the digests that they had; `file_stats` the outputs as they were left.
    `is_settled` is false if something is still to be done whatever happens: a failure, a document open in Word.
    """

    digest: Digest
    config: Digest
    shared: Digest
    lookups: Mapping[LookupKey, str]
    file_stats: Mapping[str, FileStat]
    is_settled: bool
    notices: str = ""
    """Digest of what the family asks to be told; '' for one that is stopped, or if there is no mail."""
    twins: tuple[str, ...] = ()
    """Other files that say they are the same family."""


class SignatureRow(NamedTuple):
    """A signature as a look at all families needs it: nothing unpacked that ten thousand of them have alike.

    `lookups` is the text of all look-ups but that of the family's answers; `answers` is None if it looked for none.
    `folder` is the entry of its output folder when all that stands in it was last seen to be ours, '' for never.
    """

    path: str
    family: str
    digest: str
    config: str
    shared: str
    is_settled: int
    notices: str
    twins: str
    lookups: str
    answers: str | None
    documents: int
    folder: str

    def look_ups(self) -> dict[LookupKey, str]:
        """What was looked up for it, but for the answers."""
        found: dict[LookupKey, str] = json.loads(self.lookups)
        return found


class Signatures:
    """The table of signatures. What was damaged on disk is not believed: it is left out, and so looked at anew."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> Iterator[SignatureRow]:
        """Of every family that was ever evaluated."""
        for row in self._connection.execute(f"SELECT {_SEALED}, folder, seal FROM signature"):  # noqa: S608 - fixed
            if _seal(row[:_SEALED_COLUMNS]) == row[-1]:
                yield SignatureRow._make(row[:-1])

    def of(self, path: str) -> tuple[SignatureRow, Signature] | None:
        """One family's, in both forms."""
        row = self._connection.execute(
            f"SELECT {_SEALED}, folder, seal, file_stats FROM signature WHERE path = ?",  # noqa: S608 - a fixed list
            (path,),
        ).fetchone()
        if row is None or _seal(row[:_SEALED_COLUMNS]) != row[-2]:
            return None
        found = SignatureRow._make(row[:-2])
        try:
            return found, _unpack(found, json.loads(row[-1]))
        except (ValueError, TypeError):
            return None

    def file_stats(self, path: str) -> dict[str, FileStat]:
        """The outputs of a family as they were left."""
        found = self.of(path)
        return dict(found[1].file_stats) if found else {}

    def ids(self) -> dict[str, str]:
        """By path: what each family calls itself."""
        return dict(self._connection.execute("SELECT path, family FROM signature").fetchall())

    def paths_with_id(self, family: str) -> tuple[str, ...]:
        """The files that say they are this family."""
        rows = self._connection.execute("SELECT path FROM signature WHERE family = ? ORDER BY path", (family,))
        return tuple(row[0] for row in rows)

    def keep(self, path: str, family: str, signature: Signature) -> None:
        """Remember what a family is recognised by. Its folder must be seen again before that alone is trusted."""
        lookups = dict(signature.lookups)
        answers = lookups.pop(Lookup.ANSWERS.key(family), None)
        sealed = (
            path,
            family,
            signature.digest,
            signature.config,
            signature.shared,
            int(signature.is_settled),
            signature.notices,
            pack(list(signature.twins)),
            pack(lookups),
            answers,
            sum(aside_of(name) == name for name in signature.file_stats),
        )
        file_stats = pack({name: list(file_stat) for name, file_stat in signature.file_stats.items()})
        self._connection.execute(
            "INSERT OR REPLACE INTO signature VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)",
            (*sealed, _seal(sealed), file_stats),
        )

    def keep_folders(self, seen: Iterable[tuple[str, str]]) -> None:
        """Remember by path the entries of output folders in which all was seen to be ours."""
        self._connection.executemany(
            "UPDATE signature SET folder = ? WHERE path = ?", [(folder, path) for path, folder in seen]
        )

    def drop(self, path: str) -> None:
        """Forget a family whose file is gone."""
        self._connection.execute("DELETE FROM signature WHERE path = ?", (path,))


def pack(value: object) -> str:
    """JSON as the cache keeps it."""
    return _ENCODER.encode(value)


def _seal(sealed: tuple[Any, ...]) -> int:
    """A checksum against the disk's faults; nobody is kept out by it."""
    return zlib.crc32("\n".join(map(str, sealed)).encode())


def _unpack(row: SignatureRow, file_stats: Mapping[str, list[int]]) -> Signature:
    lookups = row.look_ups()
    if row.answers is not None:
        lookups[Lookup.ANSWERS.key(row.family)] = row.answers
    return Signature(
        digest=Digest(row.digest),
        config=Digest(row.config),
        shared=Digest(row.shared),
        lookups=lookups,
        file_stats={name: FileStat._make(file_stat) for name, file_stat in file_stats.items()},
        is_settled=bool(row.is_settled),
        notices=row.notices,
        twins=tuple(json.loads(row.twins)),
    )
