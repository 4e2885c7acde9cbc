"""What came of a mail and could not be written down: it is owed, and made up for before anything else leaves.

Else a second copy would leave because a disk was full for a minute, or the mail would wait under way until the next
start. What this process does not live to write, `Ledger.recover` settles from what the ledger says.
"""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.notices.record import NoticeId

    class _Owing(Protocol):
        @property
        def owed(self) -> Owed: ...

    P = ParamSpec("P")
    L = TypeVar("L", bound=_Owing)
    Write: TypeAlias = Callable[Concatenate[L, NoticeId, P], None]


class Owed:
    """The writes that are owed, in the order in which they should have come."""

    def __init__(self) -> None:
        self._writes: list[tuple[NoticeId, Callable[[], None]]] = []

    def add(self, notice: NoticeId, write: Callable[[], None]) -> None:
        """It will be tried again."""
        self._writes.append((notice, write))

    def make_up(self, is_open: Callable[[NoticeId], bool]) -> None:
        """Write all down, unless a notice is settled by now: a newer edit may have taken its place.

        Raises what the write raises; it and those after it stay owed.
        """
        while self._writes:
            notice, write = self._writes[0]
            if is_open(notice):
                write()
            del self._writes[0]


def owed_if_unwritten(
    write: Callable[Concatenate[L, NoticeId, P], None],
) -> Callable[Concatenate[L, NoticeId, P], None]:
    """For a method that writes down what came of a notice: where it raises, the same call is owed."""

    @wraps(write)
    def written(ledger: L, notice: NoticeId, /, *values: P.args, **named: P.kwargs) -> None:
        try:
            write(ledger, notice, *values, **named)
        except BaseException:
            ledger.owed.add(notice, partial(write, ledger, notice, *values, **named))
            raise

    return written
