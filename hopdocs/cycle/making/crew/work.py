"""What runs inside a worker process: it gets bytes, gives back plain results, and holds nothing anybody would miss.

It ends when its parent does, however that happens, and leaves Ctrl-C to it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import resource
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.making.crew.frames import FrameReader, Word, frame
from hopdocs.cycle.making.production import produce_chunk
from hopdocs.cycle.making.time_limit import MOST_SECONDS
from hopdocs.cycle.template_store import TemplateStore

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from hopdocs.cycle.tasks import FamilyProduct, FamilyTask, Settings

MOST_WORKER_BYTES: Final = 1024**3
"""Ten times what a worker needs. Beyond it, it gets a `MemoryError`, before the machine has no memory left."""
YOUNG_OBJECTS: Final = 10_000
"""How many a worker makes between two searches for rubbish: hardly any of it is in circles, and a family makes more."""
_AT_ONCE: Final = 1024**2


def serve(channel: socket.socket, settings: Settings) -> None:
    """Make what comes in, until nothing more can come. What goes wrong is told to the parent alone."""

    def sign() -> None:
        channel.sendall(frame(Word.SIGN))

    try:
        store = begin(settings)
        sign()
        reader = FrameReader()
        while data := channel.recv(_AT_ONCE):
            for _, content in reader.feed(data):
                channel.sendall(answer(store, pickle.loads(content), sign))  # noqa: S301 - our own parent's
    except BaseException:  # noqa: BLE001 - a trace of it may hold what a family's file says
        os._exit(1)
    os._exit(0)  # nothing is left to be put in order


def begin(settings: Settings) -> TemplateStore:
    """What a worker has for its whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_WORKER_BYTES if most < 0 else min(most, MOST_WORKER_BYTES), most))
    store = TemplateStore(settings)
    gc.freeze()  # what is loaded by now stays: nobody need look through it again
    gc.set_threshold(YOUNG_OBJECTS)
    return store


def answer(store: TemplateStore, tasks: list[FamilyTask], sign: Callable[[], None]) -> bytes:
    """The message that a chunk comes to; a fault, if the parent can be told of it."""
    try:
        return frame(Word.DONE, pickle.dumps(make_chunk(store, tasks, sign), pickle.HIGHEST_PROTOCOL))
    except MemoryError:
        raise
    except Exception as err:
        with suppress(Exception):
            fault = pickle.dumps(err)
            pickle.loads(fault)  # noqa: S301 - whether it can be read again
            return frame(Word.FAULT, fault)
        raise


def make_chunk(store: TemplateStore, tasks: list[FamilyTask], sign: Callable[[], None]) -> list[FamilyProduct]:
    """Some families. Each has its own limit; code that does not come back to hear of it is ended by the system."""
    signal.setitimer(signal.ITIMER_PROF, (len(tasks) + 1) * MOST_SECONDS)
    try:
        return produce_chunk(store, tasks, sign)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
