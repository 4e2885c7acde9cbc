"""When the mail server as a whole rests after a fault: kept in the ledger, so that a restart is no new storm."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from hopdocs.notices.ledger import event_log

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.notices.ledger.store import Ledger

_SAID: Final = frozenset({"host", "port", "reply", "why", "user", "file"})


class ServerPause:
    """Until when sending rests, which fault it was, and how many times in a row it came.

    A pause is about one server: where config names another one, or talks to it in another way, it is over.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def begin(
        self,
        now: datetime,
        until: datetime,
        code: str,
        *,
        server: str = "",
        params: Mapping[str, str] | None = None,
    ) -> None:
        """The server can't be used until `until`, because of the fault `code`. `server` says which, and how it is used.

        Of what the fault says of itself, only what is no secret is kept.
        """
        kept = {key: value for key, value in (params or {}).items() if key in _SAID}
        with self._ledger.transaction() as connection:
            count = self.state(server)[2] + 1
            known = {"until": until.isoformat(), "code": code, "count": count, "server": server, "params": kept}
            self._ledger.set_meta("pause", json.dumps(known))
            event_log.Chain(connection).append(now, "paused", details={"code": code})

    def state(self, server: str = "") -> tuple[datetime | None, str, int]:
        """Until when, the fault's code, and the count; None, empty and 0 where this server works."""
        values = self._of(server)
        if not values:
            return None, "", 0
        return datetime.fromisoformat(values["until"]), values["code"], int(values["count"])

    def fault(self, server: str = "") -> dict[str, str]:
        """What the fault says of itself."""
        return dict(self._of(server).get("params", {}))

    def end(self) -> bool:
        """The server works again, or a person says that it should be tried now. Whether there was a pause."""
        if not self._ledger.meta("pause"):
            return False
        with self._ledger.transaction():
            self._ledger.set_meta("pause", "")
        return True

    def _of(self, server: str) -> dict[str, Any]:
        raw = self._ledger.meta("pause")
        values: dict[str, Any] = json.loads(raw) if raw else {}
        known = values.get("server", "")
        return {} if server and known and server != known else values
