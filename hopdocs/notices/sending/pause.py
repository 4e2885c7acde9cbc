"""When the mail server as a whole rests after a fault: kept in the ledger, so that a restart is no new storm."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from hopdocs.notices.ledger import event_log

if TYPE_CHECKING:
    from hopdocs.notices.ledger.store import Ledger


class ServerPause:
    """Until when sending rests, which fault it was, and how many times in a row it came."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def begin(self, now: datetime, until: datetime, code: str) -> None:
        """The server can't be used until `until`, because of the fault `code`."""
        with self._ledger.transaction() as connection:
            count = self.state()[2] + 1
            self._ledger.set_meta("pause", json.dumps({"until": until.isoformat(), "code": code, "count": count}))
            event_log.append_event(connection, now, "paused", details={"code": code})

    def state(self) -> tuple[datetime | None, str, int]:
        """Until when, the fault's code, and the count; None, empty and 0 where the server works."""
        raw = self._ledger.meta("pause")
        if not raw:
            return None, "", 0
        values = json.loads(raw)
        return datetime.fromisoformat(values["until"]), values["code"], int(values["count"])

    def end(self) -> None:
        """The server works again, or a person says that it should be tried now."""
        if self._ledger.meta("pause"):
            with self._ledger.transaction():
                self._ledger.set_meta("pause", "")
