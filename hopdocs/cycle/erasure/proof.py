"""What the ledger still says of erased families: their ids, so that no other family ever gets one of them."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final

from hopdocs.freshness.read_only import connect_to_read

if TYPE_CHECKING:
    from pathlib import Path

ERASED: Final = "family erased"
"""What the event is called in the ledger's log."""


def erased_families(ledger: Path) -> list[str]:
    """The ids of all that were erased; none if there is no ledger, or none that can be read."""
    if not ledger.is_file():
        return []
    with contextlib.suppress(sqlite3.Error), contextlib.closing(connect_to_read(ledger)) as connection:
        rows = connection.execute("SELECT DISTINCT family FROM notice_event WHERE what = ?", (ERASED,)).fetchall()
        return [row[0] for row in rows]
    return []
