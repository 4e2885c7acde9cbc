"""The key of the hash: a secret of the municipality's, in a file that nobody else may read and no repository holds."""

from __future__ import annotations

import os
import secrets
import stat
from typing import TYPE_CHECKING, Final

from hopdocs.errors import EnvironmentFault
from hopdocs.plain_files import LARGEST_SECRET_BYTES, open_plain

if TYPE_CHECKING:
    from pathlib import Path

_KEY_BYTES: Final = 32
_LETTERS: Final = str.maketrans("0123456789abcdef", "bcdfghjkmnpqrstv")
"""For the digits of a hash or a key: written so, ten of them never look like a CPR number."""
_SHORTEST: Final = 32
"""So many signs: whoever tries all shorter keys finds every number, since there are few CPR numbers."""
_OTHERS: Final = 0o077


def load_key(path: Path, workspace: Path, lists: Path) -> bytes:
    """The key in a file, which is made where there is none.

    Refused inside the workspace, beside the list (in `lists`) and inside any git checkout: the list and its key must
    never travel together.
    """
    folder = path.absolute().parent.resolve()
    is_near = folder.is_relative_to(workspace.resolve()) or folder == lists.resolve()
    if is_near or any((it / ".git").exists() for it in (folder, *folder.parents)):
        raise EnvironmentFault("HD892", path=str(path))
    try:
        try:
            descriptor = open_plain(path)
        except FileNotFoundError:
            return _make(path)
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if found.st_mode & _OTHERS or found.st_uid != os.geteuid():
                raise EnvironmentFault("HD893", path=str(path), rights=f"{stat.S_IMODE(found.st_mode):04o}")
            key = file.read(LARGEST_SECRET_BYTES + 1).strip()
    except OSError as err:
        raise EnvironmentFault("HD894", path=str(path), detail=err.strerror or str(err)) from err
    if not _SHORTEST <= len(key) <= LARGEST_SECRET_BYTES:
        raise EnvironmentFault("HD894", path=str(path), detail=f"{len(key)} B")
    return key


def _make(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_hex(_KEY_BYTES).translate(_LETTERS).encode("ascii")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
        file.write(key + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return key
