"""A bar for long work, which quick work never shows."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress

SHOWN_AFTER_SECONDS: Final = 1.0
"""What is done by then needs no bar: one that flashes up says nothing."""


class Bar:
    """How far work has come, on standard error, from a second after it began. Gone when it ends, however it does."""

    def __init__(self, what: str) -> None:
        self._what, self._stage = what, what
        self._done, self._total = 0, 0
        self._lock = threading.Lock()
        self._bar: Progress | None = None
        self._has_ended = False

    def advance(self, done: int, total: int, name: str) -> None:
        """`done` of `total` are behind us in the stage `name`, that of the beginning if it is ''."""
        with self._lock:
            self._done, self._total, self._stage = done, total, name or self._what
            self._update()

    def show(self) -> None:
        """Draw it, unless the work is over."""
        from rich.console import Console as Terminal  # noqa: PLC0415 - rich is only for a terminal
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        with self._lock:
            if self._has_ended:
                return
            count = TextColumn("{task.fields[count]}", style="progress.download")
            columns = (TextColumn("{task.description}"), BarColumn(), count, TimeElapsedColumn())
            terminal = Terminal(stderr=True)
            self._bar = Progress(*columns, console=terminal, transient=True)
            self._bar.start()
            terminal.show_cursor()  # else whoever ends us with a signal is left without one
            self._bar.add_task(**self._so_far())

    def end(self) -> None:
        """Take it away."""
        with self._lock:
            self._has_ended = True
            if self._bar is not None:
                self._bar.stop()

    def _update(self) -> None:
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], **self._so_far())

    def _so_far(self) -> dict[str, Any]:
        """Where nobody knows how much there is, the bar only moves."""
        count = f"{self._done}/{self._total}" if self._total else ""
        return {"description": self._stage, "completed": self._done, "total": self._total or None, "count": count}


@contextmanager
def show_bar(what: str) -> Iterator[Bar]:
    """A bar while the block runs, if that is long."""
    bar = Bar(what)
    timer = threading.Timer(SHOWN_AFTER_SECONDS, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield bar
    finally:
        timer.cancel()
        bar.end()
