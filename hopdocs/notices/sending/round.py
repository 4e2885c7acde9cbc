"""One round of sending: connections that share a queue, a rate, and the one writer of the ledger.

A round begins with one connection. Another is opened where the ones before have taken so many mails that a handshake
is worth it, up to `MOST_CONNECTIONS`, and never where the server says that it takes no more. No two of them can have
mails about the same entry to the same address: only one such notice waits at a time, and what is planned while it is
under way is not in this round's queue.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.notices.record import State
from hopdocs.notices.sending.group_commit import GroupCommit
from hopdocs.notices.sending.lane import Lane
from hopdocs.notices.sending.outbox import NOT_JUDGED, Outbox
from hopdocs.notices.sending.pause import ServerPause
from hopdocs.notices.sending.waits import pause_length

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hopdocs.clock import Clock
    from hopdocs.errors import MailFault
    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.notices.record import NoticeRecord
    from hopdocs.notices.sending.delivery import DeliveryReport
    from hopdocs.notices.sending.outbox import Gates, Hold
    from hopdocs.notices.sending.outcome import Outcome
    from hopdocs.notices.sending.transport import TransportSettings

MOST_CONNECTIONS: Final = 3
"""As many as Exchange Online takes of one mailbox (learn.microsoft.com, SMTP submission improvements)."""

WORTH_ANOTHER: Final = 10
"""Mails for each connection after which one more is opened: it costs a handshake, and a login."""

_CANNOT_BE_REACHED: Final = "HD402"


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A notice that may leave, with its bytes."""

    record: NoticeRecord
    mime: bytes


