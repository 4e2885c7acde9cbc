"""What the service tells those who watch over it: the service manager, and whoever collects its figures."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.watching.figures import read_figures, write_last_scan
from hopdocs.watching.metrics import write_metrics
from hopdocs.watching.notify import Heartbeat, Pulse, ServiceManager

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.cycle.report import CycleReport
    from hopdocs.model.config import Config
    from hopdocs.watching.changes import Changes
    from hopdocs.watching.figures import Figures
    from hopdocs.watching.mail_sender import MailSender
    from hopdocs.workspace import Workspace


LEAST_SECONDS: Final = 1.0
"""Between two looks at the databases: with ten thousand families and 36,000 mails one takes 60 ms."""


class Monitor:
    """Feels the loop's pulse, and after each cycle tells how it stands.

    In a thread of its own, so that no save waits for it. Nothing that goes wrong here stops anything.
    """

    def __init__(self, workspace: Workspace, clock: Clock, metrics_file: Path | None) -> None:
        self._workspace = workspace
        self._clock = clock
        self._metrics_file = metrics_file
        self._manager = ServiceManager(os.environ)
        self._config: Config | None = None
        self._scanned_at: datetime | None = None
        self._came = threading.Event()
        self._ended = threading.Event()
        self._refused = ""
        self.pulse = Pulse()

    @contextmanager
    def at_work(
        self, changes: Changes, mail_sender: MailSender, complain: Callable[[Diagnostic], None]
    ) -> Iterator[None]:
        """Meanwhile the service manager hears that the service is well; `complain` is called in another thread."""
        teller = threading.Thread(target=self._run, args=(complain,), name="monitor", daemon=True)
        with Heartbeat(self._manager, self.pulse, changes, mail_sender):
            teller.start()
            try:
                yield
            finally:
                self._ended.set()
                self._came.set()
                teller.join()

    def note_cycle(self, report: CycleReport) -> None:
        """A cycle has come to its end."""
        self._config = report.shared.config if report.shared is not None else None
        self._scanned_at = self._clock.now()
        self._came.set()

    def tell_figures(self) -> Diagnostic | None:
        """Write down and tell how it stands, and say what could not be written, once."""
        if self._scanned_at is None:
            return None
        try:
            write_last_scan(self._workspace, self._scanned_at)
            figures = read_figures(self._workspace, self._config, self._clock.now())
            if self._metrics_file is not None:
                write_metrics(self._metrics_file, figures)
        except OSError as err:
            before, self._refused = self._refused, err.strerror or type(err).__name__
            if self._refused == before:
                return None
            params = {"path": str(self._metrics_file or self._workspace.state), "detail": self._refused}
            return Diagnostic("", 0, 0, "HD740", params, Severity.WARNING, Blocks.NOTHING)
        self._refused = ""
        self._manager.tell(STATUS=say_figures(figures))
        return None

    def _run(self, complain: Callable[[Diagnostic], None]) -> None:
        """Until the end, and once more then."""
        while True:
            self._came.wait()
            self._came.clear()
            is_last = self._ended.is_set()
            if unwritten := self.tell_figures():
                complain(unwritten)
            if is_last:
                return
            self._ended.wait(LEAST_SECONDS)


def say_figures(figures: Figures) -> str:
    """The service's status line: numbers alone."""
    counts = {
        "with errors": figures.families_with_errors,
        "PDFs to make": figures.pdfs_waiting,
        "mails pending": figures.pending,
        "held": figures.held,
        "failed": figures.failed,
        "in doubt": figures.in_doubt,
    }
    return ", ".join([f"{figures.families} families", *(f"{count} {what}" for what, count in counts.items() if count)])
