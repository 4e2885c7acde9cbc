"""What the service tells those who watch over it: the service manager, and whoever collects its figures."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.watching.figures import read_figures, write_last_scan
from hopdocs.watching.metrics import write_metrics
from hopdocs.watching.notify import Heartbeat, Pulse, ServiceManager

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.cycle.report import CycleReport
    from hopdocs.watching.changes import Changes
    from hopdocs.watching.figures import Figures
    from hopdocs.watching.mail_sender import MailSender
    from hopdocs.workspace import Workspace


class Monitor:
    """Feels the loop's pulse, and after each cycle tells how it stands. Nothing that goes wrong here stops anything."""

    def __init__(self, workspace: Workspace, clock: Clock, metrics_file: Path | None) -> None:
        self._workspace = workspace
        self._clock = clock
        self._metrics_file = metrics_file
        self._manager = ServiceManager(os.environ)
        self._refused = ""
        self.pulse = Pulse()

    def at_work(self, changes: Changes, mail_sender: MailSender) -> Heartbeat:
        """From entering it until leaving it, the service manager hears that the service is well."""
        return Heartbeat(self._manager, self.pulse, changes, mail_sender)

    def note_cycle(self, report: CycleReport) -> tuple[Diagnostic, ...]:
        """A cycle has come to its end: write it down, and say what could not be written, once."""
        now = self._clock.now()
        config = report.shared.config if report.shared is not None else None
        try:
            write_last_scan(self._workspace, now)
            figures = read_figures(self._workspace, config, now)
            if self._metrics_file is not None:
                write_metrics(self._metrics_file, figures)
        except OSError as err:
            before, self._refused = self._refused, err.strerror or type(err).__name__
            if self._refused == before:
                return ()
            params = {"path": str(self._metrics_file or self._workspace.state), "detail": self._refused}
            return (Diagnostic("", 0, 0, "HD740", params, Severity.WARNING, Blocks.NOTHING),)
        self._refused = ""
        self._manager.tell(STATUS=say_figures(figures))
        return ()


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
