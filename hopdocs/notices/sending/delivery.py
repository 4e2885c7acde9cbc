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

from hopdocs.errors import HopdocsError, LedgerFault, MailFault
from hopdocs.notices.ledger.standing import OLDER, Reason
from hopdocs.notices.record import NoticeId, NoticeRecord, State
from hopdocs.notices.sending.connection_faults import BROKEN_OFF, REPLIED
from hopdocs.notices.sending.outbox import NOT_JUDGED, Outbox
from hopdocs.notices.sending.pause import ServerPause
from hopdocs.notices.sending.sender_lock import SenderLock
from hopdocs.notices.sending.transport import (
    NOT_THE_NOTICES_FAULT,
    Connection,
    Outcome,
    Phase,
    TransportSettings,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.notices.sending.outbox import Gates

BACKOFF_MINUTES: Final = (1, 5, 15, 60)
"""Waits after the first, second, third try; then hourly."""

GIVE_UP_AFTER: Final = timedelta(hours=48)
UNANSWERED_WAIT: Final = timedelta(minutes=10)
"""How long a server gets that took the final dot and did not answer, as Exim and KumoMTA do it."""

SWIFT_SECONDS: Final = 0.25
"""How quickly a server must take an envelope for the next one's body to be begun in advance."""

LONG_PAUSE_CODES: Final = frozenset({"HD401", "HD403", "HD404", "HD405", "HD406", "HD717"})
"""Encryption or login: trying again soon helps nobody, and looks like an attack."""

_ENDS: Final = (Exception, asyncio.CancelledError, KeyboardInterrupt)
"""Ways to be stopped that leave time to write down how far things came."""

_SERVER_IS_BUSY: Final = frozenset({421, 432})


@dataclass(slots=True)
class DeliveryReport:
    """What one call did. `unjudged` are families with a notice that the gates don't speak of yet."""

    accepted: list[NoticeId] = field(default_factory=list)
    failed: list[NoticeId] = field(default_factory=list)
    deferred: list[NoticeId] = field(default_factory=list)
    in_doubt: list[NoticeId] = field(default_factory=list)
    expired: list[NoticeId] = field(default_factory=list)
    unjudged: set[str] = field(default_factory=set)
    fault: HopdocsError | None = None
    next_at: datetime | None = None


@contextmanager
def become_sender(ledger: Ledger, lock_path: Path, now: datetime) -> Iterator[SenderLock]:
    """Be the one sender, and settle what an earlier one left under way.

    Raises `LedgerFault`: HD417 if another process is the sender, HD412 if the ledger's chain is broken, HD419
    if the ledger has less in it than was sent; from then on it waits for a person to start it.
    """
    with SenderLock(lock_path) as lock:
        ledger.verify()
        _refuse_older(ledger, lock, now)
        ledger.recover(now)
        if ledger.started:
            ledger.take_up()
        try:
            yield lock
        finally:
            remember_progress(ledger, lock)


def remember_progress(ledger: Ledger, lock: SenderLock) -> None:
    """Keep how far the log has come, beside it and outside; of a ledger in doubt nothing is kept."""
    if ledger.started:
        lock.remember(ledger.reached())
        ledger.take_up()  # a person may have started it only now


def _refuse_older(ledger: Ledger, lock: SenderLock, now: datetime) -> None:
    reason = ledger.why_not_started()
    if reason is None and not ledger.has_reached(lock.remembered()):
        reason = Reason.doubt(OLDER)
    if reason is not None and reason.params.get("why") == OLDER and ledger.meta("started_at"):
        ledger.stop(now, reason)  # what it plans from now on may come to look like what it lacks
        raise reason.as_fault()


def _never() -> bool:
    return False


async def deliver_due(
    ledger: Ledger,
    settings: TransportSettings,
    clock: Clock,
    gates: Gates,
    should_stop: Callable[[], bool] = _never,
) -> DeliveryReport:
    """Send what may leave now. The caller is the one sender (`become_sender`).

    `should_stop` is asked between two mails: whoever ends lets the one under way arrive, and begins no other.

    Raises `LedgerFault` if the ledger can't be written: then nothing more leaves, since nothing leaves without
    a record. A fault of the mail server is in the report; the ledger remembers when to try again.
    """
    report = DeliveryReport()
    if not ledger.started:
        return report
    ledger.write_owed()
    for notice in ledger.waiting.past_help(clock.now()):
        _expire(ledger, notice, clock.now(), report)
    await _Round(ledger, settings, clock, gates, report).send_all(should_stop)
    return report


def deliver_now(ledger: Ledger, settings: TransportSettings, clock: Clock, gates: Gates) -> DeliveryReport:
    """`deliver_due` for callers without an event loop."""
    return asyncio.run(deliver_due(ledger, settings, clock, gates))


def next_try(record: NoticeRecord, now: datetime) -> datetime | None:
    """When a refused notice is tried again; None if it would come too late to help."""
    minutes = BACKOFF_MINUTES[min(record.attempts, len(BACKOFF_MINUTES) - 1)]
    moment = now + timedelta(minutes=minutes)
    limit = min((record.first_attempt_at or now) + GIVE_UP_AFTER, record.expires_at)
    return moment if moment < limit else None


def pause_length(code: str, count: int) -> timedelta:
    """How long the whole server rests after the `count`-th fault in a row."""
    steps = (15, 60) if code in LONG_PAUSE_CODES else BACKOFF_MINUTES
    return timedelta(minutes=steps[min(count, len(steps) - 1)])


def _expire(ledger: Ledger, notice: NoticeId, now: datetime, report: DeliveryReport) -> None:
    if ledger.expire(notice, now, "expired"):
        report.expired.append(notice)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A notice that may leave, with its bytes."""

    record: NoticeRecord
    mime: bytes


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
        self._may_go = 0
        self._outbox = Outbox(ledger, gates, clock.now())
        self._queue = iter(ledger.waiting.by_urgency())
        self._ready: _Ready | None = None
        self._begun: NoticeId | None = None

    async def send_all(self, should_stop: Callable[[], bool]) -> None:
        """Send until done, until the rate is used up, or until the server can't be used."""
        try:
            while not should_stop() and (ready := self._take_ready()) is not None:
                if self._rate_used_up() or not await self._send_one(ready):
                    break
        except MailFault as fault:
            self._pause(fault)
        except _ENDS:
            self._take_back()
            raise
        else:
            self._take_back()
        finally:
            await self._connection.close()

    def _take_back(self) -> None:
        """The round ends, and the body that was begun in advance did not leave."""
        if self._begun is not None:
            self._ledger.take_back(self._begun, self._clock.now())
            self._begun = None

    def _prepare(self) -> None:
        """Find the next that may leave. Called while the server thinks about a recipient, so it costs no time."""
        if self._ready is not None:
            return
        self._outbox.look_again(self._clock.now())
        for waiting in self._queue:
            if not self._passes(waiting):
                continue
            record = self._ledger.get(waiting.id)
            if record.state is State.PENDING and self._passes(record):
                mime = self._ledger.mime(record.id)
                if self._outbox.judge(record, mime).is_due:
                    self._ready = _Ready(record, mime)
                    return

    def _take_ready(self) -> _Ready | None:
        """The next that may leave, as of now: sending the one before it may have taken a while."""
        while True:
            self._prepare()
            ready, self._ready = self._ready, None
            if ready is None or ready.record.id == self._begun:
                return ready
            now = self._clock.now()
            self._outbox.look_again(now)
            if ready.record.expires_at <= now:
                _expire(self._ledger, ready.record.id, now, self._report)
            elif self._passes(ready.record):
                return ready

    def _passes(self, record: NoticeRecord) -> bool:
        hold = self._outbox.hold_of(record)
        if hold is not None:
            self._come_back(hold.until)
            if hold.code == NOT_JUDGED:
                self._report.unjudged.add(record.family)
        return hold is None

    def _come_back(self, moment: datetime | None) -> None:
        if moment is not None:
            self._report.next_at = min(moment, self._report.next_at or moment)

    async def _send_one(self, ready: _Ready) -> bool:
        """Send one notice; whether to go on with the next."""
        record = ready.record
        body_begins = False

        def begin() -> None:
            nonlocal body_begins
            if self._begun != record.id:
                self._ledger.begin_data(record.id, self._clock.now())
            self._begun = None
            body_begins = True

        sender = self._settings.envelope_sender or _sender_of(record)
        recipient = record.channel or record.email
        try:
            outcome = await self._connection.send(recipient, ready.mime, begin, sender=sender, meanwhile=self._prepare)
        except LedgerFault as fault:
            if fault.code != "HD415":
                raise
            if self._ledger.has_newer(record.id):
                self._ledger.expire(record.id, self._clock.now(), "replaced by a newer edit")
            return True  # dropped, held or overtaken a moment ago: no byte of it has left
        except _ENDS:
            if body_begins:
                self._unanswered(record, Outcome(Verdict.UNANSWERED, Phase.BODY, 0, "cancelled"), timedelta())
            raise
        return self._apply(record, outcome)

    def _apply(self, record: NoticeRecord, outcome: Outcome) -> bool:
        now, self._begun = self._clock.now(), None  # whatever came of it is written down for it now
        reply = (outcome.code, outcome.text)
        if outcome.verdict is not Verdict.BROKEN:
            self._broken = 0
            ServerPause(self._ledger).end()
        match outcome.verdict:
            case Verdict.ACCEPTED:
                following = self._following(now)
                if self._ledger.accept(record.id, now, *reply, then_begin=following):
                    self._begun = following
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

    def _following(self, now: datetime) -> NoticeId | None:
        """The notice whose body begins with the same commit: one fsync less for each of many mails.

        Only if it will leave at once: it is ready, nothing holds it, and the server is quick, so that no more than
        a few round trips lie between the commit and the first byte. A short mail waits for its own commit, since one
        that may have begun is never sent again.
        """
        ready = self._ready
        if ready is None or not ready.record.kind.repeats_safely or self._may_go <= 0:
            return None
        self._outbox.look_again(now)
        if self._connection.lead_seconds > SWIFT_SECONDS or ready.record.expires_at <= now:
            return None
        return None if self._outbox.hold_of(ready.record) is not None else ready.record.id

    def _later(self, record: NoticeRecord, outcome: Outcome, now: datetime) -> bool:
        reply = (outcome.code, outcome.text)
        moment = next_try(record, now)
        if moment is None:
            self._ledger.fail(record.id, now, outcome.phase.value, reply, "gave up")
            self._report.failed.append(record.id)
        else:
            self._ledger.defer(record.id, now, outcome.phase.value, reply, not_before=moment)
            self._report.deferred.append(record.id)
            self._come_back(moment)
        if outcome.verdict is Verdict.BROKEN:
            self._broken += 1
        if outcome.code in NOT_THE_NOTICES_FAULT:
            raise MailFault("HD406", host=self._settings.host, reply=str(outcome.code))
        if outcome.code in _SERVER_IS_BUSY or self._broken > 1:
            said, why = str(outcome.code or ""), REPLIED if outcome.code else BROKEN_OFF
            raise MailFault("HD402", host=self._settings.host, port=str(self._settings.port), reply=said, why=why)
        return True

    def _unanswered(self, record: NoticeRecord, outcome: Outcome, wait: timedelta) -> None:
        """Nobody knows. A calendar notice is sent once more, the same bytes; a short mail never."""
        now = self._clock.now()
        if record.unanswered or not record.kind.repeats_safely:
            self._ledger.doubt(record.id, now, outcome.text or "no answer")
            self._report.in_doubt.append(record.id)
            return
        reply = (outcome.code, outcome.text)
        self._ledger.defer(record.id, now, outcome.phase.value, reply, not_before=now + wait, unanswered=True)
        self._report.deferred.append(record.id)
        self._come_back(now + wait)

    def _rate_used_up(self) -> bool:
        """Asks the ledger only when what was left at the last look is used: time can only make it more."""
        policy = self._gates.policy
        if self._may_go <= 0:
            now = self._clock.now()
            span = timedelta(seconds=policy.rate_seconds)
            self._may_go = policy.rate_count - self._ledger.waiting.attempts_since(now - span, now)
            if self._may_go <= 0:
                self._come_back(now + span / policy.rate_count)
                return True
        self._may_go -= 1
        return False

    def _pause(self, fault: MailFault) -> None:
        self._take_back()
        now = self._clock.now()
        server = self._gates.policy.server
        _until, _code, count = ServerPause(self._ledger).state(server)
        until = now + pause_length(fault.code, count)
        ServerPause(self._ledger).begin(now, until, fault.code, server=server, params=fault.params)
        self._report.fault = fault
        self._come_back(until)


def _sender_of(record: NoticeRecord) -> str:
    """The envelope's sender is the organiser's mailbox, where bounces can be read."""
    return record.facts.organizer if record.facts is not None else ""
