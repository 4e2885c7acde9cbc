"""Sends what is due, one recipient a transaction, and writes down each step before it is taken.

`deliver_due` looks once at what may leave, sends it, and comes back: it never sleeps, so a watcher can call it as
often as it likes and cancel it at any moment. When something is left that only waits for time, the report says when.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.errors import LedgerFault, MailFault
from hopdocs.notices.outbox import Outbox
from hopdocs.notices.pause import ServerPause
from hopdocs.notices.record import Cause, Kind, Method, NoticeId, NoticeRecord, State
from hopdocs.notices.sender_lock import SenderLock
from hopdocs.notices.transport import Connection, Outcome, Phase, TransportSettings, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.notices.ledger import Ledger
    from hopdocs.notices.outbox import Gates

BACKOFF_MINUTES: Final = (1, 5, 15, 60)
"""Waits after the first, second, third try; then hourly."""

GIVE_UP_AFTER: Final = timedelta(hours=48)
UNANSWERED_WAIT: Final = timedelta(minutes=10)
"""How long a server gets that took the final dot and did not answer, as Exim and KumoMTA do it."""

LONG_PAUSE_CODES: Final = frozenset({"HD401", "HD403", "HD404", "HD405", "HD406"})
"""Encryption or login: trying again soon helps nobody, and looks like an attack."""

_SERVER_IS_BUSY: Final = frozenset({421, 432})


@dataclass(slots=True)
class DeliveryReport:
    """What one call did."""

    accepted: list[NoticeId] = field(default_factory=list)
    failed: list[NoticeId] = field(default_factory=list)
    deferred: list[NoticeId] = field(default_factory=list)
    in_doubt: list[NoticeId] = field(default_factory=list)
    expired: list[NoticeId] = field(default_factory=list)
    fault: MailFault | None = None
    next_at: datetime | None = None


@contextmanager
def become_sender(ledger: Ledger, lock_path: Path, now: datetime) -> Iterator[None]:
    """Be the one sender, and settle what an earlier one left under way.

    Raises `LedgerFault`: HD417 where another process is the sender, HD412 where the ledger's chain is broken.
    """
    with SenderLock(lock_path):
        ledger.verify()
        ledger.recover(now)
        yield


async def deliver_due(ledger: Ledger, settings: TransportSettings, clock: Clock, gates: Gates) -> DeliveryReport:
    """Send what may leave now. The caller is the one sender (`become_sender`).

    Raises `LedgerFault` where the ledger can't be written: then nothing more leaves, since nothing leaves without
    a record. A fault of the mail server is in the report; the ledger remembers when to try again.
    """
    report = DeliveryReport()
    if not ledger.started:
        return report
    _expire_stale(ledger, clock.now(), report)
    outbox = Outbox(ledger, gates, clock.now())
    due = sorted((row.record for row in outbox.due()), key=_urgency)
    if due:
        await _Round(ledger, settings, clock, gates, report).send_all(due)
    waiting = Outbox(ledger, gates, clock.now()).next_moment()
    moments = [moment for moment in (report.next_at, waiting) if moment is not None]
    report.next_at = min(moments, default=None)
    return report


def deliver_now(ledger: Ledger, settings: TransportSettings, clock: Clock, gates: Gates) -> DeliveryReport:
    """`deliver_due` for callers without an event loop."""
    return asyncio.run(deliver_due(ledger, settings, clock, gates))


def next_try(record: NoticeRecord, now: datetime) -> datetime | None:
    """When a refused notice is tried again; None where it would come too late to help."""
    minutes = BACKOFF_MINUTES[min(record.attempts, len(BACKOFF_MINUTES) - 1)]
    moment = now + timedelta(minutes=minutes)
    limit = min((record.first_attempt_at or now) + GIVE_UP_AFTER, record.expires_at)
    return moment if moment < limit else None


def pause_length(code: str, count: int) -> timedelta:
    """How long the whole server rests after the `count`-th fault in a row."""
    steps = (15, 60) if code in LONG_PAUSE_CODES else BACKOFF_MINUTES
    return timedelta(minutes=steps[min(count, len(steps) - 1)])


def _urgency(record: NoticeRecord) -> tuple[bool, bool, int]:
    """Withdrawals first, then what spares somebody a walk, then in the order of planning."""
    return (record.cause is not Cause.WITHDRAWN, record.method is not Method.CANCEL, record.id)


def _expire_stale(ledger: Ledger, now: datetime, report: DeliveryReport) -> None:
    for record in ledger.in_state(State.PENDING):
        if record.expires_at <= now:
            ledger.expire(record.id, now, "expired")
            report.expired.append(record.id)


class _Round:
    """One call's sending: a connection, a rate, and what comes of each notice."""

    def __init__(
        self, ledger: Ledger, settings: TransportSettings, clock: Clock, gates: Gates, report: DeliveryReport
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._gates = gates
        self._report = report
        self._settings = settings
        self._connection = Connection(settings)
        self._broken = 0

    async def send_all(self, due: list[NoticeRecord]) -> None:
        """Send until done, until the rate is used up, or until the server can't be used."""
        try:
            for record in due:
                if self._rate_used_up() or not await self._send_one(record):
                    break
        except MailFault as fault:
            self._pause(fault)
        finally:
            await self._connection.close()

    async def _send_one(self, record: NoticeRecord) -> bool:
        """Send one notice; whether to go on with the next."""
        current = self._ledger.get(record.id)
        if current.state is not State.PENDING or current.held:
            return True
        if self._ledger.has_newer(current):
            self._ledger.expire(current.id, self._clock.now(), "replaced by a newer edit")
            return True
        begun = False

        def begin() -> None:
            nonlocal begun
            self._ledger.begin_data(current.id, self._clock.now())
            begun = True

        sender = self._settings.envelope_sender or _sender_of(current)
        recipient = current.channel or current.email
        try:
            outcome = await self._connection.send(recipient, self._ledger.mime(current.id), begin, sender=sender)
        except LedgerFault as fault:
            if fault.code != "HD415":
                raise
            return True  # dropped or held by another process a moment ago: no byte of it has left
        except (asyncio.CancelledError, KeyboardInterrupt):
            if begun:
                self._unanswered(current, Outcome(Verdict.UNANSWERED, Phase.BODY, 0, "cancelled"), timedelta())
            raise
        return self._apply(current, outcome)

    def _apply(self, record: NoticeRecord, outcome: Outcome) -> bool:
        now = self._clock.now()
        reply = (outcome.code, outcome.text)
        if outcome.verdict is not Verdict.BROKEN:
            self._broken = 0
            ServerPause(self._ledger).end()
        match outcome.verdict:
            case Verdict.ACCEPTED:
                self._ledger.accept(record.id, now, *reply)
                self._report.accepted.append(record.id)
                return True
            case Verdict.REFUSED:
                self._ledger.fail(record.id, now, outcome.phase.value, reply)
                self._report.failed.append(record.id)
                return True
            case Verdict.UNANSWERED:
                self._unanswered(record, outcome, UNANSWERED_WAIT)
                return True
            case Verdict.LATER | Verdict.BROKEN:
                return self._later(record, outcome, now)

    def _later(self, record: NoticeRecord, outcome: Outcome, now: datetime) -> bool:
        reply = (outcome.code, outcome.text)
        moment = next_try(record, now)
        if moment is None:
            self._ledger.fail(record.id, now, outcome.phase.value, reply, "gave up")
            self._report.failed.append(record.id)
        else:
            self._ledger.defer(record.id, now, outcome.phase.value, reply, not_before=moment)
            self._report.deferred.append(record.id)
        if outcome.verdict is Verdict.BROKEN:
            self._broken += 1
        if outcome.code in _SERVER_IS_BUSY or self._broken > 1:
            raise MailFault("HD402", host=self._settings.host, reply=str(outcome.code or ""), detail=outcome.text)
        return True

    def _unanswered(self, record: NoticeRecord, outcome: Outcome, wait: timedelta) -> None:
        """Nobody knows. A calendar notice is sent once more, the same bytes; a reminder never."""
        now = self._clock.now()
        if record.kind is Kind.REMINDER or record.unanswered:
            self._ledger.doubt(record.id, now, outcome.text or "no answer")
            self._report.in_doubt.append(record.id)
            return
        reply = (outcome.code, outcome.text)
        self._ledger.defer(record.id, now, outcome.phase.value, reply, not_before=now + wait, unanswered=True)
        self._report.deferred.append(record.id)

    def _rate_used_up(self) -> bool:
        policy = self._gates.policy
        now = self._clock.now()
        span = timedelta(seconds=policy.rate_seconds)
        if self._ledger.attempts_since(now - span, now) < policy.rate_count:
            return False
        self._report.next_at = now + span / policy.rate_count
        return True

    def _pause(self, fault: MailFault) -> None:
        now = self._clock.now()
        _until, _code, count = ServerPause(self._ledger).state()
        until = now + pause_length(fault.code, count)
        ServerPause(self._ledger).begin(now, until, fault.code)
        self._report.fault = fault
        self._report.next_at = until


def _sender_of(record: NoticeRecord) -> str:
    """The envelope's sender is the organiser's mailbox, where bounces can be read."""
    return record.facts.organizer if record.facts is not None else ""
