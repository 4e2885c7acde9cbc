"""One sender at a time: a lock on a file that the system itself lets go when the process ends."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Self

from hopdocs.errors import LedgerFault

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


class SenderLock:
    """Held while notices may leave; a second process is refused politely (`LedgerFault` HD417), never queued.

    `flock` on an open file: it can't be left behind by a process that was killed, unlike a file with a number in it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            os.close(descriptor)
            raise LedgerFault("HD417", path=self._path.name) from err
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
