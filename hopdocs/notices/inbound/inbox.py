"""What the ledger remembers of incoming mail: answers, bounces, and which mails were read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from hopdocs.notices.ledger.rows import mark_read, stamp
from hopdocs.notices.record import Stranger

if TYPE_CHECKING:
    from collections.abc import Collection

    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.notices.record import Answer, NoticeId

MOST_STRANGERS: Final = 5
"""Of each meeting. A mailing list that was invited has many members; one mail about each would help nobody."""


class Inbox:
    """Writes what came in; each change together with the mark that its mail was read."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def keep_answer(self, answer: Answer, notice: NoticeId, now: datetime, message_id: str) -> None:
        """Remember an answer, once for each mail that brought it, and write into the log what was answered."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO notice_answer (uid, email, partstat, sequence, time_key, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (answer.uid, answer.email, answer.partstat, answer.sequence, answer.time_key, stamp(answer.at)),
            )
            self._ledger.log_event(connection, notice, now, "answered", answer=answer.partstat)
            mark_read(connection, message_id, "answer", answer.at)

    def bounce(self, notice: NoticeId, now: datetime, text: str, message_id: str) -> None:
        """Mark a notice as failed: the recipient's server gave it back after ours had accepted it (RFC 3464)."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE notice SET state = 'failed', reason = 'bounced', maybe_delivered = 0, smtp_text = ?"
                " WHERE id = ?",
                (text[:500], notice),
            )
            self._ledger.log_event(connection, notice, now, "bounced", text=text[:200])
            mark_read(connection, message_id, "bounce", now)

    def has_read(self, message_id: str) -> bool:
        """Whether an incoming mail was dealt with already."""
        with self._ledger.transaction() as connection:
            row = connection.execute("SELECT 1 FROM notice_inbound WHERE message_id = ?", (message_id,)).fetchone()
        return row is not None

    # Which files of the folder were read: by name, with size and time

    def seen_files(self, folder: str) -> dict[str, str]:
        """The files that were read, by name, each with what it was like then."""
        with self._ledger.transaction() as connection:
            rows = connection.execute("SELECT name, stamp FROM notice_inbound_file WHERE folder = ?", (folder,))
            return dict(rows.fetchall())

    def keep_seen(self, folder: str, name: str, stamp_of_file: str, why: str = "") -> None:
        """It is read, whatever it was; `why` is the code of why it came to nothing."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO notice_inbound_file (folder, name, stamp) VALUES (?, ?, ?)",
                (folder, name, stamp_of_file),
            )
            connection.execute("DELETE FROM notice_inbound_nothing WHERE folder = ? AND name = ?", (folder, name))
            if why:
                connection.execute(
                    "INSERT INTO notice_inbound_nothing (folder, name, code) VALUES (?, ?, ?)", (folder, name, why)
                )

    def forget_seen(self, folder: str, names: Collection[str]) -> None:
        """Forget files that are gone from the folder."""
        if names:
            rows = [(folder, name) for name in names]
            with self._ledger.transaction() as connection:
                connection.executemany("DELETE FROM notice_inbound_file WHERE folder = ? AND name = ?", rows)
                connection.executemany("DELETE FROM notice_inbound_nothing WHERE folder = ? AND name = ?", rows)

    def came_to_nothing(self, folder: str) -> dict[str, int]:
        """By the code of the reason: how many files that lie in the folder came to nothing."""
        with self._ledger.transaction() as connection:
            rows = connection.execute(
                "SELECT code, count(*) FROM notice_inbound_nothing WHERE folder = ? GROUP BY code ORDER BY code",
                (folder,),
            )
            return dict(rows.fetchall())

    # Answers from addresses that were not invited

    def keep_stranger(self, stranger: Stranger) -> None:
        """Remember that one answered; of a meeting that very many answer, only the first."""
        with self._ledger.transaction() as connection:
            others = connection.execute(
                "SELECT count(*) FROM notice_stranger WHERE uid = ? AND sender != ?", (stranger.uid, stranger.sender)
            ).fetchone()
            if others[0] < MOST_STRANGERS:
                connection.execute(
                    "INSERT OR REPLACE INTO notice_stranger (uid, sender, partstat, at) VALUES (?, ?, ?, ?)",
                    (stranger.uid, stranger.sender, stranger.partstat, stamp(stranger.at)),
                )

    def strangers(self) -> list[Stranger]:
        """All of them."""
        with self._ledger.transaction() as connection:
            rows = connection.execute("SELECT uid, sender, partstat, at FROM notice_stranger ORDER BY uid, sender")
            return [Stranger(uid, sender, part, datetime.fromisoformat(at)) for uid, sender, part, at in rows]

    def forget_strangers(self, senders: Collection[str]) -> None:
        """It is known by now whose addresses these are."""
        if senders:
            with self._ledger.transaction() as connection:
                connection.executemany("DELETE FROM notice_stranger WHERE sender = ?", [(item,) for item in senders])
