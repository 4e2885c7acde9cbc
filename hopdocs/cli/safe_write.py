"""How a verb saves a file that people also write: whole or not at all, and never over one that exists unasked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from hopdocs.errors import WorkspaceFault

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE: Final = 0o600
"""The rights of a file that its owner alone may read."""
_ANY: Final = 0o666
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


def save_new(path: Path, data: bytes, rights: int = _ANY) -> None:
    """Writes a file that must not be there yet. It has its rights, less what the umask takes, before any contents."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, _NEW, rights), "wb") as file:
            file.write(data)
    except FileExistsError as err:
        raise WorkspaceFault("HD591", path=path.name) from err
    except OSError as err:
        raise WorkspaceFault("HD592", path=path.name, detail=err.strerror or str(err)) from err


def save_over(path: Path, data: bytes) -> None:
    """Replaces a file as a good editor does: a temporary file beside it, its rights kept, then a rename.

    Until it has those rights, nobody else may read what is written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with os.fdopen(os.open(temporary, _NEW, PRIVATE), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except OSError as err:
        temporary.unlink(missing_ok=True)
        raise WorkspaceFault("HD592", path=path.name, detail=err.strerror or str(err)) from err
