"""What can go wrong outside the user's files: the environment. Bugs are not here; they crash.

Each error carries a code of the catalogue and its parameters, as diagnostics do, so that its wording exists in
both languages. Raised only by modules that touch the world, always `from` the cause.
"""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hopdocs.diagnostics import Diagnostic


class HopdocsError(Exception):
    """The root of everything hopdocs raises on purpose."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class EnvironmentFault(HopdocsError):
    """The machine, not the data: exit code 3."""


class WorkspaceFault(EnvironmentFault):
    """No workspace here, or one that is not readable, or already in use by another hopdocs."""


class ConverterFault(EnvironmentFault):
    """LibreOffice is missing, does not start, or gave no PDF."""


class ClusterFault(EnvironmentFault):
    """Other machines cannot be reached, or may not be sent anything."""


class MailFault(EnvironmentFault):
    """The mail server cannot be reached, trusted or logged in to; nothing may leave."""


class LedgerFault(EnvironmentFault):
    """The ledger cannot be read or trusted; no mail until a person has looked."""


class FaultyInput(Exception):
    """Input that cannot be used at all, with everything that is wrong with it.

    `lines` holds by path the text that the diagnostics stand in, so that they can be shown at their place.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic], lines: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__([item.code for item in diagnostics])
        self.diagnostics = tuple(diagnostics)
        self.lines = lines or {}


class UnsavedInput(FaultyInput):
    """Lines that a verb was about to write and did not, since they would stop the family.

    The diagnostics stand where the lines would have stood.
    """


_REFUSALS: Final = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS),
        *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM),
        *(errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG),
        *(errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ETIMEDOUT, errno.ENOTCONN),
    }
)
_DATABASE_REFUSALS: Final = frozenset(
    {
        *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
    }
)


def is_refusal(err: BaseException) -> bool:
    """Whether the machine said no, whatever the program and the file are like: rights, room, a lost share."""
    if isinstance(err, sqlite3.Error):
        return getattr(err, "sqlite_errorcode", 0) & 0xFF in _DATABASE_REFUSALS  # without its finer part
    return isinstance(err, OSError) and err.errno in _REFUSALS
