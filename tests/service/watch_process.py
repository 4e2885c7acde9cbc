"""The real service as a process of its own: `python -m tests.service.watch_process WORKSPACE DAY DELETION_SECONDS`.

Writes a line of JSON for everything that the service tells.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch
from zoneinfo import ZoneInfo

from hopdocs.clock import ShiftedClock
from hopdocs.errors import HopdocsError
from hopdocs.watching import service
from hopdocs.watching.service import watch
from hopdocs.workspace import open_workspace

if TYPE_CHECKING:
    from hopdocs.watching.service import ServiceEvent


def _write(event: ServiceEvent) -> None:
    report = event.report
    line = {
        "documents": [[item.path, item.action.value, item.reason.code] for item in report.documents] if report else [],
        "diagnostics": [[item.path, item.code] for item in (report.diagnostics if report else event.diagnostics)],
        "is_report": report is not None,
        "evaluated": report.evaluated if report else 0,
        "queued": report.queued if report else 0,
        "sent": len(event.delivery.accepted) if event.delivery else 0,
        "changed": sorted(event.changed),
        "stopped": event.stopped,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main() -> int:
    root, day, deletion_seconds = sys.argv[1:]
    clock = ShiftedClock.as_of(date.fromisoformat(day), ZoneInfo("Europe/Copenhagen"))
    try:
        with patch.object(service, "DELETION_SECONDS", float(deletion_seconds)):
            operator = os.environ.get("HOPDOCS_OPERATOR")
            watch(open_workspace(Path(root), Path(operator) if operator else None), clock, _write)
    except HopdocsError as fault:
        sys.stdout.write(json.dumps({"fault": fault.code}) + "\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
