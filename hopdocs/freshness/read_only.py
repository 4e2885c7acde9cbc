"""A database as it is, for those who only look: a dry run, a worker, a command beside a running service."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing.

    In WAL mode even a reader makes files beside the database. If there is no journal nobody is writing, and
    the file can be read as it lies (`immutable`), without leaving a trace.
    """
    is_quiet = not path.with_name(f"{path.name}-wal").exists()
    mode = "immutable=1" if is_quiet else "mode=ro"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, timeout=30)
