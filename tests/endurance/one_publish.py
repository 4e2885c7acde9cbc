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


def main() -> int:
    """As a watcher's turn: what the machine refuses is told, and nothing ends in a traceback."""
    clock = ShiftedClock.as_of(date.fromisoformat(TODAY), ZoneInfo("Europe/Copenhagen"))
    told: list[str] = []
    try:
        report = run_cycle(open_workspace(Path(sys.argv[1])), clock, CycleOptions(jobs=1, plans_notices=True))
        told = sorted({item.code for item in report.diagnostics} | ({"unfinished"} if report.must_retry else set()))
    except HopdocsError as fault:
        told = [fault.code]
    except Exception as err:  # noqa: BLE001 - the watcher outlives it, and names its kind
        told = [type(err).__name__]
    os.writev(1, ["\n".join(told).encode()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
