"""Families spread over the machine's cores: spawned processes, a bounded number of families under way, stable order.

A worker gets bytes and gives back plain results; it holds nothing that anybody would miss. It ends when its parent
does, however that happens, and leaves Ctrl-C to it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final

from hopdocs.stages.press import Press
from hopdocs.stages.production import produce_chunk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.stages.tasks import FamilyProduct, FamilyTask, Settings

CHUNK: Final = 8
"""Families sent at a time: large enough that the sending costs little, small enough that memory stays flat."""
WORTH_A_WORKER: Final = 24
"""Below this the second that a worker takes to start is longer than the work."""

_press: Press | None = None


def produce_families(
    all_tasks: Iterable[FamilyTask], settings: Settings, own_press: Press, *, count: int, jobs: int
) -> Iterator[list[FamilyProduct]]:
    """All families in their order, some at a time."""
    pending = iter(all_tasks)
    if jobs < 2 or count < WORTH_A_WORKER:  # noqa: PLR2004 - one job is this process
        for task in pending:
            yield produce_chunk(own_press, [task])
        return
    unsent: list[FamilyTask] = []
    under_way: deque[tuple[list[FamilyTask], Future[list[FamilyProduct]]]] = deque()
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin_worker, (settings,))
    try:
        while unsent := list(islice(pending, CHUNK)):
            under_way.append((unsent, pool.submit(_produce_chunk, unsent)))
            unsent = []
            if len(under_way) > jobs * 2:
                yield under_way[0][1].result()
                under_way.popleft()
        while under_way:
            yield under_way[0][1].result()
            under_way.popleft()
    except BrokenProcessPool:
        # A worker was killed, by a full memory or by hand. What it had is done here, one family at a time.
        for task in chain.from_iterable([*(tasks for tasks, _ in under_way), unsent, pending]):
            yield produce_chunk(own_press, [task])
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin_worker(settings: Settings) -> None:
    global _press  # noqa: PLW0603 - a worker process is one press for its whole life
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _press = Press(settings)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _produce_chunk(tasks: list[FamilyTask]) -> list[FamilyProduct]:
    assert _press is not None  # noqa: S101 - set when the worker began
    return produce_chunk(_press, tasks)
