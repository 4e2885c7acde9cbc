"""Sends what is due, one recipient a transaction, and writes down each step before it is taken.

`deliver_due` looks once at what may leave, sends it, and comes back: it never sleeps, so a watcher can call it as
often as it likes and cancel it at any moment. When something is left that only waits for time, the report says when.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hopdocs.notices.ledger.standing import OLDER, Reason
from hopdocs.notices.sending.round import Round
from hopdocs.notices.sending.sender_lock import SenderLock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.errors import HopdocsError
    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.notices.record import NoticeId
    from hopdocs.notices.sending.outbox import Gates
    from hopdocs.notices.sending.transport import TransportSettings


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
        if ledger.expire(notice, clock.now(), "expired"):
            report.expired.append(notice)
    await Round(ledger, settings, clock, gates, report, should_stop).send_all()
    return report


def deliver_now(ledger: Ledger, settings: TransportSettings, clock: Clock, gates: Gates) -> DeliveryReport:
    """`deliver_due` for callers without an event loop."""
    return asyncio.run(deliver_due(ledger, settings, clock, gates))
