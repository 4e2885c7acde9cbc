"""A worker: one process, one LibreOffice, one thing at a time. What it gets is in its memory while it works.

Its temporary files lie in memory too (`/dev/shm`), and it leaves no core dump. Its limits on time and memory are those
of a worker of our own.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import shutil
import signal
import socket
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.cluster.addresses import read_address
from hopdocs.cluster.certificates import security_for
from hopdocs.cluster.hub import NOWHERE
from hopdocs.cluster.main_thread import MainThread
from hopdocs.cluster.quiet import quiet_dask
from hopdocs.cycle.making.crew.work import MOST_WORKER_BYTES
from hopdocs.cycle.making.elsewhere.work import BENCH
from hopdocs.errors import ClusterFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from distributed import Security

    from hopdocs.cluster.addresses import ClusterAddress

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a file system that is in memory alone
PREFIX: Final = "hopdocs-worker-"
"""Of a worker's folder there; its process follows."""
IDLE_SECONDS: Final = 60.0
"""After so long without work, what families share (settings, staff, templates) is forgotten."""
AGAIN_SECONDS: Final = 2.0
"""Between two tries to reach a scheduler that is gone."""


def serve_worker(address: str, certificates: Path | None, tell: Callable[[str], None]) -> None:
    """Work until SIGTERM or Ctrl-C; `tell` hears of each time that a scheduler is reached."""
    place = read_address(address)
    quiet_dask()
    security = security_for(place, certificates)
    BENCH.limits = limited_memory
    with _in_memory() as folder:
        line = _Line(place, security, folder, tell)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: line.end())
        thread = threading.Thread(target=line.run, name="dask", daemon=True)
        thread.start()
        line.work.work(IDLE_SECONDS, BENCH.forget)
        BENCH.close()
        thread.join(AGAIN_SECONDS)


@contextlib.contextmanager
def _in_memory() -> Iterator[Path]:
    """A folder that is on no disk, for everything temporary."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        raise ClusterFault("HD777", folder=str(MEMORY))
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=MEMORY))
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def limited_memory() -> Iterator[None]:
    """So that no family takes the memory of the machine. LibreOffice has none of it: nor has it at the owner."""
    before, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_WORKER_BYTES if most < 0 else min(most, MOST_WORKER_BYTES), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, most))


def _sweep() -> None:
    """What is left of workers of this user that were killed together with their LibreOffice."""
    for left in MEMORY.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError, ValueError):
            process = int(left.name.removeprefix(PREFIX).partition("-")[0])
            if left.stat().st_uid == os.getuid() and not Path(f"/proc/{process}").exists():
                shutil.rmtree(left, ignore_errors=True)


class _Line:
    """The worker's end of the line, in a thread of its own."""

    def __init__(self, place: ClusterAddress, security: Security, folder: Path, tell: Callable[[str], None]) -> None:
        self._place = place
        self._security = security
        self._folder = folder
        self._tell = tell
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        self.work = MainThread()

    def end(self) -> None:
        """Somebody asks: what is at hand is done first."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self.work.end()

    def run(self) -> None:
        """One worker after the other, as long as nobody has ended it."""
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._stay())

    async def _stay(self) -> None:
        ended = asyncio.ensure_future(self._ended.wait())
        while not self._ended.is_set():
            served = asyncio.ensure_future(self._serve())
            await asyncio.wait({ended, served}, return_when=asyncio.FIRST_COMPLETED)
            if not served.done():
                served.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):  # no scheduler there, or none that knows us
                await served
            await asyncio.wait({ended}, timeout=AGAIN_SECONDS)

    async def _serve(self) -> None:
        """Be one worker. Without certificates it listens where its scheduler does: Dask's own choice is everywhere."""
        from distributed import Worker  # noqa: PLC0415 - as all of Dask

        worker = Worker(
            str(self._place),
            host=None if self._place.is_encrypted else self._place.written_host,
            nthreads=1,
            name=f"{socket.gethostname()}-{os.getpid()}",
            executor=self.work,
            security=self._security,
            local_directory=str(self._folder),
            memory_limit=0,
            dashboard=False,
            dashboard_address=NOWHERE,
        )
        try:
            await worker
            self._tell(worker.address)
            await worker.finished()
        finally:
            with contextlib.suppress(Exception):
                await worker.close(timeout=AGAIN_SECONDS, executor_wait=False)
