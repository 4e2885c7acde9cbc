"""Rights, room and time: what the operating system gives."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.operation.doctor.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.workspace import Workspace

LEAST_FREE_BYTES: Final = 200_000_000
"""A plan bound with its attachments may take 100 MB, and stands twice on disk for a moment."""
LEAST_FREE_FILES: Final = 1000
_OTHERS: Final = stat.S_IRWXO
_TIME_ERROR: Final = 5
"""What adjtimex(2) returns while nobody sets the clock by another."""
_TIMEX_BYTES: Final = 512
"""More than `struct timex` takes anywhere."""


def check_rights(workspace: Workspace, output: Path) -> Iterator[Finding]:
    """Whether the service's user may read and write where it must, and nobody else can look in."""
    me, owner = os.geteuid(), _owner_of(workspace)
    if owner != me:
        yield Finding.broken("rights", "HD718", path=str(workspace.root), user=_name_of(owner))
        return
    amiss = [
        *(
            Finding.broken("rights", "HD742", path=str(folder), user=_name_of(me))
            for folder in _closed(workspace, output)
        ),
        *(
            Finding.mend("rights", "HD743", path=str(folder), mode=f"{folder.stat().st_mode & 0o777:o}")
            for folder in (workspace.families, workspace.state, output)
            if folder.is_dir() and _may_be_entered(folder)
        ),
    ]
    yield from amiss or [Finding.well("rights", _name_of(me))]


def check_disk(places: list[Path]) -> Iterator[Finding]:
    """Whether there is room where documents, databases and LibreOffice's files go."""
    free, devices = [], set[int]()
    for place in [*places, Path(tempfile.gettempdir())]:
        with suppress(OSError):
            here = _existing(place)
            device = here.stat().st_dev
            if device in devices:
                continue
            devices.add(device)
            room, nodes = shutil.disk_usage(here).free, os.statvfs(here)
            free.append(room)
            is_full = room < LEAST_FREE_BYTES or (nodes.f_files and nodes.f_favail < LEAST_FREE_FILES)
            if is_full:
                yield Finding.broken("disk", "HD744", path=str(here), free=f"{room / 1e6:.0f} MB, {nodes.f_favail}")
                return
    yield Finding.well("disk", f"{min(free, default=0) / 1e9:.1f} GB")


def check_clock() -> Finding:
    """Whether somebody sets the clock by another: times of meetings and the order of mails go by it."""
    with suppress(OSError, AttributeError):
        if ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES)) == _TIME_ERROR:
            return Finding.mend("clock", "HD746")
    return Finding.well("clock", "NTP")


def _owner_of(workspace: Workspace) -> int:
    """Whose the workspace is: what hopdocs remembers belongs to whoever ran it first."""
    for place in (workspace.state, workspace.root):
        with suppress(OSError):
            return place.stat().st_uid
    return os.geteuid()


def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def _closed(workspace: Workspace, output: Path) -> Iterator[Path]:
    """The folders that are there and may not be used as is needed: those of families and of documents, one by one."""
    look, write = os.R_OK | os.X_OK, os.R_OK | os.W_OK | os.X_OK
    needs = {workspace.families: look, workspace.templates: look, workspace.state: write, output: write}
    for top, mode in needs.items():
        if top.is_dir() and not os.access(top, mode):
            yield top
        with suppress(OSError):
            yield from (item for item in sorted(top.iterdir()) if _is_folder(item) and not os.access(item, mode))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _may_be_entered(folder: Path) -> bool:
    """Whether anybody on the machine can come as far as this folder and into it."""
    if not folder.stat().st_mode & _OTHERS:
        return False
    return all(above.stat().st_mode & stat.S_IXOTH for above in folder.resolve().parents)


def _existing(place: Path) -> Path:
    return next(folder for folder in (place, *place.parents) if folder.exists())
