"""The ledger's tables of what was laid ready and what came of it, opened for a verb beside a running watcher."""

from __future__ import annotations

import fcntl
import os
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from hopdocs.freshness.dispatched import Dispatched
from hopdocs.notices.ledger.store import connect_ledger
from hopdocs.workspace import claim_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.workspace import Workspace


@contextmanager
def open_dispatched(workspace: Workspace) -> Iterator[Dispatched]:
    """The tables, made where they are missing: what is laid ready must be remembered.

    One at a time: two runs at once would sweep away each other's half-written files. The service is not in the way.
    """
    claim_state(workspace)
    lock = os.open(workspace.state / "dispatch.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(lock, "rb"), closing(connect_ledger(workspace.ledger_path)) as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        dispatched = Dispatched(connection)
        dispatched.prepare()
        yield dispatched
