"""One sender at a time: a lock on a file that the system itself lets go when the process ends.

The file remembers how far the ledger's log had come when something was sent last. A backup that is copied over
`ledger.db` is the same file to the system, but its log has not come that far.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self

from hopdocs.errors import LedgerFault

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_LENGTH: Final = 160
"""Octets: more than any `Ledger.reached`, so that each overwrites the one before."""


class SenderLock:
    """Held while notices may leave; a second process is refused politely (`LedgerFault` HD417), never queued.

    `flock` on an open file: it can't be left behind by a process that was killed, unlike a file with a number in it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as err:
            raise LedgerFault("HD413", detail=f"{self._path.name}: {err.strerror}") from err
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

    def remember(self, reached: str) -> None:
        """Keep how far the log has come. Not worth an fsync: after a power cut it may say less, never more."""
        if self._descriptor is not None:
            with suppress(OSError):  # a full disk
                os.pwrite(self._descriptor, reached.encode("ascii").ljust(_LENGTH), 0)

    def remembered(self) -> str:
        """How far the log had come; empty if nobody has sent yet."""
        raw = os.pread(self._descriptor, _LENGTH, 0) if self._descriptor is not None else b""
        return raw.decode("ascii", "replace").strip()
