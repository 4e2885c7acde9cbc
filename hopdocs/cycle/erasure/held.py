"""Whether somebody's calendar still holds a meeting of the family that is ahead.

Only the ledger knows what to take back from there. Without its facts the meeting would stand for ever.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from hopdocs.freshness.read_only import connect_to_read
from hopdocs.notices.ledger.rows import stamp

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_HELD: Final = (
    "SELECT count(DISTINCT uid) FROM notice AS told WHERE channel = '' AND family = ? AND starts_at > ?"
    " AND method = 'REQUEST' AND (state IN ('accepted', 'in_doubt', 'data_started') OR maybe_delivered)"
    " AND NOT EXISTS (SELECT 1 FROM notice AS later WHERE later.channel = '' AND later.uid = told.uid"
    " AND later.email = told.email AND later.id > told.id AND later.method = 'CANCEL' AND later.state = 'accepted')"
)


def meetings_held(ledger: Path, family: str, now: datetime) -> int:
    """How many meetings that are ahead stand in calendars; the ledger is only read."""
    if not ledger.is_file():
        return 0
    with closing(connect_to_read(ledger)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'notice'").fetchone():
            return 0
        return int(connection.execute(_HELD, (family, stamp(now))).fetchone()[0])
