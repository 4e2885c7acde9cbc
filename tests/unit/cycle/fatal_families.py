"""Worker processes that die or stand still at a certain family, as a full memory or a hung disk would make them."""

from __future__ import annotations

import os
import pickle
import resource
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.making.crew import work
from hopdocs.cycle.making.crew.frames import Word, frame

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from hopdocs.cycle.tasks import FamilyProduct, FamilyTask, Settings
    from hopdocs.cycle.template_store import TemplateStore

FATAL: Final = "families/fatal.yaml"
"""Its worker is killed each time."""
PASSING: Final = "families/passing.yaml"
"""The first time."""
STILL: Final = "families/still.yaml"
"""Its worker stands still each time."""
HALF_A_MESSAGE: Final = frame(Word.DONE, bytes(4 * 1024**2))[: 2 * 1024**2]
"""More than any pipe holds."""


def serve_until_fatal(channel: socket.socket, settings: Settings) -> None:
    """Killed or stopped at certain families, with half a message written where somebody might wait for the rest."""
    make_chunk = work.make_chunk

    def make_or_end(store: TemplateStore, tasks: list[FamilyTask], sign: Callable[[], None]) -> list[FamilyProduct]:
        for task in tasks:
            if task.path == FATAL:
                os.kill(os.getpid(), signal.SIGKILL)
            if task.path == PASSING and _is_first_time(store, task):
                channel.sendall(HALF_A_MESSAGE)
                os.kill(os.getpid(), signal.SIGKILL)
            if task.path == STILL:
                channel.sendall(HALF_A_MESSAGE)
                os.kill(os.getpid(), signal.SIGSTOP)
        return make_chunk(store, tasks, sign)

    work.make_chunk = make_or_end
    work.serve(channel, settings)


def die(_: object, __: object) -> None:
    """A worker that does not even begin."""
    os.kill(os.getpid(), signal.SIGKILL)


def tell_limit(channel: socket.socket, settings: Settings) -> None:
    """A worker that answers with the memory that it may use."""
    work.begin(settings)
    channel.sendall(frame(Word.DONE, pickle.dumps(resource.getrlimit(resource.RLIMIT_DATA)[0])))


def _is_first_time(store: TemplateStore, task: FamilyTask) -> bool:
    mark = Path(store.settings.workspace.root) / f"{task.folder}.seen"
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
