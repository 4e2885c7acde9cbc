"""What the ledger remembers of incoming mail: answers, bounces, and which mails were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.notices.ledger.rows import mark_read, stamp

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.notices.record import Answer, NoticeId


class Inbox:
    """Writes what came in; each change together with the mark that its mail was read."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def keep_answer(self, answer: Answer, notice: NoticeId, now: datetime, message_id: str) -> None:
        """Remember an answer, once for each mail that brought it, and tell the log what was answered."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO notice_answer (uid, email, partstat, sequence, time_key, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (answer.uid, answer.email, answer.partstat, answer.sequence, answer.time_key, stamp(answer.at)),
            )
            self._ledger.log_event(connection, notice, now, "answered", answer=answer.partstat)
            mark_read(connection, message_id, "answer", answer.at)

    def bounce(self, notice: NoticeId, now: datetime, text: str, message_id: str) -> None:
        """The recipient's server gave it back after ours had taken it over (RFC 3464)."""
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
        """By name: what a file was like when it was read."""
        with self._ledger.transaction() as connection:
            rows = connection.execute("SELECT name, stamp FROM notice_inbound_file WHERE folder = ?", (folder,))
            return dict(rows.fetchall())

    def keep_seen(self, folder: str, name: str, stamp_of_file: str) -> None:
        """It is read, whatever it was."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO notice_inbound_file (folder, name, stamp) VALUES (?, ?, ?)",
                (folder, name, stamp_of_file),
            )

    def forget_seen(self, folder: str, names: Collection[str]) -> None:
        """They are gone from the folder."""
        if names:
            with self._ledger.transaction() as connection:
                connection.executemany(
                    "DELETE FROM notice_inbound_file WHERE folder = ? AND name = ?", [(folder, name) for name in names]
                )
