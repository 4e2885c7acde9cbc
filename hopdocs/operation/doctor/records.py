"""What hopdocs remembers, and whether the service is at work: its ledger, and its last look."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.errors import LedgerFault
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.operation.doctor.finding import Finding
from hopdocs.watching.figures import read_last_scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.workspace import Workspace

LONGEST_PAUSE: Final = timedelta(minutes=10)
"""Between two looks of the service: it looks each minute, and a first build or a large pull takes longer."""
CLOCK_SLIP: Final = timedelta(minutes=5)


def check_ledger(workspace: Workspace, now: datetime, *, sends_mail: bool) -> Iterator[Finding]:
    """Whether the ledger can be read, is whole, and may send."""
    if not workspace.has_ledger:
        yield Finding.well("ledger", "–")
        return
    try:
        with closing(connect_to_read(workspace.ledger_path)) as connection:
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            (last,) = connection.execute("SELECT max(at) FROM notice_event").fetchone()
            (events,) = connection.execute("SELECT count(*) FROM notice_event").fetchone()
        with closing(Ledger(connect_ledger(workspace.ledger_path))) as ledger:
            ledger.verify()
            is_started = ledger.started
    except LedgerFault as fault:
        yield Finding.of("ledger", fault)
        return
    except sqlite3.Error as err:
        yield Finding.broken("ledger", "HD410", path=workspace.ledger_path.name, detail=str(err))
        return
    if said != "ok":
        yield Finding.broken("ledger", "HD410", path=workspace.ledger_path.name, detail=str(said))
        return
    if last and datetime.fromisoformat(last) > now + CLOCK_SLIP:
        yield Finding.broken("clock", "HD745", now=now.isoformat(timespec="minutes"), last=str(last)[:16])
    if sends_mail and not is_started:
        yield Finding.mend("ledger", "HD753")
    else:
        yield Finding.well("ledger", str(events))


def check_service(workspace: Workspace, now: datetime) -> Finding:
    """Whether the service still looks, where one ever did."""
    last = read_last_scan(workspace)
    if last is None:
        return Finding.well("service", "–")
    if now - last > LONGEST_PAUSE:
        minutes = f"{(now - last).total_seconds() / 60:.0f}"
        return Finding.broken("service", "HD754", minutes=minutes)
    return Finding.well("service", last.isoformat(timespec="seconds"))
