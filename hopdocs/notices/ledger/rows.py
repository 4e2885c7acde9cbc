"""The ledger's tables, and how a notice is written to and read from a row."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from hopdocs.notices.kinds.table import find_kind
from hopdocs.notices.ledger.drafts import draft_text
from hopdocs.notices.mail.message import derive_message_id, subject_of
from hopdocs.notices.record import Cause, Method, NoticeId, NoticeRecord, State

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from hopdocs.notices.kinds.kind import NoticeKind
    from hopdocs.notices.record import NewNotice
    from hopdocs.notices.wanted import WantedMeeting, WantedReminder

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS notice_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS notice (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    family TEXT NOT NULL,
    meeting TEXT NOT NULL,
    uid TEXT NOT NULL,
    revision INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    dtstamp TEXT NOT NULL,
    kind TEXT NOT NULL,
    method TEXT NOT NULL,
    email TEXT NOT NULL,
    announced TEXT NOT NULL,
    content TEXT NOT NULL,
    cause TEXT NOT NULL,
    key TEXT NOT NULL,
    facts TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    subject TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    planned_at TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('pending', 'data_started', 'accepted', 'failed', 'in_doubt', 'dropped')),
    reason TEXT NOT NULL DEFAULT '',
    not_before TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    first_attempt_at TEXT,
    unanswered INTEGER NOT NULL DEFAULT 0,
    maybe_delivered INTEGER NOT NULL DEFAULT 0,
    released INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    smtp_code INTEGER NOT NULL DEFAULT 0,
    smtp_text TEXT NOT NULL DEFAULT '',
    mime BLOB NOT NULL, -- empty before it is tried. Here, so that SQLite needn't walk through it to reach the others
    draft TEXT NOT NULL DEFAULT '', -- what the mail is made of beside the other columns
    UNIQUE (channel, uid, revision, kind, email)
) STRICT;
DROP INDEX IF EXISTS notice_family; -- of earlier versions: the next serves in its place
CREATE INDEX IF NOT EXISTS notice_family_expiry ON notice (family, expires_at);
CREATE INDEX IF NOT EXISTS notice_state ON notice (state);
CREATE INDEX IF NOT EXISTS notice_state_family ON notice (state, family); -- else a family's cost all that waits
CREATE INDEX IF NOT EXISTS notice_sequence ON notice (sequence);
CREATE TABLE IF NOT EXISTS notice_attempt (
    id INTEGER PRIMARY KEY,
    notice INTEGER NOT NULL REFERENCES notice (id),
    at TEXT NOT NULL,
    phase TEXT NOT NULL,
    code INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS notice_attempt_at ON notice_attempt (at);
CREATE TABLE IF NOT EXISTS notice_answer (
    uid TEXT NOT NULL,
    email TEXT NOT NULL,
    partstat TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    time_key TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (uid, email)
) STRICT;
CREATE TABLE IF NOT EXISTS notice_inbound (message_id TEXT PRIMARY KEY, kind TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS notice_inbound_file (
    folder TEXT NOT NULL, name TEXT NOT NULL, stamp TEXT NOT NULL, PRIMARY KEY (folder, name)
) STRICT;
CREATE TABLE IF NOT EXISTS notice_inbound_nothing (
    folder TEXT NOT NULL, name TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (folder, name)
) STRICT;
CREATE TABLE IF NOT EXISTS notice_stranger (
    uid TEXT NOT NULL, sender TEXT NOT NULL, partstat TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (uid, sender)
) STRICT;
"""

COLUMNS: Final = (
    "id, channel, family, meeting, uid, revision, sequence, dtstamp, kind, method, email, announced, content, cause, "
    "state, planned_at, starts_at, expires_at, facts, key, reason, subject, message_id, not_before, attempts, "
    "first_attempt_at, unanswered, maybe_delivered, released, held, smtp_code, smtp_text"
)
"""In the order of `NoticeRecord`'s fields."""
WITHOUT_FACTS: Final = COLUMNS.replace(" facts,", " '' AS facts,")
"""What the gates ask of a notice, without what it says: that is the most of a row, and takes the longest to read."""


