"""Work for a worker process that kills it at a certain family, as a full memory would: each time, or the first time."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from hopdocs.cycle.making import workers

if TYPE_CHECKING:
    from hopdocs.cycle.tasks import FamilyProduct, FamilyTask

FATAL = "families/fatal.yaml"
PASSING = "families/passing.yaml"


def produce_or_die(tasks: list[FamilyTask]) -> list[FamilyProduct]:
    """The chunk, unless the fatal family is in it."""
    for task in tasks:
        if task.path == FATAL or (task.path == PASSING and _is_first_time(task)):
            os.kill(os.getpid(), signal.SIGKILL)
    return workers._produce_chunk(tasks)


def _is_first_time(task: FamilyTask) -> bool:
    assert workers._store is not None
    mark = Path(workers._store.settings.workspace.root) / f"{task.folder}.seen"
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def die(_: object) -> None:
    """A worker that does not even begin."""
    os.kill(os.getpid(), signal.SIGKILL)
