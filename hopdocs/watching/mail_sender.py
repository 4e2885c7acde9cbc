"""Delivers notices beside the building, in a thread with its own connection: a slow mail server delays no document.

What may leave was decided by the last cycle (`Gates`); when is decided here, by the clock. One process sends at a
time; if another holds the sender's lock, this one waits its turn.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self

from hopdocs.errors import HopdocsError, LedgerFault
from hopdocs.git import GitFault, find_checkout
from hopdocs.notices.ledger.standing import NOT_STARTED
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.sending.delivery import DeliveryReport, become_sender, deliver_due, remember_progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from hopdocs.clock import Clock
    from hopdocs.notices.sending.outbox import Gates
    from hopdocs.notices.sending.sender_lock import SenderLock
    from hopdocs.notices.sending.transport import TransportSettings
    from hopdocs.workspace import Workspace

LOOK_SECONDS: Final = 2.0
"""How often the ledger is asked: another process may have started or released something."""
LAST_SECONDS: Final = 20.0
"""How long the transaction under way may take when the service stops, no other being begun.

Then it is broken off, and resumed at the start.
"""
SENDER_LOCK: Final = "sender.lock"


class MailSender:
    """One sender. `report_round` gets what each round did, in the sender's own thread."""

    def __init__(
        self, workspace: Workspace, clock: Clock, report_round: Callable[[DeliveryReport, frozenset[str]], None]
    ) -> None:
        self._workspace = workspace
        self._clock = clock
        self._report_round = report_round
        self._ready = threading.Event()
        self._stopping = threading.Event()
        self._gates: Gates | None = None
        self._settings: TransportSettings | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._round: asyncio.Task[DeliveryReport] | None = None
        self._thread = self._new_thread()
        self._asked_for: frozenset[str] = frozenset()
        self.fault: HopdocsError | None = None

    def _new_thread(self) -> threading.Thread:
        return threading.Thread(target=self._run, name="mail-sender", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self._stopping.set()
        self._ready.set()
        self._thread.join(LAST_SECONDS)
        loop, under_way = self._loop, self._round
        if self._thread.is_alive() and loop is not None and under_way is not None:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(under_way.cancel)
            self._thread.join(LAST_SECONDS)

    def go(self, gates: Gates | None, settings: TransportSettings | None) -> None:
        """What may leave from now on. Called after each cycle, so it also sees that somebody is there to send it."""
        if not self._thread.is_alive() and not self._stopping.is_set():
            self._thread = self._new_thread()
            self._thread.start()
        self._gates, self._settings = gates, settings
        self._asked_for = frozenset()
        self._ready.set()

    def is_alive(self) -> bool:
        """Whether its thread runs."""
        return self._thread.is_alive()

    def _run(self) -> None:
        """Until the end, whatever goes wrong: a thread that is gone would send nothing, and tell nobody."""
        while not self._stopping.is_set():
            try:
                self._be_sender()
            except HopdocsError as fault:  # another sender, or a ledger that nobody can write just now
                self._complain(fault)
            except (sqlite3.Error, OSError) as err:
                self._complain(LedgerFault("HD413", detail=str(err)))
            except Exception as err:  # noqa: BLE001 - what was under way is marked, and is not sent again and again
                self._complain(HopdocsError("HD535", detail=type(err).__name__))
            self._stopping.wait(LOOK_SECONDS)

    def _complain(self, fault: HopdocsError) -> None:
        """Say why nothing leaves, once. That another process is the sender is no fault."""
        before, self.fault = self.fault, fault
        if fault.code != "HD417" and (before is None or before.code != fault.code):
            self._report_round(DeliveryReport(fault=fault), frozenset())

    def _be_sender(self) -> None:
        if not self._workspace.ledger_path.exists():  # opening it would make a new one in its place
            if self._gates is None:
                return  # the first cycle has not come so far
            raise LedgerFault("HD418", path=self._workspace.ledger_path.name)
        ledger = Ledger(connect_ledger(self._workspace.ledger_path))
        try:
            with become_sender(ledger, self._workspace.state / SENDER_LOCK, self._clock.now()) as lock:
                reason = ledger.why_not_started()
                if reason is not None and reason.code != NOT_STARTED:
                    self._complain(reason.as_fault())
                while not self._stopping.is_set():
                    self._ready.wait(LOOK_SECONDS)
                    self._ready.clear()
                    try:
                        self._deliver(ledger, lock)
                    except LedgerFault as fault:
                        if fault.code != "HD413":
                            raise
                        self._complain(fault)  # and stay: this ledger knows what it still has to write down
        finally:
            ledger.close()

    def _deliver(self, ledger: Ledger, lock: SenderLock) -> None:
        gates, settings = self._gates, self._settings
        if gates is None or settings is None or self._stopping.is_set() or self._is_git_at_work():
            return
        try:
            report = asyncio.run(self._one_round(ledger, settings, gates))
        except asyncio.CancelledError:
            return
        finally:
            remember_progress(ledger, lock)
        self.fault = None
        moved = [*report.accepted, *report.failed, *report.deferred, *report.in_doubt, *report.expired]
        asked_for = frozenset(report.unjudged) - self._asked_for
        if moved or report.fault or asked_for:
            families = set(asked_for)
            self._asked_for |= asked_for
            for notice in moved:
                with suppress(LedgerFault):
                    families.add(ledger.get(notice).family)
            self._report_round(report, frozenset(families))

    def _is_git_at_work(self) -> bool:
        """Whether the files are half of two versions; where nobody can tell they may be, and that is said."""
        checkout = find_checkout(self._workspace.root)
        try:
            return checkout is not None and bool(checkout.unfinished())
        except GitFault as fault:
            self._complain(fault)
            return True

    async def _one_round(self, ledger: Ledger, settings: TransportSettings, gates: Gates) -> DeliveryReport:
        self._loop = asyncio.get_running_loop()
        self._round = self._loop.create_task(deliver_due(ledger, settings, self._clock, gates, self._stopping.is_set))
        try:
            return await self._round
        finally:
            self._round = None
