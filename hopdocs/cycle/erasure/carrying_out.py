"""Erases a family from a workspace, so that a crash at any point can be taken up where it was.

What is under way stands in a file of its own until all is done. The family's file goes first: from then on a cycle
takes its documents away as those of any file that a person deleted. Then what no cycle touches goes, and at last both
databases are written anew, since what SQLite deletes stays on the disk until something else is written there.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.erasure.proof import ERASED
from hopdocs.cycle.erasure.traces import find_traces
from hopdocs.cycle.run import CycleOptions, run_cycle
from hopdocs.errors import LedgerFault, WorkspaceFault
from hopdocs.freshness.cache_keys import MetaKey
from hopdocs.freshness.dispatched import Dispatched
from hopdocs.notices.ledger.event_log import append_event
from hopdocs.workspace import folder_of

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.cycle.session import Session
    from hopdocs.model.config import DocumentSettings
    from hopdocs.workspace import Workspace

_UNDER_WAY: Final = "erasing.json"
_KEPT_BY_FAMILY: Final = frozenset({"notice", "notice_event", "document_version"})
"""Tables of the ledger that name a family by its id alone: what was told to whom of the staff, and what was made."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One family to erase. `source` is its file's path in the workspace."""

    family: str
    source: str
    state: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done: how many files went, and of how many papers the ledger still knows that they were made."""

    copies: int
    attachments: int
    documents: int
    versions: int


def under_way(workspace: Workspace) -> Erasure | None:
    """The erasure that was begun and not ended; None if there is none."""
    with suppress(FileNotFoundError, ValueError, TypeError):
        return Erasure(**json.loads((workspace.state / _UNDER_WAY).read_text("utf-8")))
    return None


def erase_family(erasure: Erasure, session: Session, clock: Clock, settings: DocumentSettings) -> Erased:
    """Erase it, or go on with what was begun. The session holds the workspace's lock."""
    workspace = session.workspace
    note = workspace.state / _UNDER_WAY
    note.write_text(json.dumps({"family": erasure.family, "source": erasure.source, "state": erasure.state}), "utf-8")
    note.chmod(0o600)
    traces = find_traces(workspace, settings, erasure.source)
    attached, documents = traces.attached, traces.documents
    try:
        (workspace.root / erasure.source).unlink(missing_ok=True)
        for copy in traces.copies:
            copy.unlink(missing_ok=True)
        _remove_tree(traces.attachments)
        options = CycleOptions(lists_unchanged=False, removed=frozenset({erasure.source}))
        run_cycle(workspace, clock, options, session)
        _remove_tree(traces.output)
        if traces.listed.is_dir():  # then the list names it too; without the list nothing can be marked by it
            _remove_tree(traces.listed.parent.parent)
        for set_aside in workspace.state.glob("cache.db.unreadable-*"):
            set_aside.unlink(missing_ok=True)
    except OSError as err:
        raise WorkspaceFault("HD592", path=erasure.source, detail=err.strerror or str(err)) from err
    versions = _clear_ledger(erasure, session, clock)
    session.cache.set_meta(MetaKey.STANDING, "")  # what the last build showed may quote the family's file
    session.cache.compact()
    note.unlink(missing_ok=True)
    return Erased(len(traces.copies), attached, documents, versions)


def _remove_tree(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)


def _clear_ledger(erasure: Erasure, session: Session, clock: Clock) -> int:
    """Take everything personal out of the ledger; returns how many papers it still knows to have been made.

    A member's key is mostly her first name, and a digest of what a letter says can be guessed at. So of a paper there
    stays its kind, its number and its day.
    """
    ledger, connection = session.ledger, session.connection
    if ledger is None or connection is None:
        return 0
    family, folder = erasure.family, folder_of(erasure.source)
    with ledger.transaction():
        Dispatched(connection).forget_receipts(family)
        versions = _forget_readers(connection, family)
        connection.execute("DELETE FROM document_output WHERE folder = ?", (folder,))
        connection.execute("DELETE FROM family_told WHERE path = ?", (erasure.source,))
        for table in _other_tables(connection):
            connection.execute(f'DELETE FROM "{table}" WHERE family = ?', (family,))  # noqa: S608 - a table of the file
        details = {"state": erasure.state, "papers": str(versions)}
        append_event(connection, clock.now(), ERASED, family=family, details=details)
    try:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as err:
        raise LedgerFault("HD413", detail=str(err)) from err
    return versions


def _forget_readers(connection: sqlite3.Connection, family: str) -> int:
    rows = connection.execute(
        "SELECT kind, meeting, recipient, version, first_built FROM document_version WHERE family = ?", (family,)
    ).fetchall()
    readers = {name: f"person-{number}" for number, name in enumerate(sorted({row[2] for row in rows} - {""}), 1)}
    connection.execute("DELETE FROM document_version WHERE family = ?", (family,))
    connection.executemany(
        "INSERT OR REPLACE INTO document_version VALUES (?, ?, '', ?, ?, '', '', ?)",
        [(family, kind, readers.get(reader, ""), version, day) for kind, _, reader, version, day in rows],
    )
    return len(rows)


def _other_tables(connection: sqlite3.Connection) -> list[str]:
    """Every other table that keeps something by family."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [
        name
        for name in names
        if name not in _KEPT_BY_FAMILY
        and any(row[1] == "family" for row in connection.execute(f'PRAGMA table_info("{name}")'))
    ]