class Round:
    """What the connections of one call have in common, and what comes of each notice."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a round is made of
        self,
        ledger: Ledger,
        settings: TransportSettings,
        clock: Clock,
        gates: Gates,
        report: DeliveryReport,
        should_stop: Callable[[], bool],
    ) -> None:
        self.ledger = ledger
        self.settings = settings
        self.report = report
        self.commits = GroupCommit(ledger, lambda: self._working)
        self.now = clock.now
        self._gates = gates
        self._should_stop = should_stop
        self._outbox = Outbox(ledger, gates, clock.now())
        self._queue = iter(ledger.waiting.by_urgency())
        self._given_back: list[Ready] = []
        self._lanes: list[asyncio.Task[None]] = []
        self._most = MOST_CONNECTIONS
        self._working = 0
        self._has_ended = False
        self._may_go = 0
        self._under_way = 0
        self._broken = 0
        self._turned_away: set[str] = set()
        self._was_paused = bool(ledger.meta("pause"))

    async def send_all(self) -> None:
        """Send until done, until the rate is used up, or until the server can't be used."""
        self._open()
        try:
            while working := [lane for lane in self._lanes if not lane.done()]:
                await asyncio.wait(working)
        except asyncio.CancelledError:
            for lane in self._lanes:
                lane.cancel()
            await asyncio.wait(self._lanes)
            self._find_fault()
            raise
        fault = self._find_fault()
        if fault is not None:
            raise fault

    def _find_fault(self) -> BaseException | None:
        """What ended a connection, if it was more than the server. All are asked, or the loop complains of the rest."""
        faults = [asyncio.CancelledError() if lane.cancelled() else lane.exception() for lane in self._lanes]
        return next((fault for fault in faults if fault is not None), None)

    def _open(self) -> None:
        self._working += 1
        self._lanes.append(asyncio.create_task(self._run(Lane(self))))

    async def _run(self, lane: Lane) -> None:
        try:
            await lane.run()
        except BaseException:
            self._has_ended = True  # the mails that others have under way arrive, and no more are begun
            raise

    # What a connection asks

    def is_over(self) -> bool:
        """Whether no other mail is to be begun."""
        return self._has_ended or self._should_stop()

    def next_ready(self) -> Ready | None:
        """The next that may leave, in the order of urgency."""
        if self._given_back:
            return self._given_back.pop(0)
        self._outbox.look_again(self.now())
        for waiting in self._queue:
            if not self._passes(waiting, self._outbox.hold_of(waiting)):
                continue
            record, mime = self.ledger.mail(waiting.id)
            if record.state is State.PENDING and self._passes(record, self._outbox.judge(record, mime).hold):
                return Ready(record, mime)
        return None

    def may_still_leave(self, ready: Ready) -> bool:
        """Whether nothing has come in the way of what was made ready a while ago."""
        now, record = self.now(), ready.record
        self._outbox.look_again(now)
        if record.expires_at <= now:
            if self.ledger.expire(record.id, now, "expired"):
                self.report.expired.append(record.id)
            return False
        return self._passes(record, self._outbox.hold_of(record))

    def is_free(self, record: NoticeRecord) -> bool:
        """Whether the gates let it pass at this moment."""
        self._outbox.look_again(self.now())
        return self._outbox.hold_of(record) is None

    def may_send(self) -> bool:
        """Whether the rate allows one more, which is begun with that.

        Asks the ledger only when what was left at the last look is used: time can only make it more. What is under way
        stands in no row yet.
        """
        policy = self._gates.policy
        if self._may_go <= 0:
            now = self.now()
            span = timedelta(seconds=policy.rate_seconds)
            known = self.ledger.waiting.attempts_since(now - span, now) + self._under_way
            self._may_go = policy.rate_count - known
            if self._may_go <= 0:
                self.come_back(now + span / policy.rate_count)
                return False
        self._may_go -= 1
        self._under_way += 1
        return True

    def may_send_another(self) -> bool:
        """Whether the rate is known to allow one more."""
        return self._may_go > 0

    def goes_on_without_one(self) -> bool:
        """A connection is one too many: whether others do its work. Then no further one is opened in this round."""
        if self._working > 1:
            self._most = 0
        return self._working > 1

    def breaks_off_again(self) -> bool:
        """The server hung up amid a mail: whether it did so the time before, too."""
        self._broken += 1
        return self._broken > 1

    def is_turned_away(self, record: NoticeRecord, outcome: Outcome) -> bool:
        """Whether a refusal for good is about us: it says so, or may say so and nobody has got anything since."""
        return outcome.refuses_us or (outcome.may_refuse_us and not self._has_let_in_others(record))

    def _has_let_in_others(self, record: NoticeRecord) -> bool:
        """Whether the server took any mail in this round, or since it first refused this one."""
        since = record.first_attempt_at
        return bool(self.report.accepted) or (since is not None and self.ledger.waiting.has_taken_since(since))

    def is_closed_to_us(self, recipient: str, outcome: Outcome) -> bool:
        """Whether the server turns us away: surely, or two recipients in turn."""
        self._turned_away.add(recipient)
        return outcome.refuses_us or len(self._turned_away) > 1

    # What a connection tells

    def give_back(self, ready: Ready) -> None:
        """It was not sent, and no attempt was made: the next connection takes it first."""
        self._given_back.append(ready)

    def has_sent(self) -> None:
        """One that was under way is settled in the ledger, or was not sent."""
        self._under_way -= 1

    def widen(self) -> None:
        """Open another connection where so much has left, and may leave, that it is worth it."""
        opened = len(self._lanes)
        is_worth_it = len(self.report.accepted) >= opened * WORTH_ANOTHER and self._may_go >= WORTH_ANOTHER
        if opened < self._most and is_worth_it and not self.is_over():
            self._open()

    def lane_ends(self) -> None:
        """A connection has nothing more to do."""
        self._working -= 1
        self.commits.look_around()

    def server_works(self) -> None:
        """The server has answered as one does that works."""
        self._broken = 0
        if self._was_paused:
            ServerPause(self.ledger).end()
            self._was_paused = False

    def stop_for(self, fault: MailFault) -> None:
        """The server can't be used: it rests. A connection that it has no room for is no reason, while others work."""
        if self._has_ended or (fault.code == _CANNOT_BE_REACHED and self.goes_on_without_one()):
            return
        self._has_ended = True
        now, server = self.now(), self._gates.policy.server
        _until, _code, count = ServerPause(self.ledger).state(server)
        until = now + pause_length(fault.code, count)
        ServerPause(self.ledger).begin(now, until, fault.code, server=server, params=fault.params)
        self.report.fault = fault
        self.come_back(until)

    def come_back(self, moment: datetime | None) -> None:
        """Something may leave then."""
        if moment is not None:
            self.report.next_at = min(moment, self.report.next_at or moment)

    def _passes(self, record: NoticeRecord, hold: Hold | None) -> bool:
        """Whether nothing holds it; else when and about whom to ask again is kept."""
        if hold is not None:
            self.come_back(hold.until)
            if hold.code == NOT_JUDGED:
                self.report.unjudged.add(record.family)
        return hold is None
