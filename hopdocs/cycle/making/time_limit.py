"""A limit to the work on one family, so that nine thousand others do not wait for ever.

Templates count their rounds and what they look at (`rendering.sandbox.work_limits`); this is for what nobody
thought of. Processor time is counted and not the clock's, so that a busy machine or a laptop that sleeps stops
nobody.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

MOST_SECONDS: Final = 60.0
"""A family takes a twentieth of a second, and a very large one on a slow machine two."""


class OutOfTime(BaseException):
    """The time is used up. A `BaseException`, so that no `except Exception` on the way catches it."""


@contextlib.contextmanager
def limit_seconds(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` inside the block once this process has used so many seconds of processor time in it.

    Python handles signals in its main thread alone; in any other thread there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_: int, __: FrameType | None) -> None:
    raise OutOfTime
