"""Families spread over the machine's cores: spawned processes, a bounded number of families under way, stable order.

Nobody waits for ever. A worker that dies, by a full memory or by hand, or gives no sign for minutes, is replaced; what
it was at is made again, each family alone with a worker of its own: the one that ends that too gets a diagnostic, the
others their documents.

Python's own executor reads results in a way that waits for the rest of half a message; a worker that is killed while it
writes one leaves it waiting (seen with 146 kB, twice what a pipe holds; CPython 3.11.7).
"""

from __future__ import annotations

import os
import select
import time
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.making.crew.worker import Chunk, Worker
from hopdocs.cycle.making.production import give_up, produce_chunk
from hopdocs.freshness.publish import sweep_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hopdocs.cycle.making.elsewhere.place import Elsewhere
    from hopdocs.cycle.tasks import FamilyProduct, FamilyTask, Settings
    from hopdocs.cycle.template_store import TemplateStore

CHUNK: Final = 8
"""Families sent at a time: large enough that the sending costs little, small enough that memory stays flat."""
WORTH_A_WORKER: Final = 24
"""Below this the second that a worker takes to start is longer than the work."""
ATTEMPTS: Final = 2
"""How often a family may end the worker that has nothing else to do, before the family gets a diagnostic for it."""
SILENT_SECONDS: Final = 300.0
"""How long a worker may give no sign: it gives one after each family, which takes a twentieth of a second, and a very
large one on a slow and busy machine half a minute."""
STILLBORN: Final = 2
"""After so many workers in a row that die before they have seen a family, this machine lets none live."""
_AHEAD: Final = 2
_LOOK_SECONDS: Final = 1.0


def produce_families(  # noqa: PLR0913 - what there is to make, with what, and where
    all_tasks: Iterable[FamilyTask],
    settings: Settings,
    own_store: TemplateStore,
    *,
    count: int,
    jobs: int,
    elsewhere: Elsewhere | None = None,
) -> Iterator[list[FamilyProduct]]:
    """Make all families, in their order, some at a time: here if they are few, else in `jobs` worker processes.

    Where there is an `elsewhere`, many are made there; what it cannot or does not make is made here.
    """
    chunks = _cut(all_tasks, CHUNK if count >= WORTH_A_WORKER else 1)
    if elsewhere is not None and elsewhere.slots and count >= WORTH_A_WORKER:
        from hopdocs.cycle.making.elsewhere.handing_out import produce_elsewhere  # noqa: PLC0415 - few have other machines

        crew = Crew(settings, own_store, max(jobs, 1))
        yield from produce_elsewhere(chunks, own_store, elsewhere, crew)
        return
    if jobs < 2 or count < WORTH_A_WORKER:  # noqa: PLR2004 - one job is this process
        for tasks in chunks:
            yield produce_chunk(own_store, tasks)
        return
    yield from Crew(settings, own_store, jobs).produce(chunks)


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def is_stuck(worker: Worker) -> bool:
    """Whether a worker will not come to an end any more."""
    return worker.silent_seconds > SILENT_SECONDS


def _cut(tasks: Iterable[FamilyTask], size: int) -> Iterator[list[FamilyTask]]:
    pending = iter(tasks)
    while chunk := list(islice(pending, size)):
        yield chunk


