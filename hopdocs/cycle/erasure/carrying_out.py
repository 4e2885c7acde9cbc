"""Forgets a family in a workspace, so that a crash at any point can be taken up where it was.

What is under way stands in a file of its own until all is done. The family's file goes first: from then on a cycle
takes its documents away as those of any file that a person deleted. Then what no cycle touches goes, and at last both
databases are written anew, since what SQLite deletes stays on the disk until something else is written there.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.erasure.answers import AboutFamily, mails_about
from hopdocs.cycle.erasure.ledger_rows import forget_in_ledger, forget_mail_files
from hopdocs.cycle.erasure.proof import ERASED
from hopdocs.cycle.erasure.traces import copies_of_others, find_traces, made_of_project
from hopdocs.cycle.erasure.whole_words import KnownBy, whole_words
from hopdocs.cycle.mail.answers_folder import answers_folder
from hopdocs.cycle.run import CycleOptions, run_cycle
from hopdocs.errors import LedgerFault, WorkspaceFault
from hopdocs.freshness.cache_keys import MetaKey
from hopdocs.freshness.project_numbers import forget_in_project
from hopdocs.notices.ledger.event_log import Chain
from hopdocs.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.cycle.session import Session
    from hopdocs.model.config import Config
    from hopdocs.workspace import Workspace

_UNDER_WAY: Final = "erasing.json"
_OF_OTHERS: Final = frozenset({MetaKey.TEMPLATES, MetaKey.ACROSS, MetaKey.OVERVIEW, MetaKey.PERSONS})
"""What the cycle has just written anew without the family. Other single values of the cache may quote its file or name
its papers, and are found out again."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One family to forget. `source` is its file's path in the workspace.

    `names` are whole names, which stand by chance in nobody else's papers: with them what is left is looked for.
    """

    family: str
    source: str
    state: str
    case_number: str = ""
    names: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """By what it is known, its id apart."""
        return tuple(filter(None, (self.case_number, *self.names)))

    @property
    def known_by(self) -> KnownBy:
        """The same to look for in texts, with its id."""
        return KnownBy(tuple(filter(None, self.names)), tuple(filter(None, (self.case_number, self.family))))


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done: how many files went, and of how many papers the ledger still knows that they were made.

    `mails` are those that came back about this family alone; `shared_mails` those that stay, since they are about
    others too, and `unread_mails` those that nobody could read.
    """

    copies: int
    attachments: int
    documents: int
    versions: int
    mails: int = 0
    shared_mails: tuple[Path, ...] = ()
    unread_mails: tuple[Path, ...] = ()


def under_way(workspace: Workspace) -> Erasure | None:
    """The erasure that was begun and not ended; None if there is none."""
    with suppress(FileNotFoundError, ValueError, TypeError):
        known = json.loads((workspace.state / _UNDER_WAY).read_text("utf-8"))
        return Erasure(**{**known, "names": tuple(known.get("names", ()))})
    return None


def erase_family(erasure: Erasure, session: Session, clock: Clock, config: Config) -> Erased:
    """Forget it, or go on with what was begun. The session holds the workspace's lock."""
    workspace = session.workspace
    _take_note(workspace.state, erasure)
    traces = find_traces(workspace, config.documents, erasure.source, erasure.family)
    attached, documents = traces.attached, traces.documents
    spared = copies_of_others(workspace, traces, set(session.cache.ids().values()) - {erasure.family})
    _clear_project(erasure, session)
    try:
        (workspace.root / erasure.source).unlink(missing_ok=True)
        ours = session.book.outputs(PROJECT_FOLDER) if session.book is not None else {}
        papers = made_of_project(workspace.output(config.documents), erasure.known_by, ours)
        for path in (*traces.copies, *papers):  # papers that are final follow nothing; they are made of what is kept
            path.unlink(missing_ok=True)
        _remove_tree(traces.attachments)
        options = CycleOptions(lists_unchanged=False, removed=frozenset({erasure.source}))
        run_cycle(workspace, clock, options, session)
        for place in (traces.output, *traces.earlier):
            _remove_tree(place, spared)
        if traces.listed.is_dir():  # then the list names it too; without the list nothing can be marked by it
            _remove_tree(traces.listed.parent.parent)
        for printed in traces.printed.glob("*.pdf"):  # the next `dispatch` draws what still waits of the others
            printed.unlink(missing_ok=True)
        for set_aside in workspace.state.glob("cache.db.unreadable-*"):
            set_aside.unlink(missing_ok=True)
        mails = _remove_mails(erasure, session, config)
    except OSError as err:
        raise WorkspaceFault("HD592", path=erasure.source, detail=err.strerror or str(err)) from err
    versions = _clear_ledger(erasure, traces.folders, session, clock)
    session.cache.drop_family(erasure.source)
    for key in set(MetaKey) - _OF_OTHERS:
        session.cache.set_meta(key, "")
    session.cache.compact()
    (workspace.state / _UNDER_WAY).unlink(missing_ok=True)
    return Erased(len(traces.copies), attached, documents, versions, len(mails.alone), mails.shared, mails.unread)


def _take_note(state: Path, erasure: Erasure) -> None:
    """Write down what is begun, whole: half a note could not be taken up."""
    note = state / f"{_UNDER_WAY}.part"
    descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(erasure), file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    note.replace(state / _UNDER_WAY)


def _remove_tree(path: Path, spared: Collection[Path] = ()) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif any(path in other.parents for other in spared):
        for item in path.iterdir():
            if item not in spared:
                _remove_tree(item, spared)
    elif path.is_dir():
        shutil.rmtree(path)


def _remove_mails(erasure: Erasure, session: Session, config: Config) -> AboutFamily:
    """Delete the mail files about this family alone, and their names in the ledger."""
    folder, connection = answers_folder(config, session.workspace), session.connection
    if connection is None:
        return AboutFamily()
    found = mails_about(folder, connection, erasure.family, erasure.words)
    for path in found.alone:
        path.unlink(missing_ok=True)
    forget_mail_files(connection, [path.name for path in found.alone])
    return found


def _clear_project(erasure: Erasure, session: Session) -> None:
    """Take its case out of what is kept of the project, before the cycle makes the project's papers without it."""
    if session.ledger is not None and session.connection is not None:
        with session.ledger.transaction():
            forget_in_project(session.connection, whole_words((erasure.family, *erasure.words)))


def _clear_ledger(erasure: Erasure, folders: Sequence[str], session: Session, clock: Clock) -> int:
    """Take everything personal out of the ledger; returns how many papers it still knows to have been made."""
    ledger, connection = session.ledger, session.connection
    if ledger is None or connection is None:
        return 0
    with ledger.transaction():
        versions = forget_in_ledger(connection, erasure.family, folders, erasure.known_by)
        details = {"state": erasure.state, "papers": str(versions)}
        Chain(connection).append(clock.now(), ERASED, family=erasure.family, details=details)
    try:
        connection.execute("VACUUM")
        is_read = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as err:
        raise LedgerFault("HD413", detail=str(err)) from err
    if is_read:  # by another command: its journal keeps what was deleted
        raise LedgerFault("HD413", detail="database is locked")
    return versions
