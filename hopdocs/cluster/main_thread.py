"""An executor whose work is done in the process's main thread.

Only there does Python hear of signals, and with them of the limit to a family's time. Dask's own loop has another.
"""

from __future__ import annotations

import queue
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class MainThread(Executor):
    """Takes work from any thread; `work` does it in the one that calls it."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[tuple[Future[Any], Callable[..., Any], tuple[Any, ...]] | None] = (
            queue.SimpleQueue()
        )

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Let it be done in its turn."""
        assert not kwargs  # noqa: S101 - Dask gives none
        future: Future[Any] = Future()
        self._waiting.put((future, fn, args))
        return future

    def end(self) -> None:
        """Let `work` come back once it is done with what it has."""
        self._waiting.put(None)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """A worker that closes is followed by another: there is nothing to shut down."""

    def work(self, idle_seconds: float, when_idle: Callable[[], None]) -> None:
        """Do what comes in, until somebody ends it; `when_idle` is called where nothing has come for so long."""
        while True:
            try:
                item = self._waiting.get(timeout=idle_seconds)
            except queue.Empty:
                when_idle()
                continue
            if item is None:
                return
            future, fn, args = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(fn(*args))
            except BaseException as err:  # noqa: BLE001 - whoever waits gets it, whatever it is
                future.set_exception(err)
            del item, future, args  # nothing of it stays while nothing comes in
