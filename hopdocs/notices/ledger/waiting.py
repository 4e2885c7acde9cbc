"""What waits and how fast it may go, asked of the ledger without loading it.

A queue of any length costs a few numbers in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.notices.kinds.table import meeting_endings
from hopdocs.notices.ledger.rows import COLUMNS, WITHOUT_FACTS, read_record, stamp
from hopdocs.notices.record import Cause, Method, NoticeId

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import datetime

    from hopdocs.notices.record import NoticeRecord

_AT_A_TIME: Final = 250


class Waiting:
    """Questions about the pending notices, and about the pace of those that left."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def by_urgency(self) -> Iterator[NoticeRecord]:
        """Withdrawals first, then what spares somebody a walk, then in the order of planning; without their facts.

        Read some at a time, as of then: who sends comes back to the queue after each mail.
        """
        order = f"cause != '{Cause.WITHDRAWN}', method != '{Method.CANCEL}', id"
        numbers = self._ids("TRUE", (), order=order)
        for start in range(0, len(numbers), _AT_A_TIME):
            some = numbers[start : start + _AT_A_TIME]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT {WITHOUT_FACTS} FROM notice WHERE id IN ({marks}) AND state = 'pending' ORDER BY {order}"  # noqa: S608 - fixed texts and marks
            yield from [read_record(row) for row in self._connection.execute(sql, some)]

    def next_due(self, most: int) -> list[NoticeRecord]:
        """The first that are due by their own time, with their facts; what waits for a person comes last."""
        causes = [cause.value for cause in Cause if cause.needs_person]
        sql = (
            f"SELECT {COLUMNS} FROM notice WHERE state = 'pending'"  # noqa: S608 - fixed texts and marks
            f" ORDER BY held OR (NOT released AND cause IN ({', '.join('?' * len(causes))})),"
            " coalesce(not_before, planned_at), id LIMIT ?"
        )
        return [read_record(row) for row in self._connection.execute(sql, (*causes, most))]

    def past_help(self, now: datetime) -> list[NoticeId]:
        """The pending notices that no longer help: what they are about has begun."""
        return self._ids("expires_at <= ?", (stamp(now),), order="id")

    def given_up_early(self, now: datetime) -> frozenset[str]:
        """The families of notices that were dropped as being of no more help, and still are: a clock was ahead then."""
        rows = self._connection.execute(
            "SELECT DISTINCT family FROM notice WHERE state = 'dropped' AND reason = 'expired' AND expires_at > ?",
            (stamp(now),),
        )
        return frozenset(row[0] for row in rows)

    def outside(self, channel: str) -> list[NoticeId]:
        """The pending notices of another channel than this one: those of a trial that is over."""
        return self._ids("channel NOT IN ('', ?)", (channel,), order="id")

    def families(self) -> frozenset[str]:
        """The families that anything waits for."""
        rows = self._connection.execute("SELECT DISTINCT family FROM notice WHERE state = 'pending'")
        return frozenset(row[0] for row in rows)

    def cancelled_meetings(self) -> frozenset[tuple[str, str, str]]:
        """The meetings that are about to be cancelled as a whole and that no person has released yet.

        A withdrawal doesn't count: the law asks for those cancellations, however many they are.
        """
        kinds = meeting_endings()
        rows = self._connection.execute(
            "SELECT DISTINCT channel, family, meeting FROM notice WHERE state = 'pending' AND cause != ?"  # noqa: S608 - fixed texts and marks
            f" AND released = 0 AND kind IN ({', '.join('?' * len(kinds))})",
            (Cause.WITHDRAWN.value, *kinds),
        )
        return frozenset((row[0], row[1], row[2]) for row in rows)

    def newest(self) -> NoticeId:
        """The notice that was planned last, whatever became of it; 0 if there is none."""
        return NoticeId(int(self._connection.execute("SELECT coalesce(max(id), 0) FROM notice").fetchone()[0]))

    def attempts_since(self, moment: datetime, until: datetime) -> int:
        """How many bodies or refusals there were in a span: what the rate limit counts.

        `until` keeps attempts out that seem to lie ahead because the clock was set back.
        """
        row = self._connection.execute(
            "SELECT count(*) FROM notice_attempt WHERE at > ? AND at <= ?", (stamp(moment), stamp(until))
        ).fetchone()
        return int(row[0])

    def has_taken_since(self, moment: datetime) -> bool:
        """Whether the server has taken any mail since then."""
        row = self._connection.execute(
            "SELECT count(*) FROM notice_attempt WHERE at >= ? AND code BETWEEN 200 AND 299",
            (stamp(moment),),
        ).fetchone()
        return bool(row[0])

    def _ids(self, where: str, values: tuple[str, ...], *, order: str) -> list[NoticeId]:
        sql = f"SELECT id FROM notice WHERE state = 'pending' AND {where} ORDER BY {order}"  # noqa: S608 - fixed texts
        return [NoticeId(row[0]) for row in self._connection.execute(sql, values)]
