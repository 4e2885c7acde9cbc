"""The watcher's loop: a change, a moment of quiet, one cycle, and on. It survives a bad cycle and a missing folder.

An event is only a hint. Whatever wakes the loop, the cycle looks at everything; so a lost event, a restored backup or
a thousand files from a checkout are nothing special.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from hopdocs.cycle.mail.answers_folder import answers_folder
from hopdocs.cycle.mail.notice_planning import transport_settings
from hopdocs.cycle.making.unrendered import name_bug
from hopdocs.cycle.run import CycleOptions, CycleReport, Progress, Session, run_cycle
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.errors import FaultyInput, HopdocsError
from hopdocs.git import find_checkout
from hopdocs.notices.sending.delivery import DeliveryReport, become_sender, deliver_now
from hopdocs.watching.changes import Blindness, Changes
from hopdocs.watching.git_puller import Puller
from hopdocs.watching.mail_sender import SENDER_LOCK, MailSender
from hopdocs.watching.monitor import Monitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.cycle.making.elsewhere.place import Elsewhere
    from hopdocs.model.config import Config
    from hopdocs.notices.sending.transport import TransportSettings
    from hopdocs.workspace import Workspace

RESCAN_SECONDS: Final = 60.0
"""How often everything is looked at although nothing was heard."""
DELETION_SECONDS: Final = 2.0
"""How long a family's file must be gone to count as deleted: some editors and checkouts delete and write anew."""
GIT_LOOK_SECONDS: Final = 0.1
GIT_PATIENCE_SECONDS: Final = 10.0
"""After which it is said what is being waited for."""
STALE_LOCK_SECONDS: Final = 600.0
"""After which a lock was left behind, most likely; and how often a wait that goes on is said again."""
RETRY_SECONDS: Final = (1.0, 5.0, 15.0, 60.0)
"""Waits before a document that is open in Word, or a failed cycle, is tried again."""


@dataclass(frozen=True, slots=True)
class ServiceEvent:
    """What the service reports: a cycle's report, what mail did, or diagnostics of its own."""

    report: CycleReport | None = None
    delivery: DeliveryReport | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    changed: frozenset[str] = field(default_factory=frozenset)
    stopped: bool = False


class _Stopped(Exception):
    """Somebody asked the service to end while a cycle ran."""


def watch(  # noqa: PLR0913 - where, and whom to tell
    workspace: Workspace,
    clock: Clock,
    emit: Callable[[ServiceEvent], None],
    *,
    stop: threading.Event | None = None,
    progress: Callable[[Progress], None] | None = None,
    metrics_file: Path | None = None,
    elsewhere: Elsewhere | None = None,
) -> None:
    """Run until SIGTERM, SIGINT or `stop`. What is made when it ends is whole; the rest is made at the next start.

    Raises what stops it from starting: another hopdocs at work here, a ledger that cannot be trusted.
    """
    stop = stop or threading.Event()
    with (
        Session(workspace, clock, elsewhere=elsewhere) as session,
        Changes(workspace) as changes,
        _ended_by_signals(stop, changes),
    ):
        monitor = Monitor(workspace, clock, metrics_file)
        service = _Service(session, changes, emit, stop, progress, monitor)
        with (
            MailSender(workspace, clock, service.note_delivery) as mail_sender,
            Puller(workspace, changes.wake) as puller,
            monitor.at_work(changes, mail_sender, service.complain),
        ):
            service.run(mail_sender, puller)
    emit(ServiceEvent(stopped=True))


def run_once(
    workspace: Workspace, clock: Clock, options: CycleOptions | None = None, *, elsewhere: Elsewhere | None = None
) -> tuple[CycleReport, DeliveryReport | None]:
    """One whole cycle with its notices, and what is due sent: `watch --once`."""
    with Session(workspace, clock, elsewhere=elsewhere) as session:
        report = run_cycle(workspace, clock, options or CycleOptions(plans_notices=True), session)
        settings = _transport(session)
        if report.gates is None or settings is None or session.ledger is None:
            return report, None
        with become_sender(session.ledger, workspace.state / SENDER_LOCK, clock.now()):
            delivery = deliver_now(session.ledger, settings, clock, report.gates)
        moved = [*delivery.accepted, *delivery.failed, *delivery.deferred, *delivery.in_doubt, *delivery.expired]
        if moved:
            mailed = frozenset(session.ledger.get(notice).family for notice in moved)
            run_cycle(workspace, clock, CycleOptions(plans_notices=True, mailed=mailed, lists_unchanged=False), session)
    return report, delivery


