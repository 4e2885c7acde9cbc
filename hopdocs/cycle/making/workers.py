"""Families spread over the machine's cores: spawned processes, a bounded number of families under way, stable order.

A worker gets bytes and gives back plain results; it holds nothing that anybody would miss. It ends when its parent
does, however that happens, and leaves Ctrl-C to it. If one dies, by a full memory or by hand, what was lost is made
again, each family alone with a worker of its own: the one that kills that too gets a diagnostic, the others their
documents.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.making.production import give_up, produce_chunk
from hopdocs.cycle.making.time_limit import MOST_SECONDS
from hopdocs.cycle.template_store import TemplateStore
from hopdocs.freshness.publish import sweep_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from hopdocs.cycle.tasks import FamilyProduct, FamilyTask, Settings

CHUNK: Final = 8
"""Families sent at a time: large enough that the sending costs little, small enough that memory stays flat."""
WORTH_A_WORKER: Final = 24
"""Below this the second that a worker takes to start is longer than the work."""
ATTEMPTS: Final = 2
"""How often a family may end the worker that has nothing else to do, before the family gets a diagnostic for it."""
MOST_WORKER_BYTES: Final = 1024**3
"""Ten times what a worker needs. Beyond it, it gets a `MemoryError`, before the machine has no memory left."""

RESULT_BYTES: Final = 1024**2
"""What a pipe may hold at most without asking root (fs.pipe-max-size); a chunk of families gives a fifth of it."""
YOUNG_OBJECTS: Final = 10_000
"""How many a worker makes between two searches for rubbish: hardly any of it is in circles, and a family makes more."""

_store: TemplateStore | None = None


def produce_families(
    all_tasks: Iterable[FamilyTask], settings: Settings, own_store: TemplateStore, *, count: int, jobs: int
) -> Iterator[list[FamilyProduct]]:
    """Make all families, in their order, some at a time: here if they are few, else in `jobs` worker processes."""
    chunks = _cut(all_tasks, CHUNK if count >= WORTH_A_WORKER else 1)
    if jobs < 2 or count < WORTH_A_WORKER:  # noqa: PLR2004 - one job is this process
        for tasks in chunks:
            yield produce_chunk(own_store, tasks)
        return
    yield from _Workers(settings, own_store, jobs).produce(chunks)


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cut(tasks: Iterable[FamilyTask], size: int) -> Iterator[list[FamilyTask]]:
    pending = iter(tasks)
    while chunk := list(islice(pending, size)):
        yield chunk


class _Workers:
    """The workers of one build, and others in their place when they die."""

    def __init__(self, settings: Settings, own_store: TemplateStore, jobs: int) -> None:
        self._settings = settings
        self._own_store = own_store
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._can_work = True

    def produce(self, chunks: Iterable[list[FamilyTask]]) -> Iterator[list[FamilyProduct]]:
        """The chunks in their order; so many are under way that no worker waits."""
        under_way: deque[tuple[list[FamilyTask], Future[list[FamilyProduct]] | None]] = deque()
        try:
            for tasks in chunks:
                under_way.append((tasks, self._send(tasks)))
                if len(under_way) > self._jobs * 2:
                    yield from self._take(*under_way.popleft())
            while under_way:
                yield from self._take(*under_way.popleft())
        finally:
            self._dismiss()

    def _send(self, tasks: list[FamilyTask]) -> Future[list[FamilyProduct]] | None:
        """Hand a chunk to whoever has time; None if this machine lets no worker live."""
        while self._can_work:
            if self._pool is None:
                self._pool = _open_pool(self._settings, self._jobs)
            try:
                return self._pool.submit(_produce_chunk, tasks)
            except BrokenProcessPool:
                self._dismiss()
        return None

    def _take(self, tasks: list[FamilyTask], sent: Future[list[FamilyProduct]] | None) -> Iterator[list[FamilyProduct]]:
        if sent is None:
            yield produce_chunk(self._own_store, tasks)
            return
        try:
            products = sent.result()
        except BrokenProcessPool:
            yield from self._produce_apart(tasks)
        else:
            yield products

    def _produce_apart(self, tasks: Iterable[FamilyTask]) -> Iterator[list[FamilyProduct]]:
        """Make again what a worker had, or waited for, when one died: one family at a time, since one may be why."""
        with contextlib.ExitStack() as opened:
            alone: ProcessPoolExecutor | None = None
            for task in tasks:
                products: list[FamilyProduct] = []
                for _ in range(ATTEMPTS):
                    if self._settings.writes:
                        sweep_folder(self._settings.output / task.folder)
                    alone = alone or self._open_alone(opened)
                    if alone is None:
                        products = produce_chunk(self._own_store, [task])
                        break
                    try:
                        products = alone.submit(_produce_chunk, [task]).result()
                        break
                    except BrokenProcessPool:
                        alone = None
                yield products or [give_up(self._own_store, task, "HD537")]

    def _open_alone(self, opened: contextlib.ExitStack) -> ProcessPoolExecutor | None:
        """One worker that lives. One that dies before it has seen a family says nothing of families."""
        if not self._can_work:
            return None
        pool = opened.enter_context(_open_pool(self._settings, 1))
        try:
            pool.submit(os.getpid).result()
        except BrokenProcessPool:
            self._can_work = False
            return None
        return pool

    def _dismiss(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _open_pool(settings: Settings, jobs: int) -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin_worker, (settings,))
    _widen(pool)
    return pool


def _widen(pool: ProcessPoolExecutor) -> None:
    """Room in the pipe of results for a whole chunk's.

    A worker that is killed while it waits for room leaves half a result, and Python's executor waits for the other half
    for ever (seen with 146 kB, twice what a pipe holds; CPython 3.11.7). With room it hands over in one go.
    """
    results = getattr(getattr(pool, "_result_queue", None), "_writer", None)
    if results is not None and sys.platform == "linux":
        with contextlib.suppress(OSError):  # as much as the system lets us have; with less it works as before
            fcntl.fcntl(results.fileno(), fcntl.F_SETPIPE_SZ, RESULT_BYTES)


def _begin_worker(settings: Settings) -> None:
    global _store  # noqa: PLW0603 - a worker process keeps one store for its whole life
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_WORKER_BYTES if most < 0 else min(most, MOST_WORKER_BYTES), most))
    _store = TemplateStore(settings)
    gc.freeze()  # what is loaded by now stays: nobody need look through it again
    gc.set_threshold(YOUNG_OBJECTS)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _produce_chunk(tasks: list[FamilyTask]) -> list[FamilyProduct]:
    assert _store is not None  # noqa: S101 - set when the worker began
    # Each family has its own limit; code that does not come back to Python to hear of it is ended by the system.
    signal.setitimer(signal.ITIMER_PROF, (len(tasks) + 1) * MOST_SECONDS)
    try:
        return produce_chunk(_store, tasks)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
