"""What several connections have to write down at about the same moment, in one commit: one fsync for all of them.

A commit waits until every connection at work has something to write, and no longer than an fsync takes on many disks:
what a server took is written down before another server's silence is over. Whoever writes goes on when it is committed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from hopdocs.errors import LedgerFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.notices.record import Beginning, Taken


COMPANY_SECONDS: Final = 0.002
"""How long one who has something to write waits for the others."""


class GroupCommit:
    """The one writer of what connections announce and what servers took. `count` tells how many are at work."""

    def __init__(self, ledger: Ledger, count: Callable[[], int]) -> None:
        self._ledger = ledger
        self._count = count
        self._timer: asyncio.TimerHandle | None = None
        self._waiting: list[tuple[Taken | None, Beginning | None, asyncio.Future[bool]]] = []

    async def begin(self, beginning: Beginning) -> None:
        """Commit that a body begins; `LedgerFault` HD415 if it may not."""
        if not await self._write(None, beginning):
            raise LedgerFault("HD415", id=str(beginning.notice))

    async def accept(self, taken: Taken, then_begin: Beginning | None) -> bool:
        """Commit that a server took a mail, and that the body of `then_begin` begins. Whether that may be."""
        return await self._write(taken, then_begin)

    def look_around(self) -> None:
        """Commit now if nobody else is at work who could come along."""
        if self._waiting and len(self._waiting) >= self._count():
            self._commit()

    async def _write(self, taken: Taken | None, beginning: Beginning | None) -> bool:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[bool] = loop.create_future()
        self._waiting.append((taken, beginning, done))
        if self._timer is None:
            self._timer = loop.call_later(COMPANY_SECONDS, self._commit)
        self.look_around()
        try:
            return await done
        except asyncio.CancelledError:
            self._commit()  # whoever is stopped here may be told by the ledger how far things came
            raise

    def _commit(self) -> None:
        waiting, self._waiting = self._waiting, []
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not waiting:
            return
        try:
            begun = self._ledger.write_together(
                [taken for taken, _, _ in waiting if taken is not None],
                [beginning for _, beginning, _ in waiting if beginning is not None],
            )
        except BaseException as err:  # noqa: BLE001 - each who waits is told, whatever it is: nothing was written
            for _, _, done in waiting:
                if not done.done():
                    done.set_exception(err)
            return
        for _, beginning, done in waiting:
            if not done.done():
                done.set_result(beginning is not None and beginning.notice in begun)
