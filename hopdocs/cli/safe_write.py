"""How a verb saves a file that people also write: whole or not at all, and never over one that exists unasked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.cli.console import both
from hopdocs.errors import WorkspaceFault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PRIVATE: Final = 0o600
"""The rights of a file that its owner alone may read."""
_ANY: Final = 0o666
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Edition:
    """What a file held when it was read, and what it is to hold."""

    before: bytes
    after: bytes


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
    temporary = _lay_beside(path, data)
    try:
        temporary.replace(path)
    except OSError as err:
        temporary.unlink(missing_ok=True)
        raise WorkspaceFault("HD592", path=path.name, detail=err.strerror or str(err)) from err


def save_all_over(files: Mapping[Path, Edition]) -> None:
    """Replaces several files, all or none: nothing is renamed before all lie ready and none has changed meanwhile.

    Should a rename fail, those before it get back what they held.
    """
    ready: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        for path, edition in files.items():
            ready[path] = _lay_beside(path, edition.after)
        for path, edition in files.items():
            if path.read_bytes() != edition.before:
                changed = both(en="somebody has changed it meanwhile", da="nogen har ændret den imens")
                raise WorkspaceFault("HD592", path=path.name, detail=changed)
        for path, temporary in ready.items():
            temporary.replace(path)
            done.append(path)
    except OSError as err:
        for path in done:
            save_over(path, files[path].before)
        raise WorkspaceFault("HD592", path=path.name, detail=err.strerror or str(err)) from err
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)


def _lay_beside(path: Path, data: bytes) -> Path:
    """The data in a file of their own, synced, with the rights of the one that they are to replace."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with os.fdopen(os.open(temporary, _NEW, PRIVATE), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777)
    except OSError as err:
        temporary.unlink(missing_ok=True)
        raise WorkspaceFault("HD592", path=path.name, detail=err.strerror or str(err)) from err
    return temporary
