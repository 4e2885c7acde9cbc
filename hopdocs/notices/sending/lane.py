"""One connection's share of a round: it takes what may leave next, sends it, and writes down what came of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.errors import LedgerFault, MailFault
from hopdocs.notices.record import Beginning, Taken
from hopdocs.notices.sending.connection_faults import BROKEN_OFF, REPLIED
from hopdocs.notices.sending.outcome import NOT_THE_NOTICES_FAULT, Outcome, Phase, Verdict
from hopdocs.notices.sending.transport import Connection
from hopdocs.notices.sending.waits import SWIFT_SECONDS, UNANSWERED_WAIT, next_try

if TYPE_CHECKING:
    from datetime import datetime

    from hopdocs.notices.record import NoticeRecord
    from hopdocs.notices.sending.round import Ready, Round

_ENDS: Final = (Exception, asyncio.CancelledError, KeyboardInterrupt)
"""Ways to be stopped that leave time to write down how far things came."""

_SERVER_IS_BUSY: Final = frozenset({421, 432})


class Lane:
    """A connection of its own; queue, rate, ledger and pauses are the round's."""

    def __init__(self, whole: Round) -> None:
        self._round = whole
        self._ledger = whole.ledger
        self._connection = Connection(whole.settings)
        self._sending: Ready | None = None
        self._ready: Ready | None = None
        self._begun: Ready | None = None
        """A notice of which the ledger says that its body began, and of which no byte has left."""

    async def run(self) -> None:
        """Send until nothing is left for this connection. What it took and did not send waits again.

        Raises what ends the whole round.
        """
        try:
            while not self._round.is_over() and (ready := self._take_ready()) is not None:
                self._sending = ready
                if not self._round.may_send() or not await self._take_turn(ready):
                    break
                self._round.widen()
        except MailFault as fault:
            self._take_back()
            self._round.stop_for(fault)
        except _ENDS:
            self._take_back()
            raise
        else:
            self._take_back()
        finally:
            self._round.lane_ends()
            await self._connection.close()

    def _take_back(self) -> None:
        """The body that was begun in advance did not leave, and what was made ready is for the other connections."""
        begun, self._begun = self._begun, None
        if begun is not None:
            self._ledger.take_back(begun.record.id, self._round.now())
        for unsent in (self._sending, self._ready):
            if unsent is not None:
                self._round.give_back(unsent)
        self._sending = self._ready = None

    def _prepare(self) -> None:
        """Find the next that may leave. Called while the server thinks about a recipient, so it costs no time."""
        if self._ready is None:
            self._ready = self._round.next_ready()

    def _take_ready(self) -> Ready | None:
        """The next that may leave, as of now: sending the one before it may have taken a while."""
        while True:
            self._prepare()
            ready, self._ready = self._ready, None
            if ready is None or ready is self._begun or self._round.may_still_leave(ready):
                return ready

    async def _take_turn(self, ready: Ready) -> bool:
        try:
            return await self._send_one(ready)
        finally:
            self._round.has_sent()

    async def _send_one(self, ready: Ready) -> bool:
        """Send one notice; whether to go on with the next."""
        record, settings = ready.record, self._round.settings
        body_begins = False

        async def begin() -> None:
            nonlocal body_begins
            if self._begun is not ready:
                self._begun = ready
                await self._round.commits.begin(self._beginning(ready))
            self._begun = None
            body_begins = True

        sender = settings.envelope_sender or _sender_of(record)
        recipient = record.channel or record.email
        try:
            outcome = await self._connection.send(recipient, ready.mime, begin, sender=sender, meanwhile=self._prepare)
        except LedgerFault as fault:
            if fault.code != "HD415":
                raise
            self._sending = self._begun = None
            if self._ledger.has_newer(record.id):
                self._ledger.expire(record.id, self._round.now(), "replaced by a newer edit")
            return True  # dropped, held or overtaken a moment ago: no byte of it has left
        except _ENDS:
            if body_begins:
                self._unanswered(record, Outcome(Verdict.UNANSWERED, Phase.BODY, 0, "cancelled"), timedelta())
            raise
        if self._is_one_too_many(outcome):
            return False
        self._sending = None
        return await self._apply(record, outcome)

    def _is_one_too_many(self, outcome: Outcome) -> bool:
        """Whether the server only says that it takes no further connection, while others of ours work."""
        is_busy = outcome.code in _SERVER_IS_BUSY or outcome.refuses_us
        return outcome.phase is Phase.MAIL and is_busy and self._round.goes_on_without_one()

    async def _apply(self, record: NoticeRecord, outcome: Outcome) -> bool:
        now, report = self._round.now(), self._round.report
        self._begun = None  # whatever came of it is written down for it now
        reply = (outcome.code, outcome.text)
        is_turned_away = self._round.is_turned_away(record, outcome)
        if outcome.verdict is not Verdict.BROKEN and not is_turned_away:
            self._round.server_works()
        match outcome.verdict:
            case Verdict.ACCEPTED:
                await self._accept(Taken(record.id, now, *reply))
                report.accepted.append(record.id)
                return True
            case Verdict.REFUSED if is_turned_away:
                return self._later(record, outcome, now)
            case Verdict.REFUSED:
                self._ledger.fail(record.id, now, outcome.phase.value, reply)
                report.failed.append(record.id)
                return True
            case Verdict.UNANSWERED:
                self._unanswered(record, outcome, UNANSWERED_WAIT)
                return True
            case Verdict.LATER | Verdict.BROKEN:
                return self._later(record, outcome, now)

    async def _accept(self, taken: Taken) -> None:
        """Write down that it arrived; if the next one's body begins with that, it waits for nothing more."""
        following = self._following(taken.at)
        if following is None:
            await self._round.commits.accept(taken, None)
            return
        self._begun = following
        if not await self._round.commits.accept(taken, self._beginning(following)):
            self._begun = None

    def _following(self, now: datetime) -> Ready | None:
        """The notice whose body begins with the same commit: one fsync less for each of many mails.

        Only if it will leave at once: it is ready, nothing holds it, and the server is quick, so that no more than
        a few round trips lie between the commit and the first byte. A short mail waits for its own commit, since one
        that may have begun is never sent again.
        """
        ready = self._ready
        if ready is None or not ready.record.kind.repeats_safely or not self._round.may_send_another():
            return None
        if self._connection.lead_seconds > SWIFT_SECONDS or ready.record.expires_at <= now:
            return None
        return ready if self._round.is_free(ready.record) else None

    def _beginning(self, ready: Ready) -> Beginning:
        return Beginning(ready.record.id, self._round.now(), ready.record.message_id, ready.mime)

    def _later(self, record: NoticeRecord, outcome: Outcome, now: datetime) -> bool:
        whole, host = self._round, self._round.settings.host
        reply = (outcome.code, outcome.text)
        moment = next_try(record, now)
        if moment is None:
            self._ledger.fail(record.id, now, outcome.phase.value, reply, "gave up")
            whole.report.failed.append(record.id)
        else:
            self._ledger.defer(record.id, now, outcome.phase.value, reply, not_before=moment)
            whole.report.deferred.append(record.id)
            whole.come_back(moment)
        is_sick = outcome.verdict is Verdict.BROKEN and whole.breaks_off_again()
        if outcome.verdict is Verdict.REFUSED and not record.attempts:  # what is tried again says nothing new
            is_sick = whole.is_closed_to_us(record.email, outcome)
        if outcome.code in NOT_THE_NOTICES_FAULT:
            raise MailFault("HD406", host=host, reply=str(outcome.code))
        if self._is_busy(record, outcome) or is_sick:
            said, why = str(outcome.code or ""), REPLIED if outcome.code else BROKEN_OFF
            raise MailFault("HD402", host=host, port=str(whole.settings.port), reply=said, why=why)
        return True

    def _is_busy(self, record: NoticeRecord, outcome: Outcome) -> bool:
        """Whether the server takes nothing for now, and not only nothing for one recipient who was tried before."""
        is_of_all = outcome.phase is Phase.MAIL or not record.attempts
        return outcome.code in _SERVER_IS_BUSY and (is_of_all or self._round.is_closed_to_us(record.email, outcome))

    def _unanswered(self, record: NoticeRecord, outcome: Outcome, wait: timedelta) -> None:
        """Nobody knows. A calendar notice is sent once more, the same bytes; a short mail never."""
        now, report = self._round.now(), self._round.report
        if record.unanswered or not record.kind.repeats_safely:
            self._ledger.doubt(record.id, now, outcome.text or "no answer")
            report.in_doubt.append(record.id)
            return
        reply = (outcome.code, outcome.text)
        self._ledger.defer(record.id, now, outcome.phase.value, reply, not_before=now + wait, unanswered=True)
        report.deferred.append(record.id)
        self._round.come_back(now + wait)


def _sender_of(record: NoticeRecord) -> str:
    """The envelope's sender is the organiser's mailbox, where bounces can be read."""
    return record.facts.organizer if record.facts is not None else ""
