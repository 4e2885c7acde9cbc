"""How long a reply is waited for, over one connection: one timer for all of its replies.

A reply comes within a millisecond and may take minutes. A timer for each that is taken back again cost as much as
reading the reply, so here one stays, and is set anew when it runs out and something else is waited for by then.
"""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Patience:
    """Does `give_up`, once, when what is waited for has not come in time."""

    def __init__(self, give_up: Callable[[], None]) -> None:
        self._give_up = give_up
        self._loop = asyncio.get_running_loop()
        self._ends_at = math.inf
        self._timer: asyncio.TimerHandle | None = None
        self.has_run_out = False

    def begin(self, seconds: float) -> None:
        """Something is waited for, so long at most."""
        self._ends_at = self._loop.time() + seconds
        if self._timer is None or self._timer.when() > self._ends_at:
            self._set_timer()

    def end(self) -> None:
        """It has come, or nobody waits for it any more."""
        self._ends_at = math.inf

    def stop(self) -> None:
        """Nothing is waited for again."""
        self.end()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(self._ends_at, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._ends_at <= self._loop.time():
            self.has_run_out = True
            self._give_up()
        elif self._ends_at < math.inf:
            self._set_timer()