def stamp(moment: datetime) -> str:
    """A moment as text that sorts by time: UTC, always with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _read_moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "method": {item.value: item for item in Method}.__getitem__,
    "cause": {item.value: item for item in Cause}.__getitem__,
    "state": {item.value: item for item in State}.__getitem__,
    **dict.fromkeys(("dtstamp", "planned_at", "starts_at", "expires_at"), datetime.fromisoformat),
    **dict.fromkeys(("not_before", "first_attempt_at"), _read_moment),
    **dict.fromkeys(("maybe_delivered", "released", "held"), bool),
}
_NAMES: Final = COLUMNS.split(", ")
_READ: Final = tuple((_NAMES.index(name), read) for name, read in _READERS.items())
_KIND, _KEY, _FACTS = (_NAMES.index(name) for name in ("kind", "key", "facts"))


def read_record(row: Sequence[Any]) -> NoticeRecord:
    """A row of `COLUMNS` as a value, by the places of its columns: it is done twice for each mail."""
    values = list(row)
    for place, read in _READ:
        values[place] = read(values[place])
    kind = values[_KIND] = find_kind(values[_KIND], values[_KEY])
    values[_FACTS] = _read_facts(kind, values[_FACTS]) if values[_FACTS] else None
    return NoticeRecord(*values)


def insert_notice(connection: sqlite3.Connection, notice: NewNotice, now: datetime) -> NoticeId:
    """Add a pending notice. Its bytes are made when it is tried: most that is planned early is planned again."""
    values = {
        "channel": notice.channel,
        "family": notice.family,
        "meeting": notice.meeting,
        "uid": notice.uid,
        "revision": notice.revision,
        "sequence": notice.sequence,
        "dtstamp": notice.dtstamp.isoformat(),
        "kind": notice.kind.name,
        "method": notice.method.value,
        "email": notice.email,
        "announced": notice.announced,
        "content": notice.content,
        "cause": notice.cause.value,
        "key": notice.key,
        "facts": _facts_text(notice.facts),
        "starts_at": stamp(notice.starts_at),
        "expires_at": stamp(notice.expires_at),
        "subject": subject_of(notice),
        "message_id": derive_message_id(notice),
        "mime": b"",
        "draft": draft_text(notice),
        "planned_at": stamp(now),
        "state": State.PENDING.value,
        "not_before": stamp(notice.not_before) if notice.not_before else None,
    }
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(
        f"INSERT INTO notice ({names}) VALUES ({marks})",  # noqa: S608 - fixed names and marks
        tuple(values.values()),
    )
    return NoticeId(int(cursor.lastrowid or 0))


@lru_cache(maxsize=16)
def _read_facts(kind: NoticeKind, text: str) -> WantedMeeting | WantedReminder:
    return kind.facts.from_json(json.loads(text))


@lru_cache(maxsize=16)
def _facts_text(facts: WantedMeeting | WantedReminder) -> str:
    """All who are invited to a meeting are written down with the same facts."""
    return json.dumps(facts.as_json(), ensure_ascii=False)


def add_attempt(
    connection: sqlite3.Connection, notice: NoticeId, now: datetime, phase: str, reply: tuple[int, str]
) -> None:
    """Remember one try, for the rate limit and for whoever asks what the server said."""
    connection.execute(
        "INSERT INTO notice_attempt (notice, at, phase, code, text) VALUES (?, ?, ?, ?, ?)",
        (notice, stamp(now), phase, reply[0], reply[1][:500]),
    )


def mark_read(connection: sqlite3.Connection, message_id: str, kind: str, now: datetime) -> None:
    """Remember an incoming mail, so that it is dealt with once."""
    connection.execute(
        "INSERT OR IGNORE INTO notice_inbound (message_id, kind, at) VALUES (?, ?, ?)", (message_id, kind, stamp(now))
    )
