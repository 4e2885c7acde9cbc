"""What the ledger knows, read: by notice, by family, by calendar entry, and as the planner sees it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from hopdocs.errors import LedgerFault
from hopdocs.notices.ledger import event_log
from hopdocs.notices.ledger.drafts import read_draft
from hopdocs.notices.ledger.rows import COLUMNS, read_record, stamp
from hopdocs.notices.ledger.waiting import Waiting
from hopdocs.notices.mail.message import compose_notice
from hopdocs.notices.planning.revisions import LedgerView
from hopdocs.notices.record import Answer, NoticeId, NoticeRecord, State

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

HAS_NEWER: Final = (
    "EXISTS (SELECT 1 FROM notice AS later WHERE later.channel = notice.channel AND later.uid = notice.uid"
    " AND later.email = notice.email AND later.id > notice.id AND later.state != 'dropped')"
)


class LedgerReader:
    """The ledger for whoever only reads it: a function that takes one writes nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def meta(self, key: str) -> str:
        """A fact about the ledger itself; empty if there is none."""
        row = self._connection.execute("SELECT value FROM notice_meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    @property
    def sequence_base(self) -> int:
        """The SEQUENCE (RFC 5545 3.8.7.4) that a meeting's first notice has."""
        return int(self.meta("sequence_base") or 0)

    @property
    def start_name(self) -> str:
        """What tells the Message-IDs of this start from those of earlier ones; empty for the first."""
        return self.meta("start_name")

    @property
    def waiting(self) -> Waiting:
        """The questions about pending notices that are answered without loading them."""
        return Waiting(self._connection)

    def view(self, families: Collection[str] | None = None, *, channel: str = "") -> LedgerView:
        """What the planner may know of the ledger: of all families, or of some; `channel` is that of `LedgerView`."""
        where, values = "channel = ?", [channel]
        if families is not None:
            where += f" AND family IN ({', '.join('?' * len(families))})"
            values += list(families)
        records = tuple(self._select(where, values))
        uids = {item.uid for item in records}
        answers = tuple(item for item in self.answers() if item.uid in uids)
        return LedgerView(records, answers, channel, self.sequence_base, self.start_name)

    def families_ahead(self, now: datetime) -> frozenset[str]:
        """All families that something was planned for which is still to come; a mail across families is of none."""
        rows = self._connection.execute(
            "SELECT DISTINCT family FROM notice WHERE expires_at > ? AND family != ''", (stamp(now),)
        )
        return frozenset(row[0] for row in rows)

    def get(self, notice: NoticeId) -> NoticeRecord:
        """One notice; a `LedgerFault` if there is no such id."""
        found = list(self._select("id = ?", [notice]))
        if not found:
            raise LedgerFault("HD414", id=str(notice))
        return found[0]

    def in_state(self, *states: State) -> list[NoticeRecord]:
        """All notices in one of these states, in the order in which they were planned."""
        return list(self._select(f"state IN ({', '.join('?' * len(states))})", [item.value for item in states]))

    def pending(self, *, family: str | None = None, most: int = -1) -> list[NoticeRecord]:
        """All that waits, or one family's, in the order in which it was planned; at `most` so many."""
        where, values = ("state = 'pending'", []) if family is None else ("state = 'pending' AND family = ?", [family])
        return list(self._select(where, values, most))

    def of_family(self, family: str) -> list[NoticeRecord]:
        """All that was ever planned for a family."""
        return list(self._select("family = ?", [family]))

    def of_uid(self, uid: str) -> list[NoticeRecord]:
        """All real notices about one calendar entry."""
        return list(self._select("uid = ? AND channel = ''", [uid]))

    def of_message_id(self, message_id: str) -> NoticeRecord | None:
        """The notice that went out under a Message-ID."""
        return next(self._select("message_id = ?", [message_id]), None)

    def has_newer(self, notice: NoticeId) -> bool:
        """Whether a later notice about the same to the same address exists; then the older must not leave."""
        sql = f"SELECT 1 FROM notice WHERE id = ? AND {HAS_NEWER}"  # noqa: S608 - fixed texts
        return self._connection.execute(sql, (notice,)).fetchone() is not None

    def mime(self, notice: NoticeId) -> bytes:
        """A notice's whole mail: the bytes that were kept once it was tried, or those that it would have."""
        return self.mail(notice)[1]

    def mail(self, notice: NoticeId) -> tuple[NoticeRecord, bytes]:
        """A notice with its whole mail, read at one moment."""
        sql = f"SELECT mime, draft, {COLUMNS} FROM notice WHERE id = ?"  # noqa: S608 - fixed texts
        mime, draft, *row = self._connection.execute(sql, (notice,)).fetchone()
        record = read_record(tuple(row))
        return record, bytes(mime) or compose_notice(read_draft(record, draft), record.message_id).mime

    def events(self, family: str) -> list[event_log.Event]:
        """What happened to a family's notices, oldest first."""
        return list(event_log.read_events(self._connection, family))

    def answers(self) -> list[Answer]:
        """All known answers to invitations."""
        rows = self._connection.execute("SELECT uid, email, partstat, sequence, time_key, at FROM notice_answer")
        return [
            Answer(uid, email, part, seq, key, datetime.fromisoformat(at)) for uid, email, part, seq, key, at in rows
        ]

    def _select(self, where: str, values: Iterable[object], most: int = -1) -> Iterator[NoticeRecord]:
        sql = f"SELECT {COLUMNS} FROM notice WHERE {where} ORDER BY id LIMIT ?"  # noqa: S608 - fixed texts and marks
        for row in self._connection.execute(sql, (*values, most)):
            yield read_record(row)

    def reached(self) -> str:
        """How far the log has come since a person started the ledger: its start, the last row and that row's hash."""
        seq, digest = event_log.last_link(self._connection)
        return f"{self.meta('started_at')} {seq} {digest}"

    def has_reached(self, reached: str) -> bool:
        """Whether this log holds what `reached` speaks of; so it does if a person has started it anew since."""
        started, _, link = reached.partition(" ")
        if not link or started != self.meta("started_at"):
            return True
        seq, _, digest = link.partition(" ")
        return self.has_link(int(seq), digest) if seq.isdigit() else True

    def last_link(self) -> tuple[int, str]:
        """The number and the hash of the log's last row."""
        return event_log.last_link(self._connection)

    def has_link(self, seq: int, digest: str) -> bool:
        """Whether the log's row with this number has this hash."""
        return event_log.has_link(self._connection, seq, digest)

    def was_started(self) -> bool:
        """Whether a person has ever started it, whatever became of it since."""
        sql = "SELECT 1 FROM notice_event WHERE notice IS NULL AND what LIKE 'ledger started%' LIMIT 1"
        return self._connection.execute(sql).fetchone() is not None

    def highest(self) -> int:
        """The highest SEQUENCE of all that was ever planned."""
        return int(self._connection.execute("SELECT coalesce(max(sequence), 0) FROM notice").fetchone()[0])
