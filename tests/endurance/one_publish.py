"""`python -m tests.endurance.one_publish WORKSPACE`: one cycle in one process, for a fault to be put into.

It says which faults were told, by a call that no fault is put into (writev).
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from hopdocs.clock import ShiftedClock
from hopdocs.cycle.run import CycleOptions, run_cycle
from hopdocs.errors import HopdocsError
from hopdocs.workspace import open_workspace
from tests.service.watched import TODAY


def publish_once(workspace: Path) -> list[str]:
    """As a watcher's turn: what the machine refuses is told, and nothing ends in a traceback. Gives what was told."""
    clock = ShiftedClock.as_of(date.fromisoformat(TODAY), ZoneInfo("Europe/Copenhagen"))
    try:
        report = run_cycle(open_workspace(workspace), clock, CycleOptions(jobs=1, plans_notices=True))
    except HopdocsError as fault:
        return [fault.code]
    except Exception as err:  # noqa: BLE001 - the watcher outlives it, and names its kind
        return [type(err).__name__]
    return sorted({item.code for item in report.diagnostics} | ({"unfinished"} if report.must_retry else set()))


if __name__ == "__main__":
    os.writev(1, ["\n".join(publish_once(Path(sys.argv[1]))).encode()])
