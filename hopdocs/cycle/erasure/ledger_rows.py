"""What the ledger keeps of a forgotten family: that something was told and made, and when; not what, to whom or where.

A member's key is mostly her first name, and a digest of what a letter says can be guessed at. So of a paper there stays
its kind, its number and its day; of a mail its kind, its states with their moments, its number at the mail server
(Message-ID). The log is a chain of hashes, and no row of it changes: it holds codes, moments and the family's id.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from hopdocs.freshness.dispatched import Dispatched
from hopdocs.notices.kinds.course.weekly_tasks import is_weekly, without_cases
from hopdocs.notices.wanted import WantedReminder
from hopdocs.workspace import source_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence

    from hopdocs.cycle.erasure.whole_words import KnownBy

_KEPT_BY_FAMILY: Final = frozenset({"notice", "notice_event", "document_version"})
"""Tables that keep their rows of a family, with nothing personal in them. From all others they are deleted."""
_KEPT_BY_NOTICE: Final = frozenset({"notice_attempt", "notice_event"})
_PROOF: Final = frozenset(
    {
        *("id", "family", "channel", "revision", "sequence", "dtstamp", "kind", "method", "cause", "planned_at"),
        *("state", "reason", "attempts", "first_attempt_at", "unanswered", "maybe_delivered", "message_id"),
        "smtp_code",
    }
)
"""What a notice keeps, state and reason once they are settled. All else is emptied, also what a later version adds."""
_EMPTY: Final = {"TEXT": "", "INTEGER": 0, "BLOB": b""}
_UNSETTLED: Final = "('pending', 'data_started', 'in_doubt')"
REASON: Final = "family forgotten"
"""Why a notice that still waited was dropped."""


def forget_in_ledger(connection: sqlite3.Connection, family: str, folders: Sequence[str], known_by: KnownBy) -> int:
    """Empty or delete all rows of a family, in the caller's transaction; how many papers are still known to be made.

    `folders`: her output folders, each named after her file as it is called or was. Mail across families that says by
    what she is known is emptied too, but for a list of cases that waits, which goes on without hers.
    """
    _forget_answers(connection, family)
    for row in connection.execute("SELECT id, facts, planned_at FROM notice WHERE family = ?", (family,)).fetchall():
        _empty_notice(connection, *row)
    for row in connection.execute("SELECT id, facts, planned_at FROM notice WHERE family = ''").fetchall():
        if known_by.is_in(row[1]) and not _goes_on_without(connection, row[0], row[1], known_by):
            _empty_notice(connection, *row, keeps=("key",))  # news is news once, also after this
    Dispatched(connection).forget_receipts(family)
    versions = _forget_readers(connection, family)
    connection.executemany("DELETE FROM document_output WHERE folder = ?", [(folder,) for folder in folders])
    for table in _tables_with(connection, "path"):
        connection.executemany(
            f'DELETE FROM "{table}" WHERE path = ?',  # noqa: S608 - a table of the file
            [(source_of(folder),) for folder in folders],
        )
    for table in _tables_with(connection, "family") - _KEPT_BY_FAMILY:
        connection.execute(f'DELETE FROM "{table}" WHERE family = ?', (family,))  # noqa: S608 - a table of the file
    return versions


def forget_mail_files(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Delete what is remembered of files in the folder of answers, wherever that folder was: it may have been moved."""
    for table in ("notice_inbound_file", "notice_inbound_nothing"):
        connection.executemany(f"DELETE FROM {table} WHERE name = ?", [(name,) for name in names])  # noqa: S608 - fixed


def _forget_answers(connection: sqlite3.Connection, family: str) -> None:
    """What came back about her meetings, by their UIDs, before these are emptied, and what servers said of each try."""
    for table in ("notice_answer", "notice_stranger"):
        connection.execute(
            f"DELETE FROM {table} WHERE uid IN (SELECT uid FROM notice WHERE family = ?)",  # noqa: S608 - fixed texts
            (family,),
        )
    ids = "SELECT id FROM notice WHERE family = ?"
    connection.execute(f"UPDATE notice_attempt SET text = '' WHERE notice IN ({ids})", (family,))  # noqa: S608 - fixed texts
    for table in _tables_with(connection, "notice") - _KEPT_BY_NOTICE:
        connection.execute(f'DELETE FROM "{table}" WHERE notice IN ({ids})', (family,))  # noqa: S608 - a table of the file


def _goes_on_without(connection: sqlite3.Connection, notice: int, facts: str, known_by: KnownBy) -> bool:
    """Take the family out of a list of cases that still waits and names others: its reader would miss these."""
    waiting = "SELECT key FROM notice WHERE id = ? AND state = 'pending' AND NOT maybe_delivered"
    found = connection.execute(waiting, (notice,)).fetchone()
    if found is None or not is_weekly(found[0]):
        return False
    mail = without_cases(WantedReminder.from_json(json.loads(facts)), known_by.is_in)
    rest = json.dumps(mail.as_json(), ensure_ascii=False) if mail is not None else ""
    if not rest or known_by.is_in(rest):
        return False
    connection.execute("UPDATE notice SET facts = ?, mime = x'' WHERE id = ?", (rest, notice))
    return True


def _empty_notice(
    connection: sqlite3.Connection, notice: int, facts: str, planned_at: str, *, keeps: Collection[str] = ()
) -> None:
    """Leave of one notice that it was told; `keeps` names columns that stay besides.

    The UID follows from the meeting's name, and no two rows may be the same: it becomes the row's own number.
    """
    values: dict[str, Any] = {
        name: _EMPTY[kind] if must_be else None
        for _, name, kind, must_be, *_ in connection.execute("PRAGMA table_info(notice)")
        if name not in _PROOF and name not in keeps
    }
    empty = json.dumps(_emptied(json.loads(facts), datetime.fromisoformat(planned_at))) if facts else ""
    values |= {"uid": f"forgotten-{notice}", "starts_at": planned_at, "expires_at": planned_at, "facts": empty}
    marks = ", ".join(f"{name} = ?" for name in values)
    connection.execute(
        f"UPDATE notice SET {marks}, channel = iif(channel = '', '', 'trial'),"  # noqa: S608 - names of columns
        f" reason = iif(state IN {_UNSETTLED}, ?, ''), state = iif(state IN {_UNSETTLED}, 'dropped', state)"
        " WHERE id = ?",
        (*values.values(), REASON, notice),
    )


def _emptied(facts: dict[str, Any], planned: datetime) -> dict[str, Any]:
    """A notice's facts, of the same shape and saying nothing: they can still be read."""
    days = {
        "starts": planned.replace(tzinfo=None).isoformat(),
        "ends": planned.replace(tzinfo=None).isoformat(),
        "due": planned.date().isoformat(),
        "expires": planned.isoformat(),
    }
    kept = {"zone", "status", "kind"}
    return {key: value if key in kept else days.get(key, _nothing_of(value)) for key, value in facts.items()}


def _nothing_of(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _nothing_of(item) for key, item in value.items()}
    return type(value)() if value is not None else None


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


def _tables_with(connection: sqlite3.Connection, column: str) -> set[str]:
    """Every table that has such a column."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns = {name: connection.execute(f'PRAGMA table_info("{name}")').fetchall() for name in names}
    return {name for name, rows in columns.items() if any(row[1] == column for row in rows)}
