"""The memory of a whole process tree: shared pages counted once, and nothing that a child holds forgotten."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from types import TracebackType

EVERY_SECONDS: Final = 0.1
_MEMORY_FOLDERS: Final = ("/dev/shm",)  # noqa: S108 - only where files lie, with names of their own


def memory_folder() -> str | None:
    """A folder whose files lie in memory, so that no contender waits for a disk; None where there is none."""
    return next((folder for folder in _MEMORY_FOLDERS if os.access(folder, os.W_OK)), None)


class PeakMemory:
    """Watches a process and all its descendants while it is entered; `peak_bytes` is the largest sum seen.

    The sum is of PSS (proc(5), smaps_rollup): each page divided by the number of processes that share it.
    """

    def __init__(self, process: int) -> None:
        self.peak_bytes = 0
        self._process = process
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.is_set():
            begun = time.monotonic()
            self.peak_bytes = max(self.peak_bytes, sum(map(proportional_bytes, descendants(self._process))))
            # Reading the maps of a large process takes a while itself: at most a tenth of the time goes into it.
            self._is_over.wait(max(EVERY_SECONDS, 9 * (time.monotonic() - begun)))


def descendants(process: int) -> list[int]:
    """The process and everything that it started, directly or not."""
    found = [process]
    for known in found:
        try:
            tasks = list(Path(f"/proc/{known}/task").iterdir())
            for task in tasks:
                found += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:
            continue  # it ended meanwhile
    return found


def proportional_bytes(process: int) -> int:
    """The PSS of one process; 0 for one that is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