class Crew:
    """The workers of one build, and others in their place when they die."""

    def __init__(self, settings: Settings, own_store: TemplateStore, jobs: int) -> None:
        self._settings = settings
        self.own_store = own_store
        self._jobs = jobs
        self._workers: list[Worker] = []
        self._alone: list[Worker] = []
        """The one that makes again, family by family, what another died of."""
        self._waiting: deque[Chunk] = deque()
        self._stillborn = 0

    def produce(self, chunks: Iterable[list[FamilyTask]]) -> Iterator[list[FamilyProduct]]:
        """The chunks in their order; so many are under way that no worker waits."""
        under_way: deque[Chunk] = deque()
        try:
            for tasks in chunks:
                under_way.append(Chunk(tasks))
                self._waiting.append(under_way[-1])
                self._hand_out()
                if len(under_way) > self._jobs * _AHEAD:
                    yield from self._take(under_way.popleft())
            while under_way:
                yield from self._take(under_way.popleft())
        finally:
            self.end()

    def end(self) -> None:
        """End every worker."""
        for worker in [*self._workers, *self._alone]:
            worker.end()
        self._workers.clear()
        self._alone.clear()

    @property
    def _can_work(self) -> bool:
        """Whether this machine lets workers live."""
        return self._stillborn < STILLBORN

    def _hand_out(self) -> None:
        """Give what waits to whoever has the least to do; whoever works has one more in its pipe."""
        while self._waiting and self._can_work:
            idlest = min(self._workers, key=lambda worker: len(worker.chunks), default=None)
            if (idlest is None or idlest.chunks) and len(self._workers) < self._jobs:
                idlest = self._start(self._workers) or idlest
            if idlest is not None and len(idlest.chunks) < _AHEAD:
                idlest.give(self._waiting.popleft())
            elif idlest is not None:
                return

    def _start(self, workers: list[Worker]) -> Worker | None:
        try:
            workers.append(Worker(self._settings))
        except OSError:  # no room for another process, or for its pipe
            self._stillborn += 1
            return None
        return workers[-1]

    def _take(self, chunk: Chunk) -> Iterator[list[FamilyProduct]]:
        while not chunk.is_settled and (self._can_work or chunk not in self._waiting):
            self._hand_out()
            self._look(self._workers)
        if chunk.products is not None:
            yield chunk.products
        elif chunk.is_broken:
            yield from self.produce_apart(chunk.tasks)
        else:
            self._waiting.remove(chunk)
            yield produce_chunk(self.own_store, chunk.tasks)

    def _look(self, workers: list[Worker]) -> None:
        """Wait until one of them says something, can take more, or is gone, or for a moment."""
        poll = select.poll()
        for worker in workers:
            poll.register(worker.channel, select.POLLIN | (select.POLLOUT if worker.has_unsent else 0))
            poll.register(worker.process.sentinel, select.POLLIN)
        began = time.monotonic()
        ready = {descriptor for descriptor, _ in poll.poll(_LOOK_SECONDS * 1000)}
        # Not longer than was asked for: this process may have been stopped, and they with it.
        waited = min(time.monotonic() - began, _LOOK_SECONDS)
        for worker in list(workers):
            worker.silent_seconds += waited if worker.is_awaited else 0.0
            is_dead = worker.process.sentinel in ready
            worker.take()
            worker.send()
            is_dead |= worker.has_hung_up
            if worker.has_begun:
                self._stillborn = 0
            if is_dead or is_stuck(worker):
                self._bury(worker, workers, was_stuck=not is_dead)

    def _bury(self, worker: Worker, workers: list[Worker], *, was_stuck: bool) -> None:
        """What it was at may be why; what waited in its pipe is somebody else's now."""
        workers.remove(worker)
        chunks = list(worker.chunks)
        worker.end(at_once=True)
        if not worker.has_begun:
            self._stillborn += 1
        elif chunks:
            broken = chunks.pop(0)
            broken.is_broken, broken.was_stuck = True, was_stuck
        self._waiting.extendleft(reversed(chunks))

    def produce_apart(self, tasks: Sequence[FamilyTask]) -> Iterator[list[FamilyProduct]]:
        """Make again what a worker had when it died: one family at a time, since one may be why."""
        for task in tasks:
            yield self._produce_alone(task)

    def _produce_alone(self, task: FamilyTask) -> list[FamilyProduct]:
        for _ in range(ATTEMPTS):
            if self._settings.writes:
                sweep_folder(self._settings.output / task.folder)
            chunk = self._try_alone(task)
            if chunk.products is not None:
                return chunk.products
            if chunk.was_stuck:
                return [give_up(self.own_store, task, "HD702", minutes=f"{SILENT_SECONDS / 60:.0f}")]
        if self._can_work:
            return [give_up(self.own_store, task, "HD537")]
        return produce_chunk(self.own_store, [task])

    def _try_alone(self, task: FamilyTask) -> Chunk:
        """One family with a worker that has nothing else to do. One that dies before it begins says nothing of it."""
        chunk = Chunk([task])
        while not chunk.is_settled and self._can_work:
            if not self._alone and self._start(self._alone) is None:
                continue
            [worker] = self._alone
            worker.give(chunk)
            while not chunk.is_settled and self._alone:
                self._look(self._alone)
            if not chunk.is_settled:  # laid down by one that never began
                self._waiting.remove(chunk)
        return chunk
