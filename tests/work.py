"""Work counted, not timed: a count is the same on a machine that is busy with something else."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType, TracebackType

HANG_SECONDS = 120.0
"""Of the processor's own time: far above what a busy machine makes of any work that ends, and below a hang."""
PATIENCE_SECONDS = 300.0
"""Of the clock on the wall: a net under a test that would wait for ever, and no measure of anything."""


class Calls:
    """How many functions were called while it was entered, Python's and C's.

    What grows within one C call, as a search that goes back and back, shows in no count.
    """

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> Self:
        self._before = sys.getprofile()
        sys.setprofile(self._note)
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        sys.setprofile(self._before)

    def _note(self, _frame: FrameType, event: str, _what: object) -> None:
        self.count += event in {"call", "c_call"}


@contextmanager
def at_most_calls(most: int) -> Iterator[None]:
    """Fail where what is done inside calls more functions than that, or hangs."""
    begun = time.process_time()
    with Calls() as calls:
        yield
    assert calls.count <= most, f"{calls.count} calls"
    assert time.process_time() - begun < HANG_SECONDS
