"""`python -m tests.endurance.overflow`: so many files at once that the kernel drops events, while nobody reads them.

The thread that reads stands still until the queue has run over (inotify(7), IN_Q_OVERFLOW); then it goes on. Every file
must be found, by whatever way.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchdog.observers.inotify import InotifyObserver

from hopdocs.watching.changes import Changes
from hopdocs.workspace import Workspace
from tests.endurance.tally import Tally

if TYPE_CHECKING:
    from threading import Lock

_FILES: Final = 20_000
_LIMIT_SECONDS: Final = 300.0


class _Overflows(logging.Handler):
    """Counts how often the library tells of a queue that ran over."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += "events were lost" in record.getMessage()


def main() -> int:
    """One flood."""
    tally, overflows = Tally(), _Overflows()
    logging.getLogger("watchdog.observers.inotify_c").addHandler(overflows)
    with tempfile.TemporaryDirectory(prefix="hopdocs-overflow-") as home:
        workspace = Workspace(Path(home))
        workspace.families.mkdir()
        names = {f"families/hop-{number}.yaml" for number in range(_FILES)}
        with Changes(workspace) as watching:
            with _reading(watching):
                for name in names:
                    (workspace.root / name).write_bytes(b"x")
            begun = time.monotonic()
            found: set[str] = set()
            while len(found) < len(names) and time.monotonic() - begun < _LIMIT_SECONDS:
                watching.wait(1)
                watching.settle()
                found |= watching.take()
            tally.say(f"{_FILES:,} files at once, the queue ran over {overflows.count} times")
            tally.say(f"  {len(found & names):,} found after {time.monotonic() - begun:.0f} s")
    tally.check(overflows.count > 0, "the queue never ran over, so nothing was tried")
    tally.check(found == names, f"{len(names - found)} files were never found")
    return tally.end()


def _reading(watching: Changes) -> Lock:
    """What the reading thread needs before each event; it waits for as long as somebody else has it."""
    observer = watching._watches._observer
    assert isinstance(observer, InotifyObserver)
    return observer._inotify_fd._lock


if __name__ == "__main__":
    sys.exit(main())
