"""What was planned, tried and sent: the one file that can't be made again.

Every change of state is committed before the act that it announces, so that after a crash the ledger never claims less
than what happened. WAL with `synchronous=FULL`: NORMAL may lose the last commits in a power cut.

The file is shared with the build's table of delivered documents, so a `Ledger` works on a connection that
somebody else opened, and names all its tables `notice_…`.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.errors import LedgerFault, is_refusal
from hopdocs.notices.ledger import event_log
from hopdocs.notices.ledger.owed import Owed, owed_if_unwritten
from hopdocs.notices.ledger.reader import HAS_NEWER, LedgerReader
from hopdocs.notices.ledger.rows import add_attempt, insert_notice, stamp
from hopdocs.notices.ledger.shape import bring_up_to_date, refuse_foreign
from hopdocs.notices.ledger.standing import A_COPY, OLDER, Reason, Standing
from hopdocs.notices.record import NoticeId, NoticeRecord, State
from hopdocs.plain_files import make_private_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from hopdocs.notices.record import Beginning, Drop, NewNotice, Taken

_UNDER_WAY: Final = frozenset({State.PENDING, State.DATA_STARTED})
_BEGIN_DATA: Final = (
    "UPDATE notice SET state = 'data_started', mime = iif(mime = x'', ?1, mime)"  # noqa: S608 - fixed texts
    " WHERE id = ?2 AND message_id = ?3 AND mime IN (x'', ?1) AND state = 'pending' AND held = 0"
    f" AND NOT {HAS_NEWER} RETURNING family"
)


def connect_ledger(path: Path) -> sqlite3.Connection:
    """Open (or make) the ledger's file, check it, and set it to lose nothing.

    A file that SQLite can't read, or that fails its quick check, is a `LedgerFault`: no mail until a person has
    looked. It is never made anew in its place.
    """
    try:
        with ExitStack() as opening:
            if path.name != ":memory:":
                if path.is_symlink():
                    path.stat()  # SQLite would make a new one where it leads to
                make_private_file(path)
            connection = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
            opening.callback(connection.close)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if verdict != "ok":
                raise LedgerFault("HD410", path=str(path), detail=str(verdict))
            refuse_foreign(connection)
            opening.pop_all()
    except (sqlite3.Error, OSError) as err:
        # A file that may be in order is not to be moved away.
        code = "HD514" if isinstance(err, OSError) or is_refusal(err) else "HD410"
        raise LedgerFault(code, path=str(path), detail=str(err)) from err
    return connection


class OutdatedPlan(Exception):
    """The ledger changed between planning and recording."""


class Ledger(LedgerReader):
    """The notices' part of the ledger, on a connection opened by `connect_ledger`: read and written.

    The connection is the ledger's from then on: it is closed with it, and also if the ledger is refused.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.owed = Owed()
        self._path = next((row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main"), "")
        self._opened_file = self._file_identity()
        self._last_seen = (0, event_log.START_HASH)
        try:
            bring_up_to_date(connection)
        except sqlite3.Error as err:
            connection.close()
            raise LedgerFault("HD410", path="ledger.db", detail=str(err)) from err
        except LedgerFault:
            connection.close()
            raise
        self._standing = Standing(self, self._path)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    # The ledger as a whole

    @property
    def started(self) -> bool:
        """Whether a person has said that mail may leave from this very file, and nothing says that it is an old one."""
        return self.why_not_started() is None

    def why_not_started(self) -> Reason | None:
        """Why no mail may leave from here; None if it may."""
        file = self._file_identity()
        return self._standing.why_not(file) if file == self._opened_file else Reason.doubt(A_COPY)

    def start(self, now: datetime) -> None:
        """Let mail leave from now on, beginning with what is due."""
        self._standing.begin(now, self._file_identity(), known=False)

    def start_known(self, now: datetime) -> int:
        """From now on mail may leave; whatever is pending counts as told already. Returns the number of those.

        Calendars may hold entries from a ledger that was lost, at any SEQUENCE; minutes since 2026 are above them.
        The rows keep the facts, so that the next real change is told as one, old → new.
        """
        return self._standing.begin(now, self._file_identity(), known=True)

    def stop(self, now: datetime, reason: Reason) -> None:
        """Let no mail leave until a person starts it again: it does not know what was sent since it was copied."""
        self._standing.stop(now, reason)

    def take_up(self) -> None:
        """Keep outside where it is and how far it has come. Called by the one sender, of a ledger that is started."""
        self._standing.take_up()

    def verify(self) -> None:
        """Raise a `LedgerFault` if the log's chain of hashes is broken."""
        broken = event_log.find_broken_link(self._connection)
        if broken is not None:
            raise LedgerFault("HD412", row=str(broken))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, taking the write lock first so that nothing read inside can be outdated.

        A file that was deleted or replaced while it is open takes whatever is written, and keeps none of it.
        """
        if self._file_identity() != self._opened_file:
            raise LedgerFault("HD418", path=Path(self._path).name)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as err:
            raise LedgerFault("HD413", detail=str(err)) from err
        try:
            self._refuse_what_was_set_back()
            yield self._connection
            last = self.last_link()
            self._connection.execute("COMMIT")
            self._last_seen = last
        except sqlite3.Error as err:
            self._rollback()
            raise LedgerFault("HD413", detail=str(err)) from err
        except BaseException:
            self._rollback()
            raise

    def set_meta(self, key: str, value: str) -> None:
        """Keep a fact about the ledger itself."""
        self._connection.execute("INSERT OR REPLACE INTO notice_meta (key, value) VALUES (?, ?)", (key, value))

    # Planning

    def record_plan(self, drops: Iterable[Drop], notices: Iterable[NewNotice], now: datetime) -> list[NoticeId]:
        """Drop and add in one transaction: a notice is in the ledger with all that its mail is made of, or not at all.

        Raises `OutdatedPlan`, and writes nothing, if a sender has taken up what was to be dropped, though it may have
        put it back: then the plan was made for a state that is no more. What a person held stays held when a newer edit
        takes its place.
        """
        added: list[NoticeId] = []
        drops = tuple(drops)
        with self.transaction() as connection:
            held, chain = {(item.uid, item.email) for item in self._held_among(drops)}, event_log.Chain(connection)
            for drop in drops:
                row = connection.execute(
                    "UPDATE notice SET state = 'dropped', reason = ? WHERE id = ? AND state = 'pending'"
                    " AND maybe_delivered = coalesce(?, maybe_delivered) RETURNING family",
                    (drop.reason, drop.id, drop.was_maybe_delivered),
                ).fetchone()
                if row is None:
                    raise OutdatedPlan(drop.id)
                chain.append(now, "dropped", notice=drop.id, family=row[0], details={"reason": drop.reason})
            for notice in notices:
                added.append(insert_notice(connection, notice, now))
                if (notice.uid, notice.email) in held:
                    connection.execute("UPDATE notice SET held = 1 WHERE id = ?", (added[-1],))
                chain.append(now, "planned", notice=added[-1], family=notice.family)
        return added

    # The states of one notice

    def write_together(self, taken: Sequence[Taken], beginning: Sequence[Beginning]) -> frozenset[NoticeId]:
        """In one commit: servers took over these, and the bodies of those begin. Which of them may.

        Committed before a body's first byte leaves: from then on the recipient may hold the mail.
        """
        try:
            with self.transaction() as connection:
                chain = event_log.Chain(connection)
                for it in taken:
                    self._write_settled(chain, it.notice, it.at, State.ACCEPTED, "data", (it.code, it.text))
                begun = frozenset(it.notice for it in beginning if self._begin(chain, it))
        except BaseException:
            for it in taken:
                reply = it.code, it.text
                self.owed.add(it.notice, partial(self._settle, it.notice, it.at, State.ACCEPTED, "data", reply))
            raise
        self._standing.note(everywhere=False)
        return begun

    def _begin(self, chain: event_log.Chain, beginning: Beginning) -> bool:
        """Keep the bytes as they leave, if none are kept yet: whatever comes of it, no others leave for it."""
        values = (beginning.mime, beginning.notice, beginning.message_id)
        row = self._connection.execute(_BEGIN_DATA, values).fetchone()
        if row is not None:
            details = {"sha256": hashlib.sha256(beginning.mime).hexdigest()}
            chain.append(beginning.at, "data_started", notice=beginning.notice, family=row[0], details=details)
        return row is not None

    def write_owed(self) -> None:
        """Write down what could not be."""
        self.owed.make_up(lambda notice: self.get(notice).state in _UNDER_WAY)

    @owed_if_unwritten
    def take_back(self, notice: NoticeId, now: datetime) -> None:
        """Make a notice pending again whose body was to begin and did not: no byte of it has left."""
        with self.transaction() as connection:
            changed = connection.execute(
                "UPDATE notice SET state = 'pending' WHERE id = ? AND state = 'data_started'", (notice,)
            ).rowcount
            if changed:
                self.log_event(connection, notice, now, "taken_back")

    @owed_if_unwritten
    def fail(self, notice: NoticeId, now: datetime, phase: str, reply: tuple[int, str], reason: str = "") -> None:
        """Mark a notice as failed: the server refused it for good, or it would have come too late to help."""
        self._settle(notice, now, State.FAILED, phase, reply, reason)

    @owed_if_unwritten
    def doubt(self, notice: NoticeId, now: datetime, reason: str) -> None:
        """Mark a notice as in doubt: nobody can know whether it arrived; a person decides with `notices resolve`."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE notice SET state = 'in_doubt', reason = ?, maybe_delivered = 1 WHERE id = ?", (reason, notice)
            )
            self.log_event(connection, notice, now, "in_doubt", reason=reason)

    @owed_if_unwritten
    def defer(  # noqa: PLR0913 - one value each of what a deferral records
        self,
        notice: NoticeId,
        now: datetime,
        phase: str,
        reply: tuple[int, str],
        *,
        not_before: datetime,
        unanswered: bool = False,
    ) -> None:
        """Make a notice pending again, with the same bytes: the server refused it for now, or did not answer."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE notice SET state = 'pending', attempts = attempts + 1, not_before = ?,"
                " first_attempt_at = coalesce(first_attempt_at, ?), unanswered = unanswered + ?,"
                " maybe_delivered = max(maybe_delivered, ?), smtp_code = ?, smtp_text = ? WHERE id = ?",
                (stamp(not_before), stamp(now), int(unanswered), int(unanswered), reply[0], reply[1][:500], notice),
            )
            add_attempt(connection, notice, now, phase, reply)
            self.log_event(connection, notice, now, "unanswered" if unanswered else "deferred", code=str(reply[0]))

    def expire(self, notice: NoticeId, now: datetime, reason: str) -> bool:
        """Drop a pending notice that no longer helps; returns False if it does not wait any more."""
        with self.transaction() as connection:
            changed = connection.execute(
                "UPDATE notice SET state = 'dropped', reason = ? WHERE id = ? AND state = 'pending'", (reason, notice)
            ).rowcount
            if changed:
                self.log_event(connection, notice, now, "dropped", reason=reason)
        return bool(changed)

    def recover(self, now: datetime) -> int:
        """After a crash: what was under way is pending again, same bytes and Message-ID; a short mail is in doubt.

        UID, SEQUENCE and DTSTAMP make a second copy of a calendar notice harmless; a second short mail would
        only annoy. Called by whoever has just become the one sender.
        """
        self.write_owed()
        interrupted = self.in_state(State.DATA_STARTED)
        with self.transaction() as connection:
            for record in interrupted:
                state = State.PENDING if record.kind.repeats_safely else State.IN_DOUBT
                connection.execute(
                    "UPDATE notice SET state = ?, maybe_delivered = 1, reason = 'interrupted' WHERE id = ?",
                    (state.value, record.id),
                )
                self.log_event(connection, record.id, now, "interrupted")
        return len(interrupted)

    def hold(self, notice: NoticeId, now: datetime) -> None:
        """Hold a pending notice until a person releases it."""
        self._mark(notice, now, "held", "held = 1, released = 0")

    def release(self, notice: NoticeId, now: datetime) -> None:
        """Release a notice: a person has looked and says that it may leave."""
        self._mark(notice, now, "released", "held = 0, released = 1")

    def resolve(self, notice: NoticeId, now: datetime, *, arrived: bool) -> None:
        """A person has asked the recipient: it arrived, or it is to be sent again (then it must be pending anew)."""
        with self.transaction() as connection:
            state = State.ACCEPTED if arrived else State.PENDING
            changed = connection.execute(
                "UPDATE notice SET state = ?, unanswered = 0, not_before = NULL, first_attempt_at = NULL, attempts = 0,"
                " reason = 'resolved' WHERE id = ? AND state IN ('in_doubt', 'failed')",
                (state.value, notice),
            ).rowcount
            if not changed:
                raise LedgerFault("HD416", id=str(notice))
            self.log_event(connection, notice, now, "resolved", arrived="yes" if arrived else "no")

    def log_event(
        self, connection: sqlite3.Connection, notice: NoticeId, now: datetime, what: str, **details: str
    ) -> None:
        """Add a row to the chain, inside the caller's transaction."""
        family = connection.execute("SELECT family FROM notice WHERE id = ?", (notice,)).fetchone()[0]
        event_log.Chain(connection).append(now, what, notice=notice, family=family, details=details)

    # Inside

    def _settle(  # noqa: PLR0913, PLR0917 - the columns of a row
        self, notice: NoticeId, now: datetime, state: State, phase: str, reply: tuple[int, str], reason: str = ""
    ) -> None:
        with self.transaction() as connection:
            self._write_settled(event_log.Chain(connection), notice, now, state, phase, reply, reason)

    def _write_settled(  # noqa: PLR0913, PLR0917 - the columns of a row
        self,
        chain: event_log.Chain,
        notice: NoticeId,
        now: datetime,
        state: State,
        phase: str,
        reply: tuple[int, str],
        reason: str = "",
    ) -> None:
        row = self._connection.execute(
            "UPDATE notice SET state = ?, reason = ?, attempts = attempts + 1, smtp_code = ?, smtp_text = ?,"
            " first_attempt_at = coalesce(first_attempt_at, ?) WHERE id = ? RETURNING family",
            (state.value, reason, reply[0], reply[1][:500], stamp(now), notice),
        ).fetchone()
        add_attempt(self._connection, notice, now, phase, reply)
        chain.append(now, state.value, notice=notice, family=row[0], details={"code": str(reply[0])})

    def _mark(self, notice: NoticeId, now: datetime, what: str, change: str) -> None:
        with self.transaction() as connection:
            changed = connection.execute(
                f"UPDATE notice SET {change} WHERE id = ? AND state = 'pending'",  # noqa: S608 - two fixed texts
                (notice,),
            ).rowcount
            if not changed:
                raise LedgerFault("HD415", id=str(notice))
            self.log_event(connection, notice, now, what)

    def _held_among(self, drops: Iterable[Drop]) -> Iterator[NoticeRecord]:
        for drop in drops:
            yield from self._select("id = ? AND held = 1", [drop.id])

    def _file_identity(self) -> str:
        """The file's inode: the same after a restart or in a new container, another for a copy; empty if gone."""
        try:
            return str(Path(self._path).stat().st_ino) if self._path else "memory"
        except OSError:
            return ""

    def _refuse_what_was_set_back(self) -> None:
        """A backup that was written into the very file while it was open: it lacks what was read here a moment ago."""
        seen, self._last_seen = self._last_seen, self.last_link()
        if not self.has_link(*seen):
            raise Reason.doubt(OLDER).as_fault()

    def _rollback(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