class _Service:
    """The loop and what it remembers between two cycles."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it works with, and whom it tells
        self,
        session: Session,
        changes: Changes,
        emit: Callable[[ServiceEvent], None],
        stop: threading.Event,
        progress: Callable[[Progress], None] | None,
        monitor: Monitor,
    ) -> None:
        self._monitor = monitor
        self._session = session
        self._changes = changes
        self._emit_event = emit
        self._stop = stop
        self._progress_shown = progress
        self._lock = threading.Lock()
        self._mailed: set[str] = set()
        self._missing_since: dict[str, float] = {}
        self._bad_turns = 0
        self._said: tuple[Diagnostic, ...] = ()
        self._pull_fault: tuple[str, dict[str, str]] | None = None
        self._blindness: Blindness | None = None
        self._lost_waits = 0
        self._lost_by: Diagnostic | None = None

    def run(self, mail_sender: MailSender, puller: Puller) -> None:
        """Cycle after cycle, whatever goes wrong in one or in waiting for it: only a person or the system ends this."""
        changed: frozenset[str] = frozenset()
        if self._session.book is not None:
            self._session.book.forget_told()
        while not self._stop.is_set():
            try:
                if self._wait_for_git():
                    self._say_blindness()
                    wait_seconds = self._turn(changed, mail_sender, puller)
                    changed = frozenset()
                    self._changes.wait(wait_seconds)
                    self._changes.settle()
                    changed = self._changes.take()
                    self._monitor.pulse.take()
                self._lost_waits, self._lost_by = 0, None
            except HopdocsError as fault:
                self._outlive(_problem(fault))
            except Exception as err:  # noqa: BLE001 - a watcher that is gone hears nothing, and nobody hears of it
                self._outlive(_bug(err))

    def note_delivery(self, delivery: DeliveryReport, families: frozenset[str]) -> None:
        """Called in the mail sender's thread: say it, and let the pages show it."""
        with self._lock:
            self._mailed |= families
        self._emit(ServiceEvent(delivery=delivery))
        if families:
            self._changes.wake()

    def complain(self, problem: Diagnostic) -> None:
        """Say what is amiss beside the loop; called in another thread."""
        self._emit(ServiceEvent(diagnostics=(problem,)))

    def _turn(self, changed: frozenset[str], mail_sender: MailSender, puller: Puller) -> float:
        """One cycle; returns how many seconds nothing has to be done after it."""
        with self._lock:
            mailed, self._mailed = frozenset(self._mailed), set()
        clock = self._session.clock
        now = clock.monotonic()
        ripe = frozenset(path for path, since in self._missing_since.items() if now - since >= DELETION_SECONDS)
        options = CycleOptions(
            first=tuple(sorted(path for path in changed if path.startswith("families/"))),
            plans_notices=True,
            mailed=mailed,
            may_remove=ripe,
            lists_unchanged=False,
            progress=self._show_progress,
            should_stop=lambda: self._stop.is_set() or self._changes.is_waiting(),
            makes_way=lambda: self._stop.is_set() or self._changes.is_waiting(),
        )
        try:
            report = run_cycle(self._session.workspace, clock, options, self._session)
            return self._follow(report, changed, mail_sender, puller)
        except _Stopped:
            return 0.0
        except FaultyInput as fault:
            return self._survive(fault.diagnostics, mailed)
        except HopdocsError as fault:
            return self._survive((_problem(fault),), mailed)
        except Exception as err:  # noqa: BLE001 - the next edit must be heard whatever went wrong with this one
            return self._survive((_bug(err),), mailed)

    def _follow(self, report: CycleReport, changed: frozenset[str], mail_sender: MailSender, puller: Puller) -> float:
        """Say what a cycle did, and let mail, pulling and watching go by the config that it used."""
        now = self._session.clock.monotonic()
        self._said = ()
        self._missing_since = {path: self._missing_since.get(path, now) for path in report.missing}
        self._emit(ServiceEvent(report=report, changed=changed))
        self._monitor.note_cycle(report)
        mail_sender.go(report.gates, _transport(self._session))
        config = _config(self._session)
        puller.follow(config.git if config else None)
        self._changes.follow_answers(answers_folder(config, self._session.workspace) if config else None)
        self._say_once(puller)
        return self._next_turn(report, config)

    def _say_once(self, puller: Puller) -> None:
        """That pulling does not work, when it stops working or does so for another reason."""
        fault = (puller.fault.code, dict(puller.fault.params)) if puller.fault is not None else None
        if fault is not None and fault != self._pull_fault:
            warning = Diagnostic(".git", 0, 0, *fault, Severity.WARNING, Blocks.NOTHING)
            self._emit(ServiceEvent(diagnostics=(warning,)))
        self._pull_fault = fault

    def _say_blindness(self) -> None:
        """That the system does not tell of changes, and why, when that begins."""
        why = self._changes.blindness
        if why is not None and why != self._blindness:
            warning = Diagnostic("", 0, 0, why.code, why.params, Severity.WARNING, Blocks.NOTHING)
            self._emit(ServiceEvent(diagnostics=(warning,)))
        self._blindness = why

    def _next_turn(self, report: CycleReport, config: Config | None) -> float:
        """Until something must be looked at although nothing changed."""
        waits = [RESCAN_SECONDS] if report.next_look is None else [RESCAN_SECONDS, report.next_look]
        if report.must_retry:
            waits.append(RETRY_SECONDS[min(self._bad_turns, len(RETRY_SECONDS) - 1)])
            self._bad_turns += 1
        else:
            self._bad_turns = 0
        clock = self._session.clock
        waits += [since + DELETION_SECONDS - clock.monotonic() for since in self._missing_since.values()]
        if config is not None:
            local = clock.now().astimezone(ZoneInfo(config.timezone))
            waits.append(86400.0 - (local.hour * 3600 + local.minute * 60 + local.second) + 1)
        return max(min(waits), 0.05)

    def _survive(self, diagnostics: tuple[Diagnostic, ...], mailed: frozenset[str]) -> float:
        """A cycle that could not be: say why, once, and try again."""
        with self._lock:
            self._mailed |= mailed
        if diagnostics != self._said:
            self._said = diagnostics
            self._emit(ServiceEvent(diagnostics=diagnostics))
        wait_seconds = RETRY_SECONDS[min(self._bad_turns, len(RETRY_SECONDS) - 1)]
        self._bad_turns += 1
        return wait_seconds

    def _outlive(self, problem: Diagnostic) -> None:
        """A wait that broke: say why, once, and take another one a little later, and then a cycle."""
        if problem != self._lost_by:
            self._emit(ServiceEvent(diagnostics=(problem,)))
        self._lost_by = problem
        self._stop.wait(RETRY_SECONDS[min(self._lost_waits, len(RETRY_SECONDS) - 1)])
        self._lost_waits += 1

    def _wait_for_git(self) -> bool:
        """Wait while a checkout, merge or rebase is under way, and say so; false if the service ends first."""
        checkout = find_checkout(self._session.workspace.root)
        clock = self._session.clock
        began = clock.monotonic()
        say_after = GIT_PATIENCE_SECONDS
        while checkout is not None and (mark := checkout.unfinished()):
            self._monitor.pulse.take()  # what has changed meanwhile waits for a person, not for us
            waited = clock.monotonic() - began
            code = "HD522" if mark == "index.lock" and waited > STALE_LOCK_SECONDS else "HD521"
            if waited > say_after:
                say_after = (waited // STALE_LOCK_SECONDS + 1) * STALE_LOCK_SECONDS
                params = {"mark": mark, "minutes": f"{waited / 60:.0f}"}
                warning = Diagnostic(".git", 0, 0, code, params, Severity.WARNING, Blocks.NOTHING)
                self._emit(ServiceEvent(diagnostics=(warning,)))
            if self._stop.wait(GIT_LOOK_SECONDS):
                return False
        return not self._stop.is_set()

    def _show_progress(self, progress: Progress) -> None:
        self._monitor.pulse.beat()
        if self._stop.is_set():
            raise _Stopped
        if self._progress_shown is not None:
            self._progress_shown(progress)

    def _emit(self, event: ServiceEvent) -> None:
        """Whoever listens may not stop the service by failing: a log that is full, a pipe that is closed."""
        with self._lock, contextlib.suppress(Exception):
            self._emit_event(event)


def _problem(fault: HopdocsError) -> Diagnostic:
    """What the machine refuses. That the folder is gone is another thing while the service runs than at its start."""
    code = "HD531" if fault.code == "HD501" else fault.code
    return Diagnostic("", 0, 0, code, fault.params, Severity.ERROR, Blocks.NOTHING)


def _bug(err: Exception) -> Diagnostic:
    return Diagnostic("", 0, 0, "HD535", {"detail": name_bug(err)}, Severity.ERROR, Blocks.NOTHING)


def _config(session: Session) -> Config | None:
    return session.last_config.parse().config if session.last_config else None


def _transport(session: Session) -> TransportSettings | None:
    return transport_settings(_config(session), session.workspace)


@contextlib.contextmanager
def _ended_by_signals(stop: threading.Event, changes: Changes) -> Iterator[None]:
    """SIGTERM and SIGINT end the loop between two steps. Only the main thread may take signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: object) -> None:
        stop.set()
        changes.wake()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
